"""The look-back: one question at a time, each in the place of the one before."""

from __future__ import annotations

from mend.lookbacks.model import CAUSE_WORDS, FACTORS_AT_MOST, Cause, Factor
from mend.ownit.model import Note
from mend.people.model import spelled
from mend.slack import doors, ui
from mend.slack.packing import pack, unpack

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


def what_was_going_on(note: Note, *, is_open: bool = False) -> ui.Message:
    """How it is asked, in a direct message; `is_open`: "Next" was pressed and nothing chosen."""
    heading = f"Any clearer now? You wrote on {note.created_at:%-d %B}:"
    known = {each.name: each.value.capitalize() for each in Factor}
    factors = ui.some_of("One to three", known, FACTORS_AT_MOST)
    return ui.message(
        f"{heading} {ui.escape(note.text)} {_FIRST}",
        ui.says(heading),
        ui.quoted(note.text),
        ui.ask("factors", _FIRST, factors, "No factor is a person."),
        *([ui.says("Choose one, two or three first.")] if is_open else []),
        ui.buttons(ui.button("Next", FACTORS, note.id, "primary"), *_or_not(note)),
    )


def choices(note: Note) -> ui.Block:
    """In App Home."""
    more = ui.menu(MORE, ("Not now", SNOOZE, note.id), ("Don't ask again", DECLINE, note.id))
    return ui.buttons(ui.button("Look back", OPEN, note.id, "primary"), more)


def read_factors(answers: ui.Answers) -> tuple[Factor, ...]:
    return tuple(Factor[name] for name in ui.ticked(answers, "factors"))


def what_would_help(note: Note) -> ui.Message:
    return ui.message(
        _SECOND,
        ui.quoted(note.text),
        ui.ask("words", _SECOND, ui.typed(WORDS_LENGTH), required=False),
        ui.buttons(ui.button("Next", WORDS, note.id, "primary"), ui.button("Skip", SKIP, note.id)),
    )


def read_words(answers: ui.Answers) -> str:
    return ui.answered(answers, "words")


def what_became_of_it(note: Note, k: int) -> ui.Message:
    """`k` people must stand behind what is told of the answers."""
    return ui.quoting(
        "What became of it?",
        note.text,
        ui.buttons(
            *(
                ui.button(words, f"{CAUSE}_{place}", pack(note.id, cause.name))
                for place, (cause, words) in enumerate(CAUSE_WORDS.items())
            )
        ),
        ui.aside(f"Yours to keep: only themes of {spelled(k)} people or more are told."),
    )


def read_cause(value: str) -> tuple[str, Cause]:
    note, cause = unpack(value, 2)
    return note, Cause[cause]


def asked_again() -> ui.Message:
    return ui.notice("It need not make sense yet: I will ask once more in some days.")


def thanks(note: str) -> ui.Message:
    """After the answer: the door from a note to a change in a playbook."""
    change = ui.button("Turn into a playbook change", doors.DRAFT, note, "primary")
    return ui.notice("Saved. Thank you for looking back.", ui.buttons(change))


def _or_not(note: Note) -> tuple[ui.Element, ...]:
    return (
        ui.button("Not now", SNOOZE, note.id),
        ui.button("Don't ask again", DECLINE, note.id),
    )
