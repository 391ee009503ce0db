"""A promise to a customer: the form, the reminders, and what a lead is told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Literal

from slack_sdk.models.blocks import ActionsBlock, Block, DateTimePickerElement

from mend.ownit.model import Entry
from mend.promises.model import Promise
from mend.slack.ui import (
    Answers,
    Message,
    answered,
    any_of,
    aside,
    ask,
    button,
    buttons,
    escape,
    form,
    notice,
    quoting,
    says,
    ticked,
    typed,
)

MAKE = "promise_make"
FORM = "promise_form"
DONE = "promise_done"
LATER = "promise_later"
HAND_OVER = "promise_hand_over"
DROP_NOTE = "promise_drop_note"
WHAT_LENGTH = 200

Stage = Literal["before", "due", "again"]


def promise_form(entry: Entry, suggested: datetime | None) -> dict[str, Any]:
    """What was promised and by when; `suggested` is the moment the note itself names."""
    when = DateTimePickerElement(
        initial_date_time=int(suggested.timestamp()) if suggested else None
    )
    tell = any_of({"yes": "If I cannot be reached, a lead may be told"})
    return form(
        FORM,
        "Promise a follow-up",
        "Remind me",
        entry.id,
        ask("what", "What did you promise?", typed(WHAT_LENGTH, "Call back", lines=False)),
        ask("due", "By when?", when, "You are reminded ten minutes before."),
        ask("lead", "A promise is never dropped silently", tell, required=False),
    )


def read_promise(answers: Answers) -> tuple[str, datetime, bool]:
    """What, by when, whether a lead may be told."""
    return (
        answered(answers, "what"),
        datetime.fromtimestamp(int(answered(answers, "due") or 0), UTC),
        bool(ticked(answers, "lead")),
    )


def reminder(promise: Promise, stage: Stage) -> Message:
    when = f"by {local_time(promise.due_at)}"
    headings = {"before": f"You promised, {when}:", "due": f"Due now ({when}):"}
    heading = headings.get(stage, f"Still open ({when}), and nobody else was told:")
    return quoting(heading, promise.what, _choices(promise))


def summary(promise: Promise) -> list[Block]:
    """One open promise in App Home."""
    return [
        says(f"⏰ by {local_time(promise.due_at)}: {escape(promise.what)}"),
        _choices(promise),
    ]


def made(promise: Promise) -> Message:
    text = f"I will remind you ten minutes before {local_time(promise.due_at)}."
    return quoting(text, promise.what)


def before_withdrawing(entry: str, promises: Sequence[Promise]) -> Message:
    """A note with open promises is being withdrawn: what becomes of them?"""
    text = "This note holds a promise to a customer. What becomes of it?"
    return notice(
        text,
        *(block for each in promises for block in summary(each)),
        aside("Or withdraw the note and still be reminded:"),
        buttons(button("Withdraw, keep reminding me", DROP_NOTE, entry)),
    )


def for_lead(promise: Promise) -> str:
    """What supervisors read; plain text."""
    return f"A promise to a customer needs somebody: {promise.what} (by {promise.due_at:%H:%M} UTC)"


def local_time(moment: datetime) -> str:
    """Shown by Slack in the reader's own zone."""
    fallback = f"{moment:%-d %B %H:%M} UTC"
    return f"<!date^{int(moment.timestamp())}^{{date_short_pretty}} {{time}}|{fallback}>"


def _choices(promise: Promise) -> ActionsBlock:
    return buttons(
        button("Done", DONE, promise.id, "primary"),
        button("Later", LATER, promise.id),
        button("Hand over", HAND_OVER, promise.id),
    )
