"""The forms of a note: to own something, to edit it, to say what was learned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mend.ownit.model import TEXT_LIMIT, Note, Visibility
from mend.slack import ui
from mend.slack.packing import pack, unpack

OWN_FORM = "own_form"
EDIT_FORM = "edit_form"
LEARNED_FORM = "learned_form"

_HAPPENED = "happened"


@dataclass(frozen=True, slots=True)
class OwnAnswers:
    happened: str
    did: str
    would_help: str
    visibility: Visibility


def own(
    text: str = "", channel: str = "", link: str = "", *, has_channel: bool = True
) -> dict[str, Any]:
    """The short form; only the first answer is required.

    `channel` is where it was asked for, `link` is to the message it is about.
    """
    choices = {Visibility.ONLY_ME.value: "Only me"}
    if has_channel:
        choices |= {
            Visibility.WITHOUT_NAME: "Only me; it counts in the team's themes, without my name",
            Visibility.AS_ME: "The team channel, as me",
        }
    return ui.form(
        OWN_FORM,
        "Own it",
        "Save",
        pack(channel, link),
        ui.ask(
            _HAPPENED,
            "What happened?",
            ui.typed(TEXT_LIMIT, text),
            "As you would tell a colleague you trust.",
        ),
        ui.ask("did", "What did you do or offer?", _line(), required=False),
        ui.ask("would_help", "What would have helped?", _line(), required=False),
        ui.ask("who_sees", "Who sees it?", ui.one_of(choices, Visibility.ONLY_ME)),
        ui.aside(
            "Cards, phone numbers, addresses and the like are masked before anything is saved."
        ),
    )


def _line() -> ui.Element:
    """In one, so that the form is one screen."""
    return ui.typed(TEXT_LIMIT, lines=False)


def read_own(answers: ui.Answers) -> OwnAnswers:
    return OwnAnswers(
        happened=ui.answered(answers, _HAPPENED),
        did=ui.answered(answers, "did"),
        would_help=ui.answered(answers, "would_help"),
        visibility=Visibility(ui.answered(answers, "who_sees") or Visibility.ONLY_ME),
    )


def edit(note: Note, *, as_written: bool = False) -> dict[str, Any]:
    """The note's words; remembers which version it shows, and whether they stay as written."""
    kept = "Cards, security codes, passwords and one-time codes are masked all the same."
    return ui.form(
        EDIT_FORM,
        "Write it back" if as_written else "Edit your note",
        "Save",
        pack(note.id, note.version, as_written),
        ui.ask(_HAPPENED, "What happened?", ui.typed(TEXT_LIMIT, note.text)),
        *(
            [ui.aside(f"What you write here stays as it is: nothing personal, please. {kept}")]
            if as_written
            else []
        ),
    )


def read_edit(private: str, answers: ui.Answers) -> tuple[str, int, str, bool]:
    """Note id, the version the form showed, the new words, whether they stay as written."""
    note, version, as_written = unpack(private, 3)
    return note, int(version), ui.answered(answers, _HAPPENED), bool(as_written)


def learned(note: Note) -> dict[str, Any]:
    question = "What will you do differently, or what would you change?"
    return ui.form(
        LEARNED_FORM,
        "What I learned",
        "Save",
        note.id,
        ui.ask("learned", question, ui.typed(TEXT_LIMIT, note.learned)),
        ui.aside("Saved with your note. Only you can see it."),
    )


def read_learned(answers: ui.Answers) -> str:
    return ui.answered(answers, "learned")
