"""Filling in a script: a form from its blanks, and the finished text to copy.

What is filled in lives in the open form only; nothing of it goes into metadata.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from slack_sdk.models.blocks import (
    Block,
    DatePickerElement,
    InputBlock,
    InputInteractiveElement,
    Option,
    PlainTextInputElement,
    SectionBlock,
    StaticSelectElement,
    TimePickerElement,
)

from mend.blocks.kit import code, form, message, panel, says, shortened
from mend.domain.errors import Refused
from mend.domain.playbooks import BlankKind, Playbook, Script, choices_of, kind_of

FORM = "fill_form"
CHOOSE = "fill_choose"
_FIELD = "answer"
VALUE_LENGTH = 300
BLOCK_ID_LENGTH, LABEL_LENGTH, OPTIONS = 255, 2000, 100  # Slack's limits


def fill_form(book: Playbook, place: int = 0) -> dict[str, Any]:
    """The form for one of the playbook's scripts; a menu changes to another one."""
    script = book.scripts[place]
    blocks: list[Block] = []
    if len(book.scripts) > 1:
        options = [
            Option(text=each.name[:75], value=str(number))
            for number, each in enumerate(book.scripts)
        ]
        blocks.append(
            SectionBlock(
                text="Which script?",
                accessory=StaticSelectElement(
                    action_id=CHOOSE, options=options, initial_option=options[place]
                ),
            )
        )
    blocks += [_asked(place, blank) for blank in script.blanks]
    blocks += [says("Reads:"), code(script.text)]
    private = json.dumps({"slug": book.slug, "place": place})
    return form(FORM, "Fill in", "Finish", private, *blocks)


def read_place(private: str) -> tuple[str, int]:
    """Slug and which of its scripts."""
    kept = json.loads(private)
    return str(kept["slug"]), int(kept["place"])


def read_filled(script: Script, place: int, answers: Mapping[str, Any]) -> dict[str, str]:
    """Blank → words; raises Refused on the first blank that is left open."""
    filled = {}
    for blank in script.blanks:
        given = answers[_block(place, blank)][_FIELD]
        chosen = (given.get("selected_option") or {}).get("value")
        text = given.get("value") or _spoken_date(given.get("selected_date")) or chosen
        words = str(text or given.get("selected_time") or "").strip()
        if not words:
            raise Refused("This blank is still open.", _block(place, blank))
        filled[blank] = words
    return filled


def finished(text: str) -> dict[str, Any]:
    """The finished text, in a block that copies as it stands."""
    heading = "Ready to copy. It is kept nowhere."
    return panel("Filled in", message(heading, says(heading), code(text)))


def _asked(place: int, blank: str) -> InputBlock:
    label = blank.replace("_", " ").strip().capitalize()
    return InputBlock(
        block_id=_block(place, blank),
        label=shortened(label, LABEL_LENGTH),
        element=_element(blank),
    )


def _element(blank: str) -> InputInteractiveElement:
    kind = kind_of(blank)
    if kind is BlankKind.DATE:
        return DatePickerElement(action_id=_FIELD)
    if kind is BlankKind.TIME:
        return TimePickerElement(action_id=_FIELD)
    choices = choices_of(blank)[:OPTIONS]
    if choices:
        options = [Option(text=each[:75], value=each[:75]) for each in choices]
        return StaticSelectElement(action_id=_FIELD, options=options)
    hint = "for example 25.00 EUR" if kind is BlankKind.AMOUNT else None
    return PlainTextInputElement(action_id=_FIELD, max_length=VALUE_LENGTH, placeholder=hint)


def _block(place: int, blank: str) -> str:
    """Also names the script: Slack keeps what was typed under an id it has seen before."""
    return f"blank_{place}_{blank}"[:BLOCK_ID_LENGTH]


def _spoken_date(picked: str | None) -> str:
    return f"{date.fromisoformat(picked):%-d %B %Y}" if picked else ""
