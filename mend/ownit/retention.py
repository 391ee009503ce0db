"""Closing what nobody closed, and erasing what is old enough."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from mend.db.engine import Database
from mend.db.model import Stale
from mend.ownit.lessons import Lessons
from mend.ownit.model import CLOSES_AFTER, KEEP_ANSWERS, closed_by_age
from mend.ownit.releasing import Releasing
from mend.ownit.service import Owning
from mend.ownit.store import NoteStore
from mend.people.model import KEEP_AUDIT
from mend.people.store import Audit

KEEP_TOMBSTONES = timedelta(days=7)  # longer than any redelivery of what told the note
PER_ROUND = 200  # of each kind, one short transaction each; the next round is a minute away


@dataclass(frozen=True)
class Retention:
    """`keep` is how long a note's text is kept once the note closed."""

    db: Database
    owning: Owning
    releasing: Releasing
    now: Callable[[], datetime]
    keep: timedelta

    def plan(self) -> None:
        """One round. Safe to repeat, by several processes at once as well."""
        now = self.now()
        self.releasing.tell()
        NoteStore(self.db).forget_tombstones(now - KEEP_TOMBSTONES)
        Audit(self.db).forget(now - KEEP_AUDIT)
        NoteStore(self.db).forget_answers(now - KEEP_ANSWERS)
        Lessons(self.db).forget((now - self.keep).date())
        forgotten = NoteStore(self.db).never_closed(now - CLOSES_AFTER, PER_ROUND)
        for note in forgotten:
            with contextlib.suppress(Stale):  # its owner was quicker; the next round looks again
                NoteStore(self.db).update(closed_by_age(note))
        for note in NoteStore(self.db).closed(now - self.keep, PER_ROUND):
            with contextlib.suppress(Stale):
                self.owning.expire(note)
