"""A promise to a customer: reminded before it is due, and never dropped silently.

A second failure after a first is what loses customers (Maxham & Netemeyer 2002), so a promise
outlives the note it belongs to until its owner says what became of it.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from mend.db.model import Refused

REMIND_BEFORE = timedelta(minutes=10)
LATER = timedelta(minutes=30)
LEAD_AFTER = timedelta(minutes=15)  # past due and unanswered: then a lead is told, if allowed
AGAIN_AFTER = timedelta(days=1)  # while nobody else was told
ASKED_FOR = timedelta(days=7)  # so long; then it waits in App Home
LONGEST = timedelta(days=60)


class Stage(StrEnum):
    """What a promise's job is for; each but the first is at its due time or after."""

    BEFORE = "before"
    DUE = "due"
    LEAD = "lead"  # a lead is told, if its owner allowed that
    ASKED = "asked"  # a lead was told or it was handed over when due: did anybody take it?
    AGAIN = "again"


class Told(StrEnum):
    """What a reminder says to a promise's owner."""

    BEFORE = "before"
    DUE = "due"
    UNTAKEN = "untaken"  # nobody took it, though they were asked
    UNREACHED = "unreached"  # nobody was there to be asked
    AGAIN = "again"


class PromiseState(StrEnum):
    OPEN = "open"
    DONE = "done"
    HANDED = "handed over"


@dataclass(frozen=True, slots=True)
class Promise:
    id: str
    note: str
    owner: str
    what: str
    due_at: datetime
    may_tell_lead: bool
    state: PromiseState = PromiseState.OPEN
    version: int = 1
    team: str = ""  # the note's: its supervisors may take it over

    @property
    def is_open(self) -> bool:
        return self.state is PromiseState.OPEN


def reminders(promise: str) -> str:
    """How the keys begin under which its owner is reminded of it."""
    return f"promise:{promise}:"


def check_due(due_at: datetime | None, now: datetime) -> datetime:
    """The same moment; raises Refused for none, one that has passed, or one out of sight."""
    if due_at is None:
        raise Refused("Choose the day and the time by which you promised it.", "due")
    if due_at <= now:
        raise Refused("That moment has passed. Choose one that is still to come.", "due")
    if due_at - now > LONGEST:
        raise Refused("That is more than sixty days away. Choose an earlier moment.", "due")
    return due_at


def reminder_at(promise: Promise, now: datetime) -> datetime:
    """Ten minutes before it is due, or at once where that is sooner."""
    return max(now, promise.due_at - REMIND_BEFORE)


# --- the moment that words promise something by: "by 16:30", "tomorrow at ten", "in 2 hours"
#
# It is only offered in a form, so where words may mean something else ("by 4" may be a count, "at
# 14:10" may be when it happened) nothing is read.

FLAGS = re.IGNORECASE | re.ASCII  # other alphabets' digits and letters are no hours
NOON = ("noon", "midday")
AWAKE = range(7, 22)  # hours that "by 4:30" or "at eight" may mean

_WORDS = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]
_WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_NO_AMOUNT = r"(?!\s*(?:%|[€$£₱]|percent\b|eur\b|usd\b|php\b|gbp\b))"
_CLOCK = (
    r"(?:(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?(?!\d)\s*(?P<half>[ap]\.?m\b)?"
    rf"|(?P<word>noon|midday|{'|'.join(_WORDS)})\b)(?P<clock>\s*o['’]?clock\b)?{_NO_AMOUNT}"
)
_DAY = rf"(?:on\s+)?(?P<day>today|tonight|tomorrow|{'|'.join(_WEEKDAYS)})"
_BY_DAY = re.compile(rf"\b{_DAY},?\s+(?P<by>by|before|at|around)?\s*{_CLOCK}", FLAGS)
_BY_CLOCK = re.compile(rf"\b(?P<by>by|before|at)\s+{_CLOCK}(?:\s+{_DAY})?", FLAGS)
_IN = re.compile(
    rf"\b(?:in|within)\s+(?P<count>\d{{1,2}}|an?|half an|{'|'.join(_WORDS)})"
    r"\s*(?P<unit>minutes?|mins?|hours?|hrs?)\b",
    FLAGS,
)


def due_in(text: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The first moment to come that the text promises something by, on that team's wall clock."""
    text = " ".join(text.split())  # a run of spaces would be read many times over
    for form in (_BY_DAY, _BY_CLOCK):
        for found in form.finditer(text):
            moment = _on_the_clock(found, now.astimezone(zone))
            if moment:
                return moment
    lasting = _IN.search(text)
    return now + _lasting(lasting) if lasting else None


def _on_the_clock(found: re.Match[str], now: datetime) -> datetime | None:
    day = (found["day"] or "").casefold()
    word = (found["word"] or "").casefold()
    is_clear = found["minute"] or found["half"] or found["clock"] or word in NOON
    if not is_clear and not (day and found["by"]):
        return None
    if found["by"] and found["by"].casefold() == "at" and not day:
        return None
    hours, minute = _hours(found), int(found["minute"] or 0)
    if minute > 59:
        return None
    for on in _days(day, now.date()):
        for hour in hours:
            moment = datetime.combine(on, time(hour, minute), tzinfo=now.tzinfo)
            if moment > now:
                return moment
    return None


def _hours(found: re.Match[str]) -> list[int]:
    """The hours of a day that it may mean, the likelier first; none for what is no hour."""
    word = (found["word"] or "").casefold()
    if word in NOON:
        return [12]
    hour = _WORDS.index(word) + 1 if word else int(found["hour"])
    if found["half"]:
        is_pm = found["half"].casefold().startswith("p")
        return [hour % 12 + 12 * is_pm] if 1 <= hour <= 12 else []
    if hour > 23:
        return []
    if hour > 12 or (found["hour"] or "").startswith("0"):
        return [hour]
    return [each for each in (hour, hour + 12) if each in AWAKE] or [hour]


def _days(day: str, today: date) -> list[date]:
    if day in ("today", "tonight"):
        return [today]
    if day == "tomorrow":
        return [today + timedelta(days=1)]
    if day:
        ahead = (_WEEKDAYS.index(day) - today.weekday()) % 7
        return [today + timedelta(days=ahead), today + timedelta(days=ahead + 7)]
    return [today, today + timedelta(days=1)]


def _lasting(found: re.Match[str]) -> timedelta:
    count = found["count"].casefold()
    minutes = 60 if found["unit"].casefold().startswith("h") else 1
    if count == "half an":
        return timedelta(minutes=minutes / 2)
    number = (
        _WORDS.index(count) + 1 if count in _WORDS else 1 if count in ("a", "an") else int(count)
    )
    return timedelta(minutes=minutes * max(number, 1))
