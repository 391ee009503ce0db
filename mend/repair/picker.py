"""The picker that `/repair` alone opens: search-as-you-type, what is used most, by category."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mend.playbooks.model import Playbook
from mend.slack import ui

OPEN = "home_find"
SEARCH = "pick_search"
CATEGORY = "pick_category"
QUICK = "pick_quick"
OPTION_LENGTH = 75
OPTIONS = 100
QUICK_ONES = 2  # one press away; whatever else is used stands first in the menu
BROWSED = 200  # playbooks; thousands of options would be more than a message holds


def picker(
    most_used: Sequence[Playbook], recent: Sequence[Playbook], books: Sequence[Playbook]
) -> ui.Message:
    """What this person used `recent`ly and what is `most_used` come first."""
    text = "What does the customer say?"
    used = {"You used lately": recent, "Most used": most_used}
    first = {book.slug: book for book in (*recent[:1], *most_used, *recent)}
    quick = [
        ui.button(ui.shortened(book.title, OPTION_LENGTH), f"{QUICK}_{place}", book.slug)
        for place, book in enumerate(list(first.values())[:QUICK_ONES])
    ]
    return ui.message(
        f"{text} `/repair` and their words finds it, too.",
        ui.says(f"*{text}*"),
        ui.buttons(_search(), *_browse(used, books)),
        *([ui.buttons(*quick)] if quick else []),
    )


def _search() -> ui.Element:
    return ui.search(SEARCH, "Type their words")


def _browse(used: Mapping[str, Sequence[Playbook]], books: Sequence[Playbook]) -> list[ui.Element]:
    """A menu of what is used and then by category, while a person can browse the library."""
    if len(books) > BROWSED:
        return []
    groups = {label: list(found) for label, found in used.items()}
    for book in sorted(books, key=lambda book: (book.category or "other", book.title)):
        groups.setdefault((book.category or "other").capitalize(), []).append(book)
    shown: set[str] = set()  # a menu offers each once
    menu = []
    for label, found in list(groups.items())[:OPTIONS]:
        left = [book for book in found if book.slug not in shown][:OPTIONS]
        shown |= {book.slug for book in left}
        if left:
            menu.append((label, options(left)))
    return [ui.grouped(CATEGORY, "Or choose", menu)]


def options(books: Sequence[Playbook]) -> list[dict[str, Any]]:
    """Answers to search-as-you-type."""
    return [ui.option(book.slug, book.title) for book in books[:OPTIONS]]
