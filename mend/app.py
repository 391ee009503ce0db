"""Where the real things are chosen and put together: from settings to a Bot."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from slack_bolt import App

import handlers
from mend.db.engine import Database
from mend.db.schema import opened
from mend.db.worker import Scheduler
from mend.dispatch import acknowledging
from mend.dispatch.afterwards import Afterwards
from mend.dispatch.errors import Gate
from mend.doctor.alerts import Alerts
from mend.doctor.service import Doctor
from mend.editor import publishing, verifying
from mend.editor.publishing import Publishing
from mend.editor.service import Editing
from mend.editor.sheets import Sheets
from mend.editor.suggestions import Suggesting
from mend.editor.verifying import Verifying
from mend.helping import service as helping
from mend.helping.service import HandsUp
from mend.home.page import HomePage
from mend.home.service import Onboarding
from mend.lookbacks import service as lookbacks
from mend.lookbacks.service import LookBacks
from mend.ownit import drafting, receipt, thread
from mend.ownit.drafting import Drafting
from mend.ownit.leads import Leads
from mend.ownit.receipt import Receipts
from mend.ownit.retention import Retention
from mend.ownit.service import Owning
from mend.ownit.store import NoteStore
from mend.ownit.thread import Threads
from mend.people.audit import Audit
from mend.people.directory import People
from mend.people.teams import Teams, check_country
from mend.playbooks.files import Desk, Shelf
from mend.playbooks.library import Library
from mend.playbooks.model import Playbook
from mend.privacy.service import Privacy
from mend.promises import service as promises
from mend.promises.service import Promises
from mend.recap.brief import service as briefing
from mend.recap.brief.service import Briefing
from mend.recap.causes.service import Causes
from mend.recap.conditions.service import Conditions
from mend.recap.daily import service as recapping
from mend.recap.daily.service import Recapping
from mend.recap.weekly import service as weekly
from mend.recap.weekly.service import Weekly
from mend.repair.gaps import Gaps
from mend.repair.service import Feedback
from mend.repair.store import LearningStore
from mend.search.chosen import model_of, ranker_of
from mend.settings import BadSettings, Settings
from mend.slack import notices
from mend.slack.gateway import SlackGateway, web_client
from mend.slack.model import Identity
from mend.text.guard import Guard
from mend.text.masking import Masking

LISTENER_THREADS = 40  # Bolt's default of five answers five of twenty simultaneous commands in time
LOOKING_THREADS = 4  # that ask Slack who somebody is while a listener waits a second for it

T = TypeVar("T")


class Services(dict[type, object]):
    """Everything that was put together, each found by its type."""

    def add(self, service: T) -> T:
        self[type(service)] = service
        return service

    def of(self, kind: type[T]) -> T:
        found = self[kind]
        assert isinstance(found, kind)
        return found


@dataclass(frozen=True)
class Core:
    """What nearly every feature leans on."""

    settings: Settings
    db: Database
    slack: SlackGateway
    people: People
    teams: Teams
    masking: Masking
    guard: Guard
    now: Callable[[], datetime]


@dataclass(frozen=True)
class Bot:
    """Everything put together and not yet running."""

    settings: Settings
    app: App
    db: Database
    scheduler: Scheduler
    library: Library
    shelf: Shelf
    feedback: Feedback
    now: Callable[[], datetime]
    doctor: Doctor
    recapping: Recapping
    weekly: Weekly
    people: People
    services: Services

    def of(self, kind: type[T]) -> T:
        """The one service of that type."""
        return self.services.of(kind)

    def is_healthy(self) -> bool:
        return self.db.is_readable() and self.scheduler.is_running()


def now_utc() -> datetime:
    return datetime.now(UTC)


def gateway_of(settings: Settings, now: Callable[[], datetime] = now_utc) -> SlackGateway:
    return SlackGateway(web_client(settings.slack_bot_token, settings.slack_api_url), now)


def build(
    settings: Settings,
    identity: Identity,
    *,
    now: Callable[[], datetime] = now_utc,
    executor: Executor | None = None,
) -> Bot:
    """Put the bot together.

    Raises CannotOpen where the database cannot be used, BadSettings for an unknown country.
    """
    try:
        check_country(settings.for_teams.get("MEND_COUNTRY", ""))
    except ValueError as wrong:
        country = settings.for_teams["MEND_COUNTRY"]
        raise BadSettings([f'MEND_COUNTRY is "{country}": it {wrong}.']) from None
    model, ranking = model_of(settings)
    core = _core(settings, identity, Guard(model), now, executor)
    services = Services()
    for each in (identity, core.slack, core.people, core.teams, core.masking, Audit(core.db)):
        services.add(each)
    services.add(Library(core.db, ranker_of(settings, model), now, LearningStore(core.db).phrases))
    _playbooks(core, services)
    _notes(core, services)
    _recaps(core, services)
    _home(core, services, ranking)
    scheduler = services.add(_scheduler(core, services))
    return Bot(
        settings=settings,
        app=_answering(core, services, identity, executor),
        db=core.db,
        scheduler=scheduler,
        library=services.of(Library),
        shelf=services.of(Shelf),
        feedback=services.of(Feedback),
        now=now,
        doctor=services.of(Doctor),
        recapping=services.of(Recapping),
        weekly=services.of(Weekly),
        people=core.people,
        services=services,
    )


def _core(
    settings: Settings,
    identity: Identity,
    guard: Guard,
    now: Callable[[], datetime],
    executor: Executor | None,
) -> Core:
    db = opened(settings.database, identity.workspace)
    slack = gateway_of(settings, now)
    people = People(
        slack,
        now,
        executor or ThreadPoolExecutor(LOOKING_THREADS, "people"),
        workspace=db.workspace,
        admins=settings.mend_admins,
        supervisors=lambda: teams.supervisors(),
        guests=settings.mend_allow_guests == "yes",
    )
    teams = Teams(db, slack, people.among, now, settings.mend_channel, settings.for_teams)
    return Core(settings, db, slack, people, teams, Masking(people.names), guard, now)


def _playbooks(core: Core, services: Services) -> None:
    """The files and what is served of them, how they are used, and how admins change them."""
    db, now, people, masking = core.db, core.now, core.people, core.masking
    library, folder = services.of(Library), Path(core.settings.mend_playbooks)

    def serve(old: tuple[Playbook, ...], new: tuple[Playbook, ...]) -> None:
        library.replace(new)
        services.of(Scheduler).plan_soon()
        library.warm()

    shelf = services.add(Shelf(folder, serve))
    library.replace(shelf.playbooks)
    desk = Desk(folder, shelf)
    proposals = Drafting(db, masking, core.guard, people, now, core.teams, desk.keep_draft)
    services.add(proposals)
    services.add(Feedback(db, library, people, masking, now))
    services.add(Gaps(db, library, people, masking, now, proposals.published, core.settings.mend_k))
    suggesting = services.add(Suggesting(db, masking, core.guard, now))
    publisher = services.add(Publishing(db, desk, suggesting, now))
    services.add(Verifying(db, core.slack, library, core.teams, people, publisher, now))
    sheets = services.add(Sheets(db, people, desk, publisher, today=core.teams.today))
    services.add(Editing(sheets, publisher, suggesting))


def _notes(core: Core, services: Services) -> None:
    """A note, and what may follow from one."""
    settings, db, now, teams = core.settings, core.db, core.now, core.teams
    threads = services.add(Threads(db, core.slack, now, services.add(Leads(db, now, teams))))
    hands = services.add(
        HandsUp(
            db,
            core.slack,
            core.people,
            core.masking,
            now,
            teams=teams,
            remind_after=timedelta(minutes=settings.mend_help_reminder_minutes),
            note=threads.about,
        )
    )
    notes = NoteStore(db)
    services.add(Promises(db, hands, core.masking, now, teams))
    owning = Owning(
        db,
        core.masking,
        now,
        teams=teams,
        hands=hands,
        lookbacks=services.add(LookBacks(db, core.masking, now, teams, notes.get, notes.update)),
        fitting=services.of(Library).fitting,
        guard=core.guard,
        privacy_contact=settings.mend_privacy_contact,
        help_line=settings.mend_help_line,
    )
    services.add(owning)
    services.add(Retention(db, owning, now, timedelta(days=settings.mend_retention_days)))


def _recaps(core: Core, services: Services) -> None:
    db, slack, now, teams, k = core.db, core.slack, core.now, core.teams, core.settings.mend_k
    library = services.of(Library)
    services.add(Recapping(db, slack, now, teams=teams, playbooks=library.all))
    services.add(Briefing(db, slack, now, teams, library.all))
    services.add(Weekly(db, slack, now, teams, library, k))
    services.add(Causes(db, core.masking, core.guard, now, k))
    services.add(Conditions(db, core.masking, core.guard, now))


def _home(core: Core, services: Services, ranking: str) -> None:
    """What looks at all the rest: App Home, what is kept about somebody, the doctor."""
    settings, db, slack, people, now = core.settings, core.db, core.slack, core.people, core.now
    library, shelf = services.of(Library), services.of(Shelf)
    owning, hands = services.of(Owning), services.of(HandsUp)
    services.add(Privacy(db, owning, hands, library, now, settings.mend_retention_days))
    services.add(
        HomePage(
            slack,
            people,
            core.teams,
            services.add(Onboarding(db, slack, people, core.teams, now, library.all)),
            owning,
            services.of(Promises),
            hands,
            services.of(Feedback),
            services.of(Recapping),
            now,
            settings.mend_policy_url,
        )
    )
    services.add(
        Doctor(
            db,
            slack,
            people,
            services.of(Recapping),
            now,
            teams=core.teams,
            app_token=settings.slack_app_token if settings.mend_mode == "socket" else "",
            playbooks=lambda: (len(library.all()), [str(problem) for problem in shelf.problems]),
            ranking=lambda: ranking,
        )
    )


def _scheduler(core: Core, services: Services) -> Scheduler:
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


def _answering(
    core: Core, services: Services, identity: Identity, executor: Executor | None
) -> App:
    """What Slack's requests reach."""
    # At each start Bolt warns that it takes the token from the client it is given, as meant.
    bolt_log = logging.getLogger("mend.bolt")
    bolt_log.setLevel(logging.ERROR)
    app = App(
        logger=bolt_log,
        client=web_client(core.settings.slack_bot_token, core.settings.slack_api_url),
        signing_secret=core.settings.slack_signing_secret,
        token_verification_enabled=False,
        listener_executor=executor or ThreadPoolExecutor(LISTENER_THREADS, "listener"),
    )
    acknowledging.attach(
        app,
        services.add(handlers.declared()),
        services,
        Gate(core.people, core.db.until, core.db.workspace, identity.bot_user),
        Afterwards(core.slack, services.of(Scheduler).hurry, services.of(HomePage).show),
    )
    return app
