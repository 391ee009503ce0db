"""What happens after an answer: uses remembered for the person, phrases learned, gaps kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
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
from mend.domain.roles import Role
from mend.ports import Store
from mend.services import notices
from mend.services.library import Library, Thank
from mend.services.masking import Masking
from mend.services.people import People


@dataclass(frozen=True)
class Feedback:
    """Learns about playbooks; keeps as little as it can about people."""

    store: Store
    library: Library
    people: People
    masking: Masking
    now: Callable[[], datetime]
    workspace: str
    thank: Thank

    def seen(self, person: str, book: Playbook) -> None:
        """Count a lookup (nobody's), and remember which version this person saw last."""
        with self.store.transaction():
            self.store.learning.looked_up(self.workspace, book.slug, self.now())
            self.store.learning.used(self.workspace, person, book.slug, book.parts(), self.now())

    def changed_since_use(self, person: str, book: Playbook) -> tuple[str, ...]:
        """The parts that read differently from when this person last saw the playbook."""
        last = self.store.learning.last_use(self.workspace, person, book.slug)
        if last is None:
            return ()
        return tuple(part for part, mark in book.parts().items() if last[1].get(part) != mark)

    def phrase(self, slug: str, words: str) -> str | None:
        """The phrase to learn from words that led to the right playbook, if there is one."""
        book = self.library.get(slug)
        if book is None or self.masking.words(words).found:
            return None
        return phrase_worth_keeping(words, book, self.library.learned(slug))

    def learn(self, person: str, slug: str, phrase: str) -> None:
        """Find the playbook by that phrase from now on."""
        self.store.learning.learn(self.workspace, slug, phrase, person, self.now())
        self.library.relearn()
        self.library.warm()

    def missed(self, person: str, words: str) -> str:
        """Nothing fitted: keep the theme only; the id under which the words may be sent."""
        hits = self.library.find(words).hits
        closest = self.library.get(hits[0].slug) if hits else None
        return self.store.learning.missed(self.workspace, theme_of(closest), person, self.now())

    def send(self, person: str, gap: str, words: str) -> bool:
        """Add the (masked) words to a gap, at the wish of who met it."""
        safe = self.masking.words(words).text
        return self.store.learning.send_words(self.workspace, gap, person, safe)

    def undo_phrase(self, admin: str, phrase: int) -> None:
        """Find a playbook by that phrase no more, whoever uses it."""
        self.people.require(admin, Role.ADMIN)
        learning, now = self.store.learning, self.now()
        slug = next((p.slug for p in learning.phrases(self.workspace) if p.id == phrase), None)
        if slug is None:
            return
        with self.store.transaction():
            learning.undo_phrase(self.workspace, phrase, now)
            self.store.audit.note(self.workspace, admin, "undid a phrase of", slug, now)
        self.library.relearn()

    def close_gap(self, admin: str, gap: str) -> None:
        self.people.require(admin, Role.ADMIN)
        learning, now = self.store.learning, self.now()
        theme = next((g.theme for g in learning.gaps(self.workspace) if g.id == gap), None)
        if theme is None:
            return
        with self.store.transaction():
            learning.close_gap(self.workspace, gap, now)
            self.store.audit.note(self.workspace, admin, "closed a gap about", theme, now)

    def note_changes(self) -> None:
        """Note what is new; who looked in vain for it is told once, privately."""
        new = {book.slug: book for book in self.library.note_changes(self.thank)}
        for gap in self.store.learning.gaps(self.workspace) if new else []:
            hits = self.library.find(gap.words).hits if gap.words else ()
            if hits and (book := new.get(hits[0].slug)):
                with self.store.transaction():
                    person = self.store.learning.close_gap(self.workspace, gap.id, self.now())
                    if person:
                        key = f"gap:{gap.id}"
                        content = blocks.now_exists(book)
                        notices.owe(self.store, self.workspace, key, person, content, self.now())

    def most_used(self, limit: int) -> list[Playbook]:
        since = self.now() - MOST_USED_WINDOW
        slugs = self.store.learning.most_looked_up(self.workspace, since, limit)
        return [book for slug in slugs if (book := self.library.get(slug))]

    def recently_used(self, person: str, limit: int) -> list[Playbook]:
        slugs = self.store.learning.recently_used(self.workspace, person, limit)
        return [book for slug in slugs if (book := self.library.get(slug))]

    def forget(self) -> None:
        """Drop who asked after thirty days and who used what after ninety."""
        now = self.now()
        self.store.learning.forget(now - KEEP_ASKERS, now - KEEP_USES)
        self.store.notices.forget(now - KEEP_USES)
