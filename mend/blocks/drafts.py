"""A note becomes a playbook change: the owner's form, the admins' queue, the owner's thanks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from slack_sdk.models.blocks import (
    CheckboxesElement,
    InputBlock,
    Option,
    PlainTextInputElement,
)

from mend.blocks.kit import Message, aside, escape, form, notice
from mend.domain.entries import Entry
from mend.domain.playbooks import Playbook

OPEN = "draft_open"
FORM = "draft_form"
_TITLE, _WORDS, _TELL, _FIELD = "title", "words", "tell", "answer"


def draft_form(entry: Entry, book: Playbook | None, words: str) -> dict[str, Any]:
    """Starts from the playbook that fits and from what the owner learned; every word is theirs."""
    tell = Option(value="yes", text="The recap may say that a note from the team improved it")
    return form(
        FORM,
        "A playbook change",
        "Send",
        json.dumps({"entry": entry.id}),
        InputBlock(
            block_id=_TITLE,
            label="What does the customer say?",
            element=PlainTextInputElement(
                action_id=_FIELD, max_length=150, initial_value=book.title if book else None
            ),
        ),
        InputBlock(
            block_id=_WORDS,
            label="What should others know, say or do?",
            element=PlainTextInputElement(
                action_id=_FIELD, multiline=True, max_length=1000, initial_value=words or None
            ),
        ),
        InputBlock(
            block_id=_TELL,
            label="Thanks",
            optional=True,
            element=CheckboxesElement(action_id=_FIELD, options=[tell]),
        ),
        aside("Its author will be “a note”. Admins see it the next working day, not your name."),
    )


def read_draft(private: str, answers: Mapping[str, Any]) -> tuple[str, str, str, bool]:
    """Entry id, title, words, whether the recap may tell."""
    return (
        str(json.loads(private)["entry"]),
        str(answers[_TITLE][_FIELD].get("value") or ""),
        str(answers[_WORDS][_FIELD].get("value") or ""),
        bool(answers[_TELL][_FIELD].get("selected_options")),
    )


def sent() -> Message:
    return notice("Thank you. The playbook team sees it the next working day; you will hear back.")


def waits(name: str) -> Message:
    """For admins."""
    return notice(
        f"A draft by a note waits: `{escape(name)}`. Complete it, then move it into the playbooks'"
        " folder (or into the playbook it improves, with its `from_note` line). Its author is told."
    )


def published(book: Playbook) -> Message:
    """For the owner, once."""
    return notice(f"Your note changed *{escape(book.title)}*. Thank you: others start ahead now.")
