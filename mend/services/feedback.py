"""What happens after an answer: uses remembered for the person, phrases learned, gaps kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from mend.blocks import repair as blocks
from mend.domain.learning import (
    KEEP_ASKERS,
    KEEP_USES,
    MOST_USED_WINDOW,
    phrase_worth_keeping,
    theme_of,
)
from mend.domain.playbooks import Playbook
from mend.language.personal_data import mask
from mend.ports import Store
from mend.services import notices
from mend.services.library import Library


class Feedback:
    """Learns about playbooks; keeps as little as it can about people."""

    def __init__(
        self, store: Store, library: Library, now: Callable[[], datetime], *, workspace: str
    ) -> None:
        self._store = store
        self._library = library
        self._now = now
        self._workspace = workspace

    def seen(self, person: str, book: Playbook) -> None:
        """Count a lookup (nobody's), and remember which version this person saw last."""
        with self._store.transaction():
            self._store.learning.looked_up(self._workspace, book.slug, self._now())
            self._store.learning.used(self._workspace, person, book.slug, book.parts(), self._now())

    def changed_since_use(self, person: str, book: Playbook) -> tuple[str, ...]:
        """The parts that read differently from when this person last saw the playbook."""
        last = self._store.learning.last_use(self._workspace, person, book.slug)
        if last is None:
            return ()
        return tuple(part for part, mark in book.parts().items() if last[1].get(part) != mark)

    def worked(self, person: str, slug: str, words: str) -> bool:
        """The words led to the right playbook: find it by them from now on. Whether it learned."""
        book = self._library.get(slug)
        masked = mask(words)
        if book is None or masked.found:
            return False
        phrase = phrase_worth_keeping(words, book, self._library.learned(slug))
        if phrase is None:
            return False
        self._store.learning.learn(self._workspace, slug, phrase, person, self._now())
        self._library.relearn()
        return True

    def missed(self, person: str, words: str) -> str:
        """Nothing fitted: keep the theme only; the id under which the words may be sent."""
        hits = self._library.find(words).hits
        closest = self._library.get(hits[0].slug) if hits else None
        return self._store.learning.missed(self._workspace, theme_of(closest), person, self._now())

    def send(self, person: str, gap: str, words: str) -> bool:
        """Add the (masked) words to a gap, at the wish of who met it."""
        return self._store.learning.send_words(self._workspace, gap, person, mask(words).text)

    def serve(self, books: Sequence[Playbook]) -> None:
        """Serve these playbooks; who looked in vain for what is new is told once, privately."""
        new = {book.slug: book for book in self._library.replace(books)}
        for gap in self._store.learning.gaps(self._workspace) if new else []:
            hits = self._library.find(gap.words).hits if gap.words else ()
            if hits and (book := new.get(hits[0].slug)):
                with self._store.transaction():
                    person = self._store.learning.close_gap(self._workspace, gap.id, self._now())
                    if person:
                        key = f"gap:{gap.id}"
                        content = blocks.now_exists(book)
                        notices.owe(self._store, self._workspace, key, person, content, self._now())

    def most_used(self, limit: int) -> list[Playbook]:
        since = self._now() - MOST_USED_WINDOW
        slugs = self._store.learning.most_looked_up(self._workspace, since, limit)
        return [book for slug in slugs if (book := self._library.get(slug))]

    def recently_used(self, person: str, limit: int) -> list[Playbook]:
        slugs = self._store.learning.recently_used(self._workspace, person, limit)
        return [book for slug in slugs if (book := self._library.get(slug))]

    def forget(self) -> None:
        """Drop who asked after thirty days and who used what after ninety."""
        now = self._now()
        self._store.learning.forget(now - KEEP_ASKERS, now - KEEP_USES)
        self._store.notices.forget(now - KEEP_USES)
