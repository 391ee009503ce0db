from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from mend.db.model import backoff

CHANCE = st.floats(0, 1, exclude_max=True)


@given(st.integers(0, 1000), CHANCE)
def test_the_wait_is_between_a_second_and_half_an_hour(failures: int, chance: float) -> None:
    assert timedelta(seconds=1) <= backoff(failures, chance) <= timedelta(minutes=30)


@given(st.integers(0, 100), CHANCE)
def test_each_failure_waits_at_least_as_long_as_half_the_next(failures: int, chance: float) -> None:
    assert backoff(failures, 0) <= backoff(failures, chance) <= backoff(failures + 1, 0) * 2
