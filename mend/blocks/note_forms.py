"""The forms of a note: to own something, to edit it, to say what was learned."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import (
    Block,
    InputBlock,
    Option,
    PlainTextInputElement,
    RadioButtonsElement,
)

from mend.blocks.kit import aside, form
from mend.domain.entries import TEXT_LIMIT, Entry, Visibility

OWN_FORM = "own_form"
EDIT_FORM = "edit_form"
LEARNED_FORM = "learned_form"

_HAPPENED, _DID, _WOULD_HELP, _WHO_SEES, _LEARNED = (
    "happened",
    "did",
    "would_help",
    "who_sees",
    "learned",
)
_FIELD = "answer"  # the action id of each block's only element

Answers = Mapping[str, Mapping[str, Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class OwnAnswers:
    happened: str
    did: str
    would_help: str
    visibility: Visibility


def own(text: str = "", *, has_channel: bool = True) -> dict[str, Any]:
    """The short form; only the first answer is required."""
    choices = [Option(value=Visibility.ONLY_ME.value, text="Only me")]
    if has_channel:
        choices += [
            Option(
                value=Visibility.WITHOUT_NAME.value,
                text="Only me; it counts in the team's themes, without my name",
            ),
            Option(value=Visibility.AS_ME.value, text="The team channel, as me"),
        ]
    return form(
        OWN_FORM,
        "Own it",
        "Save",
        "",
        _asked(_HAPPENED, "What happened?", text, "As you would tell a colleague you trust."),
        _asked(_DID, "What did you do or offer?", required=False),
        _asked(_WOULD_HELP, "What would have helped?", required=False),
        InputBlock(
            block_id=_WHO_SEES,
            label="Who sees it?",
            element=RadioButtonsElement(
                action_id=_FIELD, options=choices, initial_option=choices[0]
            ),
        ),
        aside("Cards, phone numbers, addresses and the like are masked before anything is saved."),
    )


def read_own(answers: Answers) -> OwnAnswers:
    chosen = answers[_WHO_SEES][_FIELD].get("selected_option") or {}
    return OwnAnswers(
        happened=_text(answers, _HAPPENED),
        did=_text(answers, _DID),
        would_help=_text(answers, _WOULD_HELP),
        visibility=Visibility(chosen.get("value", Visibility.ONLY_ME)),
    )


def edit(entry: Entry) -> dict[str, Any]:
    """The note's words; remembers which version it shows."""
    return form(
        EDIT_FORM,
        "Edit your note",
        "Save",
        json.dumps({"entry": entry.id, "version": entry.version}),
        _asked(_HAPPENED, "What happened?", entry.text),
    )


def read_edit(private: str, answers: Answers) -> tuple[str, int, str]:
    """Entry id, the version the form showed, the new words."""
    shown = json.loads(private)
    return str(shown["entry"]), int(shown["version"]), _text(answers, _HAPPENED)


def learned(entry: Entry) -> dict[str, Any]:
    return form(
        LEARNED_FORM,
        "What I learned",
        "Save",
        json.dumps({"entry": entry.id}),
        _asked(_LEARNED, "What will you do differently, or what would you change?", entry.learned),
        aside("Saved with your note. Only you can see it."),
    )


def read_learned(private: str, answers: Answers) -> tuple[str, str]:
    """Entry id and the words."""
    return str(json.loads(private)["entry"]), _text(answers, _LEARNED)


def _asked(
    block: str, label: str, initial: str = "", hint: str | None = None, *, required: bool = True
) -> Block:
    return InputBlock(
        block_id=block,
        label=label,
        hint=hint,
        optional=not required,
        element=PlainTextInputElement(
            action_id=_FIELD,
            multiline=True,
            max_length=TEXT_LIMIT,
            initial_value=initial[:TEXT_LIMIT] or None,
        ),
    )


def _text(answers: Answers, block: str) -> str:
    return str(answers[block][_FIELD].get("value") or "").strip()
