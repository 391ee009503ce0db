from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mend.people.model import day_to_tell, instant

MANILA = ZoneInfo("Asia/Manila")
ZONES = [
    ZoneInfo(name) for name in ("Asia/Manila", "Europe/London", "America/Chicago", "Pacific/Apia")
]
SIX = time(18)


def weekdays_only(day: date) -> bool:
    return day.weekday() < 5


def test_the_next_recap_is_today_while_its_time_is_ahead() -> None:
    tuesday_noon = datetime(2026, 11, 24, 12, tzinfo=MANILA)
    assert day_to_tell(tuesday_noon, None, SIX, MANILA, weekdays_only) == date(2026, 11, 24)


def test_after_friday_comes_monday() -> None:
    friday_evening = datetime(2026, 11, 27, 19, tzinfo=MANILA)
    told = date(2026, 11, 27)
    assert day_to_tell(friday_evening, told, SIX, MANILA, weekdays_only) == date(2026, 11, 30)


def test_a_week_of_downtime_is_told_in_one_post_for_the_last_missed_day() -> None:
    friday_morning = datetime(2026, 11, 27, 9, tzinfo=MANILA)
    told = date(2026, 11, 19)
    assert day_to_tell(friday_morning, told, SIX, MANILA, weekdays_only) == date(2026, 11, 26)


def test_a_day_already_told_is_not_told_again_when_its_time_is_moved_later() -> None:
    tuesday = datetime(2026, 11, 24, 18, 30, tzinfo=MANILA)
    told = date(2026, 11, 24)
    assert day_to_tell(tuesday, told, time(20), MANILA, weekdays_only) == date(2026, 11, 25)


def test_a_time_that_the_clock_skips_happens_as_late_as_the_skip_is_long() -> None:
    london = ZoneInfo("Europe/London")
    assert instant(date(2026, 3, 29), time(1, 30), london) == datetime(
        2026, 3, 29, 1, 30, tzinfo=UTC
    )


def test_a_calendar_without_working_days_is_refused() -> None:
    with pytest.raises(ValueError):
        day_to_tell(datetime(2026, 1, 1, tzinfo=UTC), None, SIX, MANILA, lambda day: False)


@given(
    st.integers(0, 6 * 365 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes)),
    st.sampled_from(ZONES),
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
)
def test_telling_each_day_as_it_comes_tells_every_working_day_once(
    start: timedelta, zone: ZoneInfo, at: time
) -> None:
    now = datetime(2024, 1, 1, tzinfo=UTC) + start
    day = day_to_tell(now, None, at, zone, weekdays_only)
    told = [day]
    for _ in range(12):
        now = instant(told[-1], at, zone)
        told.append(day_to_tell(now, told[-1], at, zone, weekdays_only))
    expected = [told[0] + timedelta(days=days) for days in range((told[-1] - told[0]).days + 1)]
    assert told == [day for day in expected if weekdays_only(day)]
