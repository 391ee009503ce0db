"""Suggesting a change to a playbook, saying that it is out of date, and hearing what came of it."""

from __future__ import annotations

from typing import Any

from mend.playbooks.model import Playbook
from mend.slack import doors, ui

OPEN = doors.SUGGEST
OUTDATED = doors.OUTDATED
FORM = "suggest_form"
ADD_WORDS = "suggest_words"
WORDS_FORM = "suggest_words_form"
WORDS_LENGTH = 1000


def suggestion_form(book: Playbook) -> dict[str, Any]:
    return ui.form(
        FORM,
        "Suggest a change",
        "Send",
        book.slug,
        ui.ask("words", "What should change?", ui.typed(WORDS_LENGTH)),
        ui.aside(
            f"About *{ui.escape(book.title)}*. Admins see it without your name; you hear back."
        ),
    )


def words_form(suggestion: str) -> dict[str, Any]:
    words = ui.ask("words", "What is out of date?", ui.typed(WORDS_LENGTH))
    return ui.form(WORDS_FORM, "Out of date", "Send", suggestion, words)


def read_words(answers: ui.Answers) -> str:
    return ui.answered(answers, "words")


def flagged(suggestion: str) -> ui.Message:
    return ui.notice(
        "Noted, without your name. The admins check it and you will hear what came of it.",
        ui.buttons(ui.button("Add what is wrong", ADD_WORDS, suggestion)),
    )


def sent() -> ui.Message:
    return ui.notice("Sent, without your name. You will hear what came of it.")


def taken_up(title: str) -> ui.Message:
    """For its author, once."""
    return ui.notice(
        f"What you suggested is in *{ui.escape(title)}* now. Thank you: it helps everybody."
    )


def done(title: str) -> ui.Message:
    """For its author, once."""
    return ui.notice(
        f"What you said about *{ui.escape(title)}* was looked at and is settled. Thank you."
    )


def dismissed(title: str, reason: str) -> ui.Message:
    """For its author, once."""
    return ui.quoting(
        f"Thank you for your suggestion about *{ui.escape(title)}*. It stays as it is, because:",
        reason,
    )
