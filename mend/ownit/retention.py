"""Closing what nobody closed, and erasing what is old enough."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from mend.db.model import Stale
from mend.ownit.model import CLOSES_AFTER, closed_by_age
from mend.ownit.service import Owning
from mend.people.model import KEEP_AUDIT
from mend.ports import Store

PER_ROUND = 200  # of each kind, one short transaction each; the next round is a minute away


@dataclass(frozen=True)
class Retention:
    """`keep` is how long a note's text is kept once the note closed."""

    store: Store
    owning: Owning
    now: Callable[[], datetime]
    workspace: str
    keep: timedelta

    def plan(self) -> None:
        """One round. Safe to repeat, by several processes at once as well."""
        now = self.now()
        self.store.audit.forget(now - KEEP_AUDIT)
        forgotten = self.store.entries.never_closed(self.workspace, now - CLOSES_AFTER, PER_ROUND)
        for entry in forgotten:
            with contextlib.suppress(Stale):  # its owner was quicker; the next round looks again
                self.store.entries.update(closed_by_age(entry))
        for entry in self.store.entries.closed(self.workspace, now - self.keep, PER_ROUND):
            with contextlib.suppress(Stale):
                self.owning.expire(entry)
