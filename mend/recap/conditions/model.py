"""Conditions open for a while ("courier strike till Friday"): what to watch, never whom."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from mend.db.model import Refused
from mend.people.model import DAY_NAMES

WORDS_LENGTH = 150
LONGEST = timedelta(days=365)

_UNTIL = frozenset({"til", "till", "until", "untill"})
_WEEKDAY = re.compile(r"(mon|tue|wed|thu|fri|sat|sun)(?:s?|nes|r|rs|ur)(?:day)?")


@dataclass(frozen=True, slots=True)
class Condition:
    """Open up to and on the local day `until`.

    `team` is empty where it holds for every team; `playbook` is the slug of the one that helps.
    """

    id: str
    team: str
    words: str
    until: date
    playbook: str = ""


def last_day_in(typed: str, today: date) -> tuple[str, date | None]:
    """The words, and the last day that they end in ("till friday"), if they do."""
    *before, until, word = ["", "", *typed.rsplit(None, 2)]
    if until.lower() in _UNTIL:
        day = _day(word.lower().removesuffix(".").removesuffix("!"), today)
        if day:
            return before[-1].strip(), day
    return typed.strip(), None


def check_until(until: date, today: date) -> None:
    if not today <= until <= today + LONGEST:
        raise Refused("Choose a day from today on, within a year.", "until")


def _day(word: str, today: date) -> date | None:
    if word in ("today", "tomorrow"):
        return today + timedelta(days=word == "tomorrow")
    if weekday := _WEEKDAY.fullmatch(word):
        return today + timedelta(days=(DAY_NAMES.index(weekday[1]) - today.weekday()) % 7)
    try:
        return date.fromisoformat(word)
    except ValueError:
        return None
