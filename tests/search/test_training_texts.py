"""What the sentence model was trained on (tools/model) is kept apart from what measures it."""

from __future__ import annotations

import json
from pathlib import Path

from mend.search.lexicon import Lexicon
from mend.search.words import words_of
from tools.model.texts import labelled

QUERIES = Path(__file__).parents[1] / "data/queries"


def test_no_query_that_is_only_measured_is_trained_on() -> None:
    lexicon = Lexicon()
    trained = {text.plain for text in labelled(with_queries=True)}
    measured = [
        json.loads(line)["query"]
        for line in (QUERIES / "fresh.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert [
        query for query in measured if " ".join(lexicon.english(words_of(query))[:50]) in trained
    ] == []
