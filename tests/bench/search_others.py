"""What else could rank playbooks, for comparison: SQLite's FTS5 and bm25s."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from mend.playbooks.model import Playbook
from mend.search import Answer, Confidence, Hit
from mend.search.words import STOP_WORDS


def kinds() -> dict[str, Any]:
    """By name; bm25s is no part of the project and compared where somebody installed it."""
    return {"FTS5": Fts5} | ({"bm25s": Bm25s} if find_spec("bm25s") else {})


def others(books: Sequence[Playbook]) -> dict[str, Any]:
    return {name: kind(books) for name, kind in kinds().items()}


class Fts5:
    """Porter stems, no stop words, title, summary and phrases."""

    def __init__(self, books: Sequence[Playbook]) -> None:
        self._base = sqlite3.connect(":memory:")
        self._base.execute(
            "create virtual table books using fts5(slug unindexed, said, tokenize='porter')"
        )
        rows = [(book.slug, "\n".join(book.finding_texts)) for book in books]
        self._base.executemany("insert into books values (?, ?)", rows)

    def find(self, words: str, limit: int = 4) -> Answer:
        asked = _words(words)
        if not asked:
            return Answer((), Confidence.NONE)
        rows = self._base.execute(
            "select slug, -rank from books where books match ? order by rank limit ?",
            (" OR ".join(f'"{word}"' for word in asked), limit),
        )
        return Answer(tuple(Hit(slug, score) for slug, score in rows), Confidence.MAYBE)


class Bm25s:
    """With its own tokenizer, over the same texts."""

    def __init__(self, books: Sequence[Playbook]) -> None:
        self._library = import_module("bm25s")
        self._slugs = [book.slug for book in books]
        self._ranker = self._library.BM25()
        texts = [" ".join(_words("\n".join(book.finding_texts))) for book in books]
        self._ranker.index(self._library.tokenize(texts, show_progress=False), show_progress=False)

    def find(self, words: str, limit: int = 4) -> Answer:
        asked = self._library.tokenize(" ".join(_words(words)), show_progress=False)
        few = min(limit, len(self._slugs))
        found, scores = self._ranker.retrieve(asked, k=few, show_progress=False)
        hits = (Hit(self._slugs[n], float(s)) for n, s in zip(found[0], scores[0], strict=True))
        return Answer(tuple(hits), Confidence.MAYBE)


def _words(text: str) -> list[str]:
    return [word for word in re.findall(r"\w+", text.lower()) if word not in STOP_WORDS]
