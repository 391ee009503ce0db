"""The gap queue: what was looked for in vain, by theme; whoever asked hears what became of it."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from mend.db.engine import Database
from mend.db.model import Refused
from mend.people.directory import People
from mend.people.model import Role
from mend.people.store import Audit
from mend.playbooks.library import Found, Library, Thank
from mend.playbooks.model import Playbook
from mend.repair import gap_views as blocks
from mend.repair.gap_store import GapStore
from mend.repair.model import (
    KEEP_ASKERS,
    NEAR_DUPLICATE,
    RELATED,
    Gap,
    Theme,
    holds_nobody,
    overlap,
    quantity,
    theme_of,
)
from mend.repair.store import LearningStore
from mend.search import Confidence
from mend.search.words import terms_of, words_of
from mend.slack.model import Content
from mend.slack.outbox import Outbox
from mend.text.guard import Guard
from mend.text.redactor import Redactor

BLAMES = (
    "The playbook team would read blame in these words. Type `/repair` and what the customer needs,"
    " then send that."
)


@dataclass(frozen=True)
class Gaps:
    """Keeps the theme of a miss; its words only where they were sent or two people used them."""

    db: Database
    outbox: Outbox
    library: Library
    people: People
    redactor: Redactor
    guard: Guard
    now: Callable[[], datetime]
    thank: Thank
    k: int

    def missed(self, person: str, words: str) -> None:
        """Nothing fitted these (masked) words."""
        now, mark = self.now(), self._mark(words)
        hits = self.library.find(words).hits
        theme = theme_of(self.library.get(hits[0].slug) if hits else None)
        with self.db.transaction():
            live = GapStore(self.db).live()
            gap = self._same(live, words, mark) or _bare(live, theme)
            gap = gap or GapStore(self.db).make(theme, "", now)
            if not gap.words and self._is_shared(gap, person, mark) and self._may_be_read(words):
                gap = self._moved(gap, mark, words)
            GapStore(self.db).ask(gap, person, mark, now)

    def _same(self, live: Sequence[Gap], words: str, mark: str) -> Gap | None:
        """The gap about which somebody asked in these words, or in nearly these."""
        return _like(live, words) or GapStore(self.db).asked_in(mark)

    def _is_shared(self, gap: Gap, person: str, mark: str) -> bool:
        """Whether two people ask in these words, and not an admin who tries what an agent typed."""
        asking = GapStore(self.db).asked_by(gap, mark) if mark else set()
        return len((asking | {person}) - self._admins()) > 1

    def _admins(self) -> set[str]:
        return set(self.people.with_role(Role.ADMIN))

    def _may_be_read(self, words: str) -> bool:
        """Whether admins may see words that nobody sent them."""
        return holds_nobody(words) and not self.guard.blames(words)

    def _moved(self, bare: Gap, mark: str, words: str) -> Gap:
        """The gap of these words, which until now were behind their theme."""
        live = GapStore(self.db).live()
        gap = _like(live, words) or GapStore(self.db).make(
            bare.theme, words, self.now(), bare.reason
        )
        GapStore(self.db).move(bare, mark, gap)
        return gap

    def send(self, person: str, words: str) -> str:
        """Add the words of a miss to the queue, at the wish of who met it.

        Returns why that was dismissed before, where it was and stays so for now. Raises Refused
        for words in which the team would read blame.
        """
        self.guard.check(words, BLAMES)
        now, mark = self.now(), self._mark(words)
        with self.db.transaction():
            gap = GapStore(self.db).to_send(person, mark)
            if gap is None:
                raise Refused(
                    "That was answered or closed meanwhile. Type `/repair` and them again."
                )
            if not gap.words:
                gap = self._moved(gap, mark, self.redactor.words(words).text)
            GapStore(self.db).ask(gap, person, mark, now, sent=True)
            after = GapStore(self.db).get(gap.id)
        return after.reason if after and after.closed_at else ""

    def queue(self) -> list[Theme]:
        """What was open as the last day ended, by theme: first where most people ask."""
        themes = groupby(GapStore(self.db).queued(), key=lambda gap: gap.theme)
        return [Theme(name, gaps[0].quantity, gaps) for name, each in themes if (gaps := [*each])]

    def plan(self) -> None:
        """Close the day (UTC) that is over. Safe to repeat."""
        today, is_same = self.now().date(), "select 1 from closed_days where workspace = :workspace"
        if not self.db.rows(f"{is_same} and day = ?", today):
            self.close_day()

    def close_day(self) -> None:
        """Decide what admins see of gaps and phrases until the next day ends.

        Looks in between are equal, so that nobody sees what somebody just looked for.
        """
        store, now = GapStore(self.db), self.now()
        people = store.people(but=self._admins())
        waiting = [gap for gap in store.live() if gap.closed_at is None]
        waiting.sort(key=lambda gap: (-people.get(gap.theme, 0), gap.theme))
        how_many = {gap.theme: quantity(people.get(gap.theme, 0), self.k) for gap in waiting}
        with self.db.transaction():
            store.queue([(gap, how_many[gap.theme]) for gap in waiting], now - KEEP_ASKERS)
            LearningStore(self.db).show_phrases()
            self.db.change(
                "insert into closed_days (workspace, day) values (:workspace, ?)"
                " on conflict (workspace) do update set day = excluded.day",
                now.date(),
            )

    def open(self, gap: str) -> Gap:
        """Raises Refused where it was dismissed or answered meanwhile."""
        found = GapStore(self.db).get(gap)
        if found is None or found.closed_at:
            raise Refused("That was dismissed or answered meanwhile.")
        return found

    def dismiss(self, admin: str, gap: str, reason: str) -> None:
        """Close it for a reason, which whoever sent the words is told once."""
        self.people.require(admin, Role.ADMIN)
        reason, now = self.redactor.typed(reason).text.strip(), self.now()
        if not reason:
            raise Refused("Say in a few words why: whoever sent the words is told.", "reason")
        with self.db.transaction():
            found = self.open(gap)
            for person, sent in GapStore(self.db).close(found, now, reason):
                if sent:
                    self._tell(person, blocks.was_dismissed(found.words, reason))
            act = "dismissed a gap about"
            Audit(self.db).note(admin, act, found.theme, now)

    def note_changes(self) -> None:
        """Note what changed; whoever looked for it in vain is told once, privately."""
        anew = self.library.found_anew()
        live = GapStore(self.db).live() if anew else []
        covered = [
            (gap, book) for gap in live if gap.words and (book := self._covering(gap.words, anew))
        ]
        marks = {
            mark: each.book.slug
            for each in anew.values()
            for text in each.texts
            if (mark := self._mark(text))
        }

        def tell(changed: Sequence[Playbook]) -> set[str]:
            told = set(GapStore(self.db).askers(marks)) if anew else set()
            for gap, book in covered:
                asked = GapStore(self.db).close(gap, self.now())
                told |= {(person, book.slug) for person, _ in asked}
            for person, slug in sorted(told):
                self._tell(person, blocks.now_exists(anew[slug].book, is_new=anew[slug].is_new))
            return self.thank(changed)

        self.library.note_changes(tell)

    def _covering(self, words: str, anew: dict[str, Found]) -> Playbook | None:
        """The playbook that these words find since it is found anew."""
        answer = self.library.find(words)
        for place, hit in enumerate(answer.hits):
            found = anew.get(hit.slug)
            if found is None:
                continue
            enough = {Confidence.SURE, Confidence.MAYBE} if found.is_new else {Confidence.SURE}
            is_found = place == 0 and answer.confidence in enough
            # a playbook may have been sure before it changed, and yet not what was looked for
            is_answer = is_found and found.is_new and answer.confidence is Confidence.SURE
            least = RELATED if is_found else NEAR_DUPLICATE
            if is_answer or any(overlap(words, text) >= least for text in found.texts):
                return found.book
        return None

    def _tell(self, person: str, content: Content) -> None:
        key = f"gap:{secrets.token_hex(8)}"  # told once, for who asked is forgotten with it
        self.outbox.dm(key, person, content)

    def _mark(self, words: str) -> str:
        """By which the same words are known again without being kept; empty for no words."""
        terms = " ".join(sorted(set(terms_of(words_of(words)))))
        return (
            hashlib.sha256(f"{self.db.workspace} {terms}".encode()).hexdigest()[:16]
            if terms
            else ""
        )


def _bare(gaps: Sequence[Gap], theme: str) -> Gap | None:
    return next((gap for gap in gaps if not gap.words and gap.theme == theme), None)


def _like(gaps: Sequence[Gap], words: str) -> Gap | None:
    return next(
        (gap for gap in gaps if gap.words and overlap(gap.words, words) >= NEAR_DUPLICATE), None
    )
