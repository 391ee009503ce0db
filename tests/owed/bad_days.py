"""Slack away, in part or as a whole, and the hours that pass meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from mend.app import Bot
from tests.conftest import Clock
from workspace import Workspace

EVERYTHING = (
    "auth.test",
    "chat.delete",
    "chat.postMessage",
    "chat.update",
    "chat.getPermalink",
    "conversations.history",
    "conversations.info",
    "conversations.open",
    "conversations.replies",
    "users.info",
    "users.list",
    "views.open",
    "views.publish",
    "views.update",
    "response_url",
)
FOR_EVER = 1_000_000
GONE = "A note was withdrawn."


def hours(bot: Bot, clock: Clock, count: float, *, every: float = 10) -> None:
    """So many go by; the worker takes a round `every` so many minutes."""
    for _ in range(round(count * 60 / every)):
        clock.advance(minutes=every)
        bot.scheduler.round()


def note(ws: Workspace) -> str:
    """How the one note that was posted reads now; empty where none stands."""
    says = [each.visible for each in ws.messages("support")]
    found = [each for each in says if "owns this" in each or each == GONE]
    assert len(found) <= 1, found
    return "".join(found)


@contextmanager
def away(
    ws: Workspace, *methods: str, error: str = "http_500", retry_after: int = 30
) -> Iterator[None]:
    """Within it these methods, or all that Mend calls, are answered so."""
    for method in methods or EVERYTHING:
        ws.fail(method, error=error, times=FOR_EVER, retry_after=retry_after)
    yield
    ws.web_api.failures.clear()
