"""A note becomes a playbook change: the owner's form, the admins' queue, the owner's thanks."""

from __future__ import annotations

from typing import Any

from mend.blocks.editor import WAITING
from mend.blocks.kit import (
    Answers,
    Message,
    answered,
    any_of,
    aside,
    ask,
    button,
    buttons,
    escape,
    form,
    notice,
    ticked,
    typed,
)
from mend.domain.entries import Entry
from mend.domain.playbooks import Playbook

OPEN = "draft_open"
FORM = "draft_form"
TITLE_LENGTH, WORDS_LENGTH = 150, 1000


def draft_form(entry: Entry, book: Playbook | None, words: str) -> dict[str, Any]:
    """Starts from the playbook that fits and from what the owner learned; every word is theirs."""
    title = typed(TITLE_LENGTH, book.title if book else "", lines=False)
    tell = any_of({"yes": "The recap may say that a note from the team improved it"})
    return form(
        FORM,
        "A playbook change",
        "Send",
        entry.id,
        ask("title", "What does the customer say?", title),
        ask("words", "What should others know, say or do?", typed(WORDS_LENGTH, words)),
        ask("tell", "Thanks", tell, required=False),
        aside("Its author will be “a note”. Admins see it the next working day, not your name."),
    )


def read_draft(answers: Answers) -> tuple[str, str, bool]:
    """Title, words, whether the recap may tell."""
    return answered(answers, "title"), answered(answers, "words"), bool(ticked(answers, "tell"))


def sent() -> Message:
    return notice("Thank you. The playbook team sees it the next working day; you will hear back.")


def waits(name: str) -> Message:
    """For admins."""
    return notice(
        f"A draft by a note waits: `{escape(name)}`. Make it a playbook, or fold it into the one it"
        " improves, here or in the folder (with its `from_note` line). Its author is told.",
        buttons(button("What waits", WAITING, "0")),
    )


def published(book: Playbook) -> Message:
    """For the owner, once."""
    return notice(f"Your note changed *{escape(book.title)}*. Thank you: others start ahead now.")
