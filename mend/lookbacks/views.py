"""The look-back: one question at a time, each in the place of the one before."""

from __future__ import annotations

from slack_sdk.models.blocks import Block, ButtonElement, Option, StaticMultiSelectElement

from mend.lookbacks.model import CAUSE_WORDS, FACTORS_AT_MOST, Cause, Factor
from mend.ownit.model import Note
from mend.slack import doors
from mend.slack.ui import (
    Answers,
    Message,
    answered,
    aside,
    ask,
    button,
    buttons,
    escape,
    menu,
    message,
    notice,
    pack,
    quoted,
    says,
    ticked,
    typed,
    unpack,
)

OPEN = "lookback_open"
FACTORS = "lookback_factors"
WORDS = "lookback_words"
SKIP = "lookback_skip"
CAUSE = "lookback_cause"
SNOOZE = "lookback_snooze"
DECLINE = "lookback_decline"
MORE = "lookback_more"  # a menu, whose choices have routes of their own
WORDS_LENGTH = 1000
_FIRST, _SECOND = "What was going on?", "What would make it less likely?"


def what_was_going_on(note: Note) -> Message:
    """How it is asked, in a direct message."""
    heading = f"Any clearer now? You wrote on {note.created_at:%-d %B}:"
    factors = StaticMultiSelectElement(
        placeholder="One to three",
        options=[Option(value=each.name, text=each.value.capitalize()) for each in Factor],
        max_selected_items=FACTORS_AT_MOST,
    )
    return message(
        f"{heading} {escape(note.text)} {_FIRST}",
        says(heading),
        quoted(note.text),
        ask("factors", _FIRST, factors, "No factor is a person."),
        buttons(button("Next", FACTORS, note.id, "primary"), *_or_not(note)),
    )


def choices(note: Note) -> Block:
    """In App Home."""
    more = menu(MORE, ("Not now", SNOOZE, note.id), ("Don't ask again", DECLINE, note.id))
    return buttons(button("Look back", OPEN, note.id, "primary"), more)


def read_factors(answers: Answers) -> tuple[Factor, ...]:
    return tuple(Factor[name] for name in ticked(answers, "factors"))


def what_would_help(note: str) -> Message:
    return message(
        _SECOND,
        ask("words", _SECOND, typed(WORDS_LENGTH), required=False),
        buttons(button("Next", WORDS, note, "primary"), button("Skip", SKIP, note)),
    )


def read_words(answers: Answers) -> str:
    return answered(answers, "words")


def what_became_of_it(note: str) -> Message:
    return notice(
        "What became of it?",
        buttons(
            *(
                button(words, f"{CAUSE}_{place}", pack(note, cause.name))
                for place, (cause, words) in enumerate(CAUSE_WORDS.items())
            )
        ),
        aside("Yours to keep: only themes of five people or more are told."),
    )


def read_cause(value: str) -> tuple[str, Cause]:
    note, cause = unpack(value, 2)
    return note, Cause[cause]


def asked_again() -> Message:
    return notice("It need not make sense yet: I will ask once more in some days.")


def thanks(note: str) -> Message:
    """After the answer: the door from a note to a change in a playbook."""
    change = button("Turn into a playbook change", doors.DRAFT, note, "primary")
    return notice("Saved. Thank you for looking back.", buttons(change))


def _or_not(note: Note) -> tuple[ButtonElement, ...]:
    return (
        button("Not now", SNOOZE, note.id),
        button("Don't ask again", DECLINE, note.id),
    )
