"""A promise to a customer: reminded before it is due, and never dropped silently.

A second failure after a first is what loses customers (Maxham & Netemeyer 2002), so a promise
outlives the note it belongs to until its owner says what became of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from mend.db.model import Refused

REMIND_BEFORE = timedelta(minutes=10)
LATER = timedelta(minutes=30)
LEAD_AFTER = timedelta(minutes=15)  # past due and unanswered: then a lead is told, if allowed
AGAIN_AFTER = timedelta(days=1)  # while nobody else was told
ASKED_FOR = timedelta(days=7)  # so long; then it waits in App Home
LONGEST = timedelta(days=60)

_BY = re.compile(r"\bby\s+(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?\b", re.IGNORECASE)


class PromiseState(StrEnum):
    OPEN = "open"
    DONE = "done"
    HANDED = "handed over"


@dataclass(frozen=True, slots=True)
class Promise:
    id: str
    entry: str
    owner: str
    what: str
    due_at: datetime
    may_tell_lead: bool
    state: PromiseState = PromiseState.OPEN
    version: int = 1

    @property
    def is_open(self) -> bool:
        return self.state is PromiseState.OPEN


def check_due(due_at: datetime, now: datetime) -> None:
    """Raises Refused for a moment that has passed or is out of sight."""
    if due_at <= now:
        raise Refused("That moment has passed. Choose one that is still to come.", "due")
    if due_at - now > LONGEST:
        raise Refused("That is more than sixty days away. Choose an earlier moment.", "due")


def reminder_at(promise: Promise, now: datetime) -> datetime:
    """Ten minutes before it is due, or at once where that is sooner."""
    return max(now, promise.due_at - REMIND_BEFORE)


def due_in(text: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The moment that "by 16:30" or "by 4 pm" in a text means, on that team's wall clock."""
    found = _BY.search(text)
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if not half and found[2] is None:
        return None  # "by 4" may be a count
    if half and not 1 <= hour <= 12 or hour > 23 or minute > 59:
        return None
    hour = hour % 12 + (12 if half == "pm" else 0) if half else hour
    today = now.astimezone(zone).date()
    moment = datetime.combine(today, time(hour, minute), tzinfo=zone)
    return moment if moment > now else moment + timedelta(days=1)
