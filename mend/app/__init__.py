"""Where the real things are chosen and put together: from settings to a Bot."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult

import handlers
from mend.app import features, jobs
from mend.app.services import Core, Services
from mend.db.engine import Database
from mend.db.jobs import Jobs
from mend.db.schema import opened
from mend.db.worker import Scheduler
from mend.dispatch import acknowledging
from mend.dispatch.afterwards import Afterwards
from mend.dispatch.errors import Gate
from mend.dispatch.submissions import Submissions
from mend.dispatch.support import Support
from mend.doctor.service import Doctor
from mend.home.page import HomePage
from mend.ownit.service import Owning
from mend.ownit.store import NoteStore
from mend.people.audit import Audit
from mend.people.directory import People
from mend.people.teams import Teams, check_country
from mend.playbooks.files import PlaybookFolder
from mend.playbooks.library import Library
from mend.recap.daily.service import Recapping
from mend.recap.weekly.service import Weekly
from mend.repair.service import Feedback
from mend.repair.store import LearningStore
from mend.search.chosen import model_of, ranker_of
from mend.serve.metrics import Metrics
from mend.serve.watching import Watched
from mend.settings import BadSettings, Settings
from mend.settings.address import Server
from mend.slack.calls import web_client
from mend.slack.gateway import SlackGateway
from mend.slack.model import Content, Identity
from mend.slack.outbox import Outbox
from mend.text.guard import Guard
from mend.text.redactor import Redactor
from mend.text.wording import Remembering

LISTENER_THREADS = 40  # Bolt's default of five answers five of twenty simultaneous commands in time
LOOKING_THREADS = 4  # that ask Slack who somebody is while a listener waits a second for it

T = TypeVar("T")


@dataclass(frozen=True)
class Bot:
    """Everything put together and not yet running."""

    settings: Settings
    app: App
    db: Database
    scheduler: Scheduler
    library: Library
    playbook_folder: PlaybookFolder
    feedback: Feedback
    now: Callable[[], datetime]
    doctor: Doctor
    recapping: Recapping
    weekly: Weekly
    people: People
    services: Services
    watched: Watched

    def of(self, kind: type[T]) -> T:
        """The one service of that type."""
        return self.services.of(kind)


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
    open: Callable[[Path | Server, str], Database] = opened,
    watched: Watched | None = None,
) -> Bot:
    """Put the bot together, around the database that `open` gives, to be `watched` as it runs.

    Raises CannotOpen where the database cannot be used, BadSettings for an unknown country.
    """
    try:
        check_country(settings.for_teams.get("MEND_COUNTRY", ""))
    except ValueError as wrong:
        country = settings.for_teams["MEND_COUNTRY"]
        raise BadSettings([f'MEND_COUNTRY is "{country}": it {wrong}.']) from None
    model, ranking = model_of(settings)
    db = open(settings.database, identity.workspace)
    core = _core(settings, db, Guard(Remembering(model) if model else None), now, executor)
    services = Services()
    for each in (
        identity,
        core.slack,
        core.outbox,
        core.people,
        core.teams,
        core.redactor,
        Audit(core.db),
    ):
        services.add(each)
    services.add(Library(core.db, ranker_of(settings, model), now, LearningStore(core.db).phrases))
    features.playbooks(core, services)
    features.notes(core, services)
    features.recaps(core, services)
    features.home(core, services, ranking, executor or ThreadPoolExecutor(1, "home"))
    scheduler = services.add(jobs.scheduler(core, services))
    core.slack.listen(scheduler.slack_accepted)
    watched = watched or Watched()
    _watch(watched, core, scheduler)
    return Bot(
        settings=settings,
        app=_answering(core, services, identity, executor, watched.metrics),
        db=core.db,
        scheduler=scheduler,
        library=services.of(Library),
        playbook_folder=services.of(PlaybookFolder),
        feedback=services.of(Feedback),
        now=now,
        doctor=services.of(Doctor),
        recapping=services.of(Recapping),
        weekly=services.of(Weekly),
        people=core.people,
        services=services,
        watched=watched,
    )


def _watch(watched: Watched, core: Core, scheduler: Scheduler) -> None:
    core.slack.count(watched.metrics.call)
    watched.jobs = lambda: Jobs(core.db).counted(core.now())
    watched.needs = {
        "database": core.db.is_readable,
        "scheduler": scheduler.is_running,
        "playbooks": Path(core.settings.mend_playbooks).is_dir,
        "Slack": lambda: False,  # until it can reach us
    }


def _core(
    settings: Settings,
    db: Database,
    guard: Guard,
    now: Callable[[], datetime],
    executor: Executor | None,
) -> Core:
    slack = gateway_of(settings, now)
    outbox = Outbox(db, slack, now)
    people = People(
        slack,
        now,
        executor or ThreadPoolExecutor(LOOKING_THREADS, "people"),
        workspace=db.workspace,
        admins=settings.mend_admins,
        supervisors=lambda: teams.supervisors(),
        guests=settings.mend_allow_guests == "yes",
    )
    teams = Teams(
        db,
        slack,
        people.among,
        now,
        settings.mend_channel,
        settings.for_teams,
        people.in_which,
    )
    return Core(settings, db, slack, outbox, people, teams, Redactor(people.names), guard, now)


def _answering(
    core: Core,
    services: Services,
    identity: Identity,
    executor: Executor | None,
    metrics: Metrics,
) -> App:
    """What Slack's requests reach."""
    # At each start Bolt warns that it leaves the token to `authorize`, as meant.
    bolt_log = logging.getLogger("mend.bolt")
    bolt_log.setLevel(logging.ERROR)

    def authorize() -> AuthorizeResult:
        """Known since the start: Bolt would ask at the first request, and lose it in an outage."""
        return AuthorizeResult(
            enterprise_id=None,
            team_id=identity.workspace,
            bot_user_id=identity.bot_user,
            bot_token=core.settings.slack_bot_token,
        )

    def owe(key: str, person: str, said: Content, value: str) -> list[str]:
        """A message in answer to a press on that value goes with the note it is about."""
        named = re.search(r"[0-9a-f]{16}", value)
        note = NoteStore(core.db).get(named[0]) if named else None
        return core.outbox.dm(key, person, said, note.id if note else "")

    app = App(
        name="mend.bolt",  # or Bolt walks the call stack for one; it is a logger's, set as ours is
        logger=bolt_log,
        client=web_client(core.settings.slack_bot_token, core.settings.slack_api_url),
        signing_secret=core.settings.slack_signing_secret,
        authorize=authorize,
        listener_executor=executor or ThreadPoolExecutor(LISTENER_THREADS, "listener"),
    )
    home = services.of(HomePage)
    acknowledging.attach(
        app,
        services.add(handlers.declared()),
        services,
        Gate(
            core.people,
            core.db.until,
            core.db.workspace,
            identity.bot_user,
            services.of(Support),
            services.of(Owning).keep,
            Submissions(core.db, core.now),
        ),
        Afterwards(
            core.slack,
            services.of(Scheduler).run_now,
            owe,
            core.outbox.take_back,
            home.answer,
            home.follow,
        ),
        metrics.request,
    )
    return app
