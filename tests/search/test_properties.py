"""What holds for every query."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from mend.search import Answer, Ranker

WORDS = ["refund", "cx", "na", "2x", "chrage", "galit", "wala", "qzx", "no", "the", "😀", "twice"]
queries = st.one_of(
    st.text(max_size=200),
    st.text(st.characters(), max_size=200),  # surrogates and unassigned characters too
    st.lists(st.sampled_from(WORDS)).map(" ".join),
)


@settings(max_examples=40, deadline=None)
@given(query=queries, limit=st.integers(0, 8))
def test_any_query_gets_an_orderly_answer_by_meaning(
    ranker: Ranker, query: str, limit: int
) -> None:
    answer = ranker.find(query, limit)
    assert is_orderly(answer, limit)
    assert ranker.find(query, limit) == answer


@settings(deadline=None)
@given(query=queries, limit=st.integers(0, 8))
def test_any_query_gets_an_orderly_answer_by_words(
    words_only: Ranker, query: str, limit: int
) -> None:
    answer = words_only.find(query, limit)
    assert is_orderly(answer, limit)
    assert words_only.find(query, limit) == answer


@settings(deadline=None)
@given(typed=queries, limit=st.integers(0, 8))
def test_any_typing_gets_different_suggestions(ranker: Ranker, typed: str, limit: int) -> None:
    slugs = ranker.suggest(typed, limit)
    assert len(slugs) == len(set(slugs)) <= limit


@settings(max_examples=10, deadline=None)
@given(query=st.text(st.characters(), min_size=1000, max_size=4000))
def test_a_very_long_query_gets_an_orderly_answer(ranker: Ranker, query: str) -> None:
    assert is_orderly(ranker.find(query), 4)


def is_orderly(answer: Answer, limit: int) -> bool:
    scores = [hit.score for hit in answer.hits]
    different = len({hit.slug for hit in answer.hits}) == len(scores)
    return len(scores) <= limit and different and scores == sorted(scores, reverse=True)
