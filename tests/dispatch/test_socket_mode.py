"""Whatever happens to the line, whoever asks while it does is answered."""

from __future__ import annotations

import base64
import hashlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from functools import partial
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient

from mend.app import Bot
from mend.cli.run import tell_admins
from mend.serve.socket_mode import SHUT_OUT, Line, over_socket
from mend.slack.gateway import SlackGateway
from mend.slack.model import Failure, NotSent
from tests.conftest import Clock
from workspace import Workspace

THREADS = 5


@pytest.fixture
def client(ws: Workspace) -> WebClient:
    return WebClient(ws.bot_token, base_url=ws.api_url, retry_handlers=[])


@pytest.fixture
def app(client: WebClient, ws: Workspace) -> App:
    """A bot that says hi."""
    made = App(client=client, token_verification_enabled=False, signing_secret=ws.signing_secret)
    made.command("/hi")(lambda ack: ack("hi"))
    return made


@pytest.fixture
def ask(client: WebClient, ws: Workspace, clock: Clock) -> Callable[[], str | NotSent]:
    """Where Slack lets the bot in next."""
    return lambda: SlackGateway(client, clock).socket_url(ws.app_token)


@pytest.fixture
def connected(app: App, ask: Callable[[], str | NotSent], ws: Workspace) -> Iterator[None]:
    line = over_socket(app, ask, THREADS)
    assert not isinstance(line, NotSent)
    assert ws.wait_connected()
    yield
    line.stop(time.monotonic() + 1)
    assert ws.wait(lambda: not ws.connected)


def test_asked_for_another_connection_again_and_again_it_is_there_each_time(
    connected: None, ws: Workspace, ada: Any
) -> None:
    for _ in range(50):
        ws.socket_disconnect()
        assert ws.wait_connected()
        assert ada.command("/hi").acked


def test_cut_again_and_again_it_is_back_each_time(connected: None, ws: Workspace, ada: Any) -> None:
    for _ in range(20):
        [cut] = ws.line.sockets
        ws.socket_cut()
        assert ws.wait(partial(is_replaced, ws, cut))
        assert ada.command("/hi").acked


def is_replaced(ws: Workspace, cut: object) -> bool:
    return ws.connected > 0 and cut not in ws.line.sockets


def test_while_slack_only_warns_nobody_is_refused(connected: None, ws: Workspace, ada: Any) -> None:
    for lines in range(2, 7):
        ws.socket_warn()
        assert all(ada.command("/hi").acked for _ in range(2 * lines))
        assert ws.wait(partial(has_lines, ws, lines))
    ws.socket_disconnect()
    assert ws.wait_connected()


def has_lines(ws: Workspace, number: int) -> bool:
    return ws.connected == number


def test_what_is_worked_on_while_the_line_changes_is_answered_on_the_next(
    connected: None, app: App, ws: Workspace, ada: Any
) -> None:
    there, go_on = threading.Event(), threading.Event()

    def slow(ack: Any) -> None:
        there.set()
        go_on.wait(5)
        ack("done")

    app.command("/slow")(slow)

    def change() -> None:
        there.wait(5)
        ws.socket_warn()
        ws.wait(lambda: ws.connected == 2)
        go_on.set()

    changing = threading.Thread(target=change)
    changing.start()
    assert ada.command("/slow").message.visible == "done"
    changing.join()
    ws.socket_disconnect()
    assert ws.wait_connected()


def test_while_there_is_no_connection_to_be_had_it_tries_on(
    connected: None, ws: Workspace, ada: Any
) -> None:
    ws.fail("apps.connections.open", error="lost")
    ws.socket_disconnect()
    assert ws.wait_connected()
    assert ada.command("/hi").acked


def test_switched_off_by_slack_it_says_so_once_and_comes_back_by_itself(
    app: App,
    ask: Callable[[], str | NotSent],
    ws: Workspace,
    ada: Any,
    caplog: pytest.LogCaptureFixture,
) -> None:
    told: list[NotSent] = []
    line = over_socket(app, ask, THREADS, told.append)
    assert not isinstance(line, NotSent)
    assert ws.wait_connected()
    ws.fail("apps.connections.open", error="not_allowed_token_type", times=2)
    ws.socket_disconnect()
    assert ws.wait_connected()
    assert ada.command("/hi").acked
    assert [failure.detail for failure in told] == ["not_allowed_token_type"]

    def lines() -> list[str]:
        return [each.getMessage() for each in caplog.records if each.name.startswith("mend")]

    ws.wait(lambda: len(lines()) > 1)
    assert lines() == [
        f"Slack refused (not_allowed_token_type) {SHUT_OUT}",
        "Slack lets Mend in again.",
    ]
    line.stop(time.monotonic() + 1)


def test_the_admins_hear_once_a_day_that_nobody_is_answered(
    bot: Bot, dee: Any, clock: Clock
) -> None:
    refusal = NotSent(Failure.REFUSED, "not_allowed_token_type")
    for _ in range(3):
        tell_admins(bot, refusal)
        bot.scheduler.run_due()
    [message] = dee.dms
    assert SHUT_OUT in message.visible
    clock.advance(days=1)
    tell_admins(bot, refusal)
    bot.scheduler.run_due()
    assert len(dee.dms) == 2


@pytest.fixture
def dead() -> Iterator[str]:
    """The address of a line that opens and says no word more, as behind a cut cable."""
    with ExitStack() as open_ones, socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            with suppress(OSError):
                while True:
                    taken = open_ones.enter_context(server.accept()[0])
                    asked = taken.recv(4096).decode()
                    key = asked.partition("Sec-WebSocket-Key: ")[2].split()[0]
                    accept = hashlib.sha1(f"{key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11".encode())
                    taken.sendall(
                        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                        b"Connection: Upgrade\r\nSec-WebSocket-Accept: "
                        + base64.b64encode(accept.digest())
                        + b"\r\n\r\n"
                    )

        answering = threading.Thread(target=answer)
        answering.start()
        yield f"ws://127.0.0.1:{server.getsockname()[1]}/"
        server.shutdown(socket.SHUT_RDWR)
        answering.join()


def test_a_line_that_went_dead_without_a_word_is_replaced(
    app: App, ask: Callable[[], str | NotSent], dead: str, ws: Workspace, ada: Any
) -> None:
    addresses = iter([dead])
    line = Line(app, lambda: next(addresses, None) or ask(), THREADS, quiet=0.1)
    assert line.open() is None
    keeping = threading.Thread(target=line.keep)
    keeping.start()
    assert ws.wait_connected()
    assert ada.command("/hi").acked
    line.take_no_more()
    line.hang_up()
    keeping.join()


def test_a_quiet_line_that_lives_is_kept(
    app: App, ask: Callable[[], str | NotSent], ws: Workspace, ada: Any
) -> None:
    line = Line(app, ask, THREADS, quiet=0.02)
    assert line.open() is None
    assert ws.wait_connected()
    assert not ws.wait(lambda: not ws.connected, 0.3)
    assert ada.command("/hi").acked
    line.take_no_more()
    line.hang_up()


def test_where_nobody_listens_it_says_so(app: App) -> None:
    nowhere = over_socket(app, lambda: "ws://127.0.0.1:9/", THREADS)
    assert isinstance(nowhere, NotSent) and nowhere.reason is Failure.UNAVAILABLE
