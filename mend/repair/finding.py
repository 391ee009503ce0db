"""Which playbook answers some words, how surely, and what else it could have been."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from mend.people.directory import People
from mend.people.model import Role
from mend.people.teams import Teams
from mend.playbooks.library import Library
from mend.playbooks.model import Playbook
from mend.repair.gaps import Gaps
from mend.repair.model import ASKED_LENGTH, COMPETE_WITHIN, NEAR, NEAR_AT_ALL
from mend.repair.service import Feedback
from mend.search import Answer, Confidence, Hit
from mend.slack import ui
from mend.text.redactor import Redactor

PROBLEMS = 3  # offered at most, when a message holds several


@dataclass(frozen=True, slots=True)
class Found:
    """What some (masked) words found. Without a `book` the others do not fit well either.

    `rival` is the playbook that the same words would nearly as well have found; `or_else` the only
    one, where asking which of the two it is pays more than a guess; `changed` are the parts that
    read differently from when whoever asks last saw the playbook.
    """

    words: str
    book: Playbook | None
    others: Sequence[Playbook] = ()
    is_sure: bool = True
    rival: str = ""
    or_else: Playbook | None = None
    changed: Sequence[str] = ()


@dataclass(frozen=True)
class Finding:
    """Finds; what nothing fits is counted as missing."""

    library: Library
    gaps: Gaps
    feedback: Feedback
    people: People
    teams: Teams
    redactor: Redactor

    def find(self, person: str, typed: str) -> Found:
        words = self.redactor.asked(typed)
        answer = self.library.find(words)
        books = self._books(_near(answer.hits))
        if not books or answer.confidence is Confidence.NONE:
            return self._missed(person, words, books)
        changed = self.feedback.changed_since_use(person, books[0])
        return replace(self._found(words, books[0], answer), changed=changed)

    def problems(self, typed: str) -> list[tuple[str, Playbook]]:
        """Each sentence that is surely about another playbook, with that playbook."""
        found: dict[str, tuple[str, Playbook]] = {}
        for part in re.split(
            r"(?<=[.!?;])\s+|\n+|\band also\b|\balso,", self.redactor.asked(typed)
        ):
            book = self.library.fitting(part) if len(part.split()) > 2 else None
            if book and book.slug not in found:
                found[book.slug] = (part.strip(), book)
        return list(found.values())[:PROBLEMS]

    def chosen(self, person: str, slug: str, words: str) -> Found:
        """The playbook that was picked, also where these words had found another one first.

        Raises Refused where it is served no more.
        """
        hits = self.library.find(words).hits if words else ()
        is_another = hits and hits[0].slug != slug
        rival = hits[0].slug if is_another else _competitor(hits)
        book = self.library.served(slug)
        changed = self.feedback.changed_since_use(person, book)
        return Found(words, book, rival=rival, changed=changed)

    def again(self, slug: str, words: str) -> Found:
        """An answer that is on the screen, as it was found; Refused where it is served no more."""
        book = self.library.served(slug)
        answer = self.library.find(words) if words else None
        is_first = answer and answer.hits and answer.hits[0].slug == slug
        return self._found(words, book, answer) if answer and is_first else Found(words, book)

    def without(self, person: str, refused: Collection[str], words: str) -> Found:
        """What else the words find, now that these playbooks were not the one."""
        hits = self.library.find(words).hits if words else ()
        left = [hit for hit in hits if hit.slug not in refused]
        return self._missed(person, words, self._books(_near(left)))

    def reading(self, person: str) -> tuple[Role, date]:
        """As whom they read an answer, as far as it is known, and on which day."""
        return self.people.role_of(person), self.teams.today(person)

    def seen(self, person: str, found: Found, channel: str) -> None:
        """The answer is out, in that channel."""
        if found.book:
            self.feedback.seen(person, found.book, found.rival, channel)

    def _found(self, words: str, book: Playbook, answer: Answer) -> Found:
        """The best of an answer's, and what else it may be."""
        others = [each for each in self._books(_near(answer.hits)) if each is not book]
        is_sure = answer.confidence is not Confidence.MAYBE
        rival = _competitor(answer.hits)
        or_else = self.library.get(rival) if is_between_two(answer) else None
        return Found(words, book, others, is_sure, rival, or_else)

    def _missed(self, person: str, words: str, others: list[Playbook]) -> Found:
        words = ui.shortened(words, ASKED_LENGTH)  # the button that sends them carries no more
        if words:
            self.gaps.missed(person, words)
        return Found(words, None, others)

    def _books(self, hits: Iterable[Hit]) -> list[Playbook]:
        return [book for hit in hits if (book := self.library.get(hit.slug))]


def is_between_two(answer: Answer) -> bool:
    """Whether the two best are not to be told apart, but from all others: asking pays then."""
    is_open = answer.confidence is Confidence.MAYBE and _competitor(answer.hits)
    return bool(is_open) and not _competitor(answer.hits[1:])


def _near(hits: Sequence[Hit]) -> list[Hit]:
    """The best one and what comes near it; nothing where the best is far itself."""
    floor = max(NEAR_AT_ALL, NEAR * hits[0].score) if hits else 0.0
    return [hit for hit in hits if hit.score >= floor]


def _competitor(hits: Sequence[Hit]) -> str:
    first, second = (*hits, None, None)[:2]
    is_close = first and second and first.score - second.score < COMPETE_WITHIN
    return second.slug if second and is_close else ""
