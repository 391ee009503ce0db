"""What waits for the admins, one at a time: suggestions, drafts from notes, drafts in work."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from mend.editor.model import Revision, Suggestion
from mend.editor.views import LIST, MORE, OPEN, WAITING, search
from mend.playbooks.model import Playbook
from mend.slack.listing import Item, one_by_one
from mend.slack.ui import (
    Answers,
    answered,
    aside,
    ask,
    button,
    buttons,
    escape,
    form,
    local_time,
    menu,
    message,
    panel,
    quoted,
    says,
    shortened,
    typed,
)

ADOPT = "playbook_adopt"
FOLD = "playbook_fold"
FOLD_INTO = "playbook_fold_into"
ANSWER = "suggestion_edit"
DONE = "suggestion_done"
DISMISS = "suggestion_dismiss"
DISMISS_FORM = "suggestion_dismiss_form"
REASON_LENGTH = 500
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

    every = [button("All playbooks", LIST, "all")]
    content = one_by_one(
        "Waiting", found, item, place, WAITING, empty="Nothing waits.", controls=every
    )
    return panel("Playbooks", content)


def _suggested(each: Suggestion, title: str) -> Item:
    version = f"last checked {each.verified:%-d %B %Y}" if each.verified else "never checked"
    what = "Out of date?" if each.is_outdated else "Suggested:"
    words = f"\n“{escape(each.words)}”" if each.words else ""
    return Item(
        f"{what} *{_short(title)}* ({version}){words}",
        (
            button("Edit with this", ANSWER, each.id, "primary"),
            menu(MORE, ("Done", DONE, each.id), ("Dismiss", DISMISS, each.id)),
        ),
    )


def _from_note(book: Playbook) -> Item:
    return Item(
        f"A note: *{_short(book.title)}*\n“{escape(book.summary or book.title)}”",
        (
            button("Make it a playbook", ADOPT, book.slug, "primary"),
            button("Fold into another", FOLD, book.slug),
        ),
    )


def _in_work(draft: Revision, title: str, zone: ZoneInfo) -> Item:
    when = local_time(draft.at, zone)
    line = f"Draft by <@{draft.author}>: *{_short(title)}* · {when}"
    return Item(line, (button("Open", OPEN, draft.slug, "primary"),))


def _short(title: str) -> str:
    return escape(shortened(title, TITLE_LENGTH))


def fold(note: Playbook, near: Sequence[Playbook]) -> dict[str, Any]:
    """Which playbook a note's words belong into."""
    quick = [button(book.title, f"{FOLD_INTO}_{n}", book.slug) for n, book in enumerate(near)]
    content = message(
        "Into which playbook?",
        says("*Into which playbook?*"),
        quoted(f"{note.title}: {note.summary}"),
        buttons(*quick, search(FOLD_INTO), button("Back", WAITING, "0")),
    )
    return panel("Fold in", content, note.slug)


def dismiss_form(suggestion: Suggestion) -> dict[str, Any]:
    return form(
        DISMISS_FORM,
        "Dismiss",
        "Dismiss",
        suggestion.id,
        *([quoted(suggestion.words)] if suggestion.words else []),
        ask("words", "Why does it stay as it is?", typed(REASON_LENGTH)),
        aside("Whoever suggested it reads this, without your name."),
    )


def read_reason(answers: Answers) -> str:
    return answered(answers, "words")
