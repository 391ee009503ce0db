"""A promise to a customer: the form, the reminders, and what a lead is told."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    DateTimePickerElement,
    InputBlock,
    Option,
    PlainTextInputElement,
)

from mend.blocks.kit import Message, aside, button, buttons, escape, form, message, quoted, says
from mend.domain.entries import Entry
from mend.domain.promises import Promise

MAKE = "promise_make"
FORM = "promise_form"
DONE = "promise_done"
LATER = "promise_later"
HAND_OVER = "promise_hand_over"
DROP_NOTE = "promise_drop_note"
_WHAT, _DUE, _LEAD, _FIELD = "what", "due", "lead", "answer"
WHAT_LENGTH = 200


def promise_form(entry: Entry, suggested: datetime | None) -> dict[str, Any]:
    """What was promised and by when; `suggested` is the moment the note itself names."""
    tell = Option(value="yes", text="If I cannot be reached, a lead may be told")
    return form(
        FORM,
        "Promise a follow-up",
        "Remind me",
        json.dumps({"entry": entry.id}),
        InputBlock(
            block_id=_WHAT,
            label="What did you promise?",
            element=PlainTextInputElement(
                action_id=_FIELD, max_length=WHAT_LENGTH, initial_value="Call back"
            ),
        ),
        InputBlock(
            block_id=_DUE,
            label="By when?",
            hint="You are reminded ten minutes before.",
            element=DateTimePickerElement(
                action_id=_FIELD,
                initial_date_time=int(suggested.timestamp()) if suggested else None,
            ),
        ),
        InputBlock(
            block_id=_LEAD,
            label="A promise is never dropped silently",
            optional=True,
            element=CheckboxesElement(action_id=_FIELD, options=[tell]),
        ),
    )


def read_promise(private: str, answers: Mapping[str, Any]) -> tuple[str, str, datetime, bool]:
    """Entry id, what, by when, whether a lead may be told."""
    picked = answers[_DUE][_FIELD].get("selected_date_time") or 0
    return (
        str(json.loads(private)["entry"]),
        str(answers[_WHAT][_FIELD].get("value") or ""),
        datetime.fromtimestamp(int(picked), UTC),
        bool(answers[_LEAD][_FIELD].get("selected_options")),
    )


def reminder(promise: Promise, *, is_due: bool) -> Message:
    when = f"by {local_time(promise.due_at)}"
    heading = f"Due now ({when}):" if is_due else f"You promised, {when}:"
    return message(
        f"{heading} {escape(promise.what)}",
        says(heading),
        quoted(promise.what),
        buttons(*_choices(promise)),
    )


def summary(promise: Promise) -> list[Block]:
    """One open promise in App Home."""
    return [
        says(f"⏰ by {local_time(promise.due_at)}: {escape(promise.what)}"),
        buttons(*_choices(promise)),
    ]


def made(promise: Promise) -> Message:
    text = f"I will remind you ten minutes before {local_time(promise.due_at)}."
    return message(f"{text} {escape(promise.what)}", says(text), quoted(promise.what))


def before_withdrawing(entry: str, promises: Sequence[Promise]) -> Message:
    """A note with open promises is being withdrawn: what becomes of them?"""
    text = "This note holds a promise to a customer. What becomes of it?"
    blocks: list[Block] = [says(text)]
    for each in promises:
        blocks += summary(each)
    blocks.append(aside("Or withdraw the note and still be reminded:"))
    blocks.append(buttons(button("Withdraw, keep reminding me", DROP_NOTE, entry)))
    return message(text, *blocks)


def for_lead(promise: Promise) -> str:
    """What supervisors read; plain text."""
    return f"A promise to a customer needs somebody: {promise.what} (by {promise.due_at:%H:%M} UTC)"


def local_time(moment: datetime) -> str:
    """Shown by Slack in the reader's own zone."""
    fallback = f"{moment:%-d %B %H:%M} UTC"
    return f"<!date^{int(moment.timestamp())}^{{date_short_pretty}} {{time}}|{fallback}>"


def _choices(promise: Promise) -> list[Any]:
    return [
        button("Done", DONE, promise.id, "primary"),
        button("Later", LATER, promise.id),
        button("Hand over", HAND_OVER, promise.id),
    ]
