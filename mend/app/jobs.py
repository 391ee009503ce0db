"""Which service does which due work, and who looks each minute for what is due."""

from __future__ import annotations

from mend.app.services import Core, Services
from mend.db.worker import Scheduler
from mend.doctor.alerts import Alerts
from mend.editor import publishing, verifying
from mend.editor.publishing import Publishing
from mend.editor.suggestions import Suggesting
from mend.editor.verifying import Verifying
from mend.helping import service as helping
from mend.helping.service import HandsUp
from mend.lookbacks import service as lookbacks
from mend.lookbacks.service import LookBacks
from mend.ownit import drafting, receipt, thread
from mend.ownit.drafting import Drafting
from mend.ownit.leads import Leads
from mend.ownit.receipt import Receipts
from mend.ownit.retention import Retention
from mend.ownit.service import Owning
from mend.ownit.thread import Threads
from mend.promises import service as promises
from mend.promises.service import Promises
from mend.recap.brief import service as briefing
from mend.recap.brief.service import Briefing
from mend.recap.daily import service as recapping
from mend.recap.daily.service import Recapping
from mend.recap.weekly import service as weekly
from mend.recap.weekly.service import Weekly
from mend.repair.gaps import Gaps
from mend.repair.service import Feedback
from mend.slack import notices


def scheduler(core: Core, services: Services) -> Scheduler:
    db, slack, now, of = core.db, core.slack, core.now, services.of
    return Scheduler(
        db,
        {
            lookbacks.KIND: of(LookBacks).run,
            lookbacks.LEFT_KIND: of(LookBacks).run_left,
            promises.KIND: of(Promises).run,
            drafting.KIND: of(Drafting).run,
            verifying.KIND: of(Verifying).run,
            publishing.KIND: of(Publishing).run,
            thread.KIND: of(Threads).run,
            helping.KIND: of(HandsUp).run,
            helping.REMIND_KIND: of(HandsUp).remind,
            notices.KIND: notices.Deliveries(db, slack, now).run,
            receipt.KIND: Receipts(db, slack, now, of(Owning).receipt).run,
            recapping.KIND: of(Recapping).run,
            recapping.DETAILS_KIND: of(Recapping).run_details,
            weekly.KIND: of(Weekly).run,
            briefing.KIND: of(Briefing).run,
        },
        now,
        plan=[
            core.people.refresh,
            of(Gaps).note_changes,
            of(Verifying).plan,
            of(Leads).invite,
            of(Recapping).plan,
            of(Weekly).plan,
            of(Briefing).plan,
            of(Feedback).forget,
            of(Suggesting).forget,
            of(Publishing).note_files,
            of(Retention).plan,
        ],
        given_up=Alerts(db, core.people, now).given_up,
    )
