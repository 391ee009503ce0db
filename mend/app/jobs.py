"""Which service does which due work, and who looks each minute for what is due."""

from __future__ import annotations

from mend.app.services import Core, Services
from mend.db.model import Patience
from mend.db.worker import Duty, Scheduler
from mend.doctor.alerts import Alerts
from mend.editor import publishing, verifying
from mend.editor.publishing import Publishing
from mend.editor.suggestions import Suggesting
from mend.editor.verifying import Verifying
from mend.helping import messages
from mend.helping import service as requests
from mend.helping.messages import HelpMessages
from mend.helping.service import Helping
from mend.home.page import HomePage
from mend.lookbacks import service as lookbacks
from mend.lookbacks.service import LookBacks
from mend.ownit import drafting, receipt, thread
from mend.ownit.drafting import Drafting
from mend.ownit.leads import Leads
from mend.ownit.receipt import Receipts
from mend.ownit.retention import Retention
from mend.ownit.showing import Showing
from mend.ownit.thread import Threads
from mend.promises import service as promises
from mend.promises.service import Promises
from mend.recap.brief import service as briefing
from mend.recap.brief.service import Briefing
from mend.recap.daily import service as recapping
from mend.recap.daily.service import Recapping
from mend.recap.weekly import service as weekly
from mend.recap.weekly.service import Weekly
from mend.repair import sharing
from mend.repair.gaps import Gaps
from mend.repair.service import Feedback
from mend.repair.sharing import Sharing
from mend.slack.outbox import DM_KIND


def scheduler(core: Core, services: Services) -> Scheduler:
    db, now, of = core.db, core.now, services.of
    alerts = Alerts(db, core.outbox, core.people, now)
    return Scheduler(
        db,
        {**_of_notes(core, services), **_of_playbooks(services), **_of_posts(services)},
        now,
        plan=[
            core.people.refresh,
            of(Gaps).note_changes,
            of(Gaps).plan,
            of(Verifying).plan,
            of(Leads).invite,
            of(Recapping).plan,
            of(Weekly).plan,
            of(Briefing).plan,
            of(Feedback).forget,
            of(Suggesting).forget,
            of(Publishing).note_files,
            of(Retention).plan,
            of(Helping).expire,
        ],
        refused=alerts.refused,
        done=of(HomePage).follow,
        accepted=alerts.accepted,
    )


def _of_notes(core: Core, services: Services) -> dict[str, Duty]:
    """What is owed to people about their notes, and to whoever helps with them."""
    of = services.of
    receipts = Receipts(core.db, core.outbox, of(Showing).receipt)
    return {
        thread.KIND: Duty(
            of(Threads).run,
            Patience.OWED,
            "A note could not be shown in the team channel.",
            owner=of(Threads).owner,
            erases=of(Threads).erases,
        ),
        receipt.KIND: Duty(
            receipts.run,
            Patience.OWED,
            "A receipt could not be delivered; the note is kept.",
            erases=receipts.erases,
        ),
        DM_KIND: Duty(
            core.outbox.deliver,
            Patience.OWED,
            "A private message could not be delivered to somebody.",
        ),
        **_of_requests(services),
        lookbacks.KIND: Duty(of(LookBacks).run, Patience.OWED, "A look-back was not asked for."),
        lookbacks.LEFT_KIND: Duty(
            of(LookBacks).run_left, Patience.OWED, "A repaired note was not closed."
        ),
        promises.KIND: Duty(
            of(Promises).run, Patience.OWED, "A promise to a customer was not reminded of."
        ),
    }


def _of_requests(services: Services) -> dict[str, Duty]:
    """What is owed about requests for a hand, those of an older Mend that still runs too."""
    told, helping = services.of(HelpMessages), services.of(Helping)
    return {
        messages.KIND: Duty(
            told.run,
            Patience.OWED,
            "Somebody could not be told of a request for a hand.",
            erases=told.erases,
        ),
        messages.OLD_KIND: Duty(
            told.run,
            Patience.OWED,
            "A supervisor could not be told that somebody asks for a hand.",
            erases=told.erases,
        ),
        requests.REMIND_KIND: Duty(
            helping.remind, Patience.OWED, "Nobody was reminded that somebody waits for a hand."
        ),
        requests.OLD_REMIND_KIND: Duty(
            helping.remind, Patience.OWED, "No supervisor was reminded of a request for a hand."
        ),
    }


def _of_playbooks(services: Services) -> dict[str, Duty]:
    of = services.of
    return {
        drafting.KIND: Duty(
            of(Drafting).run,
            Patience.OWED,
            "A playbook change that came from a note could not be written to the folder.",
        ),
        verifying.KIND: Duty(
            of(Verifying).run,
            Patience.OWED,
            "The list of playbooks to check could not be sent.",
        ),
        sharing.KIND: Duty(
            of(Sharing).run, Patience.OWED, "An answer that somebody shared could not be posted."
        ),
        publishing.KIND: Duty(
            of(Publishing).run, Patience.OWED, "A playbook that was published is not in its file."
        ),
    }


def _of_posts(services: Services) -> dict[str, Duty]:
    """What teams read at a time of day."""
    of = services.of
    return {
        recapping.KIND: Duty(of(Recapping).run, Patience.OWED, "The recap could not be posted."),
        recapping.DETAILS_KIND: Duty(
            of(Recapping).run_details,
            Patience.OWED,
            "The rest of the recap could not be posted in its thread.",
        ),
        weekly.KIND: Duty(of(Weekly).run, Patience.OWED, "The week could not be posted."),
        briefing.KIND: Duty(of(Briefing).run, Patience.TIMELY, "The brief could not be posted."),
    }
