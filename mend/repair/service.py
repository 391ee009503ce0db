"""What happens after an answer: uses counted and, for the person, remembered; phrases learned."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from mend.db.engine import Database
from mend.people.directory import People
from mend.people.model import Role, Team
from mend.people.store import Audit
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

    def seen(self, person: str, book: Playbook, rival: str = "", channel: str = "") -> None:
        """Count a lookup (a team's, and nobody's), and remember which version they saw last.

        `rival` is the playbook that the same words would have found, or did find first; `channel`
        is where they looked, by which it is known in which of several teams.
        """
        found = self.teams.of(person, channel)
        team, day = (found.channel, self._day(found)) if found else ("", self._day())
        with self.db.transaction():
            LearningStore(self.db).count(book.slug, "shown", day, team)
            if rival:
                LearningStore(self.db).competed(book.slug, rival, self._day())
            LearningStore(self.db).used(person, book.slug, book.parts(), self.now(), team)

    def changed_since_use(self, person: str, book: Playbook) -> tuple[str, ...]:
        """The parts that read differently from when this person last saw the playbook."""
        last = LearningStore(self.db).last_use(person, book.slug)
        if last is None:
            return ()
        return tuple(part for part, mark in book.parts().items() if last[1].get(part) != mark)

    def judged(self, person: str, slug: str, *, worked: bool) -> bool:
        """Count "It worked" or "Not this one", once for each time they saw it; whether it did."""
        if self.library.get(slug) is None:
            return False
        with self.db.transaction():
            team = LearningStore(self.db).judged(person, slug)
            if team is None:
                return False
            day = self._day(self.teams.get(team))
            what = "worked" if worked else "not_this"
            LearningStore(self.db).count(slug, what, day, team)
        return True

    def phrase(self, person: str, slug: str, words: str) -> str | None:
        """The phrase to learn from words that led this person to the right playbook, if any; the
        same when they say so twice.

        The words come back in a button's value, so that they find the playbook is looked at again.
        """
        book = self.library.get(slug)
        learning = LearningStore(self.db)
        if book is None or self.redactor.words(words).found:
            return None
        if all(hit.slug != slug for hit in self.library.find(words).hits):
            return None
        known = learning.phrases(people=1, slug=slug)
        phrase = phrase_worth_keeping(words, book, known)
        taught = learning.taught(person)
        is_taught = any(each.phrase == phrase and each.id in taught for each in known)
        return phrase if is_taught or learning.may_judge(person, slug) else None

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

    def _day(self, team: Team | None = None) -> date:
        """Where the team works; that of UTC where it is no team's."""
        return self.now().astimezone(team.zone if team else UTC).date()
