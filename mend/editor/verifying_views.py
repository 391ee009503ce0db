"""Playbooks that nobody verified within their interval, and the press that says "still right"."""

from collections.abc import Sequence
from datetime import date

from mend.people.model import Role
from mend.playbooks.model import Playbook
from mend.repair import views as repair
from mend.slack import doors, ui
from mend.slack.listing import Item, one_by_one
from mend.slack.packing import pack, unpack

OPEN = "playbooks_overdue"
STILL_RIGHT = "playbook_still_right"
HEADING = "Is it still right?"
NAMED = 5


def overdue(
    books: Sequence[Playbook], role: Role, today: date, place: int = 0, just: Playbook | None = None
) -> ui.Message:
    """What is left to check, one at a time as this role sees it, below what was `just` verified."""
    above = (
        [ui.says(f"*{ui.escape(just.title)}* is verified as of today. Thank you.")] if just else []
    )
    empty = "Nothing else waits." if just else "All are verified. Thank you."

    is_admin = role is Role.ADMIN

    def shown(book: Playbook) -> Item:
        right = ui.button("Still right", STILL_RIGHT, pack(book.slug, book.mark()), "primary")
        cure = ("Edit", doors.PLAYBOOK) if is_admin else ("Suggest a change", doors.SUGGEST)
        whole = repair.whole(book, role, today)
        return Item(_also(books, book), (right, ui.button(*cure, book.slug)), whole)

    every = [ui.button("All playbooks", doors.PLAYBOOKS, "all")] if is_admin else []
    return one_by_one(HEADING, books, shown, place, OPEN, empty=empty, above=above, controls=every)


def _also(books: Sequence[Playbook], book: Playbook) -> str:
    others = [ui.escape(each.title) for each in books if each is not book]
    named = [*others[:NAMED], *([f"{len(others) - NAMED} more"] if others[NAMED:] else [])]
    return f"Also to check: {', '.join(named)}." if named else ""


def read_pressed(value: str) -> tuple[str, str]:
    """The slug, and the mark of what stood there when the button was made."""
    slug, mark = unpack(value, 2)
    return slug, mark
