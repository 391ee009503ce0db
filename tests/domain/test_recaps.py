"""The never-list of the daily recap, as properties of every history there can be."""

import re
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mend.blocks import recap as blocks
from mend.domain.playbooks import Playbook
from mend.domain.recaps import (
    THANKS,
    ChangeKind,
    PlaybookChange,
    latest_per_playbook,
    recap_of,
    told_after,
)

NOW = datetime(2026, 11, 24, 18, tzinfo=UTC)
DAYS = st.dates(date(2026, 1, 1), date(2030, 1, 1))
PLAYBOOKS = [
    Playbook("double-charge", "They charged me twice", say_first="I will get that back to you."),
    Playbook("refund-late", "Where is my refund", say_first="I will find out where it is."),
]
CHANGES = st.lists(
    st.builds(
        PlaybookChange,
        slug=st.sampled_from(["a", "b", "c", "d", "e", "f", "g"]),
        title=st.sampled_from(["They charged me twice", "Where is my refund"]),
        kind=st.sampled_from(list(ChangeKind)),
        digest=st.just("x"),
        at=st.integers(0, 1440).map(lambda minutes: NOW - timedelta(minutes=minutes)),
    ),
    max_size=30,
)


def told(day: date, changes: list[PlaybookChange]) -> str:
    recap = recap_of("T1", "C1", day, NOW - timedelta(days=1), NOW, changes, PLAYBOOKS)
    content = blocks.parent(recap, day)
    details = blocks.details(recap)
    return content.text + str(content.blocks) + (str(details) if details else "")


@given(DAYS, CHANGES)
def test_no_recap_names_or_mentions_anybody_or_a_time_of_day(
    day: date, changes: list[PlaybookChange]
) -> None:
    text = told(day, changes)
    assert not re.search(r"<@|@\w|\b[UW][A-Z0-9]{8,}\b", text)
    assert not re.search(r"\b\d{1,2}:\d{2}\b|\bnight\b|\bshift\b", text)


@given(DAYS, CHANGES)
def test_no_recap_counts_or_praises_notes(day: date, changes: list[PlaybookChange]) -> None:
    text = told(day, changes).lower()
    for word in ("mistake", "slip", "entries", "notes were", "zero", "nobody owned", "streak"):
        assert word not in text


@given(DAYS, CHANGES)
def test_there_is_always_one_useful_line_and_one_thanks(
    day: date, changes: list[PlaybookChange]
) -> None:
    text = told(day, changes)
    assert "Keep in mind" in text
    assert any(thanks in text for thanks in THANKS)


@given(DAYS)
def test_the_thanks_never_repeats_two_days_running(day: date) -> None:
    today = recap_of("T1", "C1", day, NOW, NOW, [], PLAYBOOKS)
    tomorrow = recap_of("T1", "C1", day + timedelta(days=1), NOW, NOW, [], PLAYBOOKS)
    assert today.thanks != tomorrow.thanks
    assert today.keep_in_mind != tomorrow.keep_in_mind


@given(CHANGES)
def test_each_playbook_is_told_once(changes: list[PlaybookChange]) -> None:
    slugs = [change.slug for change in latest_per_playbook(changes)]
    assert len(slugs) == len(set(slugs))


def test_a_playbook_that_came_and_went_on_one_day_is_not_told() -> None:
    came = PlaybookChange("a", "A", ChangeKind.NEW, "x", NOW)
    went = PlaybookChange("a", "A", ChangeKind.RETIRED, "", NOW + timedelta(hours=1))
    assert latest_per_playbook([came, went]) == ()


def test_a_library_without_playbooks_still_thanks() -> None:
    recap = recap_of("T1", "C1", date(2026, 11, 24), NOW, NOW, [], [])
    assert blocks.parent(recap, recap.day).text == f"What we learned\n{recap.thanks}"


@given(st.floats(0, 1, exclude_max=True))
def test_a_lesson_is_held_three_to_ten_days(chance: float) -> None:
    now = datetime(2026, 11, 24, 14, 30, tzinfo=UTC)
    assert timedelta(days=3) <= told_after(now, chance) - now <= timedelta(days=10)
