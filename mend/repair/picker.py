"""The picker that `/repair` alone opens: search-as-you-type, most used, mine, by category."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ExternalDataSelectElement,
    InteractiveElement,
    Option,
    OptionGroup,
    StaticSelectElement,
)

from mend.playbooks.model import Playbook
from mend.slack.ui import (
    Message,
    aside,
    button,
    buttons,
    message,
    says,
    shortened,
)

OPEN = "home_find"
SEARCH = "pick_search"
CATEGORY = "pick_category"
QUICK = "pick_quick"
OPTION_LENGTH = 75
OPTIONS = 100
BROWSED = 200  # playbooks; thousands of options would be more than a message holds


def picker(
    most_used: Sequence[Playbook], recent: Sequence[Playbook], books: Sequence[Playbook]
) -> Message:
    text = "What does the customer say?"
    blocks: list[Block] = [
        says(f"*{text}*"),
        ActionsBlock(elements=[*_search(), *_browse(books)]),
    ]
    shown: set[str] = set()
    for heading, books in (("Most used lately", most_used), ("You used lately", recent)):
        found = [book for book in books if book.slug not in shown]
        shown |= {book.slug for book in found}
        if found:
            quick = [
                button(shortened(book.title, OPTION_LENGTH), f"{QUICK}_{place}", book.slug)
                for place, book in enumerate(found)
            ]
            blocks += [aside(heading), buttons(*quick)]
    return message(f"{text} `/repair` and their words finds it, too.", *blocks)


def _search() -> list[InteractiveElement]:
    placeholder = "Type their words"
    return [
        ExternalDataSelectElement(action_id=SEARCH, placeholder=placeholder, min_query_length=1)
    ]


def _browse(books: Sequence[Playbook]) -> list[InteractiveElement]:
    """A menu by category, while the library is one that a person can browse."""
    if len(books) > BROWSED:
        return []
    groups = _groups(books)
    return [
        StaticSelectElement(action_id=CATEGORY, placeholder="By category", option_groups=groups)
    ]


def options(books: Sequence[Playbook]) -> list[dict[str, Any]]:
    """Answers to search-as-you-type."""
    return [option.to_dict() for option in _options(books)]


def _groups(books: Sequence[Playbook]) -> list[OptionGroup]:
    """By category, within Slack's hundred groups of a hundred options each."""
    groups: dict[str, list[Playbook]] = {}
    for book in sorted(books, key=lambda book: (book.category or "other", book.title)):
        groups.setdefault(book.category or "other", []).append(book)
    return [
        OptionGroup(
            label=shortened(category.capitalize(), OPTION_LENGTH),
            options=_options(found),
        )
        for category, found in list(groups.items())[:OPTIONS]
    ]


def _options(books: Sequence[Playbook]) -> list[Option]:
    return [
        Option(text=shortened(book.title, OPTION_LENGTH), value=book.slug)
        for book in books[:OPTIONS]
    ]
