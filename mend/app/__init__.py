"""Where the real things are chosen and put together: from settings to a Bot."""

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
from mend.app import features
from mend.app.services import Services
from mend.db.engine import Database
from mend.db.jobs import Jobs
from mend.db.schema import opened
from mend.db.worker import Scheduler
from mend.dispatch import acknowledging
from mend.dispatch.afterwards import Afterwards
from mend.dispatch.errors import Gate
from mend.dispatch.submissions import Submissions
from mend.home.page import HomePage
from mend.ownit.service import Owning
from mend.ownit.store import NoteStore
from mend.people.teams import check_country
from mend.playbooks.library import Library
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
    now: Callable[[], datetime]
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
    services = Services(now)
    services.add(settings)
    services.add(identity)
    db = services[Database] = open(settings.database, identity.workspace)
    slack = services.add(gateway_of(settings, now))
    services.add(Guard(Remembering(model) if model else None))
    features.people(services, executor or ThreadPoolExecutor(LOOKING_THREADS, "people"))
    phrases = LearningStore(db).phrases
    services.add(Library(db, ranker_of(settings, model), now, phrases))
    features.playbooks(services)
    features.notes(services)
    features.recaps(services)
    features.home(services, ranking, executor or ThreadPoolExecutor(1, "home"))
    scheduler = services.add(features.scheduler(services))
    slack.listen(scheduler.slack_accepted)
    watched = watched or Watched()
    _watch(watched, services)
    return Bot(
        settings=settings,
        app=_answering(services, executor, watched.metrics),
        db=db,
        scheduler=scheduler,
        now=now,
        services=services,
        watched=watched,
    )


def _watch(watched: Watched, services: Services) -> None:
    db = services.of(Database)
    services.of(SlackGateway).count(watched.metrics.call)
    watched.jobs = lambda: Jobs(db).counted(services.now())
    watched.needs = {
        "database": db.is_readable,
        "scheduler": services.of(Scheduler).is_running,
        "playbooks": Path(services.of(Settings).mend_playbooks).is_dir,
        "Slack": lambda: False,  # until it can reach us
    }


def _answering(services: Services, executor: Executor | None, metrics: Metrics) -> App:
    """What Slack's requests reach."""
    settings, identity = services.of(Settings), services.of(Identity)
    db, outbox = services.of(Database), services.of(Outbox)
    # At each start Bolt warns that it leaves the token to `authorize`, as meant.
    bolt_log = logging.getLogger("mend.bolt")
    bolt_log.setLevel(logging.ERROR)

    def authorize() -> AuthorizeResult:
        """Known since the start: Bolt would ask at the first request, and lose it in an outage."""
        return AuthorizeResult(
            enterprise_id=None,
            team_id=identity.workspace,
            bot_user_id=identity.bot_user,
            bot_token=settings.slack_bot_token,
        )

    def owe(key: str, person: str, said: Content, value: str) -> list[str]:
        """A message in answer to a press on that value goes with the note it is about."""
        named = re.search(r"[0-9a-f]{16}", value)
        note = NoteStore(db).get(named[0]) if named else None
        return outbox.dm(key, person, said, note.id if note else "")

    app = App(
        name="mend.bolt",  # or Bolt walks the call stack for one; it is a logger's, set as ours is
        logger=bolt_log,
        client=web_client(settings.slack_bot_token, settings.slack_api_url),
        signing_secret=settings.slack_signing_secret,
        authorize=authorize,
        listener_executor=executor or ThreadPoolExecutor(LISTENER_THREADS, "listener"),
    )
    home = services.of(HomePage)
    services.make(Submissions)
    gate = services.make(
        Gate,
        until=db.until,
        workspace=db.workspace,
        bot_user=identity.bot_user,
        keep=services.of(Owning).keep,
    )
    afterwards = services.make(
        Afterwards,
        run_now=services.of(Scheduler).run_now,
        owe=owe,
        take_back=outbox.take_back,
        show_home=home.answer,
        follow=home.follow,
    )
    acknowledging.attach(
        app, services.add(handlers.declared()), services, gate, afterwards, metrics.request
    )
    return app
