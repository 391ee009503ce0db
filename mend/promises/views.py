"""A promise to a customer: the form, the reminders, and what a lead is told."""

import contextlib
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from mend.ownit.model import Note
from mend.promises.model import Promise, Told
from mend.slack import doors, ui
from mend.slack.packing import pack

MAKE = "promise_make"
FORM = "promise_form"
DONE = "promise_done"
LATER = "promise_later"
HAND_OVER = "promise_hand_over"
DROP_NOTE = "promise_drop_note"
MORE = "promise_more"  # a menu, whose choices have routes of their own
WHAT_LENGTH = 200


def promise_form(note: Note, suggested: datetime | None) -> dict[str, Any]:
    """What was promised and by when; `suggested` is the moment the note itself names."""
    tell = ui.any_of({"yes": "If I cannot be reached, a lead may be told"})
    return ui.form(
        FORM,
        "Promise a follow-up",
        "Remind me",
        note.id,
        ui.ask("what", "What did you promise?", ui.typed(WHAT_LENGTH, "Call back", lines=False)),
        ui.ask("due", "By when?", ui.moment(suggested), "You are reminded ten minutes before."),
        ui.ask("lead", "A promise is never dropped silently", tell, required=False),
    )


def read_promise(answers: ui.Answers) -> tuple[str, datetime | None, bool]:
    """What, by when (None where no moment was chosen), whether a lead may be told."""
    due_at = None
    with contextlib.suppress(ValueError, OverflowError, OSError):
        due_at = datetime.fromtimestamp(int(ui.answered(answers, "due")), UTC)
    return ui.answered(answers, "what"), due_at, bool(ui.ticked(answers, "lead"))


def reminder(promise: Promise, told: Told, zone: ZoneInfo) -> ui.Message:
    """`zone` is that of the promise's owner, who reads it."""
    when = f"by {ui.local_time(promise.due_at, zone)}"
    heading = {
        Told.BEFORE: f"You promised, {when}:",
        Told.DUE: f"Due now ({when}):",
        Told.UNTAKEN: f"Nobody has taken this over yet ({when}). It is still yours:",
        Told.UNREACHED: f"Still yours ({when}): no lead is there who could be told.",
        Told.AGAIN: f"Still open ({when}), and nobody else has it:",
    }[told]
    return ui.quoting(heading, promise.what, _choices(promise))


def summary(promise: Promise, zone: ZoneInfo) -> list[ui.Block]:
    """One promise that is not kept; with the supervisors, only its owner's word is missing."""
    if not promise.is_open:
        said = f"⏰ by {ui.local_time(promise.due_at, zone)}: {ui.escape(promise.what)}"
        handed = ui.aside("You handed it over; your supervisors still have it.")
        return [ui.says(said), handed, ui.buttons(ui.button("Done", DONE, promise.id))]
    more = ui.menu(MORE, ("Later", LATER, _later(promise)), ("Hand over", HAND_OVER, promise.id))
    return [
        ui.says(f"⏰ by {ui.local_time(promise.due_at, zone)}: {ui.escape(promise.what)}"),
        ui.buttons(ui.button("Done", DONE, promise.id), more),
    ]


def made(promise: Promise, zone: ZoneInfo) -> ui.Message:
    text = f"I will remind you ten minutes before {ui.local_time(promise.due_at, zone)}."
    return ui.quoting(text, promise.what)


def moved(promise: Promise, zone: ZoneInfo) -> ui.Message:
    when = ui.local_time(promise.due_at, zone)
    return ui.notice(f"Moved to {when}. Tell the customer, if they wait for it.")


def before_withdrawing(note: str, promises: Sequence[Promise], zone: ZoneInfo) -> ui.Message:
    """A note with promises that are not kept is being withdrawn: what becomes of them?"""
    text = "This note holds a promise to a customer. What becomes of it?"
    are_open = any(each.is_open for each in promises)
    or_else = "Withdraw, keep reminding me" if are_open else "Withdraw, leave it with them"
    return ui.notice(
        text,
        *(block for each in promises for block in summary(each, zone)),
        ui.aside("Or withdraw the note alone; the promise is kept until it is done:"),
        ui.buttons(
            ui.button(or_else, DROP_NOTE, note), ui.button("Keep the note", doors.NOTE, note)
        ),
    )


def _later(promise: Promise) -> str:
    """What it is put off from: a second press of the same button puts it off no further."""
    return pack(promise.id, promise.version)


def _choices(promise: Promise) -> ui.Block:
    return ui.buttons(
        ui.button("Done", DONE, promise.id, "primary"),
        ui.button("Later", LATER, _later(promise)),
        ui.button("Hand over", HAND_OVER, promise.id),
    )
