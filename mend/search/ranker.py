"""Finds the playbook for a sentence: the door to this package for the rest of Mend."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from threading import Event, Lock

from mend.playbooks.model import Playbook
from mend.search.answers import Answer, Confidence
from mend.search.index import Index
from mend.search.lexicon import shipped
from mend.search.library import Library
from mend.search.sentences import SentenceModel, Vectors
from mend.search.vectors import VectorCache

_MEANT = 4  # suggestions for what a sentence means, before those that share its words
_AT_ONCE = 64  # texts encoded between two looks at `stop`: about a fifth of a second


class Ranker:
    """Ranks a library that may be replaced at any time; any thread may ask.

    A question is answered from one finished index; `replace` and `warm` put the next one in its
    place whole. Words alone rank while a playbook has no vector yet, and without a model.
    """

    def __init__(
        self, model: SentenceModel | None = None, cache: VectorCache | None = None
    ) -> None:
        self._model = model
        self._cache = cache
        self._replacing = Lock()
        self._warming = Lock()
        self._index = Index(Library((), {}, shipped(), {}), model, {})

    def replace(
        self, playbooks: Iterable[Playbook], learned: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        """Rank these playbooks from now on; drafts and archived ones are left out.

        `learned` gives phrases by slug that feedback added to those of the files; of each
        playbook's the last twenty count. Vectors that are known are used, `warm` adds the others.
        """
        library = self._library(playbooks, learned or {})
        with self._replacing:
            texts = library.to_encode()
            known = self._index.vectors()
            vectors = {text: known[text] for text in texts if text in known}
            missing = [text for text in texts if text not in vectors]
            if self._model and self._cache and missing:
                vectors |= self._cache.read(missing)
            self._index = Index(library, self._model, vectors)

    def warm(self, stop: Event | None = None) -> None:
        """Encode what has no vector yet and rank by it; `stop` ends it early, keeping the cache.

        Takes about 3 ms a text. Raises OSError when the cache cannot be written.
        """
        if self._model is None:
            return
        with self._warming:
            while not self._warm_once(self._model, stop or Event()):
                pass

    def find(self, words: str, limit: int = 4) -> Answer:
        """The best playbooks for `words`, at most `limit`, best first; never raises."""
        return self._index.find(words, limit)

    def suggest(self, prefix: str, limit: int = 10) -> tuple[str, ...]:
        """Slugs for a sentence that is still being typed.

        One word is looked for in titles and words. From the second on what `find` makes of them
        comes first: words alone put the right one first far less often.
        """
        index = self._index
        begun = index.library.beginning(prefix, limit)
        if begun and len(prefix.split()) == 1:
            return begun
        answer = index.find(prefix, min(limit, _MEANT))
        meant = answer.hits if answer.confidence is not Confidence.NONE else ()
        return tuple(dict.fromkeys((*(hit.slug for hit in meant), *begun)))[:limit]

    def _warm_once(self, model: SentenceModel, stop: Event) -> bool:
        """Encode one library; whether it is still the one being ranked, or the end was asked."""
        index = self._index
        known = index.vectors()
        missing = [text for text in index.library.to_encode() if text not in known]
        if not missing:
            return True
        fresh: dict[str, Vectors] = {}
        for start in range(0, len(missing), _AT_ONCE):
            if stop.is_set():
                break
            part = missing[start : start + _AT_ONCE]
            fresh.update(zip(part, model.encode(part), strict=True))
        with self._replacing:
            current = self._index
            self._index = Index(current.library, model, {**current.vectors(), **fresh})
        if self._cache:
            self._cache.write(self._index.vectors())
        return current is index or stop.is_set()

    def _library(
        self, playbooks: Iterable[Playbook], learned: Mapping[str, Sequence[str]]
    ) -> Library:
        phrases = tuple((slug, tuple(each)) for slug, each in sorted(learned.items()))
        return _read(tuple(playbooks), phrases, self._model)


@lru_cache(maxsize=1)  # a folder that was saved without a change is not read anew
def _read(
    playbooks: tuple[Playbook, ...],
    learned: tuple[tuple[str, tuple[str, ...]], ...],
    model: SentenceModel | None,
) -> Library:
    return Library(playbooks, dict(learned), shipped(), model.pieces.ranks if model else {})
