"""Looking for a post of Mend's own, after an unknown outcome, by the key it bears."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from slack_sdk.web import SlackResponse

from mend.slack.calls import Calls
from mend.slack.model import Failure, NotSent, Sent

PAGES_LOOKED_AT = 2  # of 200 messages each: with the timeout, within the budget of 20 s a job has
CLOCKS_MAY_DIFFER = timedelta(minutes=5)  # beyond what Slack's answer says of it
CLOCKS_MAY_BE_WRONG = timedelta(hours=2)  # where it was put right since
METADATA_EVENT = "mend_post"


def find(
    calls: Calls,
    clock_ahead: Callable[[object], float],
    channel: str,
    key: str,
    since: datetime,
    thread: str | None = None,
) -> Sent | NotSent | None:
    """Where the message with this key stands, that was posted at `since` or later; None where

    it does not. By whose clock that was is not known: it is looked for far before, and it is
    sure not to be there only where all was seen since then, by Slack's clock.
    """
    oldest = f"{(since - CLOCKS_MAY_BE_WRONG).timestamp():.6f}"
    cursor = ""
    for _ in range(PAGES_LOOKED_AT):
        page = _page(calls, channel, oldest, cursor, thread)
        if isinstance(page, NotSent):
            return page
        messages: list[dict[str, Any]] = page.get("messages", [])
        for message in reversed(messages):
            mark = message.get("metadata") or {}
            is_ours = mark.get("event_type") == METADATA_EVENT
            is_it = is_ours and mark.get("event_payload", {}).get("key") == key
            if is_it or _is_about(message, key):
                return Sent(channel, str(message["ts"]))
        cursor = (page.get("response_metadata") or {}).get("next_cursor", "")
        ahead = timedelta(seconds=max(0.0, clock_ahead(_date(page))))
        begins = (since - ahead - CLOCKS_MAY_DIFFER).timestamp()
        saw_all = not thread and messages and float(messages[-1]["ts"]) < begins
        if not cursor or saw_all:
            return None
    return NotSent(Failure.REFUSED, "too many messages since to be sure that it is not there")


def _is_about(message: dict[str, Any], key: str) -> bool:
    """Whether its buttons are: so is found what an older Mend did not keep the place of."""
    buttons = (each for block in message.get("blocks", ()) for each in block.get("elements", ()))
    return any(str(each.get("value", "")).startswith(key) for each in buttons)


def _page(
    calls: Calls, channel: str, oldest: str, cursor: str, thread: str | None
) -> SlackResponse | NotSent:
    bounds: dict[str, Any] = {
        "channel": channel,
        "oldest": oldest,
        "limit": 200,
        "include_all_metadata": True,
        **({"cursor": cursor} if cursor else {}),
    }
    if thread:
        return calls.make(
            "conversations.replies",
            lambda: calls.client.conversations_replies(ts=thread, **bounds),
            lambda page: page,
        )
    return calls.make(
        "conversations.history",
        lambda: calls.client.conversations_history(**bounds),
        lambda page: page,
    )


def _date(answer: SlackResponse) -> str:
    """Slack's own time, as its answer says it."""
    return next(
        (str(value) for name, value in answer.headers.items() if name.lower() == "date"), ""
    )
