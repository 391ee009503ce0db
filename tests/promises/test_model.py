from datetime import UTC, datetime, timedelta

import pytest

from mend.db.model import Refused
from mend.promises.model import check_due


def test_the_past_and_the_far_future_are_refused() -> None:
    now = datetime(2026, 11, 24, tzinfo=UTC)
    check_due(now + timedelta(minutes=1), now)
    with pytest.raises(Refused, match="has passed"):
        check_due(now, now)
    with pytest.raises(Refused, match="sixty days"):
        check_due(now + timedelta(days=61), now)


def test_no_moment_at_all_is_asked_for() -> None:
    with pytest.raises(Refused, match="Choose the day and the time") as refused:
        check_due(None, datetime(2026, 11, 24, tzinfo=UTC))
    assert refused.value.field == "due"
