"""What playbooks let each role do, line by line, as one form asks for it."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from mend.people.model import Role
from mend.playbooks.model import Authority, Playbook
from mend.repair.model import limit_of

LIMIT_LENGTH = 60  # characters that a form asks for
NO_LIMIT = "no limit"
UNSET = ""  # in place of a category's mark
_SIGN = "[€$£¥₱]"
_NUMBER = re.compile(rf"{_SIGN}?\d[\d.,']*({_SIGN}|%|[^\W\d_]{{2,}})?")
_WORD = re.compile(rf"[^\W\d_]+(['’/.-][^\W\d_]+)*[.,]?|{_SIGN}|%")


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


def is_limit(typed: str) -> bool:
    """Whether it reads as one amount of something ("50 EUR", "2 nights a year") or as no limit.

    What may be a slip of the finger ("5O EUR", "-50 EUR", "50 EUR 50 EUR"), or is nothing
    ("0 EUR"), does not.
    """
    words = typed.split()
    amounts = [word for word in words if _NUMBER.fullmatch(word)]
    rest = [word for word in words if word not in amounts]
    is_one = len(amounts) == 1 and any(digit in amounts[0] for digit in "123456789")
    is_amount = is_one and all(_WORD.fullmatch(word) for word in rest)
    return is_amount or " ".join(words).casefold() == NO_LIMIT
