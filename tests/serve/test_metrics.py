"""What an operator may count: requests, waits, calls, jobs. Never who, where, or about what."""

import re
from collections.abc import Callable
from platform import python_version
from typing import Any

import pytest

from mend.app import Bot
from mend.dispatch.routes import Kind, Outcome
from mend.serve.metrics import BUCKETS, version
from mend.serve.watching import Application
from mend.slack.model import Failure
from tests.conftest import Clock
from workspace import Workspace
from workspace.blocks import elements

SAMPLE = re.compile(r'mend_\w+\{(\w+="[\w.+-]+")(,\w+="[\w.+-]+")*\} \d+(\.\d+)?')


def asked(application: Application, path: str) -> str:
    """What somebody who watches is answered."""
    body = application({"PATH_INFO": path}, lambda status, headers: None)
    return b"".join(body).decode()


Figures = Callable[[], dict[str, float]]


@pytest.fixture
def figures(bot: Bot) -> Figures:
    """Each line by its name and labels."""

    def figures() -> dict[str, float]:
        lines = asked(bot.watched.application(), "/metrics").splitlines()
        pairs = (line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
        return {name: float(value) for name, value in pairs}

    return figures


@pytest.fixture
def day(bot: Bot, ws: Workspace, ada: Any, ben: Any) -> None:
    """Something of everything, troubles included."""
    ada.press(ada.command("/ownit", "sent the refund to the wrong card").message, "Post as me")
    card = ben.command("/repair", "they charged me twice").message
    [worked] = [each for _, each in elements(card.blocks) if each["action_id"] == "repair_worked"]
    worked |= {"action_id": "note_repaired", "value": "of another one's note"}
    ben.press(card, "note_repaired")
    ben.command("/mend", "audit")
    ws.fail("chat.postMessage", error="is_archived")
    ada.press(ada.command("/ownit", "told the wrong date").message, "Post as me")
    ws.fail("chat.postMessage", retry_after=30)
    ada.dm("I dropped the call")
    bot.db.change("drop table replies")
    bot.db.change("alter table notes rename to lost")
    ada.command("/ownit", "and once more")


@pytest.mark.usefixtures("day")
def test_requests_and_calls_are_counted_by_what_became_of_them(figures: Figures) -> None:
    found = figures()
    for kind, outcome in (("command", "answered"), ("action", "refused"), ("command", "failed")):
        assert found[f'mend_requests_total{{kind="{kind}",outcome="{outcome}"}}'] > 0
    for method, outcome in (
        ("chat.postMessage", "done"),
        ("chat.postMessage", "archived"),
        ("chat.postMessage", "rate_limited"),
        ("response_url", "done"),
    ):
        assert found[f'mend_slack_calls_total{{method="{method}",outcome="{outcome}"}}'] > 0
    assert found[f'mend_build_info{{version="{version()}",python="{python_version()}"}}'] == 1


@pytest.mark.usefixtures("day")
def test_every_label_is_a_name_of_mends_own(bot: Bot, ws: Workspace) -> None:
    """So nothing of a request can be in it, and there are never more lines than names."""
    text = asked(bot.watched.application(), "/metrics")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    assert [line for line in lines if not SAMPLE.fullmatch(line)] == []
    known = {
        "kind": {*Kind},
        "outcome": {*Outcome, *(failure.name.lower() for failure in Failure), "done"},
        "method": {call.method for call in ws.calls} | {"auth.test", "users.list"},
        "part": {"database", "scheduler", "playbooks", "Slack"},
        "state": {"due", "late", "dead"},
        "le": {*map(str, BUCKETS), "+Inf"},
        "version": {version()},
        "python": {python_version()},
    }
    for label, value in re.findall(r'(\w+)="([^"]*)"', text):
        assert value in known[label], (label, value)


@pytest.mark.usefixtures("day")
def test_waits_are_a_histogram(figures: Figures) -> None:
    found = figures()
    of_commands = [
        found[f'mend_ack_seconds_bucket{{kind="command",le="{limit}"}}']
        for limit in (*BUCKETS, "+Inf")
    ]
    assert of_commands == sorted(of_commands) and of_commands[-1] > 0
    assert of_commands[-1] == found['mend_ack_seconds_count{kind="command"}']
    assert found['mend_ack_seconds_sum{kind="command"}'] > 0


def test_that_somebody_paused_is_in_no_figure(figures: Figures, ada: Any) -> None:
    def asked_for() -> dict[str, float]:
        return {line: n for line, n in figures().items() if "requests" in line or "_ack" in line}

    ada.command("/mend", "brief")
    before = asked_for()
    card = ada.command("/mend", "pause").message
    ada.press(card, card.buttons[0])
    assert asked_for() == before != {}


def test_jobs_are_counted_as_due_late_and_dead(
    bot: Bot, figures: Figures, ws: Workspace, clock: Clock, ada: Any
) -> None:
    def jobs() -> list[float]:
        return [figures()[f'mend_jobs{{state="{state}"}}'] for state in ("due", "late", "dead")]

    bot.scheduler.run_due()
    assert jobs() == [0, 0, 0]
    ws.fail("chat.postMessage", retry_after=5)
    ada.press(ada.command("/ownit", "sent it twice").message, "Post as me")
    clock.advance(seconds=10)
    assert jobs()[:2] == [1, 0]
    clock.advance(minutes=2)
    assert jobs()[1] >= 1
    ws.fail("chat.postMessage", error="is_archived", times=9)
    bot.scheduler.run_due()
    assert jobs()[1] == 0 and jobs()[2] >= 1


def test_without_a_database_the_rest_is_told(bot: Bot, figures: Figures) -> None:
    bot.db.change("drop table jobs")
    found = figures()
    assert found['mend_ready{part="database"}'] == 0
    assert not [line for line in found if line.startswith("mend_jobs")]
