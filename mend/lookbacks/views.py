"""The look-back: the question days later, and its form."""

from __future__ import annotations

from typing import Any

from slack_sdk.models.blocks import Block

from mend.lookbacks.model import CAUSE_WORDS, Cause, Factor
from mend.ownit.model import Note
from mend.slack import doors
from mend.slack.ui import (
    Answers,
    Message,
    answered,
    any_of,
    aside,
    ask,
    button,
    buttons,
    form,
    notice,
    one_of,
    quoting,
    ticked,
    typed,
)

OPEN = "lookback_open"
SNOOZE = "lookback_snooze"
DECLINE = "lookback_decline"
FORM = "lookback_form"
_PER_BLOCK = 10  # Slack's limit for checkboxes
WORDS_LENGTH = 1000


def question(note: Note) -> Message:
    heading = f"Any clearer now? You wrote on {note.created_at:%-d %B}:"
    return quoting(heading, note.text, choices(note))


def choices(note: Note) -> Block:
    return buttons(
        button("Look back", OPEN, note.id, "primary"),
        button("Not now", SNOOZE, note.id),
        button("Don't ask again", DECLINE, note.id),
    )


def lookback_form(note: Note) -> dict[str, Any]:
    """What was going on, what would make it less likely, what became of it."""
    factors = [(each.name, each.value.capitalize()) for each in Factor]
    first, rest = any_of(dict(factors[:_PER_BLOCK])), any_of(dict(factors[_PER_BLOCK:]))
    causes = one_of({cause.name: words for cause, words in CAUSE_WORDS.items()})
    who = "Who can change it? (a role or a team, not a name)"
    return form(
        FORM,
        "Look back",
        "Save",
        note.id,
        ask("factors", "What was going on? (one to three)", first, required=False),
        ask("factors_more", "And also", rest, required=False),
        ask("words", "What would make it less likely?", typed(WORDS_LENGTH), required=False),
        ask("cause", "What became of it?", causes, required=False),
        ask("who", who, typed(WORDS_LENGTH), required=False),
        aside("No factor is a person. Yours to keep: only themes of five people or more are told."),
    )


def read_lookback(answers: Answers) -> tuple[tuple[Factor, ...], str, Cause | None, str]:
    """Factors, what would help, what became of it, who can change it."""
    chosen = ticked(answers, "factors") + ticked(answers, "factors_more")
    cause = answered(answers, "cause")
    return (
        tuple(Factor[name] for name in chosen),
        answered(answers, "words"),
        Cause[cause] if cause else None,
        answered(answers, "who"),
    )


def thanks(note: str, *, asked_again: bool) -> Message:
    """After the answer: the door from a note to a change in a playbook."""
    text = "Saved. Thank you for looking back."
    if asked_again:
        text += " It need not make sense yet: I will ask once more in some days."
        return notice(text)
    change = button("Turn into a playbook change", doors.DRAFT, note, "primary")
    return notice(text, buttons(change))
