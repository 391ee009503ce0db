"""A short soak with every run of the tests; `make soak` is the long one."""

from pathlib import Path

from tests.soak.soaking import Soak


def test_killed_five_times_nothing_is_lost_or_doubled(tmp_path: Path) -> None:
    result = Soak(tmp_path, seed=5).run(kills=5)
    assert result.faults == 0, result.lines()
    assert result.acked and result.kills == 5
