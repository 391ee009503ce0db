"""What playbooks let each role do, line by line, as one form asks for it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from mend.playbooks.model import Authority, Playbook

LIMIT_LENGTH = 60  # characters that a form asks for
NO_LIMIT = "no limit"
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
    """Whether it reads as an amount of something ("50 EUR", "2 nights a year") or as no limit.

    What may be a slip of the finger ("5O EUR", "-50 EUR") does not.
    """
    words = typed.split()
    amounts = [word for word in words if _NUMBER.fullmatch(word)]
    rest = [word for word in words if not _NUMBER.fullmatch(word)]
    is_amount = bool(amounts) and all(_WORD.fullmatch(word) for word in rest)
    return is_amount or " ".join(words).casefold() == NO_LIMIT
