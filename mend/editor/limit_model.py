"""What playbooks let each role do, line by line, as one form asks for it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from mend.playbooks.model import Authority, Playbook

LIMIT_LENGTH = 60  # characters that a form asks for


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
