"""Everything Slack or the network may do to a call, and what the gateway makes of it."""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

import pytest
from slack_sdk import WebClient

from mend.people.model import Profile
from mend.slack.gateway import (
    DIRECTORY_PAGE,
    SlackGateway,
    profile_of,
)
from mend.slack.model import (
    DirectoryPage,
    Failure,
    Identity,
    NotSent,
    Sent,
    message_fault,
)
from mend.slack.own_posts import METADATA_EVENT
from tests.conftest import Clock, free_port, only
from workspace import Message, Workspace


@dataclass(frozen=True)
class Said:
    """A message as small as they come."""

    text: str = "hello"
    blocks: tuple[dict[str, Any], ...] = ()


HELLO = Said()
HOME = {"type": "home", "blocks": [{"type": "divider"}]}
FORM = {
    "type": "modal",
    "title": {"type": "plain_text", "text": "A form"},
    "blocks": [{"type": "divider"}],
}
BUTTON = {"type": "button", "text": {"type": "plain_text", "text": "Press"}, "action_id": "press"}
NOT_A_BLOCK = Said(blocks=({"type": "no such block"},))

BROKEN = {
    "51 blocks": Said(blocks=({"type": "divider"},) * 51),
    "4001 characters": Said("x" * 4001),
    "an action id stands twice": Said(blocks=({"type": "actions", "elements": [BUTTON] * 2},)),
    "no text": Said(""),
}


class Line:
    """A gateway on a workspace, with something there to act on."""

    def __init__(self, ws: Workspace, clock: Clock) -> None:
        self.ws, self.clock = ws, clock
        self.gateway = gateway_at(ws.api_url, clock, token=ws.bot_token)
        self.support = ws.channel("support").id
        self.ada = ws.person("ada").id
        self.leads = "S0LEADS"
        ws.user_groups[self.leads] = [ws.person("cam").id]
        self.posted = self.sent(self.gateway.post(self.support, HELLO, key="first"))

    def sent(self, outcome: Sent | NotSent) -> Sent:
        assert isinstance(outcome, Sent), outcome
        return outcome

    def response_url(self) -> str:
        """The address a command brings along; nobody is there to answer the command."""
        return str(self.command()["response_url"])

    def trigger(self) -> str:
        return str(self.command()["trigger_id"])

    def command(self) -> dict[str, Any]:
        """What came with a command; events of posts may be delivered beside it."""
        self.ws.person("ada").command("/repair", "late", channel="support")
        commands = [each for each in self.ws.deliveries if each.kind == "slash_commands"]
        return commands[-1].payload

    def form(self) -> str:
        self.sent(self.gateway.open_form(self.trigger(), FORM))
        modal = self.ws.person("ada").modal
        assert modal is not None
        return modal.id


def gateway_at(
    url: str, now: Callable[[], datetime], *, token: str = "xoxb-any", timeout: float = 2
) -> SlackGateway:
    seconds = cast(int, timeout)
    return SlackGateway(WebClient(token, base_url=url, timeout=seconds, retry_handlers=[]), now)


@pytest.fixture
def line(ws: Workspace, clock: Clock) -> Line:
    return Line(ws, clock)


EVERY: dict[str, Callable[[Line], Callable[[], object]]] = {
    "auth.test": lambda it: it.gateway.identity,
    "apps.connections.open": lambda it: lambda: it.gateway.socket_url(it.ws.app_token),
    "conversations.info": lambda it: lambda: it.gateway.channel(it.support),
    "users.info": lambda it: lambda: it.gateway.profile(it.ada),
    "users.list": lambda it: lambda: it.gateway.directory(""),
    "usergroups.users.list": lambda it: lambda: it.gateway.group(it.leads),
    "conversations.open": lambda it: lambda: it.gateway.direct_channel(it.ada),
    "chat.postMessage": lambda it: lambda: it.gateway.post(it.support, HELLO, key="k"),
    "conversations.history": lambda it: lambda: it.gateway.find(it.support, "k", it.clock()),
    "conversations.replies": lambda it: (
        lambda: it.gateway.find(it.support, "k", it.clock(), it.posted.ts)
    ),
    "chat.getPermalink": lambda it: lambda: it.gateway.permalink(it.support, it.posted.ts),
    "chat.update": lambda it: lambda: it.gateway.update(it.support, it.posted.ts, HELLO),
    "chat.delete": lambda it: lambda: it.gateway.delete(it.support, it.posted.ts),
    "response_url": lambda it: _responding(it, it.response_url()),
    "views.open": lambda it: _opening(it, it.trigger()),
    "views.update": lambda it: _updating(it, it.form()),
    "views.publish": lambda it: lambda: it.gateway.publish_home(it.ada, HOME),
}


def _responding(it: Line, url: str) -> Callable[[], object]:
    return lambda: it.gateway.respond(url, HELLO, replace=False)


def _opening(it: Line, trigger: str) -> Callable[[], object]:
    return lambda: it.gateway.open_form(trigger, FORM)


def _updating(it: Line, form: str) -> Callable[[], object]:
    return lambda: it.gateway.update_form(form, FORM)


# --- every call ------------------------------------------------------------------------------


@pytest.mark.parametrize("method", EVERY)
def test_every_call_does_what_it_says(line: Line, method: str) -> None:
    act = EVERY[method](line)
    assert not isinstance(act(), NotSent)
    assert line.ws.calls[-1].method == method


TROUBLE = {
    "http_500": Failure.UNKNOWN,
    "lost": Failure.UNKNOWN,
    "ratelimited": Failure.RATE_LIMITED,
    "fatal_error": Failure.UNKNOWN,
    "token_revoked": Failure.TOKEN_REVOKED,
    "something_new": Failure.REFUSED,
}


@pytest.mark.parametrize(
    ("method", "error"),
    [
        (method, error)
        for method in EVERY
        for error in TROUBLE
        if method != "response_url" or error == "lost"
    ],
)
def test_no_call_raises_and_none_is_repeated_by_itself(line: Line, method: str, error: str) -> None:
    reason = TROUBLE[error]
    act = EVERY[method](line)
    before = len(line.ws.calls)
    line.ws.fail(method, error=error, after_applying=error == "lost")
    outcome = act()
    assert isinstance(outcome, NotSent) and outcome.reason is reason, outcome
    assert [call.method for call in line.ws.calls[before:]] == [method]


@pytest.mark.parametrize("method", [method for method in EVERY if method != "response_url"])
def test_no_call_raises_while_slack_cannot_be_reached(line: Line, method: str) -> None:
    act = EVERY[method](line)
    line.gateway.client.base_url = f"http://127.0.0.1:{free_port()}/api/"
    outcome = act()
    assert isinstance(outcome, NotSent) and outcome.reason is Failure.UNAVAILABLE


def test_a_response_url_that_cannot_be_reached_was_not_used(line: Line) -> None:
    gone = f"http://127.0.0.1:{free_port()}/actions/1"
    outcome = line.gateway.respond(gone, HELLO, replace=False)
    assert isinstance(outcome, NotSent) and outcome.reason is Failure.UNAVAILABLE


# --- why Slack refuses -----------------------------------------------------------------------


def refusal(outcome: object) -> Failure:
    assert isinstance(outcome, NotSent), outcome
    return outcome.reason


def test_a_channel_that_is_not_there(line: Line) -> None:
    outcome = line.gateway.post("C0NOWHERE", HELLO, key="k")
    assert outcome == NotSent(Failure.CHANNEL_NOT_FOUND, "channel_not_found")


def test_a_person_who_is_not_there(line: Line) -> None:
    assert refusal(line.gateway.direct_channel("U0NOBODY")) is Failure.CHANNEL_NOT_FOUND


def test_a_channel_that_mend_is_not_in(line: Line) -> None:
    outcome = line.gateway.post(line.ws.channel("random").id, HELLO, key="k")
    assert refusal(outcome) is Failure.NOT_IN_CHANNEL


def test_a_private_channel_that_mend_is_not_in_does_not_exist_for_it(line: Line) -> None:
    secret = line.ws.add_channel("secret", bot_in=False, private=True)
    assert refusal(line.gateway.channel(secret.id)) is Failure.CHANNEL_NOT_FOUND


def test_a_channel_that_is_archived(line: Line) -> None:
    old = line.ws.add_channel("old", archived=True)
    assert refusal(line.gateway.post(old.id, HELLO, key="k")) is Failure.ARCHIVED


@pytest.mark.parametrize(
    "error", ["token_revoked", "token_expired", "account_inactive", "not_authed", "invalid_auth"]
)
def test_a_token_that_no_longer_holds(line: Line, error: str) -> None:
    line.ws.fail("auth.test", error=error)
    assert refusal(line.gateway.identity()) is Failure.TOKEN_REVOKED


def test_a_token_of_another_app(ws: Workspace, clock: Clock) -> None:
    gateway = gateway_at(ws.api_url, clock, token="xoxb-of-another-app")
    assert refusal(gateway.identity()) is Failure.TOKEN_REVOKED


def test_a_scope_that_is_missing_is_named(line: Line) -> None:
    line.ws.scopes -= {"chat:write"}
    outcome = line.gateway.post(line.support, HELLO, key="k")
    assert outcome == NotSent(Failure.MISSING_SCOPE, "needs the scope chat:write")


def test_blocks_that_slack_does_not_take(line: Line) -> None:
    outcome = line.gateway.post(line.support, NOT_A_BLOCK, key="k")
    assert refusal(outcome) is Failure.INVALID_CONTENT


def test_how_long_slack_asks_to_wait_is_passed_on(line: Line) -> None:
    line.ws.fail("chat.postMessage", retry_after=17)
    outcome = line.gateway.post(line.support, HELLO, key="k")
    assert isinstance(outcome, NotSent) and outcome.retry_after == 17


def test_a_message_that_is_gone(line: Line) -> None:
    line.sent(line.gateway.delete(line.support, line.posted.ts))
    assert refusal(line.gateway.update(line.support, line.posted.ts, HELLO)) is Failure.GONE
    assert refusal(line.gateway.permalink(line.support, line.posted.ts)) is Failure.GONE


def test_a_form_that_was_closed(line: Line) -> None:
    form = line.form()
    line.ws.person("ada").close()
    assert refusal(line.gateway.update_form(form, FORM)) is Failure.GONE


def test_a_press_that_is_four_seconds_old_opens_nothing(line: Line, clock: Clock) -> None:
    trigger = line.trigger()
    clock.advance(seconds=4)
    assert refusal(line.gateway.open_form(trigger, FORM)) is Failure.EXPIRED


def test_a_press_opens_one_form(line: Line) -> None:
    trigger = line.trigger()
    line.sent(line.gateway.open_form(trigger, FORM))
    assert refusal(line.gateway.open_form(trigger, FORM)) is Failure.EXPIRED


def test_a_response_url_is_used_up_after_five_answers(line: Line) -> None:
    url = line.response_url()
    for _ in range(5):
        line.sent(line.gateway.respond(url, HELLO, replace=False))
    assert refusal(line.gateway.respond(url, HELLO, replace=False)) is Failure.GONE


def test_a_response_url_ends_after_half_an_hour(line: Line, clock: Clock) -> None:
    url = line.response_url()
    clock.advance(minutes=31)
    assert refusal(line.gateway.respond(url, HELLO, replace=False)) is Failure.GONE


def test_blocks_that_a_response_url_does_not_take(line: Line) -> None:
    outcome = line.gateway.respond(line.response_url(), NOT_A_BLOCK, replace=False)
    assert isinstance(outcome, NotSent) and not outcome.reason.is_passing


# --- answers that never come, or make no sense -----------------------------------------------


@contextlib.contextmanager
def answering(answer: bytes | None) -> Iterator[str]:
    """The address of a server that gives every call this answer, or (None) none at all."""
    server = socket.create_server(("127.0.0.1", 0))
    held: list[socket.socket] = []

    def serve() -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = server.accept()
                held.append(connection)
                if answer is not None:
                    connection.recv(65536)
                    connection.sendall(answer)
                    connection.shutdown(socket.SHUT_RDWR)

    thread = threading.Thread(target=serve)
    thread.start()
    yield f"http://127.0.0.1:{server.getsockname()[1]}/api/"
    server.shutdown(socket.SHUT_RDWR)
    server.close()
    thread.join()
    for connection in held:
        connection.close()


def http_answer(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers]
    return "\r\n".join([*lines, "", ""]).encode() + body


def test_an_answer_that_does_not_come_in_time_may_have_been_sent(clock: Clock) -> None:
    with answering(None) as url:
        outcome = gateway_at(url, clock, timeout=0.05).post("D1", HELLO, key="k")
    assert refusal(outcome) is Failure.UNKNOWN


ODD_ANSWERS = {
    "a web page": http_answer(b"<html>Sign in to the hotel</html>", "Content-Type: text/html"),
    "an outage": http_answer(b"<html>Bad gateway</html>", status="502 Bad Gateway"),
    "half a body": http_answer(b'{"ok": true}')[:-5],
    "no HTTP": b"SSH-2.0-OpenSSH\r\n",
    "nothing": b"",
    "a list": http_answer(b"[]", "Content-Type: application/json"),
    "no fields": http_answer(b'{"ok": true}', "Content-Type: application/json"),
    "bytes that are no text": http_answer(b"\xff\xfe\xfa", "Content-Type: application/json"),
}


@pytest.mark.parametrize("odd", ODD_ANSWERS)
def test_an_answer_that_makes_no_sense_is_no_answer(clock: Clock, odd: str) -> None:
    with answering(ODD_ANSWERS[odd]) as url:
        gateway = gateway_at(url, clock)
        assert refusal(gateway.identity()) is Failure.UNKNOWN
        assert refusal(gateway.channel("C1")) is Failure.UNKNOWN
        assert refusal(gateway.direct_channel("U1")) is Failure.UNKNOWN


@pytest.mark.parametrize(
    "header", ["Retry-After: soon", "Retry-After: -1", "Retry-After:", "X-Other: 1"]
)
def test_a_wait_that_cannot_be_read_is_no_wait(clock: Clock, header: str) -> None:
    body = b'{"ok": false, "error": "ratelimited"}'
    answer = http_answer(
        body, "Content-Type: application/json", header, status="429 Too Many Requests"
    )
    with answering(answer) as url:
        outcome = gateway_at(url, clock).post("D1", HELLO, key="k")
    assert outcome == NotSent(Failure.RATE_LIMITED, "ratelimited", 0.0)


@pytest.mark.parametrize("status", ["500 Error", "502 Bad Gateway", "503 Service Unavailable"])
def test_a_response_url_in_trouble_may_have_answered(clock: Clock, status: str) -> None:
    with answering(http_answer(b"trouble", status=status)) as url:
        outcome = gateway_at(url, clock).respond(url, HELLO, replace=False)
    assert refusal(outcome) is Failure.UNKNOWN


def test_a_response_url_may_ask_to_wait(clock: Clock) -> None:
    answer = http_answer(b"slow down", "Retry-After: 9", status="429 Too Many Requests")
    with answering(answer) as url:
        outcome = gateway_at(url, clock).respond(url, HELLO, replace=False)
    assert refusal(outcome) is Failure.RATE_LIMITED
    assert isinstance(outcome, NotSent) and outcome.retry_after == 9


# --- what is never sent ----------------------------------------------------------------------


@pytest.mark.parametrize("fault", BROKEN)
def test_what_slack_would_refuse_is_known_before(fault: str) -> None:
    assert message_fault(BROKEN[fault]).startswith(fault.replace("4001 ", "text of 4001 "))


@pytest.mark.parametrize("fault", BROKEN)
@pytest.mark.parametrize("way", ["post", "update", "respond"])
def test_a_broken_message_is_never_sent(line: Line, fault: str, way: str) -> None:
    broken, url = BROKEN[fault], line.response_url()
    before = len(line.ws.calls)
    gateway, support = line.gateway, line.support
    outcomes: dict[str, Callable[[], object]] = {
        "post": lambda: gateway.post(support, broken, key="k"),
        "update": lambda: gateway.update(support, line.posted.ts, broken),
        "respond": lambda: gateway.respond(url, broken, replace=False),
    }
    assert refusal(outcomes[way]()) is Failure.INVALID_CONTENT
    assert line.ws.calls[before:] == []


@pytest.mark.parametrize("text", ["x", "x" * 4000])
def test_a_message_at_the_limit_is_sent(line: Line, text: str) -> None:
    full = Said(text, ({"type": "divider"},) * 50)
    line.sent(line.gateway.post(line.support, full, key="k"))


def test_the_same_action_id_may_stand_in_two_blocks(line: Line) -> None:
    actions = {"type": "actions", "elements": [BUTTON]}
    line.sent(line.gateway.post(line.support, Said(blocks=(actions, actions)), key="k"))


def test_a_home_of_a_hundred_and_one_blocks_is_never_sent(line: Line) -> None:
    before = len(line.ws.calls)
    outcome = line.gateway.publish_home(line.ada, {**HOME, "blocks": [{"type": "divider"}] * 101})
    assert refusal(outcome) is Failure.INVALID_CONTENT
    assert line.ws.calls[before:] == []


# --- posting once ----------------------------------------------------------------------------


def test_a_post_carries_its_key_where_people_do_not_see_it(line: Line) -> None:
    line.sent(line.gateway.post(line.support, HELLO, key="a1b2"))
    posted = line.ws.messages("support")[-1]
    assert posted.metadata == {"event_type": METADATA_EVENT, "event_payload": {"key": "a1b2"}}
    assert "a1b2" not in posted.visible


def test_links_in_a_post_are_not_unfurled(line: Line) -> None:
    line.sent(line.gateway.post(line.support, HELLO, key="k"))
    sent = line.ws.calls[-1].args
    assert {sent["unfurl_links"], sent["unfurl_media"]} <= {"0", "false", False}


def test_a_post_whose_answer_was_lost_is_found_by_its_key(line: Line, clock: Clock) -> None:
    line.ws.fail("chat.postMessage", error="lost", after_applying=True)
    assert refusal(line.gateway.post(line.support, HELLO, key="k")) is Failure.UNKNOWN
    stands = line.ws.messages("support")[-1]
    assert line.gateway.find(line.support, "k", clock()) == Sent(line.support, stands.ts)


def test_a_reply_whose_answer_was_lost_is_found_in_its_thread(line: Line, clock: Clock) -> None:
    root = line.posted.ts
    line.ws.fail("chat.postMessage", error="lost", after_applying=True)
    line.gateway.post(line.support, HELLO, key="k", thread=root)
    reply = only([each for each in line.ws.messages("support") if not each.is_root])
    assert line.gateway.find(line.support, "k", clock(), root) == Sent(line.support, reply.ts)
    assert line.gateway.find(line.support, "k", clock()) is None


def test_what_was_never_posted_is_not_found(line: Line, clock: Clock) -> None:
    assert line.gateway.find(line.support, "never", clock()) is None
    assert line.gateway.find(line.support, "never", clock(), line.posted.ts) is None


def test_somebody_elses_message_is_not_taken_for_ones_own(line: Line, clock: Clock) -> None:
    line.ws.person("ben").say("support", "the key is k")
    other = Message(line.ws.channel("support"), line.ada, "hello")
    other.metadata = {"event_type": "other_app", "event_payload": {"key": "k"}}
    line.ws.state.post(other)
    assert line.gateway.find(line.support, "k", clock()) is None


def test_a_deleted_post_is_not_found(line: Line, clock: Clock) -> None:
    line.sent(line.gateway.delete(line.support, line.posted.ts))
    assert line.gateway.find(line.support, "first", clock()) is None


def test_a_post_is_found_where_the_clocks_differ_by_four_minutes(line: Line, clock: Clock) -> None:
    assert line.gateway.find(line.support, "first", clock() + timedelta(minutes=4)) is not None


def fill(line: Line, count: int) -> None:
    channel = line.ws.channel("support")
    for number in range(count):
        line.ws.state.post(Message(channel, line.ada, f"message {number}"))


def test_a_post_is_found_on_the_second_page(line: Line, clock: Clock) -> None:
    fill(line, 250)
    before = len(line.ws.calls)
    found = line.gateway.find(line.support, "first", clock())
    assert found == Sent(line.support, line.posted.ts)
    assert len(line.ws.calls) - before == 2


def test_beyond_the_pages_it_does_not_guess(line: Line, clock: Clock) -> None:
    fill(line, 450)
    assert refusal(line.gateway.find(line.support, "first", clock())) is Failure.REFUSED


def test_messages_from_before_are_not_looked_through(line: Line, clock: Clock) -> None:
    fill(line, 450)
    clock.advance(minutes=30)
    assert line.gateway.find(line.support, "first", clock()) is None


def test_a_page_that_fails_says_why(line: Line, clock: Clock) -> None:
    line.ws.scopes -= {"channels:history"}
    outcome = line.gateway.find(line.support, "first", clock())
    assert outcome == NotSent(Failure.MISSING_SCOPE, "needs the scope channels:history")


# --- who we are ------------------------------------------------------------------------------


def test_identity_tells_the_workspace_the_bot_and_its_scopes(line: Line) -> None:
    line.ws.scopes = {"commands", "chat:write"}
    found = line.gateway.identity()
    assert isinstance(found, Identity)
    assert (found.workspace, found.bot_user) == (line.ws.id, line.ws.bot_user)
    assert found.scopes == {"commands", "chat:write"}


@pytest.mark.parametrize("ahead", [-400, 0, 400])
def test_identity_tells_how_far_the_clock_is_off(ws: Workspace, clock: Clock, ahead: int) -> None:
    gateway = gateway_at(ws.api_url, lambda: clock() + timedelta(seconds=ahead), token=ws.bot_token)
    found = gateway.identity()
    assert isinstance(found, Identity)
    assert abs(found.clock_ahead_seconds - ahead) < 3


@pytest.mark.parametrize("date", ["Date: yesterday", "Date:", "X-Other: 1"])
def test_a_date_that_cannot_be_read_tells_nothing_of_the_clock(clock: Clock, date: str) -> None:
    body = b'{"ok": true, "team_id": "T1", "user_id": "U1"}'
    with answering(http_answer(body, "Content-Type: application/json", date)) as url:
        found = gateway_at(url, clock).identity()
    assert isinstance(found, Identity)
    assert found.clock_ahead_seconds == 0


def test_a_channel_tells_what_matters_for_posting(line: Line) -> None:
    old = line.ws.add_channel("old", bot_in=False, archived=True)
    found = line.gateway.channel(old.id)
    assert not isinstance(found, NotSent)
    assert (found.name, found.is_archived, found.is_member) == ("old", True, False)


def test_the_answer_to_a_press_may_replace_or_remove_the_message(line: Line) -> None:
    ada = line.ws.person("ada")
    actions = {"type": "actions", "elements": [BUTTON]}
    line.sent(line.gateway.respond(line.response_url(), Said(blocks=(actions,)), replace=False))
    whispered = only(ada.ephemerals)
    url = str(ada.press(whispered, "Press").payload["response_url"])
    line.sent(line.gateway.respond(url, Said("instead"), replace=True))
    assert whispered.visible == "instead"
    line.sent(line.gateway.respond(url, None, replace=True))
    assert ada.ephemerals == []


# --- people ----------------------------------------------------------------------------------


def test_a_profile_says_who_is_a_guest_and_who_is_of_another_company(line: Line) -> None:
    line.ws.person("ben").user.is_guest = True
    line.ws.person("cam").user.is_deactivated = True
    ada, ben, cam, eve = (
        line.gateway.profile(line.ws.person(name).id) for name in ("ada", "ben", "cam", "eve")
    )
    for profile in (ada, ben, cam, eve):
        assert isinstance(profile, Profile)
    assert ada == Profile(line.ada, ("Ada", "Ada"), frozenset({line.ws.id}))
    assert isinstance(ben, Profile) and ben.is_guest and not ben.is_deactivated
    assert isinstance(cam, Profile) and cam.is_deactivated and not cam.is_guest
    assert isinstance(eve, Profile) and line.ws.id not in eve.workspaces


def test_the_directory_comes_page_by_page_and_marks_the_bot(line: Line) -> None:
    for number in range(DIRECTORY_PAGE):
        line.ws.add_person(f"agent{number}")
    first = line.gateway.directory("")
    assert isinstance(first, DirectoryPage) and len(first.people) == DIRECTORY_PAGE
    last = line.gateway.directory(first.cursor)
    assert isinstance(last, DirectoryPage) and last.people and not last.cursor
    bots = [each.id for each in (*first.people, *last.people) if each.is_bot]
    assert bots == [line.ws.bot_user]


def test_in_a_company_of_several_workspaces_a_person_belongs_to_all_of_theirs() -> None:
    company = {"enterprise_id": "E1", "teams": ["T1", "T2"]}
    user = {"id": "W1", "team_id": "T1", "enterprise_user": company, "profile": {}}
    assert profile_of(user).workspaces == {"T1", "T2", "E1"}
    assert profile_of({"id": "W1", "is_ultra_restricted": True}).is_guest
