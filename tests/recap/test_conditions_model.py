import time
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mend.db.model import Refused
from mend.recap.conditions.model import LONGEST, check_until, last_day_in

TUESDAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("typed", "words", "until"),
    [
        ("courier strike till friday", "courier strike", date(2026, 11, 27)),
        ("courier strike until Fri.", "courier strike", date(2026, 11, 27)),
        ("courier strike til tomorrow", "courier strike", date(2026, 11, 25)),
        ("courier strike till tuesday", "courier strike", TUESDAY),
        ("slow screen until 2026-12-01", "slow screen", date(2026, 12, 1)),
        ("till friday", "", date(2026, 11, 27)),
        ("courier strike", "courier strike", None),
        ("courier strike till whenever", "courier strike till whenever", None),
        ("no refunds at the till", "no refunds at the till", None),
        ("closed till the till is repaired", "closed till the till is repaired", None),
        ("backlog of months till months", "backlog of months till months", None),
        ("", "", None),
    ],
)
def test_the_last_day_is_read_from_what_was_typed(
    typed: str, words: str, until: date | None
) -> None:
    assert last_day_in(typed, TUESDAY) == (words, until)


@given(st.text(max_size=60))
def test_whatever_is_typed_no_word_of_it_is_lost(typed: str) -> None:
    words, until = last_day_in(typed, TUESDAY)
    assert words == typed.strip() or (until and typed.strip().startswith(words))


@pytest.mark.parametrize("typed", [" " * 12_000, " till" * 2_400, "x " * 6_000 + "till friday"])
def test_a_long_text_is_read_as_fast_as_a_short_one(typed: str) -> None:
    began = time.process_time()
    last_day_in(typed, TUESDAY)
    assert time.process_time() - began < 0.05


@given(st.integers(-400, 800))
def test_it_ends_from_today_on_and_within_a_year(days: int) -> None:
    until = TUESDAY + timedelta(days=days)
    if 0 <= days <= LONGEST.days:
        check_until(until, TUESDAY)
    else:
        with pytest.raises(Refused):
            check_until(until, TUESDAY)
