"""A library as the ranking reads it: every playbook's texts in plain words."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice, takewhile
from typing import NamedTuple

import numpy as np

from mend.playbooks.model import Playbook, State
from mend.search.confidence import strangers
from mend.search.lexicon import Lexicon
from mend.search.reading import QueryReader
from mend.search.words import WordIndex, stem, terms_of, words_of

_MOST_LEARNED = 20  # phrases a playbook gains from feedback; the latest
_SUMMARY_WEIGHT = 1.0  # in the middle of a playbook; a phrase's is 1
_TITLE_WEIGHT = 2.0  # of title and summary as one text
_LOOKED_AT = 200  # playbooks whose titles are looked at for a word that is still being typed
_BODY_WEIGHT = 0.2  # of a word in the steps, beside one in title, summary and phrases


@dataclass(frozen=True, slots=True)
class Text:
    """A text to be encoded, in plain words, and its weight in the middle of its playbook."""

    plain: str
    weight: float
    is_phrase: bool


class Library:
    """The playbooks that agents are served, in order of slug."""

    def __init__(
        self,
        playbooks: Iterable[Playbook],
        learned: Mapping[str, Sequence[str]],
        lexicon: Lexicon,
        dictionary: Mapping[str, int],
    ) -> None:
        """`dictionary`: English words by rank, for repairing queries; may be empty."""
        served = sorted((p for p in playbooks if p.state is State.READY), key=lambda p: p.slug)
        self.slugs = [playbook.slug for playbook in served]
        found = [_found_by(p, tuple(learned.get(p.slug, ())), lexicon) for p in served]
        self.texts = [each.texts for each in found]
        self.words = WordIndex([each.terms for each in found])
        self.not_for = [each.not_for for each in found]
        self.strangers = [lexicon.english(words_of(text)) for text in strangers()]
        found_by = (text.plain for texts in self.texts for text in texts)
        plain = (text.split() for text in chain(found_by, *self.not_for))
        self.reader = QueryReader(lexicon, plain, dictionary, self.words.weight)
        self._title_of = [" ".join(words_of(playbook.title)) for playbook in served]
        self._titles = sorted((title, n) for n, title in enumerate(self._title_of))
        self._owner: dict[str, int | None] = {}
        for number, texts in enumerate(self.texts):
            for text in texts:
                same = self._owner.get(text.plain, number) == number
                self._owner[text.plain] = number if same else None

    def titled(self, query: str) -> int | None:
        """The one playbook whose whole title this is: who types a title means its playbook."""
        typed = " ".join(words_of(query))
        return self._title_of.index(typed) if self._title_of.count(typed) == 1 else None

    def to_encode(self) -> list[str]:
        """Every text that ranking by meaning needs, each once."""
        others = (" ".join(words) for words in self.strangers)
        return list(dict.fromkeys([*self._owner, *chain(*self.not_for), *others]))

    def owner_of(self, plain: str) -> int | None:
        """The one playbook that has exactly these plain words as a text."""
        return self._owner.get(plain)

    def beginning(self, typed: str, limit: int) -> tuple[str, ...]:
        """Slugs for a sentence still being typed; its last word may be unfinished, others mistyped.

        Titles that begin so come first, then those with a word that begins as the last one, then
        whatever has most of the words.
        """
        words = words_of(typed)
        if not words:
            return ()
        done = terms_of(self.reader.words(" ".join(words[:-1])))
        half = self.words.beginning(words[-1]) or self.words.beginning(stem(words[-1]))
        if half:
            scores = self.words.scores(done) + self.words.best_scores(half)
        else:
            scores = self.words.scores([*done, *terms_of(self.reader.words(typed))])
        found = np.flatnonzero(scores)
        ordered = map(int, found[np.argsort(-scores[found], kind="stable")][:_LOOKED_AT])
        start = " ".join(words)
        titles = islice(self._titles, bisect_left(self._titles, (start, 0)), None)
        begun = takewhile(lambda title: title[0].startswith(start), titles)
        named = sorted(ordered, key=lambda number: not self._is_named(number, words[-1]))
        numbers = dict.fromkeys((*(number for _, number in begun), *named))
        return tuple(self.slugs[number] for number in islice(numbers, limit))

    def _is_named(self, number: int, start: str) -> bool:
        """Whether a word of the title begins so."""
        return any(word.startswith(start) for word in self._title_of[number].split())


class _FoundBy(NamedTuple):
    """What one playbook is found by: texts, terms with weights, and what it is not for."""

    texts: Sequence[Text]
    terms: Mapping[str, float]
    not_for: Sequence[str]


def _found_by(playbook: Playbook, learned: Sequence[str], lexicon: Lexicon) -> _FoundBy:
    phrases = (*playbook.phrases, *learned[-_MOST_LEARNED:])
    body = (playbook.say_first, *playbook.do, playbook.if_stuck, playbook.close)
    return _read(playbook.title, playbook.summary, phrases, body, playbook.not_for, lexicon)


@lru_cache(maxsize=10_000)  # one that is saved makes a new library of all, each read only once
def _read(
    title: str,
    summary: str,
    phrases: tuple[str, ...],
    body: tuple[str, ...],
    not_for: tuple[str, ...],
    lexicon: Lexicon,
) -> _FoundBy:
    def plain(text: str) -> str:
        return " ".join(lexicon.english(words_of(text)))

    title_and_summary = plain(f"{title}. {summary}")
    in_short = plain(summary)
    by = [phrase for phrase in dict.fromkeys(map(plain, phrases)) if phrase]
    texts = [
        Text(title_and_summary, _TITLE_WEIGHT, is_phrase=False),
        *([Text(in_short, _SUMMARY_WEIGHT, is_phrase=False)] if in_short else []),
        *(Text(phrase, 1.0, is_phrase=True) for phrase in by),
    ]
    terms: defaultdict[str, float] = defaultdict(float)
    for text in (title_and_summary, *by):
        for term in terms_of(text.split()):
            terms[term] += 1
    for text in body:
        for term in terms_of(plain(text).split()):
            terms[term] += _BODY_WEIGHT
    others = dict.fromkeys(text for text in map(plain, not_for) if text)
    return _FoundBy(texts, terms, [*others])
