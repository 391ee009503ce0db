"""A team: one channel, and what holds for it."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from mend.domain.entries import Visibility

DAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LEAST_K = 5  # people behind a line; may only be raised (domain practice: Viva Glint, 15Five)


@dataclass(frozen=True, slots=True)
class Team:
    """The rules of one team. `channel` is empty for people who have none yet.

    `days` are weekdays, Monday is 0; `holidays` are the public ones of `country`. `k` is how many
    distinct people stand behind a line that is told. `brief_at` is when a brief is posted before
    the shift, None for never.
    """

    workspace: str
    channel: str
    zone: ZoneInfo
    country: str
    days: frozenset[int]
    recap_at: time
    brief_at: time | None
    visibility: Visibility
    lookback_days: int
    k: int
    supervisors: frozenset[str]
    since: datetime | None = None
    holidays: Container[date] = field(default=frozenset(), compare=False)

    def is_workday(self, day: date) -> bool:
        return day.weekday() in self.days and day not in self.holidays
