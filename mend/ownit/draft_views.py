"""A note becomes a playbook change: the owner's form, the admins' queue, the owner's thanks."""

from __future__ import annotations

from typing import Any

from mend.editor.views import WAITING
from mend.ownit.model import Note
from mend.playbooks.model import Playbook
from mend.slack import doors, ui

OPEN = doors.DRAFT
FORM = "draft_form"
TITLE_LENGTH, WORDS_LENGTH = 150, 1000


def draft_form(note: Note, title: str, words: str) -> dict[str, Any]:
    """The owner's, started from what is known; every word is theirs."""
    tell = ui.any_of({"yes": "The recap may say that a note from the team improved it"})
    return ui.form(
        FORM,
        "A playbook change",
        "Send",
        note.id,
        ui.ask("title", "What does the customer say?", ui.typed(TITLE_LENGTH, title, lines=False)),
        ui.ask("words", "What should others know, say or do?", ui.typed(WORDS_LENGTH, words)),
        ui.ask("tell", "Thanks", tell, required=False),
        ui.aside("Its author will be “a note”. Admins see it the next working day, not your name."),
    )


def read_draft(answers: ui.Answers) -> tuple[str, str]:
    """Title, words."""
    return ui.answered(answers, "title"), ui.answered(answers, "words")


def may_tell(answers: ui.Answers) -> bool:
    return bool(ui.ticked(answers, "tell"))


def sent() -> ui.Message:
    return ui.notice(
        "Thank you. The playbook team sees it the next working day; you will hear back."
    )


def not_written() -> ui.Message:
    """For the owner, once, when the folder cannot be written."""
    return ui.notice(
        "Your playbook change could not be put into the playbook folder yet. It is kept, Mend tries"
        " again every hour, and the admins were told. You will hear once it is there."
    )


def cannot_write(why: str) -> ui.Message:
    """For admins, once a change."""
    return ui.notice(
        f"A playbook change from a note could not be written to the folder of drafts:"
        f" {ui.escape(why)}. Let Mend's account write there; it tries again every hour."
    )


def there() -> ui.Message:
    """For the owner, who was told that it was not."""
    return ui.notice("Your playbook change waits for the playbook team now. You will hear back.")


def waits() -> ui.Message:
    """For admins; without its words, which its author may still take back."""
    return ui.notice(
        "A draft by a note waits. Make it a playbook, or fold it into the one it improves. Its"
        " author is told.",
        ui.buttons(ui.button("What waits", WAITING, "0")),
    )


def published(book: Playbook) -> ui.Message:
    """For the owner, once."""
    return ui.notice(
        f"Your note changed *{ui.escape(book.title)}*. Thank you: others start ahead now."
    )
