"""A note becomes a playbook change: the owner's form, the admins' queue, the owner's thanks."""

from __future__ import annotations

import json
from typing import Any

from slack_sdk.models.blocks import InputBlock

from mend.editor.views import WAITING
from mend.ownit.model import Entry
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
    quoting,
    ticked,
    typed,
)

OPEN = doors.DRAFT
FORM = "draft_form"
SUGGEST_FORM = "draft_suggest_form"
LOOK = "draft_look"
NO_THANKS = "draft_no_thanks"
VALUE_LENGTH = 2000  # Slack's limit for a button's value
TITLE_LENGTH, WORDS_LENGTH = 150, 1000


def draft_form(entry: Entry, title: str, words: str) -> dict[str, Any]:
    """The owner's, started from what is known; every word is theirs."""
    tell = any_of({"yes": "The recap may say that a note from the team improved it"})
    return form(
        FORM,
        "A playbook change",
        "Send",
        entry.id,
        *_questions(title, words),
        ask("tell", "Thanks", tell, required=False),
        aside("Its author will be “a note”. Admins see it the next working day, not your name."),
    )


def suggest_form(entry: Entry, title: str) -> dict[str, Any]:
    """A supervisor's: its words go to the note's owner first."""
    return form(
        SUGGEST_FORM,
        "A playbook change",
        "Ask its owner",
        entry.id,
        *_questions(title, ""),
        aside("The note's owner sees these words first, and changes, sends or drops them."),
    )


def _questions(title: str, words: str) -> list[InputBlock]:
    return [
        ask("title", "What does the customer say?", typed(TITLE_LENGTH, title, lines=False)),
        ask("words", "What should others know, say or do?", typed(WORDS_LENGTH, words)),
    ]


def read_draft(answers: Answers) -> tuple[str, str]:
    """Title, words."""
    return answered(answers, "title"), answered(answers, "words")


def may_tell(answers: Answers) -> bool:
    return bool(ticked(answers, "tell"))


def suggestion(entry: Entry, title: str, words: str) -> Message | None:
    """For the owner of the note; None where the words do not fit a button."""
    value = json.dumps([entry.id, title, words], ensure_ascii=False)
    if len(value) > VALUE_LENGTH:
        return None
    heading = (
        "A supervisor would like to make a playbook change of a note of yours, in these words:"
    )
    choices = (
        button("Look at it", LOOK, value, "primary"),
        button("No, thanks", NO_THANKS, entry.id),
    )
    return quoting(
        heading,
        f"{title}\n{words}",
        buttons(*choices),
        aside("Nothing is sent without you, and your name is on none of it."),
    )


def read_suggestion(value: str) -> tuple[str, str, str]:
    """Entry id, title, words."""
    entry, title, words = json.loads(value)
    return entry, title, words


def sent() -> Message:
    return notice("Thank you. The playbook team sees it the next working day; you will hear back.")


def asked() -> Message:
    return notice("Thank you. The note's owner was asked; with their yes it becomes a draft.")


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
