"""The playbooks being served: found by words, and what changed among them remembered."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from mend.domain.playbooks import Playbook, State
from mend.domain.recaps import ChangeKind, PlaybookChange
from mend.ports import Store
from mend.search import Answer, Ranker


class Library:
    """Holds the served playbooks; replaced as a whole, read from any thread."""

    def __init__(
        self, store: Store, ranker: Ranker, now: Callable[[], datetime], workspace: str
    ) -> None:
        self._store = store
        self._ranker = ranker
        self._now = now
        self._workspace = workspace
        self._books: dict[str, Playbook] = {}
        self._learned: dict[str, list[str]] = {}

    def replace(self, books: Iterable[Playbook]) -> list[Playbook]:
        """Serve these from now on and remember what is different; returns those that are new."""
        served = {book.slug: book for book in books if book.state is State.READY}
        before, self._books = self._books, served
        self.relearn()
        return self._remember(before, served)

    def relearn(self) -> None:
        """Rank with the phrases that are learned by now."""
        self._learned = {}
        for each in self._store.learning.phrases(self._workspace):
            self._learned.setdefault(each.slug, []).append(each.phrase)
        self._ranker.replace(self._books.values(), self._learned)

    def learned(self, slug: str) -> list[str]:
        return list(self._learned.get(slug, ()))

    def suggest(self, typed: str, limit: int) -> list[Playbook]:
        """For search-as-you-type."""
        return [
            self._books[slug] for slug in self._ranker.suggest(typed, limit) if slug in self._books
        ]

    def all(self) -> list[Playbook]:
        return list(self._books.values())

    def get(self, slug: str) -> Playbook | None:
        return self._books.get(slug)

    def find(self, words: str) -> Answer:
        return self._ranker.find(words)

    def _remember(self, before: dict[str, Playbook], served: dict[str, Playbook]) -> list[Playbook]:
        now, new = self._now(), []
        with self._store.transaction():
            known = self._store.recaps.known_playbooks(self._workspace)
            for slug, book in served.items():
                if known.get(slug) != book.digest:
                    # A file that differs in a comment only is no news, but its mark is kept.
                    kind = _kind(before.get(slug), book, slug in known, bool(known))
                    change = PlaybookChange(slug, book.title, kind, book.digest, now)
                    self._store.recaps.note_playbook_change(self._workspace, change)
                    new += [book] if kind is ChangeKind.NEW else []
            for slug in known.keys() - served.keys():
                title = before[slug].title if slug in before else slug
                change = PlaybookChange(slug, title, ChangeKind.RETIRED, "", now)
                self._store.recaps.note_playbook_change(self._workspace, change)
        return new


def _kind(before: Playbook | None, book: Playbook, is_known: bool, any_known: bool) -> ChangeKind:
    if not any_known or (before and replace(before, digest=book.digest) == book):
        return ChangeKind.SEEN
    if not is_known:
        return ChangeKind.NEW
    if before and before == replace(book, verified=before.verified, digest=before.digest):
        return ChangeKind.VERIFIED
    return ChangeKind.CHANGED
