from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mend.playbooks.model import Playbook
from mend.recap.conditions.model import WORDS_LENGTH, Condition
from mend.recap.daily import views as blocks
from mend.recap.daily.model import (
    AMONG_US,
    LOOKS_BACK,
    Brief,
    ChangeKind,
    Lookups,
    PlaybookChange,
    brief_of,
    same_weekdays_before,
)

TUESDAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
BOOKS = [
    Playbook("refund-late", "Where is my refund", say_first="I will find it. Give me a minute."),
    Playbook("wrong-item", "This is not mine", say_first="I will send yours."),
    Playbook("tension", "We had words", category=AMONG_US, say_first="Let us talk."),
]


def lookups(days: int, slug: str = "refund-late", times: int = 3) -> list[Lookups]:
    return [Lookups(day, slug, times) for day in same_weekdays_before(TUESDAY)[:days]]


def brief(found: list[Lookups]) -> Brief:
    return brief_of(TUESDAY, [], [], found, BOOKS)


def test_it_looks_at_earlier_days_of_the_same_weekday() -> None:
    days = same_weekdays_before(TUESDAY)
    assert {day.weekday() for day in days} == {TUESDAY.weekday()}
    assert len(days) == LOOKS_BACK and max(days) == TUESDAY - timedelta(days=7)


def test_four_such_days_with_ten_lookups_say_what_is_usual() -> None:
    assert [line.title for line in brief(lookups(4)).usual] == ["Where is my refund"]


def test_three_days_are_too_few_however_much_was_looked_up() -> None:
    found = brief(lookups(3, times=100))
    assert found.usual == ()
    assert "Mend does not know yet" in blocks.brief(found, "since Monday").text


def test_nine_lookups_are_too_few_however_many_days_there_were() -> None:
    assert brief(lookups(9, times=1)).usual == ()


def test_what_is_looked_up_most_comes_first() -> None:
    both = [*lookups(4), *lookups(4, "wrong-item", 5)]
    assert [line.title for line in brief(both).usual] == ["This is not mine", "Where is my refund"]


def test_a_line_says_the_first_sentence_only() -> None:
    told = blocks.brief(brief(lookups(4)), "since Monday").text
    assert "If a customer says “Where is my refund”, then I say: “I will find it.”" in told
    assert "Give me a minute" not in told


def test_what_customers_do_not_bring_and_what_is_gone_is_no_usual_problem() -> None:
    gone = [*lookups(4, "tension", 50), *lookups(4, "deleted", 50), *lookups(4)]
    assert [line.title for line in brief(gone).usual] == ["Where is my refund"]


@given(
    st.lists(
        st.builds(
            PlaybookChange,
            slug=st.sampled_from(["refund-late", "wrong-item", "tension", "a", "b", "c"]),
            title=st.text(max_size=300),
            kind=st.sampled_from(list(ChangeKind)),
            digest=st.just("x"),
            at=st.just(NOW),
        )
    ),
    st.lists(
        st.builds(
            Condition,
            id=st.just("1"),
            team=st.just(""),
            words=st.text(min_size=1, max_size=WORDS_LENGTH),
            until=st.just(TUESDAY),
            playbook=st.sampled_from(["", "refund-late", "gone"]),
        )
    ),
    st.integers(0, 12),
)
def test_a_brief_is_at_most_ten_lines(
    changes: list[PlaybookChange], conditions: list[Condition], days: int
) -> None:
    found = brief_of(TUESDAY, changes, conditions, lookups(days) * 4, BOOKS)
    content = blocks.brief(found, "since Monday")
    assert len(content.text.splitlines()) <= 10 and len(content.blocks) <= 10
