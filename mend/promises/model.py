"""A promise to a customer: reminded before it is due, and never dropped silently.

A second failure after a first is what loses customers (Maxham & Netemeyer 2002), so a promise
outlives the note it belongs to until its owner says what became of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

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
