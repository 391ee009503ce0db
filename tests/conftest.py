"""The clock, the db, and the cast on their local workspace.

Ada and Ben are agents of one team, Cam supervises it, Dee is an admin, Eve comes from another
workspace. The bot is the real one, reached over signed HTTP; only its executor is exchanged, so
that a request returns when everything it set off is done.
"""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import socket
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from playwright.sync_api import Browser

from mend import settings as settings_table
from mend.app import Bot, build, gateway_of
from mend.db.engine import BUSY_SECONDS, Database
from mend.db.schema import opened
from mend.people.directory import People
from mend.playbooks.files import PlaybookFolder
from mend.repair.gaps import Gaps
from mend.serve.http import serve_http
from mend.settings.address import Server
from mend.slack.model import Identity
from tests.browser.window import chromium
from tests.db.server import Cluster, what_is_missing
from tests.db.server import cluster as running
from workspace import Message, Workspace

PLAYBOOKS = Path(__file__).parent.parent / "playbooks"

settings.register_profile("any machine", deadline=None)  # a busy one is slow, not wrong
settings.load_profile("any machine")

for key in [key for key in os.environ if key.startswith(("SLACK_", "MEND_"))]:
    del os.environ[key]


MEMORY = Path("/dev/shm")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--postgres", action="store_true", help="keep everything in PostgreSQL")


def pytest_configure(config: pytest.Config) -> None:
    """Keep what tests write in memory, where there is such a place: no commit waits for a disk."""
    if not config.option.basetemp and os.access(MEMORY, os.W_OK):
        config.option.basetemp = MEMORY / f"mend-tests-{os.getpid()}"
        config.add_cleanup(lambda: shutil.rmtree(config.option.basetemp, ignore_errors=True))


FIRST = ("soak", "end_to_end", "browser", "search")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What takes longest begins first, so that at the end no worker waits for another one."""
    if config.option.postgres:
        reason = pytest.mark.skip("looks into SQLite's file")
        for item in items:
            if item.get_closest_marker("sqlite"):
                item.add_marker(reason)
    room = {item: item.path.relative_to(Path(__file__).parent).parts[0] for item in items}
    places = {name: place for place, name in enumerate(FIRST)}
    items.sort(key=lambda item: places.get(room[item], len(FIRST)))


class Clock:
    """A Tuesday afternoon that passes only when told to."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 24, 14, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def advance(self, **by: float) -> None:
        self.moment += timedelta(**by)


class AtOnce(Executor):
    """Runs what it is given before it returns."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


@cache
def newest() -> bytes:
    """An empty database of today's tables: to be put in a test's place instead of made there."""
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        path = Path(folder) / "mend.db"
        opened(path, "T1").close()
        return path.read_bytes()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL server, where there is one."""
    if missing := what_is_missing():
        pytest.skip(missing)
    with running() as server:
        yield server


@pytest.fixture
def place(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Path | Server]:
    """Where the test's database is: a file, or, with --postgres, a server."""
    if not request.config.option.postgres:
        yield tmp_path / "mend.db"
        return
    server: Cluster = request.getfixturevalue("cluster")
    address = server.fresh()
    yield address
    server.give_back(address)


@pytest.fixture
def db(place: Path | Server) -> Iterator[Database]:
    if isinstance(place, Path):
        place.write_bytes(newest())
    kept = opened(place, "T1")
    yield kept
    kept.close()


@pytest.fixture
def ws(clock: Clock) -> Iterator[Workspace]:
    workspace = Workspace(port=0)
    workspace.now = lambda: clock().timestamp()
    workspace.should_escape = True
    with workspace:
        yield workspace


@pytest.fixture
def ada(ws: Workspace) -> Any:
    return ws.person("ada")


@pytest.fixture
def ben(ws: Workspace) -> Any:
    return ws.person("ben")


@pytest.fixture
def cam(ws: Workspace) -> Any:
    return ws.person("cam")


@pytest.fixture
def dee(ws: Workspace) -> Any:
    return ws.person("dee")


@pytest.fixture
def eve(ws: Workspace) -> Any:
    return ws.person("eve")


@pytest.fixture
def environment(ws: Workspace, place: Path | Server) -> dict[str, str]:
    """What the operator has set; a test may change it before it asks for `bot`."""
    return {
        "SLACK_BOT_TOKEN": ws.bot_token,
        "SLACK_APP_TOKEN": ws.app_token,
        "SLACK_SIGNING_SECRET": ws.signing_secret,
        "SLACK_API_URL": ws.api_url,
        "MEND_MODE": "http",
        "MEND_DATABASE_URL": place.url if isinstance(place, Server) else f"sqlite:///{place}",
        "MEND_PLAYBOOKS": str(PLAYBOOKS),
        "MEND_MODEL": "off",
        "MEND_CHANNEL": ws.channel("support").id,
        "MEND_ADMINS": ws.person("dee").id,
        "MEND_SUPERVISORS": ws.person("cam").id,
    }


@pytest.fixture
def start(
    ws: Workspace, clock: Clock, environment: dict[str, str], request: pytest.FixtureRequest
) -> Iterator[Callable[[], Bot]]:
    """Starts the bot, as often as a test wants; each start is a new process's worth of it."""
    stops: list[Callable[[], None]] = []
    busy_seconds = 0.05 if request.node.get_closest_marker("hasty") else BUSY_SECONDS

    def start() -> Bot:
        environment["MEND_PORT"] = str(free_port())
        read = settings_table.read(environment)
        file = read.database
        if isinstance(file, Path) and file.parent.exists() and not file.exists():
            file.write_bytes(newest())
        identity = gateway_of(read, clock).identity()
        assert isinstance(identity, Identity), identity
        open = partial(opened, busy_seconds=busy_seconds)
        started = build(read, identity, now=clock, executor=AtOnce(), open=open)
        started.of(Gaps).note_changes()
        started.of(Gaps).plan()
        started.of(People).refresh()
        ws.calls.clear()
        deafen = serve_http(started.app, started.settings, started.watched)
        stops.extend([lambda: deafen(time.monotonic() + 2), started.db.close])
        ws.deliver_to(f"http://127.0.0.1:{read.mend_port}/slack/events")
        return started

    yield start
    for stop in stops:
        stop()


@pytest.fixture
def bot(start: Callable[[], Bot]) -> Bot:
    return start()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all browser tests: a process can hold only one driver at a time."""
    with chromium() as running:
        yield running


def saved(bot: Bot) -> None:
    """What happens in the second after an admin saved a playbook."""
    for _ in range(2):
        bot.of(PlaybookFolder).poll()
    bot.of(Gaps).note_changes()


def free_port() -> int:
    """A port nobody listens on, below those that the system gives to outgoing connections: such a

    one may be taken between here and the server's own start.
    """
    while True:
        port = random.SystemRandom().randrange(20_000, 32_000)
        with contextlib.suppress(OSError), socket.socket() as probe:
            probe.bind(("127.0.0.1", port))
            return port


def only(messages: list[Message]) -> Message:
    """The one message there is."""
    assert len(messages) == 1, [message.visible for message in messages]
    return messages[0]
