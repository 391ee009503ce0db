"""Supervisors first: in a team's first week they are asked to own one of theirs.

People report when it is safe to; what makes it safe is seeing a lead do it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from mend.blocks.notes import ask_lead
from mend.domain.entries import Entry
from mend.ports import Store
from mend.services import notices

FIRST_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Leads:
    """Knows the first week, and who leads."""

    store: Store
    now: Callable[[], datetime]
    workspace: str
    supervisors: Collection[str]

    def invite(self) -> None:
        """Ask each supervisor once, while the first week lasts."""
        if not self._is_first_week(self.now()):
            return
        for person in self.supervisors:
            key = f"lead_first:{person}"
            notices.owe(self.store, self.workspace, key, person, ask_lead(), self.now())

    def goes_first(self, entry: Entry) -> bool:
        """Whether this note shows the team that a lead goes first."""
        return entry.owner in self.supervisors and self._is_first_week(entry.created_at)

    def _is_first_week(self, moment: datetime) -> bool:
        began = self.store.recaps.began(self.workspace)
        return began is not None and moment - began <= FIRST_WEEK
