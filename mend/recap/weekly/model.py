"""A closed week of one team: what enough people stand behind, in words, and what was looked up.

Windows are fixed and never overlap; what is told of one is decided once, when it closes, and kept
as it is. So two looks are equal, and nothing can be subtracted from one to see what somebody just
wrote. k counts distinct people, never notes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from mend.lookbacks.model import Factor
from mend.people.model import LEAST_K, Team, instant

TOLD_AT = time(10)  # local, on the first working day after: there is time to talk about it
KEEP = timedelta(days=180)
LEAST_LOOKUPS = 10
PROBLEMS_SHOWN = 6  # as many as Slack's own chart shows
HELPED_SHOWN = 3
WEEK, DAYS_ON = timedelta(days=7), timedelta(days=6)  # from a Monday to its Sunday
MOST_MISSED = 4  # weeks of downtime whose windows are still closed one by one

# Told together: a line about tiredness alone would say something about people's health.
_TOLD_AS = {Factor.FATG: Factor.LOAD}
_THEMES = {Factor.LOAD: "workload and breaks"}


@dataclass(frozen=True, slots=True)
class Told:
    """A factor, and how many people a line needed when it was decided; not how many there were."""

    factor: Factor
    people: int


@dataclass(frozen=True, slots=True)
class Problem:
    """A customer's problem as its playbook is called, and how often it was looked up."""

    title: str
    lookups: int


@dataclass(frozen=True, slots=True)
class Week:
    """What is told of (after, until]; `monday` is its first local day."""

    team: str
    monday: date
    after: datetime
    until: datetime
    factors: tuple[Told, ...] = ()
    problems: tuple[Problem, ...] = ()
    helped: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()
    learned: str = ""

    def says_anything(self, k: int) -> bool:
        """Whether there is anything to tell; `k` people stand behind a factor that is."""
        is_named = any(each.people >= k for each in self.factors)
        rest = (self.problems, self.helped, self.causes, self.gaps, self.learned)
        return is_named or any(rest)


def theme(factor: Factor) -> str:
    """The words in which a factor is told."""
    return _THEMES.get(factor, factor.value)


def told(answers: Iterable[tuple[str, Sequence[Factor]]], least: int = LEAST_K) -> list[Told]:
    """The factors that at least so many people named, in the order of the list.

    `answers` are pairs of a person and the factors of one look-back of theirs.
    """
    people: dict[Factor, set[str]] = {}
    for person, factors in answers:
        for factor in factors:
            people.setdefault(_TOLD_AS.get(factor, factor), set()).add(person)
    return [
        Told(factor, least)
        for factor in Factor
        if factor is not Factor.UNKN and len(people.get(factor, ())) >= least
    ]


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def ends(team: Team, monday: date) -> datetime:
    """When the week of that Monday is over where the team works."""
    return instant(monday + WEEK, time(), team.zone)


def told_at(team: Team, monday: date) -> datetime:
    """When the week is told: in the morning of the first working day after it."""
    day = monday + WEEK
    while not team.is_workday(day) and day < monday + 3 * WEEK:
        day += timedelta(days=1)
    return instant(day, TOLD_AT, team.zone)


def to_close(team: Team, now: datetime, last: date | None) -> list[date]:
    """The Mondays of the weeks that are over and not closed yet, oldest first.

    A team's first week is the one in which it became one; before there are playbooks it has none.
    """
    if last is None and team.since is None:
        return []
    latest = monday_of(now.astimezone(team.zone).date()) - WEEK
    began = monday_of(team.since.astimezone(team.zone).date()) if team.since else latest
    first = max(last + WEEK if last else began, latest - MOST_MISSED * WEEK)
    return [first + number * WEEK for number in range((latest - first).days // 7 + 1)]
