"""What happens after an answer: uses counted and, for the person, remembered; phrases learned."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from mend.db.engine import Database
from mend.people.audit import Audit
from mend.people.directory import People
from mend.people.model import Role
from mend.people.teams import Teams
from mend.playbooks.library import Library
from mend.playbooks.model import Playbook
from mend.repair.gap_store import GapStore
from mend.repair.model import (
    COMPETE_OFTEN,
    KEEP_ASKERS,
    KEEP_COUNTS,
    KEEP_GAPS,
    KEEP_USES,
    MOST_USED_WINDOW,
    USE_WINDOW,
    LearnedPhrase,
    Use,
    phrase_worth_keeping,
)
from mend.repair.store import LearningStore
from mend.slack.store import Notices
from mend.text.redactor import Redactor


@dataclass(frozen=True)
class Feedback:
    """Learns about playbooks; keeps as little as it can about people."""

    db: Database
    library: Library
    people: People
    redactor: Redactor
    teams: Teams
    now: Callable[[], datetime]

    def seen(self, person: str, book: Playbook, rival: str = "") -> None:
        """Count a lookup (nobody's), and remember which version this person saw last.

        `rival` is the playbook that the same words would have found, or did find first.
        """
        team, learning = self._team(person), LearningStore(self.db)
        with self.db.transaction():
            learning.count(team, book.slug, "shown", self.teams.today(person))
            if rival:
                learning.competed(book.slug, rival, self._day())
            learning.used(person, team, book.slug, book.parts(), self.now())

    def changed_since_use(self, person: str, book: Playbook) -> tuple[str, ...]:
        """The parts that read differently from when this person last saw the playbook."""
        last = LearningStore(self.db).last_use(person, book.slug)
        if last is None:
            return ()
        return tuple(part for part, mark in book.parts().items() if last[1].get(part) != mark)

    def judged(self, person: str, slug: str, *, worked: bool) -> bool:
        """Count "It worked" or "Not this one", once for each time they saw it; whether it did."""
        with self.db.transaction():
            counts = bool(self.library.get(slug)) and LearningStore(self.db).judged(person, slug)
            if counts:
                what = "worked" if worked else "not_this"
                today = self.teams.today(person)
                LearningStore(self.db).count(self._team(person), slug, what, today)
        return counts

    def phrase(self, person: str, slug: str, words: str) -> str | None:
        """The phrase to learn from words that led this person to the right playbook, if any.

        The words come back in a button's value, so that they find the playbook is looked at again.
        """
        book = self.library.get(slug)
        learning = LearningStore(self.db)
        if book is None or not learning.may_judge(person, slug) or self.redactor.words(words).found:
            return None
        if all(hit.slug != slug for hit in self.library.find(words).hits):
            return None
        return phrase_worth_keeping(words, book, learning.phrases(people=1, slug=slug))

    def worked(self, person: str, slug: str, phrase: str | None) -> None:
        """It worked; from the second person on everybody finds the playbook by that phrase."""
        if self.judged(person, slug, worked=True) and phrase:
            self.learn(person, slug, phrase)

    def learn(self, person: str, slug: str, phrase: str) -> None:
        """Count this person as one who found the playbook by that phrase."""
        LearningStore(self.db).learn(slug, phrase, person, self.now())
        self.library.relearn()
        self.library.warm()

    def undo_phrase(self, admin: str, phrase: int) -> None:
        """Find a playbook by that phrase no more, whoever uses it, and however many do."""
        self.people.require(admin, Role.ADMIN)
        learning, now = LearningStore(self.db), self.now()
        slug = next((p.slug for p in learning.phrases(people=1) if p.id == phrase), None)
        if slug is None:
            return
        with self.db.transaction():
            learning.undo_phrase(phrase, now)
            Audit(self.db).note(admin, "undid a phrase of", slug, now)
        self.library.relearn()

    def most_used(self, limit: int) -> list[Playbook]:
        since = self._day() - MOST_USED_WINDOW
        slugs = LearningStore(self.db).most_shown(since, limit)
        return [book for slug in slugs if (book := self.library.get(slug))]

    def recently_used(self, person: str, limit: int) -> list[Playbook]:
        slugs = LearningStore(self.db).recently_used(person, limit)
        return [book for slug in slugs if (book := self.library.get(slug))]

    def use(self) -> tuple[list[Use], list[tuple[str, str]], list[LearnedPhrase]]:
        """What became of each playbook's answers lately, which compete, what is (to be) learned:

        of closed windows, and of phrases as the last day ended.
        """
        since, learning = self._day() - USE_WINDOW, LearningStore(self.db)
        return (
            learning.use(since, self._day()),
            learning.competing(since, COMPETE_OFTEN),
            [each for each in learning.phrases(people=1) if each.people_shown],
        )

    def forget(self) -> None:
        """Drop who asked, and phrases that waited, after thirty days, who used what after ninety,

        counts after a year.
        """
        now = self.now()
        with self.db.transaction():
            counts = self._day() - KEEP_COUNTS
            LearningStore(self.db).forget(now - KEEP_ASKERS, now - KEEP_USES, counts)
            GapStore(self.db).forget(now - KEEP_ASKERS, now - KEEP_GAPS)
            Notices(self.db).forget(now - KEEP_USES)

    def _team(self, person: str) -> str:
        team = self.teams.of(person)
        return team.channel if team else ""

    def _day(self) -> date:
        return self.now().date()
