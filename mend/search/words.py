"""Ranks by words (BM25): exact, instant, and all there is while vectors are missing."""

from __future__ import annotations

import math
import re
import unicodedata
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_SUFFIX = re.compile(r"(?=.*[aeiouy])(.{3,})(?:ing|ed|ation|ment)")
_SATURATION = 1.2
_LENGTH_WEIGHT = 0.75

_GRAMMAR_AND_COURTESY = """
    a about am an and any are as at be been being but by can can't could did do does doing don't
    for from get give had has have having he hello her hey hi him his how i i'd i'll i'm i've if in
    into is it it's its just kindly know let like me my need of on or our out please pls she should
    so some tell thank thanks that that's the their them then there they this those to us want
    wanted wants was we were what what's when where which who why will with would you your
"""
STOP_WORDS = frozenset(_GRAMMAR_AND_COURTESY.split())


def words_of(text: str) -> list[str]:
    """Lower-case words and numbers of any script, without accents and punctuation."""
    plain = text.lower()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain.replace("\u2019", "'"))
        plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _WORD.findall(plain)


def terms_of(words: Iterable[str]) -> list[str]:
    """What is compared: the words that carry meaning, cut to their stems."""
    return [stem(word) for word in words if word not in STOP_WORDS]


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """One form for charge, charges, charged, charging; rough, but the same for both sides."""
    word = word.removesuffix("'s").replace("'", "")
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-3] + "y" if word.endswith("ies") and len(word) > 4 else word[:-1]
    match = _SUFFIX.fullmatch(word)
    if match:
        word = match[1]
    if word[-1:] == word[-2:-1] and word[-1:] not in ("", "s", "z"):  # cancelled; not passed
        word = word[:-1] if len(word) > 5 or (match and word[-1] != "l") else word
    return word[:-1] if len(word) > 4 and word.endswith("e") else word


class WordIndex:
    """BM25 over documents, each given as terms with weights."""

    def __init__(self, documents: Sequence[Mapping[str, float]]) -> None:
        self._count = len(documents)
        lengths = [sum(document.values()) for document in documents]
        average = sum(lengths) / max(1, len(lengths)) or 1.0
        found: defaultdict[str, tuple[array[int], array[float]]]
        found = defaultdict(lambda: (array("i"), array("f")))
        for number, document in enumerate(documents):
            length = 1 - _LENGTH_WEIGHT + _LENGTH_WEIGHT * lengths[number] / average
            for term, weight in document.items():
                numbers, gains = found[term]
                numbers.append(number)
                gains.append(weight * (_SATURATION + 1) / (weight + _SATURATION * length))
        self._postings = {
            term: (np.array(numbers), np.array(gains) * np.float32(self._rarity(len(numbers))))
            for term, (numbers, gains) in found.items()
        }
        self._terms = sorted(found)

    def scores(self, terms: Iterable[str]) -> NDArray[np.float32]:
        """One score a document, 0 where no term occurs. A term said twice counts once."""
        total = np.zeros(self._count, np.float32)
        for term in dict.fromkeys(terms):
            if term in self._postings:
                numbers, gains = self._postings[term]
                total[numbers] += gains
        return total

    def best_scores(self, terms: Iterable[str]) -> NDArray[np.float32]:
        """One score a document: that of the best of the terms alone."""
        best = np.zeros(self._count, np.float32)
        for term in terms:
            numbers, gains = self._postings[term]
            best[numbers] = np.maximum(best[numbers], gains)
        return best

    def rarity(self, terms: Iterable[str]) -> float:
        """About the score of a document that has each of the terms once."""
        counts = (len(self._postings.get(term, ((), ()))[0]) for term in dict.fromkeys(terms))
        return sum(self._rarity(count) for count in counts)

    def weight(self, word: str) -> float:
        """How much a word of a query says: its rarity, or 0 where no document has it."""
        terms = terms_of([word])
        return self.rarity(terms) if terms and terms[0] in self._postings else 0.0

    def beginning(self, start: str) -> list[str]:
        """The first 50 terms that begin with `start`."""
        place = bisect_left(self._terms, start)
        near = self._terms[place : place + 50]
        return [term for term in near if term.startswith(start)]

    def _rarity(self, count: int) -> float:
        return math.log(1 + (self._count - count + 0.5) / (count + 0.5))
