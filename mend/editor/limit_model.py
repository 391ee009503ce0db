"""What playbooks let each role do, line by line, as one form asks for it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from mend.db.model import Refused
from mend.people.model import Role
from mend.playbooks.model import Authority, Playbook, is_limit
from mend.repair.model import limit_of

LIMIT_LENGTH = 60  # characters that a form asks for
UNSET = ""  # in place of a category's mark


@dataclass(frozen=True, slots=True)
class LimitLine:
    """Something that a playbook lets people do, and up to what it lets each role."""

    book: Playbook
    entry: Authority

    @property
    def key(self) -> tuple[str, str]:
        """Slug, and what is allowed."""
        return self.book.slug, self.entry.what

    @property
    def category(self) -> str:
        return self.book.category or "other"


def of_group(lines: Sequence[LimitLine], role: Role, group: str) -> list[LimitLine]:
    """Those of a category, by its mark, or (`UNSET`) those that have no limit yet."""
    if group == UNSET:
        return [line for line in lines if limit_of(line.entry, role) is None]
    return [line for line in lines if limit_mark(line.category) == group]


def groups(lines: Sequence[LimitLine], role: Role) -> dict[str, tuple[str, int]]:
    """What a form may be about, its name and how many lines: what needs a limit comes first."""
    count = Counter(line.category for line in lines)
    needed = len(of_group(lines, role, UNSET))
    named = {limit_mark(name): (name.capitalize(), number) for name, number in count.items()}
    return ({UNSET: ("Not set yet", needed)} if needed else {}) | named


@dataclass(frozen=True, slots=True)
class LimitWanted:
    """What somebody typed for a role, and the mark of what stood there as they were asked."""

    limit: str
    was: str


@dataclass(frozen=True, slots=True)
class LimitLeft:
    """What was not set: the line changed meanwhile, or is gone (then `what` is empty).

    `stands` is what holds, `by` who published it last, empty where that was done in the file.
    """

    slug: str
    what: str = ""
    stands: str = ""
    by: str = ""


def limit_mark(limit: str) -> str:
    return hashlib.sha256(limit[:LIMIT_LENGTH].encode()).hexdigest()[:16]


def check_limit(typed: str, field: str) -> None:
    """Raises Refused, naming the field, unless it is one."""
    if not is_limit(typed):
        says = f"“{typed[:LIMIT_LENGTH]}” does not read as one limit."
        raise Refused(f"{says} Such as: 50 EUR, 14 days, no limit. Without one, they ask.", field)
