"""Filling in a script: a form from its blanks, and the finished text to copy.

What is filled in lives in the open form only; nothing of it goes into metadata.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from slack_sdk.models.blocks import (
    Block,
    DatePickerElement,
    InputInteractiveElement,
    Option,
    PlainTextInputElement,
    StaticSelectElement,
    TimePickerElement,
)

from mend.db.model import Refused
from mend.playbooks.model import (
    BlankKind,
    Playbook,
    Script,
    choices_of,
    kind_of,
)
from mend.slack.ui import (
    Answers,
    answered,
    ask,
    code,
    form,
    notice,
    pack,
    panel,
    says,
    shortened,
    unpack,
)

FORM = "fill_form"
CHOOSE = "fill_choose"
VALUE_LENGTH = 300
BLOCK_ID_LENGTH, LABEL_LENGTH, OPTION_LENGTH, OPTIONS = 255, 2000, 75, 100  # Slack's limits


def fill_form(book: Playbook, place: int = 0) -> dict[str, Any]:
    """The form for one of the playbook's scripts; a menu changes to another one."""
    script = book.scripts[place]
    blocks: list[Block] = []
    if len(book.scripts) > 1:
        options = [
            Option(text=each.name[:OPTION_LENGTH], value=str(number))
            for number, each in enumerate(book.scripts)
        ]
        menu = StaticSelectElement(action_id=CHOOSE, options=options, initial_option=options[place])
        blocks.append(says("Which script?", menu))
    for blank in script.blanks:
        label = shortened(blank.replace("_", " ").strip().capitalize(), LABEL_LENGTH)
        blocks.append(ask(_block(place, blank), label, _element(blank)))
    blocks += [says("Reads:"), code(script.text)]
    return form(FORM, "Fill in", "Finish", pack(place, book.slug), *blocks)


def read_place(private: str) -> tuple[str, int]:
    """Slug and which of its scripts."""
    place, slug = unpack(private, 2)
    return slug, int(place)


def read_filled(script: Script, place: int, answers: Answers) -> dict[str, str]:
    """Blank → words; raises Refused on the first blank that is left open."""
    filled = {}
    for blank in script.blanks:
        words = answered(answers, _block(place, blank))
        if not words:
            raise Refused("This blank is still open.", _block(place, blank))
        is_date = kind_of(blank) is BlankKind.DATE
        filled[blank] = f"{date.fromisoformat(words):%-d %B %Y}" if is_date else words
    return filled


def finished(text: str) -> dict[str, Any]:
    """The finished text, in a block that copies as it stands."""
    heading = "Ready to copy. It is kept nowhere."
    return panel("Filled in", notice(heading, code(text)))


def _element(blank: str) -> InputInteractiveElement:
    kind = kind_of(blank)
    if kind is BlankKind.DATE:
        return DatePickerElement()
    if kind is BlankKind.TIME:
        return TimePickerElement()
    choices = [each[:OPTION_LENGTH] for each in choices_of(blank)[:OPTIONS]]
    if choices:
        return StaticSelectElement(options=[Option(text=each, value=each) for each in choices])
    hint = "for example 25.00 EUR" if kind is BlankKind.AMOUNT else None
    return PlainTextInputElement(max_length=VALUE_LENGTH, placeholder=hint)


def _block(place: int, blank: str) -> str:
    """Also names the script: Slack keeps what was typed under an id it has seen before."""
    return f"blank_{place}_{blank}"[:BLOCK_ID_LENGTH]
