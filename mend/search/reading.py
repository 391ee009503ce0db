"""Turns what somebody typed into the plain English words that are compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import accumulate

from mend.search.lexicon import Lexicon, without_prefix
from mend.search.typos import Typos
from mend.search.words import words_of

_MOST_WORDS = 200  # of a query; each costs time, and few write more about one wish


class QueryReader:
    """Reads queries to one library: slips of the keyboard first, then shorthand and Taglish."""

    def __init__(
        self,
        lexicon: Lexicon,
        library: Iterable[Sequence[str]],
        dictionary: Mapping[str, int],
        weight: Callable[[str], float],
    ) -> None:
        """`library`: its texts in plain words. `weight`: how much a word says in this library."""
        counts = Counter(word for words in library for word in words)
        self._lexicon = lexicon
        self._typos = Typos(counts, dictionary, lexicon.words)
        self._weight = weight

    def words(self, query: str) -> list[str]:
        """The words meant by `query`; of a long one its most telling stretch."""
        words = words_of(query)
        if len(words) > _MOST_WORDS:
            words = self._most_telling(words)
        return self._lexicon.english([self._meant(word) for word in words])

    def _most_telling(self, words: list[str]) -> list[str]:
        """The first stretch of so many words that says most: of a thread, not its signatures."""
        sums = [0.0, *accumulate(self._weight(word) for word in words)]
        starts = range(len(words) - _MOST_WORDS + 1)
        best = max(starts, key=lambda start: sums[start + _MOST_WORDS] - sums[start])
        return words[best : best + _MOST_WORDS]

    def _meant(self, word: str) -> str:
        if self._typos.knows(word) or self._lexicon.knows(word):
            return word
        return without_prefix(word, self._typos) or self._typos.repaired(word)
