"""Playbooks that nobody verified within their interval, and the press that says "still right"."""

from __future__ import annotations

from collections.abc import Sequence

from mend.playbooks.model import Playbook
from mend.repair.views import READ_ALL, owner_of
from mend.slack.listing import Line, listing
from mend.slack.ui import Message, button, escape, pack, says, unpack

OPEN = "playbooks_overdue"
STILL_RIGHT = "playbook_still_right"
HEADING = "Playbooks to check: are they still right?"


def overdue(books: Sequence[Playbook], page: int = 0, just: Playbook | None = None) -> Message:
    """What is left to check, below what was `just` verified."""
    above = [says(f"*{escape(just.title)}* is verified as of today. Thank you.")] if just else []
    empty = "Nothing else waits." if just else "All are verified. Thank you."
    return listing(HEADING, books, _line, page, OPEN, empty=empty, above=above)


def _line(book: Playbook) -> Line:
    when = f"last verified {book.verified:%-d %B %Y}" if book.verified else "not verified yet"
    owner = f" · {owner_of(book)}" if book.owner else ""
    return Line(
        f"*{escape(book.title)}* · {when}{owner}",
        (
            button("Still right", STILL_RIGHT, pack(book.slug, book.mark())),
            button("Read", READ_ALL, book.slug),
        ),
    )


def read_pressed(value: str) -> tuple[str, str]:
    """The slug, and the mark of what stood there when the button was made."""
    slug, mark = unpack(value, 2)
    return slug, mark
