"""Answers questions to one library; never changed once it is built."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeVar

import numpy as np

from mend.search.answers import Answer, Confidence, Hit
from mend.search.confidence import Sample, Signals, Thresholds, calibrated
from mend.search.library import Library
from mend.search.meaning import MeaningIndex
from mend.search.sentences import SentenceModel, Vectors, unit
from mend.search.words import terms_of

_WORDS_WEIGHT = 0.15  # of the words' score beside the meaning's
_STRETCH = 50  # words that the model reads at once; more do not fit into it
_FEW = 10  # playbooks below which a z-score says nothing
_TINY = 1e-9
_Place = TypeVar("_Place")
# Phrases, and as many sentences of `not_for`, that thresholds are read from: the more the surer,
# and each is compared with every playbook.
_FEWEST_SAMPLES = 150
_COMPARISONS = 60_000
# Without a model: the part of a query's words found, by rarity, and its lead over the next.
_FITS, _SURE, _LEAD = 0.3, 0.75, 0.3


class _Ranking(NamedTuple):
    """For every playbook what it is ordered by, how close it is, and its part of the words."""

    scores: Vectors
    closeness: Vectors
    covered: Vectors


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
            refused = [
                [text for text in texts if text in self._vectors] for texts in library.not_for
            ]
            self._meaning = MeaningIndex(
                [[self._vectors[text.plain] for text in group] for group in groups],
                [text.weight for text in self._texts],
                [[self._vectors[text] for text in texts] for texts in refused],
            )
            self._thresholds = self._calibrated(self._meaning, refused)
            own = {text.plain for text in self._texts}
            # Copies: a row of the cache's file would keep the whole of it in memory.
            self._vectors = {t: v.copy() for t, v in self._vectors.items() if t not in own}

    def vectors(self) -> dict[str, Vectors]:
        """The vectors at hand, by text."""
        if self._meaning is None:
            return self._vectors
        plain = (text.plain for text in self._texts)
        return self._vectors | dict(zip(plain, self._meaning.rows, strict=True))

    def find(self, query: str, limit: int) -> Answer:
        """The best `limit` playbooks for `query`."""
        words = self.library.reader.words(query)
        if not words or not self.library.slugs:
            return Answer((), Confidence.NONE)
        if self._model and self._meaning:
            vector = _vector(self._model, words)
            ranking = self._by_meaning(self._meaning, vector, words)
            confidence = self._thresholds.judge(_signals(self._meaning, ranking, vector))
        else:
            ranking = self._by_words(words)
            confidence = _by_words_alone(ranking)
        if confidence is Confidence.NONE and not ranking.covered.any():
            return Answer((), Confidence.NONE)  # no word known, and a meaning near to nothing
        titled = self.library.titled(query)
        if titled is not None:
            ranking.scores[titled] = ranking.scores.max() + 1
            confidence = Confidence.SURE
        order = np.argsort(-ranking.scores, kind="stable")[:limit]
        hits = tuple(Hit(self.library.slugs[n], _shown(ranking, n)) for n in order)
        return Answer(hits, confidence)

    def _by_meaning(
        self,
        meaning: MeaningIndex,
        vector: Vectors,
        words: Sequence[str],
        without: int | None = None,
    ) -> _Ranking:
        closeness = meaning.closeness(vector, without)
        exact = self.library.owner_of(" ".join(words)) if without is None else None
        if exact is not None:
            closeness[exact] = 1.0
        terms = terms_of(words)
        found = self.library.words.scores(terms)
        covered = found / (self.library.words.rarity(terms) + _TINY)
        if len(closeness) < _FEW:
            found = found / found.max(initial=_TINY)
        else:
            # Both as z-scores, brought back to the unit of the closeness.
            found = (found - found.mean()) / (found.std() + _TINY) * closeness.std()
        return _Ranking(closeness + _WORDS_WEIGHT * found, closeness, covered)

    def _by_words(self, words: Sequence[str]) -> _Ranking:
        terms = terms_of(words)
        part = self.library.words.scores(terms) / (self.library.words.rarity(terms) + _TINY)
        return _Ranking(part, part, part)

    def _calibrated(self, meaning: MeaningIndex, refused: Sequence[Sequence[str]]) -> Thresholds:
        """What phrases, near misses and strangers reach, each asked of the library without it."""
        phrases = []
        most = max(_FEWEST_SAMPLES, _COMPARISONS // len(self.library.slugs))
        for row in _spread([n for n, text in enumerate(self._texts) if text.is_phrase], most):
            vector = meaning.rows[row].astype(np.float32)
            ranking = self._by_meaning(meaning, vector, self._texts[row].plain.split(), row)
            signals = _signals(meaning, ranking, vector, row=row)
            best = int(ranking.scores.argmax())
            phrases.append(Sample(signals.evidence(), best == meaning.owner_of(row)))
        near_misses = []
        places = [(n, place) for n, texts in enumerate(refused) for place in range(len(texts))]
        for number, place in _spread(places, most):
            vector = meaning.not_for[number][place].astype(np.float32)
            ranking = self._by_meaning(meaning, vector, refused[number][place].split())
            signals = _signals(meaning, ranking, vector, near_miss=(number, place))
            best = int(ranking.scores.argmax())
            near_misses.append(Sample(signals.evidence(), best != number))
        foreign = []
        for words in self.library.strangers:
            if (stranger := self._vectors.get(" ".join(words))) is not None:
                vector = stranger.astype(np.float32)
                ranking = self._by_meaning(meaning, vector, words)
                foreign.append(_signals(meaning, ranking, vector).evidence())
        return calibrated(phrases, near_misses, foreign)


def _vector(model: SentenceModel, words: Sequence[str]) -> Vectors:
    """What the words mean; of a long message the middle of its parts, equally long.

    A story, a courtesy or a signature is near to no playbook more than to the others: in the
    middle they weigh little, and the wish is found wherever it stands.
    """
    parts = -(-len(words) // _STRETCH)
    ends = [len(words) * part // parts for part in range(parts + 1)]
    texts = [" ".join(words[start:end]) for start, end in pairwise(ends)]
    return unit(model.encode(texts).sum(axis=0))


def _spread(found: Sequence[_Place], most: int) -> list[_Place]:
    """At most so many of them, evenly from first to last."""
    count = min(len(found), most)
    return [found[n] for n in np.linspace(0, len(found) - 1, count).astype(int)]


def _signals(
    meaning: MeaningIndex,
    ranking: _Ranking,
    vector: Vectors,
    row: int | None = None,
    near_miss: tuple[int, int] = (-1, 0),
) -> Signals:
    """Of the best playbook, as if row `row`, or a sentence of a `not_for`, were not there."""
    best = int(ranking.scores.argmax())
    next_best = np.delete(ranking.scores, best).max(initial=0)
    return Signals(
        closeness=float(ranking.closeness[best]),
        lead=float(ranking.scores[best] - next_best),
        nearest=meaning.nearest(best, vector, row),
        refused=meaning.refused(best, vector, near_miss[1] if near_miss[0] == best else None),
        covered=float(ranking.covered[best]),
    )


def _shown(ranking: _Ranking, number: int) -> float:
    """The best one's closeness, less what the others are behind it in the order."""
    best = int(ranking.scores.argmax())
    behind = ranking.scores[best] - ranking.scores[number]
    return round(float(ranking.closeness[best] - behind), 4)


def _by_words_alone(ranking: _Ranking) -> Confidence:
    best = int(ranking.closeness.argmax())
    part = ranking.closeness[best]
    lead = part - np.delete(ranking.closeness, best).max(initial=0)
    if part < _FITS:
        return Confidence.NONE
    return Confidence.SURE if part >= _SURE and lead >= _LEAD else Confidence.MAYBE
