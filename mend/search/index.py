"""Answers questions to one library; never changed once it is built."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from mend.search.answers import Answer, Confidence, Hit
from mend.search.library import Library
from mend.search.meaning import MeaningIndex, Thresholds
from mend.search.sentences import SentenceModel, Vectors
from mend.search.words import terms_of

_WORDS_WEIGHT = 0.1  # of the words' score beside the meaning's
_FEW = 10  # playbooks below which a z-score says nothing
_TINY = 1e-9
_WORDS_ALONE = Thresholds(fits=0.3, sure=0.75, lead=0.3)  # parts of a query found, by rarity


class _Ranking(NamedTuple):
    """For every playbook what it is ordered by and how close it is; what closeness means."""

    scores: Vectors
    closeness: Vectors
    thresholds: Thresholds


class Index:
    """Ranks by meaning and words, or by words alone while a playbook has no vector."""

    def __init__(
        self, library: Library, model: SentenceModel | None, vectors: Mapping[str, Vectors]
    ) -> None:
        self.library = library
        self._model = model
        self._meaning: MeaningIndex | None = None
        self._vectors = {t: vectors[t] for t in library.to_encode() if t in vectors}
        groups = [[t for t in texts if t.plain in self._vectors] for texts in library.texts]
        if model and groups and all(groups):
            self._texts = [text for group in groups for text in group]
            self._meaning = MeaningIndex(
                [[self._vectors[text.plain] for text in group] for group in groups],
                [text.weight for text in self._texts],
                [text.is_phrase for text in self._texts],
            )
            self._vectors = {}

    def vectors(self) -> dict[str, Vectors]:
        """The vectors at hand, by text."""
        if self._meaning is None:
            return self._vectors
        plain = (text.plain for text in self._texts)
        return dict(zip(plain, self._meaning.rows, strict=True))

    def find(self, query: str, limit: int) -> Answer:
        """The best `limit` playbooks for `query`."""
        words = self.library.reader.words(query)
        if not words or not self.library.slugs:
            return Answer((), Confidence.NONE)
        if self._model and self._meaning:
            ranking = self._by_meaning(words, self._model, self._meaning)
        else:
            ranking = self._by_words(words)
            if not ranking.scores.any():
                return Answer((), Confidence.NONE)
        order = np.argsort(-ranking.scores, kind="stable")[:limit]
        return Answer(
            tuple(Hit(self.library.slugs[n], _shown(ranking, n)) for n in order),
            _confidence(ranking),
        )

    def _by_meaning(
        self, words: list[str], model: SentenceModel, meaning: MeaningIndex
    ) -> _Ranking:
        plain = " ".join(words)
        closeness = meaning.closeness(model.encode([plain])[0])
        exact = self.library.owner_of(plain)
        if exact is not None:
            closeness[exact] = 1.0
        found = self.library.words.scores(terms_of(words))
        if len(closeness) < _FEW:
            found /= found.max(initial=_TINY)
        else:
            # Both as z-scores, brought back to the unit of the closeness.
            found = (found - found.mean()) / (found.std() + _TINY) * closeness.std()
        return _Ranking(closeness + _WORDS_WEIGHT * found, closeness, meaning.thresholds)

    def _by_words(self, words: list[str]) -> _Ranking:
        terms = terms_of(words)
        part = self.library.words.scores(terms) / (self.library.words.rarity(terms) + _TINY)
        return _Ranking(part, part, _WORDS_ALONE)


def _shown(ranking: _Ranking, number: int) -> float:
    """The best one's closeness, less what the others are behind it in the order."""
    best = int(ranking.scores.argmax())
    behind = ranking.scores[best] - ranking.scores[number]
    return round(float(ranking.closeness[best] - behind), 4)


def _confidence(ranking: _Ranking) -> Confidence:
    best = int(ranking.scores.argmax())
    closeness = ranking.closeness[best]
    lead = closeness - np.delete(ranking.closeness, best).max(initial=0)
    wanted = ranking.thresholds
    if closeness < wanted.fits:
        return Confidence.NONE
    return Confidence.SURE if closeness >= wanted.sure and lead >= wanted.lead else Confidence.MAYBE
