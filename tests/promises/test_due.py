"""The moment that a note's words promise something by. It is noon on a Tuesday in Manila."""

import time
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mend.promises.model import due_in

MANILA = ZoneInfo("Asia/Manila")
NOON = datetime(2026, 11, 24, 12, tzinfo=MANILA)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("call back by 16:30", "24 16:30"),
        ("I said by 4pm", "24 16:00"),
        ("by 4.15 PM at the latest", "24 16:15"),
        ("before 4 p.m. today", "24 16:00"),
        ("by 4:30, as he asked", "24 16:30"),
        ("by 11:00 he wants it", "25 11:00"),
        ("by 12 am", "25 00:00"),
        ("by 04:30", "25 04:30"),
        ("by noon tomorrow", "25 12:00"),
        ("I call her tomorrow at ten", "25 10:00"),
        ("promised for tomorrow, by 3", "25 15:00"),
        ("by four tomorrow", "25 16:00"),
        ("tomorrow 10:15 she calls", "25 10:15"),
        ("Friday at 10", "27 10:00"),
        ("by 2 pm on Tuesday", "24 14:00"),
        ("by 9:00 on Tuesday", "24 21:00"),
        ("by four o'clock", "24 16:00"),
        ("a refund by 12.50 EUR, and a call by 15:00", "24 15:00"),
        ("I will ring in two hours", "24 14:00"),
        ("within 45 mins", "24 12:45"),
        ("in half an hour", "24 12:30"),
        ("in an hour", "24 13:00"),
    ],
)
def test_the_moment_a_text_names(text: str, expected: str) -> None:
    due = due_in(text, NOON, MANILA)
    assert due is not None and f"{due:%d %H:%M}" == expected


@pytest.mark.parametrize(
    "text",
    [
        "by 4 customers",
        "by 26:00",
        "by 13 pm",
        "16:30",
        "by email",
        "he called at 14:10",
        "lowered by 12.50 EUR",
        "by ten customers",
        "tomorrow 4 customers",
        "tomorrow",
        "today at 11:00",
        "in two weeks",
        "in 14 cases",
    ],
)
def test_what_names_no_moment(text: str) -> None:
    assert due_in(text, NOON, MANILA) is None


WORDS = st.lists(
    st.sampled_from(
        [
            "by",
            "before",
            "at",
            "in",
            "within",
            "an",
            "half",
            "two",
            "ten",
            "noon",
            "4",
            "16:30",
            "4.30",
            "99:99",
            "pm",
            "am",
            "hours",
            "minutes",
            "o'clock",
            "tomorrow",
            "tonight",
            "Friday",
            "on",
            "Tuesday",
            "€",
            "customers",
        ]
    ),
    max_size=12,
).map(" ".join)


@given(st.one_of(st.text(), WORDS), st.timedeltas(timedelta(0), timedelta(days=400)))
def test_any_text_names_a_moment_to_come_or_none(text: str, later: timedelta) -> None:
    now = NOON + later
    due = due_in(text, now, MANILA)
    assert due is None or now < due <= now + timedelta(days=8)


LONG = [piece * (3000 // len(piece)) for piece in ("by 4 ", "tomorrow at ", "in a ", "by ", "1")]
SPACES = " " * 2980


@pytest.mark.parametrize("text", [*LONG, f"tomorrow{SPACES}", f"by 4{SPACES}%", f"in{SPACES}2"])
def test_three_thousand_characters_of_anything_are_read_at_once(text: str) -> None:
    best = min(_seconds(text) for _ in range(3))
    assert best < 0.05


def _seconds(text: str) -> float:
    start = time.perf_counter()
    due_in(text, NOON, MANILA)
    return time.perf_counter() - start
