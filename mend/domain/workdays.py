"""A team's working days and the instants its daily recap belongs to.

Local times that a clock change skips happen as late as the skip is long; those that happen twice
count the first time. Both follow from reading local times with `fold=0` (PEP 495).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

IsWorkday = Callable[[date], bool]
_LONGEST_PAUSE = 366  # days; a team without one working day a year has no recap


def weekdays_only(day: date) -> bool:
    return day.weekday() < 5


def instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The moment (in UTC) at which the clock on that team's wall shows `at` on `day`."""
    return datetime.combine(day, at, tzinfo=zone).astimezone(UTC)


def day_to_tell(
    now: datetime, last: date | None, at: time, zone: ZoneInfo, is_workday: IsWorkday
) -> date:
    """The working day whose recap comes next, never `last` or an earlier one.

    After downtime that is the latest day whose time has passed: the days before it are told with
    it, in one post, not in a burst of late ones.
    """

    def is_told(day: date) -> bool:
        return is_workday(day) and _is_on_the_calendar(day, zone)

    today = now.astimezone(zone).date() + timedelta(days=1)  # tomorrow's may have passed near UTC
    for back in range(_LONGEST_PAUSE if last else 0):
        day = today - timedelta(days=back)
        if last and day <= last:
            break
        if is_told(day) and instant(day, at, zone) <= now:
            return day
    day = today - timedelta(days=2)
    for _ in range(_LONGEST_PAUSE):
        if is_told(day) and (last is None or day > last) and instant(day, at, zone) > now:
            return day
        day += timedelta(days=1)
    raise ValueError("this calendar has no working day within a year")


def workday_before(day: date, is_workday: IsWorkday) -> date:
    before = (day - timedelta(days=back) for back in range(1, _LONGEST_PAUSE))
    return next(filter(is_workday, before), day - timedelta(days=1))


def _is_on_the_calendar(day: date, zone: ZoneInfo) -> bool:
    """Whether that place has this day: Samoa had no 30 December 2011."""
    return instant(day, time(12), zone).astimezone(zone).date() == day
