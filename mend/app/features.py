"""The features, from the lower rows of the house to the upper, each of which names what it leans
on; which of them does which due work; and who looks each minute for what is due."""

from concurrent.futures import Executor
from datetime import timedelta
from functools import partial
from pathlib import Path

from mend.app.services import Services
from mend.db.engine import Database
from mend.db.model import Patience
from mend.db.worker import Duty, Scheduler
from mend.dispatch.support import Support
from mend.doctor.alerts import Alerts
from mend.doctor.service import Doctor
from mend.editor import publishing, verifying
from mend.editor.publishing import Publishing
from mend.editor.sheets import Sheets
from mend.editor.suggestions import Suggesting
from mend.editor.verifying import Verifying
from mend.helping import messages
from mend.helping import service as requests
from mend.helping.messages import HelpMessages
from mend.helping.service import Helping
from mend.home.page import HomePage
from mend.home.service import Onboarding
from mend.lookbacks import service as lookbacks
from mend.lookbacks.service import LookBacks
from mend.ownit import drafting, receipt, thread
from mend.ownit.drafting import Drafting
from mend.ownit.leads import Leads
from mend.ownit.receipt import Receipts
from mend.ownit.retention import Retention
from mend.ownit.showing import Showing
from mend.ownit.store import NoteStore
from mend.ownit.thread import Threads
from mend.people.directory import People
from mend.people.teams import Teams
from mend.playbooks.files import PlaybookFolder
from mend.playbooks.library import Library
from mend.playbooks.model import Playbook
from mend.privacy.service import Privacy
from mend.promises import service as promises
from mend.promises.service import Promises
from mend.recap.causes.service import Causes
from mend.recap.daily import service as recapping
from mend.recap.daily.service import Briefing, Recapping
from mend.recap.weekly import service as weekly
from mend.recap.weekly.service import Weekly
from mend.repair import sharing
from mend.repair.gaps import Gaps
from mend.repair.service import Feedback
from mend.repair.sharing import Sharing
from mend.settings import Settings
from mend.slack.gateway import SlackGateway
from mend.slack.outbox import DM_KIND, Outbox
from mend.text.redactor import Redactor


def people(services: Services, executor: Executor) -> None:
    """Who asks, in which team, and how they are told. Each of the first two asks the other."""
    settings, slack = services.of(Settings), services.of(SlackGateway)
    known = services.add(
        People(
            slack,
            services.now,
            executor,
            workspace=services.of(Database).workspace,
            admins=settings.mend_admins,
            supervisors=lambda: services.of(Teams).supervisors(),
            guests=settings.mend_allow_guests == "yes",
        )
    )
    services.make(
        Teams,
        among=known.among,
        in_which=known.in_which,
        first=settings.mend_channel,
        fixed=settings.for_teams,
    )
    services.add(Redactor(known.names))


def playbooks(services: Services) -> None:
    """The files and what is served of them, how they are used, and how admins change them."""
    settings, library = services.of(Settings), services.of(Library)

    def serve(old: tuple[Playbook, ...], new: tuple[Playbook, ...]) -> None:
        library.replace(new)
        services.of(Scheduler).plan_soon()
        library.warm()

    folder = services.add(PlaybookFolder(Path(settings.mend_playbooks), serve))
    library.replace(folder.playbooks)
    proposals = services.make(Drafting, write=folder.keep_draft, remove=folder.remove_draft)
    services.make(Gaps, thank=proposals.published, k=settings.mend_k)
    services.make(Sheets, today=services.of(Teams).today)


def notes(services: Services) -> None:
    """A note, and what may follow from one."""
    settings, store = services.of(Settings), NoteStore(services.of(Database))
    services.make(HelpMessages, note=services.of(Threads).about)
    services.make(Helping, remind_after=timedelta(minutes=settings.mend_help_reminder_minutes))
    services.make(LookBacks, note=store.get, update=store.update, k=settings.mend_k)
    services.make(Support, help_line=settings.mend_help_line)
    showing = services.make(
        Showing,
        fitting=services.of(Library).fitting,
        due_in=services.of(Promises).offered,
        k=settings.mend_k,
        privacy_contact=settings.mend_privacy_contact,
    )
    services.make(Receipts, render=showing.receipt)
    services.make(Retention, keep=timedelta(days=settings.mend_retention_days))


def recaps(services: Services) -> None:
    library, k = services.of(Library), services.of(Settings).mend_k
    services.make(Recapping, playbooks=library.all)
    services.make(Briefing, playbooks=library.all)
    services.make(Weekly, k=k)
    services.make(Causes, k=k)


def home(services: Services, ranking: str, executor: Executor) -> None:
    """What looks at all the rest: App Home, what is kept about somebody, the doctor."""
    settings, library = services.of(Settings), services.of(Library)
    services.make(Privacy, keep_days=settings.mend_retention_days)
    services.make(Onboarding, playbooks=library.all)
    services.make(
        HomePage,
        policy_url=settings.mend_policy_url,
        has_changed=services.of(Database).has_changed,
        executor=executor,
    )
    services.make(
        Doctor,
        app_token=settings.slack_app_token if settings.mend_mode == "socket" else "",
        ranking=ranking,
    )


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
    """By its kind (of notes, of playbooks, of what teams read), who does the work, and what did not
    happen where it was refused."""
    of, owed = services.of, partial(Duty, patience=Patience.OWED)
    noted, told, received = of(Threads), of(HelpMessages), of(Receipts)
    return {
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
            told.run,
            says="A supervisor could not be told that somebody asks for a hand.",
            erases=told.erases,
        ),
        requests.REMIND_KIND: owed(
            of(Helping).remind, says="Nobody was reminded that somebody waits for a hand."
        ),
        requests.OLD_REMIND_KIND: owed(
            of(Helping).remind, says="No supervisor was reminded of a request for a hand."
        ),
        lookbacks.KIND: owed(of(LookBacks).run, says="A look-back was not asked for."),
        lookbacks.LEFT_KIND: owed(of(LookBacks).run_left, says="A repaired note was not closed."),
        promises.KIND: owed(of(Promises).run, says="A promise to a customer was not reminded of."),
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
