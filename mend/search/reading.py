"""Turns what somebody typed into the plain English words that are compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from mend.search.lexicon import Lexicon, without_prefix
from mend.search.typos import Typos
from mend.search.words import words_of

_MOST_WORDS = 80  # of a query; the sentence model takes in fewer


class QueryReader:
    """Reads queries to one library: slips of the keyboard first, then shorthand and Taglish."""

    def __init__(
        self, lexicon: Lexicon, library: Iterable[Sequence[str]], dictionary: Mapping[str, int]
    ) -> None:
        counts = Counter(word for words in library for word in words)
        counts.update(lexicon.words)
        self._lexicon = lexicon
        self._typos = Typos(counts, dictionary)

    def words(self, query: str) -> list[str]:
        """The words meant by `query`; the first 80 of a long one."""
        meant = [self._meant(word) for word in words_of(query)[:_MOST_WORDS]]
        return self._lexicon.english(meant)

    def _meant(self, word: str) -> str:
        if self._typos.knows(word):
            return word
        return without_prefix(word, self._typos) or self._typos.repaired(word)
