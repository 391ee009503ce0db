from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mend.db.model import Refused
from mend.promises.model import check_due, due_in

MANILA = ZoneInfo("Asia/Manila")
NOON = datetime(2026, 11, 24, 12, tzinfo=MANILA)


@pytest.mark.parametrize(
    ("text", "hour", "minute", "tomorrow"),
    [
        ("call back by 16:30", 16, 30, False),
        ("I said by 4pm", 16, 0, False),
        ("by 4.15 PM at the latest", 16, 15, False),
        ("by 11:00 he wants it", 11, 0, True),
        ("by 12 am", 0, 0, True),
    ],
)
def test_the_moment_a_text_names(text: str, hour: int, minute: int, tomorrow: bool) -> None:
    expected = NOON.replace(hour=hour, minute=minute) + timedelta(days=int(tomorrow))
    assert due_in(text, NOON, MANILA) == expected


@pytest.mark.parametrize("text", ["by 4 customers", "by 26:00", "by 13 pm", "16:30", "by email"])
def test_what_names_no_moment(text: str) -> None:
    assert due_in(text, NOON, MANILA) is None


@given(st.text())
def test_any_text_names_a_moment_to_come_or_none(text: str) -> None:
    due = due_in(text, NOON, MANILA)
    assert due is None or NOON < due <= NOON + timedelta(days=1)


def test_the_past_and_the_far_future_are_refused() -> None:
    now = datetime(2026, 11, 24, tzinfo=UTC)
    check_due(now + timedelta(minutes=1), now)
    with pytest.raises(Refused, match="has passed"):
        check_due(now, now)
    with pytest.raises(Refused, match="sixty days"):
        check_due(now + timedelta(days=61), now)
