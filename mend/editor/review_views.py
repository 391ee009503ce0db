"""What waits for the admins: suggestions, drafts from notes, drafts in work."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from slack_sdk.models.blocks import ActionsBlock, Block

from mend.editor.model import Revision, Suggestion
from mend.editor.views import (
    LIST,
    OPEN,
    WAITING,
    search,
    title_of,
    turns,
)
from mend.playbooks.model import Playbook
from mend.slack.ui import (
    Answers,
    answered,
    aside,
    ask,
    button,
    buttons,
    escape,
    form,
    message,
    panel,
    quoted,
    says,
    typed,
)

ADOPT = "playbook_adopt"
FOLD = "playbook_fold"
FOLD_INTO = "playbook_fold_into"
ANSWER = "suggestion_edit"
DONE = "suggestion_done"
DISMISS = "suggestion_dismiss"
DISMISS_FORM = "suggestion_dismiss_form"
PAGE = 12  # of up to three blocks each
REASON_LENGTH = 500


def waiting(
    notes: Sequence[Playbook],
    drafts: Sequence[Revision],
    suggestions: Sequence[Suggestion],
    page: int,
) -> dict[str, Any]:
    """Suggestions, drafts from notes and drafts in work, oldest suggestion first."""
    items = [
        *(_suggested(each) for each in suggestions),
        *(_from_note(each) for each in notes),
        *(_in_work(each) for each in drafts),
    ]
    blocks = [block for item in items[page * PAGE :][:PAGE] for block in item]
    if not items:
        blocks.append(says("Nothing waits."))
    blocks += turns(WAITING, page, len(items) > (page + 1) * PAGE)
    blocks.append(buttons(button("All playbooks", LIST, "0")))
    return panel("Waiting", message(f"{len(items)} wait", *blocks))


def _suggested(each: Suggestion) -> list[Block]:
    version = f"verified {each.verified:%-d %B %Y}" if each.verified else "never verified"
    what = "Out of date?" if each.is_outdated else "Suggested:"
    words: list[Block] = [quoted(each.words)] if each.words else []
    return [
        says(f"{what} *{escape(each.slug)}* ({version})"),
        *words,
        buttons(
            button("Edit with this", ANSWER, each.id),
            button("Done", DONE, each.id),
            button("Dismiss", DISMISS, each.id),
        ),
    ]


def _from_note(book: Playbook) -> list[Block]:
    return [
        says(f"A note: *{title_of(book)}*"),
        quoted(book.summary or book.title),
        buttons(
            button("Make it a playbook", ADOPT, book.slug),
            button("Fold into another", FOLD, book.slug),
        ),
    ]


def _in_work(draft: Revision) -> list[Block]:
    who = f"<@{draft.author}>"
    line = f"Draft by {who}: *{escape(draft.slug)}*, {draft.at:%-d %B %H:%M} UTC"
    return [says(line, button("Open", OPEN, draft.slug))]


def fold(note: Playbook, near: Sequence[Playbook]) -> dict[str, Any]:
    """Which playbook a note's words belong into."""
    quick = [button(book.title, f"{FOLD_INTO}_{n}", book.slug) for n, book in enumerate(near)]
    content = message(
        "Into which playbook?",
        says("Into which playbook?"),
        quoted(f"{note.title}: {note.summary}"),
        *([buttons(*quick)] if quick else []),
        ActionsBlock(elements=[search(FOLD_INTO)]),
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
