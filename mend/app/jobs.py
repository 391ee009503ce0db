"""Which service does which due work, and who looks each minute for what is due."""

from functools import partial

from mend.app.services import Services
from mend.db.engine import Database
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
from mend.ownit.thread import Threads
from mend.people.directory import People
from mend.promises import service as promises
from mend.promises.service import Promises
from mend.recap.daily import service as recapping
from mend.recap.daily.service import Briefing, Recapping
from mend.recap.weekly import service as weekly
from mend.recap.weekly.service import Weekly
from mend.repair import sharing
from mend.repair.gaps import Gaps
from mend.repair.service import Feedback
from mend.repair.sharing import Sharing
from mend.slack.outbox import DM_KIND, Outbox


def scheduler(services: Services) -> Scheduler:
    of, alerts = services.of, services.of(Alerts)
    return Scheduler(
        of(Database),
        _duties(services),
        services.now,
        plan=[
            of(People).refresh,
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


def _duties(services: Services) -> dict[str, Duty]:
    """By its kind, who does the work, and what did not happen where it was refused."""
    of, owed = services.of, partial(Duty, patience=Patience.OWED)
    noted, told, received = of(Threads), of(HelpMessages), of(Receipts)
    return {
        # about notes, and to whoever helps with them
        thread.KIND: owed(
            noted.run,
            says="A note could not be shown in the team channel.",
            owner=noted.owner,
            erases=noted.erases,
        ),
        receipt.KIND: owed(
            received.run,
            says="A receipt could not be delivered; the note is kept.",
            erases=received.erases,
        ),
        DM_KIND: owed(
            of(Outbox).deliver, says="A private message could not be delivered to somebody."
        ),
        messages.KIND: owed(
            told.run, says="Somebody could not be told of a request for a hand.", erases=told.erases
        ),
        messages.OLD_KIND: owed(
            told.run, says="Somebody could not be told of a request for a hand.", erases=told.erases
        ),
        requests.REMIND_KIND: owed(
            of(Helping).remind, says="Nobody was reminded that somebody waits for a hand."
        ),
        requests.OLD_REMIND_KIND: owed(
            of(Helping).remind, says="Nobody was reminded that somebody waits for a hand."
        ),
        lookbacks.KIND: owed(of(LookBacks).run, says="A look-back was not asked for."),
        lookbacks.LEFT_KIND: owed(of(LookBacks).run_left, says="A repaired note was not closed."),
        promises.KIND: owed(of(Promises).run, says="A promise to a customer was not reminded of."),
        # about playbooks
        drafting.KIND: owed(
            of(Drafting).run,
            says="A playbook change that came from a note could not be written to the folder.",
        ),
        verifying.KIND: owed(
            of(Verifying).run, says="The list of playbooks to check could not be sent."
        ),
        sharing.KIND: owed(
            of(Sharing).run, says="An answer that somebody shared could not be posted."
        ),
        publishing.KIND: owed(
            of(Publishing).run, says="A playbook that was published is not in its file."
        ),
        # what teams read at a time of day
        recapping.KIND: owed(of(Recapping).run, says="The recap could not be posted."),
        recapping.DETAILS_KIND: owed(
            of(Recapping).run_details,
            says="The rest of the recap could not be posted in its thread.",
        ),
        weekly.KIND: owed(of(Weekly).run, says="The week could not be posted."),
        recapping.BRIEF_KIND: Duty(
            of(Briefing).run, Patience.TIMELY, "The brief could not be posted."
        ),
    }
