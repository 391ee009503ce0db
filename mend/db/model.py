"""Due work, what a rule says when it says no, and how long to wait before trying again."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

LEASE = timedelta(seconds=120)  # longer than the gateway's whole time budget of 20 s
LATE = timedelta(minutes=1)  # a worker wakes each second
OWED_FOR = timedelta(days=7)  # of passing failures, before those concerned are told
AFTER_UNKNOWN = timedelta(seconds=30)  # so that a message on its way is there when we look
LOOK_AGAIN = timedelta(hours=1)  # at what waits for the cause of its refusal to go


class Patience(StrEnum):
    """How long work is tried that cannot be done now. A row of either of the first two is kept."""

    ERASE = "erase"  # until Slack matches, however long
    OWED = "owed"  # those concerned are told of a lasting refusal, and after days of passing ones
    TIMELY = "timely"  # dropped once refused; whoever runs it drops it when it is late


class Topic(StrEnum):
    """What one process tells the others that serve the same workspace."""

    JOBS = "jobs"  # something may be due
    PHRASES = "phrases"  # learned, or no longer
    PAGE = "page"  # that person's App Home is drawn elsewhere from now on


@dataclass(frozen=True, slots=True)
class Job:
    """One row of due work, as its worker claimed it.

    `attempts` fences the claim: a worker that outlived its lease finds another number and changes
    nothing. `scheduled` counts how often the work was asked for: a job that was asked for
    again while it ran stays due.
    """

    id: int
    kind: str
    key: str
    due_at: datetime
    payload: dict[str, str] = field(default_factory=dict)
    attempts: int = 1
    scheduled: int = 1
    failures: int = 0
    failing_since: datetime | None = None


def backoff(failures: int, chance: float) -> timedelta:
    """How long to wait after so many failures in a row: 2 s doubling to 30 minutes, half of it

    drawn by `chance` in [0, 1) so that workers that failed together do not return together.
    """
    whole = min(2.0 * 2 ** min(failures, 20), 1800.0)
    return timedelta(seconds=whole / 2 + whole / 2 * chance)


class Refused(Exception):
    """A request that cannot be met; `sentence` is shown, as it stands, to the person who asked.

    The sentence says what is wrong and what to do instead. `field` names the form field (its
    block id) that the sentence is about, where there is one. `is_gone`: what was pressed stands for
    something that is no more, so the sentence takes its place (where nothing was typed into it).
    """

    def __init__(self, sentence: str, field: str | None = None, *, is_gone: bool = False) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field
        self.is_gone = is_gone


class Stale(Exception):
    """Somebody changed or withdrew the thing after it was read; nothing was written."""


class NotSaved(Exception):
    """The store could not save in time; nothing was written."""
