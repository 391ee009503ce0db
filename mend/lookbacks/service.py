"""Asking a note's owner, days later, whether it is any clearer; closing what is finished."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from mend.db.engine import Database
from mend.db.jobs import Jobs
from mend.db.model import Job
from mend.lookbacks import model as rules
from mend.lookbacks import views as blocks
from mend.lookbacks.model import (
    Cause,
    Factor,
    LookBack,
    LookBackState,
)
from mend.lookbacks.store import LookBackStore
from mend.ownit.model import Entry
from mend.people.teams import Teams
from mend.slack import notices
from mend.slack.model import NotSent
from mend.text.masking import Masking

KIND = "lookback"
LEFT_KIND = "lookback_left"


@dataclass(frozen=True)
class LookBacks:
    """Arms, runs and answers look-backs; `note` finds a note, `update` keeps a changed one."""

    db: Database
    masking: Masking
    now: Callable[[], datetime]
    teams: Teams
    note: Callable[[str], Entry | None]
    update: Callable[[Entry], Entry]

    def arm(self, entry: Entry) -> None:
        """Owe a look-back; inside the transaction that kept the note."""
        self._arm(entry.id, self._due(entry, entry.created_at))

    def run(self, job: Job) -> NotSent | None:
        """Ask the owner, unless the note is gone, closed or settled."""
        now = self.now()
        with self.db.transaction():
            entry = self.note(job.payload["entry"])
            lookback = self.of(job.payload["entry"])
            if entry and not entry.closed_at and not lookback.is_settled:
                asked = replace(lookback, asked=lookback.asked + 1)
                LookBackStore(self.db).keep(asked)
                key = f"lookback:{entry.id}:{asked.asked}:{job.attempts}"
                content = blocks.what_was_going_on(entry)
                notices.owe(self.db, key, entry.owner, content, now)
                Jobs(self.db).arm(
                    LEFT_KIND,
                    f"lookback_left:{entry.id}",
                    now + rules.LEFT_AFTER,
                    {"entry": entry.id},
                )
            Jobs(self.db).finish(job, now)
        return None

    def run_left(self, job: Job) -> NotSent | None:
        """Left for a week: as good as an answer, so a repaired note closes."""
        with self.db.transaction():
            entry = self.note(job.payload["entry"])
            if entry:
                self._close_if_repaired(entry)
            Jobs(self.db).finish(job, self.now())
        return None

    def answer(self, entry: Entry, factors: tuple[Factor, ...]) -> LookBack:
        """What was going on, which is enough of an answer; more may be added. Raises Refused.

        An owner who does not know yet is asked once more.
        """
        rules.check_factors(factors)
        lookback, now = replace(self.of(entry.id), factors=factors), self.now()
        with self.db.transaction():
            if rules.asks_once_more(lookback):
                LookBackStore(self.db).keep(lookback)
                self._arm(entry.id, self._due(entry, now))
            else:
                lookback = replace(lookback, state=LookBackState.ANSWERED, answered_at=now)
                LookBackStore(self.db).keep(lookback)
                self._close_if_repaired(entry)
        return lookback

    def less_likely(self, entry: Entry, words: str) -> None:
        """What would make it less likely."""
        kept = replace(self.of(entry.id), words=self.masking.typed(words).text)
        LookBackStore(self.db).keep(kept)

    def became(self, entry: Entry, cause: Cause) -> None:
        """What became of it."""
        LookBackStore(self.db).keep(replace(self.of(entry.id), cause=cause))

    def of(self, entry: str) -> LookBack:
        return LookBackStore(self.db).get(entry) or LookBack(entry)

    def snooze(self, entry: Entry) -> None:
        self._arm(entry.id, self.now() + rules.SNOOZE)

    def decline(self, entry: Entry) -> None:
        """Final: this note is not asked about again."""
        with self.db.transaction():
            declined = replace(self.of(entry.id), state=LookBackState.DECLINED)
            LookBackStore(self.db).keep(declined)
            self._close_if_repaired(entry)

    def close_if_done(self, entry: Entry) -> None:
        """Close a note that was just repaired, if its look-back is settled."""
        if self.of(entry.id).is_settled:
            self._close_if_repaired(entry)

    def _close_if_repaired(self, entry: Entry) -> None:
        if entry.repaired_at and not entry.closed_at:
            self.update(replace(entry, closed_at=self.now()))

    def _due(self, entry: Entry, since: datetime) -> datetime:
        team = self.teams.rules(entry.team)
        return rules.due_at(since, team.lookback_days, team.zone, team.is_workday)

    def _arm(self, entry: str, at: datetime) -> None:
        Jobs(self.db).arm(KIND, f"lookback:{entry}", at, {"entry": entry})
