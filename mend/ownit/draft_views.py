"""A note becomes a playbook change: the owner's form, the admins' queue, the owner's thanks."""

from __future__ import annotations

from typing import Any

from mend.editor.views import WAITING
from mend.ownit.model import Note
from mend.playbooks.model import Playbook
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
    escape,
    form,
    notice,
    ticked,
    typed,
)

OPEN = doors.DRAFT
FORM = "draft_form"
TITLE_LENGTH, WORDS_LENGTH = 150, 1000


def draft_form(note: Note, title: str, words: str) -> dict[str, Any]:
    """The owner's, started from what is known; every word is theirs."""
    tell = any_of({"yes": "The recap may say that a note from the team improved it"})
    return form(
        FORM,
        "A playbook change",
        "Send",
        note.id,
        ask("title", "What does the customer say?", typed(TITLE_LENGTH, title, lines=False)),
        ask("words", "What should others know, say or do?", typed(WORDS_LENGTH, words)),
        ask("tell", "Thanks", tell, required=False),
        aside("Its author will be “a note”. Admins see it the next working day, not your name."),
    )


def read_draft(answers: Answers) -> tuple[str, str]:
    """Title, words."""
    return answered(answers, "title"), answered(answers, "words")


def may_tell(answers: Answers) -> bool:
    return bool(ticked(answers, "tell"))


def sent() -> Message:
    return notice("Thank you. The playbook team sees it the next working day; you will hear back.")


def not_written() -> Message:
    """For the owner, once, when the folder cannot be written."""
    return notice(
        "Your playbook change could not be put into the playbook folder yet. It is kept, Mend tries"
        " again every hour, and the admins were told. You will hear once it is there."
    )


def cannot_write(why: str) -> Message:
    """For admins, once a change."""
    return notice(
        f"A playbook change from a note could not be written to the folder of drafts:"
        f" {escape(why)}. Let Mend's account write there; it tries again every hour."
    )


def there() -> Message:
    """For the owner, who was told that it was not."""
    return notice("Your playbook change waits for the playbook team now. You will hear back.")


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
