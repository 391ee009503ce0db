"""What a team is told of its day: the recap and, before it, the brief. Never who or how many.

Nothing in the daily recap is derived from the notes people own (a day's notes of one team are
nearly always fewer than five people's, so any figure or theme would point at somebody). A day on
which many slips were owned and a day without one therefore look alike, and silence never speaks.
"""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from mend.playbooks.model import DEFAULT_ASK, Playbook
from mend.recap.conditions.model import Condition

T = TypeVar("T")

LESSON_HELD_DAYS = (3, 10)
GONE_HELD_DAYS = (7, 10)  # never in the week in which its thread disappeared
TOO_LATE = timedelta(hours=1)  # a brief that comes after the first calls helps nobody
LOOKS_BACK = 12  # of the same weekday
LEAST_DAYS = 4
LEAST_LOOKUPS = 10
AMONG_US = "team"  # the category of playbooks that are not about what a customer says

THANKS = (
    "Thank you for asking customers what they would like to see happen.",
    "Thank you to everyone who wrote a promise down before it could be forgotten.",
    "Thank you for the warm hand-overs: one telling of a story is enough.",
    "Thank you for taking the pause before the hard reply.",
    "Thank you for reading figures back before pressing the button.",
    "Thank you for telling the playbook team what agents need next.",
    "Thank you for staying with the customer until the next step was clear.",
)
THANKS_FOR_A_NOTE = "Thank you to the team: what one of you owned makes the next call easier."


class ChangeKind(StrEnum):
    """`SEEN` is how Mend found the playbook on its first day; it is no change to tell."""

    SEEN = "seen"
    NEW = "new"
    CHANGED = "changed"
    VERIFIED = "verified"
    FROM_NOTE = "from a note"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class PlaybookChange:
    """One playbook became new, other, verified or retired at a moment."""

    slug: str
    title: str
    kind: ChangeKind
    digest: str
    at: datetime


@dataclass(frozen=True, slots=True)
class IfThen:
    """An if–then line (such plans help follow-through: Gollwitzer & Sheeran 2006)."""

    title: str
    say_first: str


WHATEVER_COMES = IfThen("This went wrong", f"I am going to get this sorted. {DEFAULT_ASK}")


@dataclass(frozen=True, slots=True)
class Recap:
    """One team's recap of one local day; it covers (after, until]. A thing is said once.

    `conditions` are all that are open; of these `watch` are said, being new or other than before,
    and `over` are those that are so no more. `gaps` are themes that waited for a playbook as the
    last day ended, so that whoever looks twice in a day cannot see what a colleague just looked for
    in vain; of these `missing` are said for the first time, and `answered` for the last. A `lesson`
    is told word for word, once its author released it; only a recap that is posted holds one, so
    that it can be taken back.
    """

    team: str
    day: date
    after: datetime
    until: datetime
    changes: tuple[PlaybookChange, ...]
    keep_in_mind: IfThen
    thanks: str
    conditions: tuple[Condition, ...] = ()
    watch: tuple[Condition, ...] = ()
    over: tuple[Condition, ...] = ()
    gaps: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    answered: tuple[str, ...] = ()
    lesson: str = ""


def told_after(now: datetime, chance: float, held: tuple[int, int] = LESSON_HELD_DAYS) -> datetime:
    """When a lesson released now may be told: so many days later, drawn by `chance` in [0, 1),
    so that nobody can tell from the day whose week it comes from.
    """
    shortest, longest = held
    return now + timedelta(days=shortest + (longest - shortest) * chance)


def recap_of(
    team: str,
    day: date,
    after: datetime,
    until: datetime,
    changes: Sequence[PlaybookChange],
    playbooks: Sequence[Playbook],
    *,
    conditions: Sequence[Condition] = (),
    gaps: Collection[str] = (),
    answered: Collection[str] = (),
    last: Recap | None = None,
) -> Recap:
    """The recap of a day, unlike the `last` one. It takes no notes, so it cannot tell of them.

    `gaps` are the themes that wait for a playbook, `answered` those that got one meanwhile.
    """
    told = latest_per_playbook(changes)
    is_from_note = any(change.kind is ChangeKind.FROM_NOTE for change in told)
    thanks = _another(day, THANKS, last.thanks if last else None)
    watched, said = (last.conditions, last.gaps) if last else ((), ())
    still = {condition.words for condition in conditions}  # set anew for longer, it is not over
    waits = tuple(sorted(set(gaps) - set(answered)))
    return Recap(
        team=team,
        day=day,
        after=after,
        until=until,
        changes=told,
        keep_in_mind=_another(day, _lines(playbooks), last.keep_in_mind if last else None),
        thanks=THANKS_FOR_A_NOTE if is_from_note else thanks,
        conditions=tuple(conditions),
        watch=tuple(condition for condition in conditions if condition not in watched),
        over=tuple(condition for condition in watched if condition.words not in still),
        gaps=waits,
        missing=tuple(gap for gap in waits if gap not in said),
        answered=tuple(gap for gap in said if gap in answered),
    )


def latest_per_playbook(changes: Sequence[PlaybookChange]) -> tuple[PlaybookChange, ...]:
    """One line a playbook: what it is now, but "new" stays "new" on the day it appeared."""
    merged: dict[str, PlaybookChange] = {}
    for change in sorted(changes, key=lambda change: change.at):
        if change.kind is ChangeKind.SEEN:
            continue
        before = merged.pop(change.slug, None)
        first = before.kind if before else None
        is_told = first in (ChangeKind.NEW, ChangeKind.FROM_NOTE)
        if first is ChangeKind.NEW and change.kind is ChangeKind.RETIRED:
            continue
        kind = first if first and is_told else change.kind
        merged[change.slug] = PlaybookChange(
            change.slug, change.title, kind, change.digest, change.at
        )
    return tuple(merged.values())


def if_then(book: Playbook) -> IfThen | None:
    """What a customer says, and the first thing to say; None for what customers do not bring."""
    if not book.say_first or book.category == AMONG_US:
        return None
    return IfThen(book.title, book.say_first)


def _lines(playbooks: Sequence[Playbook]) -> list[IfThen]:
    in_order = sorted(playbooks, key=lambda book: book.slug)
    return [line for book in in_order if (line := if_then(book))] or [WHATEVER_COMES]


def _another(day: date, choices: Sequence[T], last: T | None) -> T:
    """Another one each day, through all of them before one returns, and never the last one."""
    place = day.toordinal() % len(choices)
    return choices[place] if choices[place] != last else choices[(place + 1) % len(choices)]


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
