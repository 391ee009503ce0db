"""The door that Slack calls at: who gets in, and who does not."""

import contextlib
import hashlib
import hmac
import http.client
import json
import socket
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest

from mend.app import Bot
from mend.ownit.store import NoteStore
from mend.serve.http import DEEPEST
from mend.serve.listening import CONNECTIONS
from mend.serve.signatures import CLOCK, SAID_EVERY, SECRET, TOLD_FOR, Signatures
from mend.settings import BadSettings
from tests.conftest import Clock, only
from workspace import Delivery, Workspace

EVENTS = "/slack/events"
FORM = "application/x-www-form-urlencoded"
WORDS = "sent the refund to the wrong card"


class Door:
    """Calls the bot as anybody on the network may."""

    def __init__(self, bot: Bot, ws: Workspace) -> None:
        self._port, self._ws = bot.settings.mend_port, ws

    def call(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        headers: dict[str, str] | None = None,
    ) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=5)
        try:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def post(self, body: bytes, headers: dict[str, str]) -> int:
        return self.call("POST", EVENTS, body, headers)[0]

    def signed(self, body: bytes, *, kind: str = FORM, age: int = 0) -> dict[str, str]:
        stamp = str(int(time.time()) - age)
        secret = self._ws.signing_secret.encode()
        signature = hmac.new(secret, f"v0:{stamp}:".encode() + body, hashlib.sha256)
        return {
            "Content-Type": kind,
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": f"v0={signature.hexdigest()}",
        }


@pytest.fixture
def door(bot: Bot, ws: Workspace) -> Door:
    return Door(bot, ws)


@pytest.fixture
def command(ws: Workspace, ada: Any) -> bytes:
    """The body of a /ownit that nobody has sent yet."""
    fields = {
        "command": "/ownit",
        "text": WORDS,
        "team_id": ws.id,
        "user_id": ada.id,
        "channel_id": ws.channel("support").id,
        "trigger_id": "1.2.3",
        "response_url": f"{ws.url}actions/none",
    }
    return urlencode(fields).encode()


@pytest.fixture
def kept(bot: Bot, ws: Workspace, ada: Any) -> Callable[[], list[str]]:
    """What Mend holds of Ada's."""
    return lambda: [note.text for note in NoteStore(bot.db).mine(ada.id, limit=100)]


Kept = Callable[[], list[str]]


# --- signatures ------------------------------------------------------------------------------


def test_a_signed_request_is_answered(door: Door, command: bytes, kept: Kept) -> None:
    assert door.post(command, door.signed(command)) == 200
    assert kept() == [WORDS]


@pytest.mark.parametrize(
    "change",
    [
        {"X-Slack-Signature": "v0=" + "0" * 64},
        {"X-Slack-Signature": ""},
        {"X-Slack-Signature": "nonsense"},
        {"X-Slack-Signature": "v0=é" + "0" * 63},
        {"X-Slack-Request-Timestamp": "0"},
        {"X-Slack-Request-Timestamp": ""},
        {"X-Slack-Request-Timestamp": "yesterday"},
        {"X-Slack-Request-Timestamp": "nan"},
        {"X-Slack-Request-Timestamp": "9" * 400},
    ],
    ids=str,
)
def test_a_signature_that_does_not_fit_is_refused(
    door: Door, command: bytes, kept: Kept, change: dict[str, str]
) -> None:
    assert door.post(command, door.signed(command) | change) == 401
    assert kept() == []


@pytest.mark.parametrize("missing", ["X-Slack-Signature", "X-Slack-Request-Timestamp"])
def test_a_request_without_a_signature_is_refused(
    door: Door, command: bytes, kept: Kept, missing: str
) -> None:
    headers = door.signed(command)
    del headers[missing]
    assert door.post(command, headers) == 401
    assert kept() == []


def test_a_signature_of_another_body_is_refused(door: Door, command: bytes, kept: Kept) -> None:
    assert door.post(command + b"&more=1", door.signed(command)) == 401
    assert kept() == []


@pytest.mark.parametrize("age", [301, 3600, -301])
def test_a_request_from_more_than_five_minutes_away_is_refused(
    door: Door, command: bytes, kept: Kept, age: int
) -> None:
    assert door.post(command, door.signed(command, age=age)) == 401
    assert kept() == []


@pytest.mark.parametrize("age", [290, -290])
def test_a_clock_that_is_less_than_five_minutes_off_is_borne(
    door: Door, command: bytes, age: int
) -> None:
    assert door.post(command, door.signed(command, age=age)) == 200


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"payload=%7B", b"payload=[]", b"\xff\xfe"])
@pytest.mark.parametrize("kind", [FORM, "application/json"])
def test_a_signed_body_that_makes_no_sense_is_refused(door: Door, body: bytes, kind: str) -> None:
    assert 400 <= door.post(body, door.signed(body, kind=kind)) < 500
    assert door.call("GET", "/healthz") == (200, "ok")


@pytest.mark.parametrize("depth", [DEEPEST + 1, 900, 100_000])
@pytest.mark.parametrize(("before", "kind"), [(b"", "application/json"), (b"payload=", FORM)])
def test_a_signed_body_deeper_than_anything_of_slacks_is_refused(
    door: Door, depth: int, before: bytes, kind: str
) -> None:
    body = before + b'{"a":' * depth + b"1" + b"}" * depth
    assert door.post(body, door.signed(body, kind=kind)) == 400


@pytest.mark.parametrize("body", [b"{", b"payload=%7B", b"\xff\xfe"])
def test_an_unsigned_body_that_makes_no_sense_is_not_even_read(door: Door, body: bytes) -> None:
    assert 400 <= door.post(body, {"Content-Type": FORM}) < 500


def test_a_replayed_command_is_refused(door: Door, ws: Workspace, ada: Any, kept: Kept) -> None:
    ada.command("/ownit", WORDS, channel="support")
    assert ws.replay(ws.deliveries[-1]) == 401
    assert kept() == [WORDS]


def test_a_replayed_press_is_refused(door: Door, ws: Workspace, ada: Any) -> None:
    receipt = ada.command("/ownit", WORDS, channel="support").message
    ada.press(receipt, "Post as me")
    press = sent(ws, "block_actions")
    ada.press(receipt, "Change who sees it")
    ada.press(receipt, "Make private")
    assert ws.replay(press) == 401
    assert only(ws.messages("support")).visible == "A note was withdrawn."


@pytest.mark.parametrize("kind", ["application/json", "application/jsonp", "application/json; x=1"])
def test_calling_a_replayed_command_an_event_does_not_help(
    door: Door, command: bytes, kind: str
) -> None:
    headers = door.signed(command)
    assert door.post(command, headers) == 200
    assert 400 <= door.post(command, headers | {"Content-Type": kind}) < 500


def test_a_signature_counts_as_used_only_where_it_was_right(door: Door, command: bytes) -> None:
    headers = door.signed(command)
    assert door.post(command + b"&more=1", headers) == 401
    assert door.post(command, headers) == 200


def test_a_repeated_event_is_accepted_and_changes_nothing(
    door: Door, ws: Workspace, ada: Any, kept: Kept
) -> None:
    ada.dm(WORDS)
    event = sent(ws, "event_callback")
    assert ws.replay(event) == 200
    assert ws.resend(event).acked
    assert kept() == [WORDS]
    assert len([message for message in ada.dms if message.bot]) == 1


def sent(ws: Workspace, kind: str) -> Delivery:
    """The first thing of that kind that Slack sent."""
    return next(each for each in ws.deliveries if each.payload.get("type") == kind)


# --- what the operator learns of it ----------------------------------------------------------


@pytest.fixture
def signatures(clock: Clock) -> Signatures:
    return Signatures("right", lambda: clock().timestamp())


def signed_with(secret: str, at: datetime) -> tuple[bytes, str, str]:
    stamp = str(int(at.timestamp()))
    signature = hmac.new(secret.encode(), f"v0:{stamp}:hi".encode(), hashlib.sha256).hexdigest()
    return b"hi", stamp, f"v0={signature}"


def test_a_wrong_secret_is_named_in_the_log_now_and_then(
    signatures: Signatures, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(50):
        assert not signatures.fits(*signed_with("wrong", clock()))
    assert [line.getMessage() for line in caplog.records] == [f"1 {SECRET}"]
    clock.advance(seconds=SAID_EVERY)
    signatures.fits(*signed_with("wrong", clock()))
    assert [line.getMessage() for line in caplog.records] == [f"1 {SECRET}", f"51 {SECRET}"]


@pytest.mark.parametrize("minutes", [-6, 6])
def test_a_clock_that_is_off_is_told_from_a_wrong_secret(
    signatures: Signatures, clock: Clock, caplog: pytest.LogCaptureFixture, minutes: int
) -> None:
    assert not signatures.fits(*signed_with("right", clock() + timedelta(minutes=minutes)))
    assert [line.getMessage() for line in caplog.records] == [f"1 {CLOCK}"]
    assert signatures.lately_refused() == [f"1 {CLOCK}."]
    clock.advance(seconds=TOLD_FOR)
    assert signatures.lately_refused() == []


def test_what_does_not_claim_to_be_slacks_is_not_worth_a_word(
    signatures: Signatures, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    assert not signatures.fits(b"hi", "", "")
    assert not signatures.fits(b"hi", "now", "v0=1")
    assert caplog.records == [] and signatures.lately_refused() == []


def test_whoever_asks_how_it_is_hears_of_requests_that_were_refused(
    door: Door, bot: Bot, command: bytes
) -> None:
    door.post(command, door.signed(command) | {"X-Slack-Signature": "v0=" + "0" * 64})
    assert door.call("GET", "/readyz")[1].splitlines()[1:] == [f"1 {SECRET}."]


# --- setting up, and watching over -----------------------------------------------------------


def test_slack_may_verify_the_address(door: Door, ws: Workspace) -> None:
    assert ws.verify_url()


def test_nobody_else_may_have_the_challenge_answered(door: Door) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "c0ffee"}).encode()
    status, said = door.call("POST", EVENTS, body, {"Content-Type": "application/json"})
    assert status == 401 and "c0ffee" not in said


def test_it_is_ready_while_all_runs_and_alive_in_any_case(door: Door, bot: Bot) -> None:
    assert door.call("GET", "/readyz") == (503, "not ready: scheduler")
    bot.scheduler.start()
    assert door.call("GET", "/readyz") == (200, "ready")
    bot.db.change("drop table jobs")
    assert door.call("GET", "/readyz") == (503, "not ready: database")
    bot.scheduler.stop(5)
    assert door.call("GET", "/readyz") == (503, "not ready: database, scheduler")
    assert door.call("GET", "/healthz") == (200, "ok")


def test_told_to_stop_it_is_ready_no_more(door: Door, bot: Bot) -> None:
    bot.scheduler.start()
    bot.watched.say_stopping()
    assert door.call("GET", "/readyz") == (503, "not ready: stopping")
    bot.scheduler.stop(5)


# --- what else comes by ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["/", "/metrics", "/slack", "/slack/events/", "/healthz/x", "/../etc/passwd"]
)
def test_there_is_nothing_at_another_path(door: Door, command: bytes, path: str) -> None:
    assert door.call("POST", path, command, door.signed(command))[0] == 404
    assert door.call("GET", path)[0] == 404


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"])
def test_slack_only_posts(door: Door, command: bytes, kept: Kept, method: str) -> None:
    status, _ = door.call(method, EVENTS, command, door.signed(command))
    assert status in (404, 405)
    assert kept() == []


def test_a_huge_body_is_refused_before_it_is_read(door: Door) -> None:
    megabytes = {"Content-Type": FORM, "Content-Length": str(200 * 1024 * 1024)}
    assert door.call("POST", EVENTS, b"text=", megabytes)[0] == 413


def test_the_largest_form_there_is_gets_through(door: Door, command: bytes) -> None:
    large = command + b"&view=" + b"x" * 500_000
    assert door.post(large, door.signed(large)) == 200


def test_the_answer_does_not_tell_what_serves_it(door: Door, bot: Bot) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", bot.settings.mend_port, timeout=5)
    connection.request("GET", "/healthz")
    answer = connection.getresponse()
    answer.read()
    connection.close()
    assert answer.getheader("Server") in (None, "")


def test_whoever_only_holds_the_door_does_not_keep_slack_out(
    door: Door, bot: Bot, command: bytes, kept: Kept
) -> None:
    address = ("127.0.0.1", bot.settings.mend_port)
    with contextlib.ExitStack() as held:
        for _ in range(CONNECTIONS + 20):
            idle = held.enter_context(socket.create_connection(address, timeout=5))
            idle.sendall(b"POST /slack/events HTTP/1.1\r\n")  # and never a word more
        began = time.monotonic()
        assert door.post(command, door.signed(command)) == 200
        assert time.monotonic() - began < 2
    assert kept() == [WORDS]


def has_ipv6() -> bool:
    with contextlib.suppress(OSError), socket.create_server(("::1", 0), family=socket.AF_INET6):
        return True
    return False


@pytest.mark.skipif(not has_ipv6(), reason="this machine has no IPv6")
@pytest.mark.parametrize("host", ["::1", "::"])
def test_it_listens_where_the_operator_says(
    environment: dict[str, str], start: Callable[[], Bot], ws: Workspace, host: str
) -> None:
    environment["MEND_HOST"] = host
    bot = start()
    for address in ["::1"] + ["127.0.0.1"] * (host == "::"):
        connection = http.client.HTTPConnection(address, bot.settings.mend_port, timeout=5)
        connection.request("GET", "/healthz")
        assert connection.getresponse().status == 200
        connection.close()


def test_an_address_of_another_machine_is_refused_with_its_name(
    environment: dict[str, str], start: Callable[[], Bot]
) -> None:
    environment["MEND_HOST"] = "192.0.2.1"
    with pytest.raises(BadSettings, match="MEND_HOST=192.0.2.1 is no address of this machine"):
        start()
