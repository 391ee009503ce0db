"""Repairs mistyped words of a query before anything else reads them."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from itertools import groupby

from rapidfuzz import process
from rapidfuzz.distance import OSA

_SHORTEST = 3  # letters; shorter words have too many neighbours to guess
_LONGEST = 20  # letters; more is no word, and every letter costs time
_TWO_SLIPS_FROM = 6  # letters a library word needs before two slips are forgiven
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ENDINGS = ("s", "ed", "ing")


class Typos:
    """Knows a library's words with how often each occurs, and a dictionary of English.

    The dictionary gives each word its rank, the most frequent words the lowest; it may be empty.
    """

    def __init__(
        self,
        library: Mapping[str, int],
        dictionary: Mapping[str, int],
        others: Container[str] = frozenset(),
    ) -> None:
        """`others`: words that are right as they are, but that nothing is corrected into."""
        self._library = library
        self._dictionary = dictionary
        self._others = others
        self._long = [word for word in library if len(word) >= _TWO_SLIPS_FROM]
        common = sorted(library, key=lambda word: (library[word], word))
        self._shortened = {_without_vowels(word): word for word in common if len(word) > _SHORTEST}

    def __contains__(self, word: object) -> bool:
        return word in self._library or word in self._dictionary or word in self._others

    def knows(self, word: str) -> bool:
        """Whether `word`, as it is or without a common ending, is a known word."""
        return word in self or any(
            word.endswith(ending) and word.removesuffix(ending) in self for ending in _ENDINGS
        )

    def repaired(self, word: str) -> str:
        """`word`, or the known word it is most likely meant to be.

        First a library word without its vowels, then a library word one slip away, then a
        dictionary word one slip away, then a long library word two slips away.
        """
        if not (_SHORTEST <= len(word) <= _LONGEST and word.isascii() and word.isalpha()):
            return word
        if self.knows(word):
            return word
        if word in self._shortened:
            return self._shortened[word]
        near = {w for w in _one_slip_away(word) if len(w) >= _SHORTEST}
        if library := near & self._library.keys():
            return max(library, key=lambda w: (_likeness(word, w), self._library[w], w))
        if dictionary := near & self._dictionary.keys():
            return max(dictionary, key=lambda w: (_likeness(word, w), -self._dictionary[w]))
        best = process.extractOne(word, self._long, scorer=OSA.distance, score_cutoff=2)
        return best[0] if best else word


def _likeness(typed: str, meant: str) -> int:
    """How usual the slip is: a letter struck twice, then one lost or changed, not the first."""
    if any(
        typed[n] == typed[n - 1] and typed[:n] + typed[n + 1 :] == meant
        for n in range(1, len(typed))
    ):
        return 3
    return (len(meant) >= len(typed)) + (meant[0] == typed[0])


def _without_vowels(word: str) -> str:
    """What is left in shorthand: rcvd of received, cstmr of customer."""
    rest = [letter for letter in word[1:] if letter not in "aeiou"]
    return word[:1] + "".join(letter for letter, _ in groupby(rest))


def _one_slip_away(word: str) -> Iterator[str]:
    """Every string one letter more, less or different, or with two neighbours swapped."""
    for place in range(len(word) + 1):
        left, right = word[:place], word[place:]
        if right:
            yield left + right[1:]
        if len(right) > 1:
            yield left + right[1] + right[0] + right[2:]
        for letter in _LETTERS:
            yield left + letter + right
            yield left + letter + right[1:]
