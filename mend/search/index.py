"""Answers questions to one library; never changed once it is built."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from mend.search.answers import Answer, Confidence, Hit
from mend.search.library import Library
from mend.search.meaning import MeaningIndex
from mend.search.sentences import SentenceModel, Vectors
from mend.search.words import terms_of

_WORDS_WEIGHT = 0.1  # of the words' score beside the meaning's
_FEW = 10  # playbooks below which a z-score says nothing
# Words alone: how much of a query, weighed by rarity, the best playbook must have to fit and to be
# sure, and its lead over the next as a part of its own score.
_FITS, _SURE, _LEAD = 0.3, 0.7, 0.3


class _Ranking(NamedTuple):
    """A score for every playbook; how close the best is; how sure one can be of it."""

    scores: Vectors
    closeness: float
    confidence: Confidence


class Index:
    """Ranks by meaning and words, or by words alone while a playbook has no vector."""

    def __init__(
        self, library: Library, model: SentenceModel | None, vectors: Mapping[str, Vectors]
    ) -> None:
        self.library = library
        self._model = model
        self._meaning: MeaningIndex | None = None
        groups = [[text for text in texts if text.plain in vectors] for texts in library.texts]
        if model and groups and all(groups):
            known = [text for group in groups for text in group]
            self._meaning = MeaningIndex(
                [[vectors[text.plain] for text in group] for group in groups],
                [text.weight for text in known],
                [text.is_phrase for text in known],
            )
            self.vectors = dict(zip([t.plain for t in known], self._meaning.rows, strict=True))
        else:
            self.vectors = dict(vectors)

    def find(self, query: str, limit: int) -> Answer:
        """The best `limit` playbooks for `query`."""
        words = self.library.reader.words(query)
        if not words or not self.library.slugs:
            return Answer((), Confidence.NONE)
        if self._model and self._meaning:
            ranking = self._by_meaning(words, self._model, self._meaning)
        else:
            ranking = self._by_words(words)
        order = np.argsort(-ranking.scores, kind="stable")[:limit]
        hits = (
            Hit(
                self.library.slugs[n],
                ranking.closeness - float(ranking.scores[order[0]] - ranking.scores[n]),
            )
            for n in order
        )
        return Answer(tuple(hit for hit in hits if hit.score > 0), ranking.confidence)

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
            found /= found.max(initial=1e-9)
            scores = closeness + _WORDS_WEIGHT * found
        else:
            # Both as z-scores, then back in the unit of the closeness.
            unit = closeness.std()
            scores = closeness + _WORDS_WEIGHT * unit * (found - found.mean()) / (
                found.std() + 1e-9
            )
        best = int(scores.argmax())
        lead = closeness[best] - np.delete(closeness, best).max(initial=0)
        wanted = meaning.thresholds
        if closeness[best] < wanted.fits:
            confidence = Confidence.NONE
        elif closeness[best] >= wanted.sure and lead >= wanted.lead:
            confidence = Confidence.SURE
        else:
            confidence = Confidence.MAYBE
        return _Ranking(scores, float(closeness[best]), confidence)

    def _by_words(self, words: list[str]) -> _Ranking:
        terms = terms_of(words)
        scores = self.library.words.scores(terms) / (self.library.words.rarity(terms) or 1.0)
        best = int(scores.argmax())
        lead = scores[best] - np.delete(scores, best).max(initial=0)
        if scores[best] < _FITS:
            confidence = Confidence.NONE
        elif scores[best] >= _SURE and lead >= _LEAD * scores[best]:
            confidence = Confidence.SURE
        else:
            confidence = Confidence.MAYBE
        return _Ranking(scores, float(scores[best]), confidence)
