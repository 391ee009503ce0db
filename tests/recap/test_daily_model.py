"""The never-list of the daily recap, as properties of every history there can be."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mend.playbooks.model import Playbook
from mend.recap.conditions.model import Condition
from mend.recap.daily import views as blocks
from mend.recap.daily.model import (
    THANKS,
    THANKS_FOR_A_NOTE,
    ChangeKind,
    IfThen,
    PlaybookChange,
    Recap,
    latest_per_playbook,
    recap_of,
    told_after,
)
from mend.slack.ui import escape

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
WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=150)
RECAPS = st.builds(
    Recap,
    team=st.just("C1"),
    day=DAYS,
    after=st.just(NOW),
    until=st.just(NOW),
    changes=st.just(()),
    keep_in_mind=st.builds(IfThen, st.text(max_size=300), st.text(max_size=300)),
    thanks=st.sampled_from(THANKS),
    watch=st.lists(
        st.builds(
            Condition,
            id=st.just("1"),
            team=st.just(""),
            words=WORDS,
            until=DAYS,
        ),
        max_size=8,
    ).map(tuple),
    missing=st.lists(st.text(min_size=1, max_size=80), max_size=8).map(tuple),
    answered=st.lists(st.text(min_size=1, max_size=80), max_size=8).map(tuple),
    lesson=st.text(max_size=400),
)


def told(day: date, changes: list[PlaybookChange]) -> str:
    recap = recap_of("C1", day, NOW - timedelta(days=1), NOW, changes, PLAYBOOKS)
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
    for word in ("mistake", "slip", "notes", "notes were", "zero", "nobody owned", "streak"):
        assert word not in text


@given(DAYS, CHANGES)
def test_there_is_always_one_useful_line_and_one_thanks(
    day: date, changes: list[PlaybookChange]
) -> None:
    text = told(day, changes)
    assert "Keep in mind" in text
    assert sum(thanks in text for thanks in (*THANKS, THANKS_FOR_A_NOTE)) == 1


def test_a_note_that_improved_a_playbook_is_what_the_team_is_thanked_for() -> None:
    changed = PlaybookChange("a", "A", ChangeKind.FROM_NOTE, "x", NOW)
    assert THANKS_FOR_A_NOTE in told(date(2026, 11, 24), [changed])


@given(st.lists(DAYS, min_size=2, unique=True).map(sorted), st.data())
def test_neither_thanks_nor_line_repeats_from_one_recap_to_the_next(
    days: list[date], data: st.DataObject
) -> None:
    """Whatever lies between: a weekend, a week of holidays, another playbook in the library."""
    last = None
    for day in days:
        more = data.draw(st.integers(0, 3))
        books = [
            *PLAYBOOKS,
            *(Playbook(f"p{n}", f"P{n}", say_first="I will.") for n in range(more)),
        ]
        recap = recap_of("C1", day, NOW, NOW, [], books, last=last)
        if last:
            assert recap.thanks != last.thanks
            assert recap.keep_in_mind != last.keep_in_mind
        last = recap


@given(DAYS, CHANGES, RECAPS)
def test_the_parent_is_at_most_ten_lines_and_nothing_is_left_out(
    day: date, changes: list[PlaybookChange], more: Recap
) -> None:
    recap = replace(more, day=day, changes=latest_per_playbook(changes))
    content, details = blocks.parent(recap, day), blocks.details(recap)
    assert len(content.text.splitlines()) <= 10 and len(content.blocks) <= 10
    told = content.text + (details.text if details else "")
    for each in (*recap.watch, *recap.changes):
        assert escape(" ".join(getattr(each, "words", getattr(each, "title", "")).split())) in told
    assert escape(recap.lesson) in told
    assert (details is not None) == (blocks.MORE in content.text)


@given(DAYS, st.lists(st.sampled_from(["billing", "orders", "something new"]), max_size=9))
def test_gaps_are_told_as_themes_whoever_and_however_many_asked(day: date, gaps: list[str]) -> None:
    asked = recap_of("C1", day, NOW, NOW, [], PLAYBOOKS, gaps=gaps)
    once = recap_of("C1", day, NOW, NOW, [], PLAYBOOKS, gaps=sorted(set(gaps), reverse=True))
    assert asked.gaps == tuple(sorted(set(gaps)))
    assert blocks.parent(asked, day) == blocks.parent(once, day)
    again = recap_of("C1", day, NOW, NOW, [], PLAYBOOKS, gaps=[*gaps, "new"], last=asked)
    assert again.missing == ("new",)


@given(CHANGES)
def test_each_playbook_is_told_once(changes: list[PlaybookChange]) -> None:
    slugs = [change.slug for change in latest_per_playbook(changes)]
    assert len(slugs) == len(set(slugs))


def test_a_playbook_that_came_and_went_on_one_day_is_not_told() -> None:
    came = PlaybookChange("a", "A", ChangeKind.NEW, "x", NOW)
    went = PlaybookChange("a", "A", ChangeKind.RETIRED, "", NOW + timedelta(hours=1))
    assert latest_per_playbook([came, went]) == ()


def test_a_library_without_playbooks_still_has_a_line_and_thanks() -> None:
    recap = recap_of("C1", date(2026, 11, 24), NOW, NOW, [], [])
    text = blocks.parent(recap, recap.day).text
    assert "then I say: “I am going to get this sorted. What would you like" in text
    assert text.endswith(recap.thanks)


@given(st.floats(0, 1, exclude_max=True))
def test_a_lesson_is_held_three_to_ten_days(chance: float) -> None:
    now = datetime(2026, 11, 24, 14, 30, tzinfo=UTC)
    assert timedelta(days=3) <= told_after(now, chance) - now <= timedelta(days=10)
