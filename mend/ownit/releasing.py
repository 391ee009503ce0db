"""What owners learned: kept with their note, released by them, told once by a recap."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from mend.db.engine import Database
from mend.db.model import Refused
from mend.ownit import lesson_views as blocks
from mend.ownit.lessons import Lessons
from mend.ownit.model import Note
from mend.ownit.store import NoteStore
from mend.ownit.words import BLAMES, Words
from mend.recap.daily.model import told_after
from mend.slack.outbox import Outbox

TOLD_LATELY = timedelta(days=7)
IS_TOLD = "A recap told it, in your words and without your name. That stays as it was posted."


@dataclass(frozen=True)
class Releasing:
    """The steps of a lesson; each is given its owner's own note."""

    db: Database
    outbox: Outbox
    words: Words
    now: Callable[[], datetime]

    def learned(self, note: Note, words: str) -> Note:
        """Keep what the owner learned; only they see it, so nothing is posted or updated.

        What was released before is not told any more, unless it was: a note's lesson is told once.
        """
        if not words.strip():
            raise Refused("Say in a few words what you learned.", "learned")
        with self.db.transaction():
            if not self.is_told(note):
                Lessons(self.db).take_back(note.id)  # it was for the old words
            return NoteStore(self.db).update(replace(note, learned=self.words.safe(words).text))

    def may_tell(self, note: Note) -> bool:
        """Whether the team may read what its owner learned."""
        return not self.words.must_wait(note.learned)

    def release(self, note: Note) -> None:
        """Let the recap tell what its owner learned, word for word, some days from now."""
        if not note.learned:
            raise Refused("Write down what you learned first; then it can be released.")
        if not self.may_tell(note):
            raise Refused(BLAMES)
        after = told_after(self.now(), random.random())
        with self.db.transaction():
            self._check_untold(note)
            Lessons(self.db).release(note.team, note.id, note.learned, after)

    def take_back(self, note: Note) -> None:
        """The lesson is not told after all. Raises Refused where it was told."""
        with self.db.transaction():
            self._check_untold(note)
            Lessons(self.db).take_back(note.id)

    def is_told(self, note: Note) -> bool:
        """Whether a recap told what its owner learned: that stays as it was posted."""
        return Lessons(self.db).told_of(note.id) is not None

    def _check_untold(self, note: Note) -> None:
        if self.is_told(note):
            raise Refused(IS_TOLD)

    def tell(self) -> None:
        """Owe each owner whose lesson was told one word of it. Safe to repeat."""
        now = self.now()
        for told in Lessons(self.db).just_told((now - TOLD_LATELY).date()):
            key = f"lesson_told:{told.note}:{told.told_on}"
            self.outbox.dm(key, told.owner, blocks.told(told.team))
