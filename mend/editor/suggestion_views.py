"""Suggesting a change to a playbook, saying that it is out of date, and hearing what came of it."""

from __future__ import annotations

from typing import Any

from mend.playbooks.model import Playbook
from mend.slack import doors
from mend.slack.ui import (
    Answers,
    Message,
    answered,
    aside,
    ask,
    button,
    buttons,
    escape,
    form,
    notice,
    quoting,
    typed,
)

OPEN = doors.SUGGEST
OUTDATED = doors.OUTDATED
FORM = "suggest_form"
ADD_WORDS = "suggest_words"
WORDS_FORM = "suggest_words_form"
WORDS_LENGTH = 1000


def suggestion_form(book: Playbook) -> dict[str, Any]:
    return form(
        FORM,
        "Suggest a change",
        "Send",
        book.slug,
        ask("words", "What should change?", typed(WORDS_LENGTH)),
        aside(f"About *{escape(book.title)}*. Admins see it without your name; you hear back."),
    )


def words_form(suggestion: str) -> dict[str, Any]:
    words = ask("words", "What is out of date?", typed(WORDS_LENGTH))
    return form(WORDS_FORM, "Out of date", "Send", suggestion, words)


def read_words(answers: Answers) -> str:
    return answered(answers, "words")


def flagged(suggestion: str) -> Message:
    return notice(
        "Noted, without your name. The admins check it and you will hear what came of it.",
        buttons(button("Add what is wrong", ADD_WORDS, suggestion)),
    )


def sent() -> Message:
    return notice("Sent, without your name. You will hear what came of it.")


def taken_up(title: str) -> Message:
    """For its author, once."""
    return notice(f"What you suggested is in *{escape(title)}* now. Thank you: it helps everybody.")


def done(title: str) -> Message:
    """For its author, once."""
    return notice(f"What you said about *{escape(title)}* was looked at and is settled. Thank you.")


def dismissed(title: str, reason: str) -> Message:
    """For its author, once."""
    return quoting(
        f"Thank you for your suggestion about *{escape(title)}*. It stays as it is, because:",
        reason,
    )
