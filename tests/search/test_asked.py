"""The shipped playbooks, asked what people really asked: the right one, or a hedge."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mend.playbooks.files import PlaybookFolder
from mend.search import Confidence, Ranker, SentenceModel

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
        assert answer.hits[0].slug != book.slug or answer.confidence is not Confidence.SURE


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.slug)
def test_a_starter_is_found_by_each_of_its_phrases(starters: Ranker, book: Any) -> None:
    for phrase in book.phrases:
        assert starters.find(phrase).hits[0].slug == book.slug
