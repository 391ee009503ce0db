"""What waits for the admins, one at a time: suggestions, drafts from notes, drafts in work; and
how a change is suggested, or said to be out of date, and what its author hears of it."""

from collections.abc import Callable, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from mend.editor.model import Revision, Suggestion
from mend.editor.views import LIST, MORE, OPEN, WAITING, search
from mend.playbooks.model import Playbook
from mend.slack import ui
from mend.slack.listing import Item, one_by_one

ADOPT = "playbook_adopt"
FOLD = "playbook_fold"
FOLD_INTO = "playbook_fold_into"
ANSWER = "suggestion_edit"
DONE = "suggestion_done"
DISMISS = "suggestion_dismiss"
DISMISS_FORM = "suggestion_dismiss_form"
SUGGEST_FORM = "suggest_form"
ADD_WORDS = "suggest_words"
WORDS_FORM = "suggest_words_form"
REASON_LENGTH, WORDS_LENGTH = 500, 1000
TITLE_LENGTH = 300


def waiting(
    found: Sequence[Playbook | Revision | Suggestion],
    title: Callable[[str], str],
    zone: ZoneInfo,
    place: int,
) -> dict[str, Any]:
    """`title` is what a playbook is called, by its slug."""

    def item(each: Playbook | Revision | Suggestion) -> Item:
        if isinstance(each, Playbook):
            return _from_note(each)
        if isinstance(each, Suggestion):
            return _suggested(each, title(each.slug))
        return _in_work(each, title(each.slug), zone)

    every = [ui.button("All playbooks", LIST, "all")]
    content = one_by_one(
        "Waiting", found, item, place, WAITING, empty="Nothing waits.", controls=every
    )
    return ui.panel("Playbooks", content)


def _suggested(each: Suggestion, title: str) -> Item:
    version = f"last checked {each.verified:%-d %B %Y}" if each.verified else "never checked"
    what = "Out of date?" if each.is_outdated else "Suggested:"
    words = f"\n“{ui.escape(each.words)}”" if each.words else ""
    return Item(
        f"{what} *{_short(title)}* ({version}){words}",
        (
            ui.button("Edit with this", ANSWER, each.id, "primary"),
            ui.menu(MORE, ("Done", DONE, each.id), ("Dismiss", DISMISS, each.id)),
        ),
    )


def _from_note(book: Playbook) -> Item:
    return Item(
        f"A note: *{_short(book.title)}*\n“{ui.escape(book.summary or book.title)}”",
        (
            ui.button("Make it a playbook", ADOPT, book.slug, "primary"),
            ui.button("Fold into another", FOLD, book.slug),
        ),
    )


def _in_work(draft: Revision, title: str, zone: ZoneInfo) -> Item:
    when = ui.local_time(draft.at, zone)
    line = f"Draft by <@{draft.author}>: *{_short(title)}* · {when}"
    return Item(line, (ui.button("Open", OPEN, draft.slug, "primary"),))


def _short(title: str) -> str:
    return ui.escape(ui.shortened(title, TITLE_LENGTH))


def fold(note: Playbook, near: Sequence[Playbook]) -> dict[str, Any]:
    """Which playbook a note's words belong into."""
    quick = [ui.button(book.title, f"{FOLD_INTO}_{n}", book.slug) for n, book in enumerate(near)]
    content = ui.message(
        "Into which playbook?",
        ui.says("*Into which playbook?*"),
        ui.quoted(f"{note.title}: {note.summary}"),
        ui.buttons(*quick, search(FOLD_INTO), ui.button("Back", WAITING, "0")),
    )
    return ui.panel("Fold in", content, note.slug)


def dismiss_form(suggestion: Suggestion) -> dict[str, Any]:
    return ui.form(
        DISMISS_FORM,
        "Dismiss",
        "Dismiss",
        suggestion.id,
        *([ui.quoted(suggestion.words)] if suggestion.words else []),
        ui.ask("words", "Why does it stay as it is?", ui.typed(REASON_LENGTH)),
        ui.aside("Whoever suggested it reads this, without your name."),
    )


def suggestion_form(book: Playbook) -> dict[str, Any]:
    return ui.form(
        SUGGEST_FORM,
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
