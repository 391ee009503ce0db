"""The look-back: the question days later, and its form."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from slack_sdk.models.blocks import (
    CheckboxesElement,
    InputBlock,
    Option,
    PlainTextInputElement,
    RadioButtonsElement,
)

from mend.blocks.kit import (
    Message,
    aside,
    button,
    buttons,
    escape,
    form,
    message,
    quoted,
    says,
)
from mend.domain.entries import Entry
from mend.domain.lookbacks import CAUSE_WORDS, Cause, Factor

OPEN = "lookback_open"
SNOOZE = "lookback_snooze"
DECLINE = "lookback_decline"
FORM = "lookback_form"
_FACTORS, _MORE, _WORDS, _CAUSE, _WHO, _FIELD = (
    "factors",
    "factors_more",
    "words",
    "cause",
    "who",
    "answer",
)
_PER_BLOCK = 10  # Slack's limit for checkboxes
WORDS_LENGTH = 1000


def question(entry: Entry) -> Message:
    heading = f"Any clearer now? You wrote on {entry.created_at:%-d %B}:"
    return message(
        f"{heading} {escape(entry.text)}",
        says(heading),
        quoted(entry.text),
        buttons(
            button("Look back", OPEN, entry.id, "primary"),
            button("Not now", SNOOZE, entry.id),
            button("Don't ask again", DECLINE, entry.id),
        ),
    )


def lookback_form(entry: Entry) -> dict[str, Any]:
    """What was going on, what would make it less likely, what became of it."""
    factors = list(Factor)
    causes = [Option(value=cause.name, text=words) for cause, words in CAUSE_WORDS.items()]
    return form(
        FORM,
        "Look back",
        "Save",
        json.dumps({"entry": entry.id}),
        _factors(_FACTORS, "What was going on? (one to three)", factors[:_PER_BLOCK]),
        _factors(_MORE, "And also", factors[_PER_BLOCK:]),
        _asked(_WORDS, "What would make it less likely?"),
        InputBlock(
            block_id=_CAUSE,
            label="What became of it?",
            optional=True,
            element=RadioButtonsElement(action_id=_FIELD, options=causes),
        ),
        _asked(_WHO, "Who can change it? (a role or a team, not a name)"),
        aside("No factor is a person. Yours to keep: only themes of five people or more are told."),
    )


def read_lookback(
    private: str, answers: Mapping[str, Any]
) -> tuple[str, tuple[Factor, ...], str, Cause | None, str]:
    """Entry id, factors, what would help, what became of it, who can change it."""
    chosen = [
        option["value"]
        for block in (_FACTORS, _MORE)
        for option in answers[block][_FIELD].get("selected_options") or ()
    ]
    cause = (answers[_CAUSE][_FIELD].get("selected_option") or {}).get("value")
    return (
        str(json.loads(private)["entry"]),
        tuple(Factor[name] for name in chosen),
        str(answers[_WORDS][_FIELD].get("value") or ""),
        Cause[cause] if cause else None,
        str(answers[_WHO][_FIELD].get("value") or ""),
    )


def thanks(*, asked_again: bool) -> Message:
    text = "Saved. Thank you for looking back."
    if asked_again:
        text += " It need not make sense yet: I will ask once more in some days."
    return message(text, says(text))


def _factors(block: str, label: str, factors: list[Factor]) -> InputBlock:
    options = [Option(value=each.name, text=each.value.capitalize()) for each in factors]
    return InputBlock(
        block_id=block,
        label=label,
        optional=True,
        element=CheckboxesElement(action_id=_FIELD, options=options),
    )


def _asked(block: str, label: str) -> InputBlock:
    return InputBlock(
        block_id=block,
        label=label,
        optional=True,
        element=PlainTextInputElement(action_id=_FIELD, multiline=True, max_length=WORDS_LENGTH),
    )
