"""The shipped playbooks, asked what people really asked: the right one, or a hedge."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mend.playbooks.files import PlaybookFolder
from mend.search import Answer, Confidence, Ranker, SentenceModel

_ROOT = Path(__file__).resolve().parents[2]
_CASES = _ROOT / "tests/data/queries/cases.jsonl"
CASES = [json.loads(line) for line in _CASES.read_text(encoding="utf-8").splitlines()]
BOOKS = PlaybookFolder(_ROOT / "playbooks").playbooks


@pytest.fixture(scope="module")
def starters(model: SentenceModel) -> Ranker:
    ranker = Ranker(model)
    ranker.replace(BOOKS)
    ranker.warm()
    return ranker


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["query"][:60])
def test_what_was_asked_finds_the_right_starter_or_is_hedged(
    starters: Ranker, case: dict[str, Any]
) -> None:
    answer = starters.find(case["query"])
    is_right = answer.hits[0].slug in case["slugs"]
    is_hedged = answer.confidence is not Confidence.SURE
    assert is_right or (case["or_hedged"] and is_hedged), (answer.hits[:3], answer.confidence)


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.slug)
def test_a_starter_is_not_surely_given_for_what_it_is_not_for(starters: Ranker, book: Any) -> None:
    for sentence in book.not_for:
        answer = starters.find(sentence)
        is_its_own = [hit.slug for hit in answer.hits[:1]] == [book.slug]
        assert not is_its_own or answer.confidence is not Confidence.SURE


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.slug)
def test_a_starter_is_found_by_each_of_its_phrases(starters: Ranker, book: Any) -> None:
    for phrase in book.phrases:
        assert starters.find(phrase).hits[0].slug == book.slug


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.slug)
def test_a_title_typed_whole_is_surely_its_playbook(starters: Ranker, book: Any) -> None:
    """A card that is shared says: /repair and this title."""
    answer = starters.find(f"{book.title.upper()} ")
    assert (answer.hits[0].slug, answer.confidence) == (book.slug, Confidence.SURE)


@pytest.mark.parametrize("typed", ["zxcv blah", "qwrtpsdf zxcvbn", "asdf", "hmm ok", "注文"])
def test_where_no_word_is_known_and_nothing_is_alike_nothing_is_near(
    starters: Ranker, typed: str
) -> None:
    assert starters.find(typed) == Answer((), Confidence.NONE)


def test_of_whole_messages_full_of_story_half_find_their_starter_first(starters: Ranker) -> None:
    """Read in part, as once, a third does."""
    lines = (_ROOT / "tests/data/queries/long.jsonl").read_text(encoding="utf-8").splitlines()
    asked = [row for row in map(json.loads, lines) if row["kind"] == "long"]
    found = sum(starters.find(row["query"], 1).hits[0].slug == row["slug"] for row in asked)
    assert found > len(asked) / 2
