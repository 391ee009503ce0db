"""The brief: what changed, what to watch, and what the weekday brings, as if–then lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from mend.playbooks.model import Playbook
from mend.recap.conditions.model import Condition
from mend.recap.daily.model import (
    IfThen,
    PlaybookChange,
    if_then,
    latest_per_playbook,
)

TOO_LATE = timedelta(hours=1)  # a brief that comes after the first calls helps nobody
LOOKS_BACK = 12  # of the same weekday
LEAST_DAYS = 4
LEAST_LOOKUPS = 10


@dataclass(frozen=True, slots=True)
class Lookups:
    """How often one playbook was looked up on one day; by nobody in particular."""

    day: date
    slug: str
    times: int


@dataclass(frozen=True, slots=True)
class Brief:
    """What to know before this day's calls. No `usual` lines: too little is known yet."""

    day: date
    changes: tuple[tuple[PlaybookChange, IfThen | None], ...]
    conditions: tuple[tuple[Condition, IfThen | None], ...]
    usual: tuple[IfThen, ...]

    @property
    def says_anything(self) -> bool:
        """Whether there is anything to tell whoever did not ask."""
        return bool(self.changes or self.conditions or self.usual)


def brief_of(
    day: date,
    changes: Sequence[PlaybookChange],
    conditions: Sequence[Condition],
    lookups: Sequence[Lookups],
    playbooks: Sequence[Playbook],
) -> Brief:
    books = {book.slug: book for book in playbooks}
    return Brief(
        day,
        tuple((each, _line(books, each.slug)) for each in latest_per_playbook(changes)),
        tuple((each, _line(books, each.playbook)) for each in conditions),
        tuple(line for slug in _usual(lookups) if (line := _line(books, slug))),
    )


def same_weekdays_before(day: date) -> list[date]:
    return [day - timedelta(weeks=weeks) for weeks in range(1, LOOKS_BACK + 1)]


def _usual(lookups: Sequence[Lookups]) -> list[str]:
    """The playbooks that were looked up often enough to say so, on days enough; most first."""
    if len({each.day for each in lookups}) < LEAST_DAYS:
        return []
    times: Counter[str] = Counter()
    for each in sorted(lookups, key=lambda each: each.slug):
        times[each.slug] += each.times
    return [slug for slug, count in times.most_common() if count >= LEAST_LOOKUPS]


def _line(books: Mapping[str, Playbook], slug: str) -> IfThen | None:
    """With the first sentence only: a brief is read standing."""
    line = if_then(books[slug]) if slug in books else None
    return line and replace(
        line, say_first=re.split(r"(?<=[.!?])\s", line.say_first, maxsplit=1)[0]
    )
