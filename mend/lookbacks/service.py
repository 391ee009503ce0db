"""Asking a note's owner, days later, whether it is any clearer; closing what is finished."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from mend.db.engine import Database
from mend.db.jobs import Jobs
from mend.db.model import Job
from mend.lookbacks import model as rules
from mend.lookbacks import views as blocks
from mend.lookbacks.model import Cause, Factor, LookBack, LookBackState
from mend.lookbacks.store import LookBackStore
from mend.ownit.model import Note
from mend.people.teams import Teams
from mend.slack.model import NotSent
from mend.slack.outbox import Outbox
from mend.text.redactor import Redactor

KIND = "lookback"
LEFT_KIND = "lookback_left"


@dataclass(frozen=True)
class LookBacks:
    """Arms, runs and answers look-backs; `note` finds a note, `update` keeps a changed one."""

    db: Database
    outbox: Outbox
    redactor: Redactor
    now: Callable[[], datetime]
    teams: Teams
    note: Callable[[str], Note | None]
    update: Callable[[Note], Note]
    k: int

    def schedule(self, note: Note) -> None:
        """Owe a look-back; inside the transaction that kept the note."""
        self._schedule(note.id, self._due(note, note.created_at))

    def run(self, job: Job) -> NotSent | None:
        """Ask the owner, unless the note is gone, closed or settled."""
        now = self.now()
        with self.db.transaction():
            note = self.note(job.payload["note"])
            lookback = self.of(job.payload["note"])
            if note and not note.closed_at and not lookback.is_settled:
                asked = replace(lookback, asked=lookback.asked + 1, state=LookBackState.ASKED)
                LookBackStore(self.db).keep(asked)
                key = f"lookback:{note.id}:{asked.asked}:{job.attempts}"
                content = blocks.what_was_going_on(note)
                self.outbox.dm(key, note.owner, content, about=note.id)
                Jobs(self.db).schedule(
                    LEFT_KIND, f"lookback_left:{note.id}", now + rules.LEFT_AFTER, {"note": note.id}
                )
            Jobs(self.db).finish(job, now)
        return None

    def run_left(self, job: Job) -> NotSent | None:
        """Left for a week: a note that is repaired, now or later, closes."""
        with self.db.transaction():
            note = self.note(job.payload["note"])
            if note:
                lookback = self.of(note.id)
                if not lookback.is_settled:
                    LookBackStore(self.db).keep(replace(lookback, state=LookBackState.LEFT))
                self._close_if_repaired(note)
            Jobs(self.db).finish(job, self.now())
        return None

    def answer(self, note: Note, factors: tuple[Factor, ...]) -> LookBack:
        """What was going on, which is enough of an answer; more may be added. Raises Refused.

        An owner who does not know yet is asked once more.
        """
        rules.check_factors(factors)
        lookback, now = replace(self.of(note.id), factors=factors), self.now()
        with self.db.transaction():
            self._asked_no_more(note)
            if rules.asks_once_more(lookback) and not note.closed_at:
                LookBackStore(self.db).keep(lookback)
                self._schedule(note.id, self._due(note, now))
            else:
                lookback = replace(lookback, state=LookBackState.ANSWERED, answered_at=now)
                LookBackStore(self.db).keep(lookback)
                self._close_if_repaired(note)
        return lookback

    def less_likely(self, note: Note, words: str) -> None:
        """What would make it less likely."""
        kept = replace(self.of(note.id), words=self.redactor.typed(words).text)
        LookBackStore(self.db).keep(kept)

    def became(self, note: Note, cause: Cause) -> None:
        """What became of it."""
        LookBackStore(self.db).keep(replace(self.of(note.id), cause=cause))

    def of(self, note: str) -> LookBack:
        return LookBackStore(self.db).get(note) or LookBack(note)

    def ask_now(self, note: Note) -> list[str]:
        """The keys of the jobs that ask. Raises Refused where nothing is asked any more."""
        self._ask_again(note, self.now())
        return [f"lookback:{note.id}"]

    def snooze(self, note: Note) -> None:
        """Raises Refused where nothing is asked any more."""
        self._ask_again(note, self.now() + rules.SNOOZE)

    def decline(self, note: Note) -> None:
        """Final: this note is not asked about again."""
        with self.db.transaction():
            self._asked_no_more(note)
            declined = replace(self.of(note.id), state=LookBackState.DECLINED)
            LookBackStore(self.db).keep(declined)
            self._close_if_repaired(note)

    def close_if_done(self, note: Note) -> None:
        """Close a note that was just repaired, if its look-back is settled, or was left."""
        if self.of(note.id).state is not LookBackState.ASKED:
            self._close_if_repaired(note)

    def _ask_again(self, note: Note, at: datetime) -> None:
        rules.check_open(note.closed_at, self.of(note.id))
        with self.db.transaction():
            self._asked_no_more(note)
            self._schedule(note.id, at)

    def _asked_no_more(self, note: Note) -> None:
        """The question that Slack did not take yet is answered, or is asked at another time."""
        self.outbox.take_back(f"lookback:{note.id}:", note.owner)

    def _close_if_repaired(self, note: Note) -> None:
        if note.repaired_at and not note.closed_at:
            self._asked_no_more(note)
            self.update(replace(note, closed_at=self.now()))

    def _due(self, note: Note, since: datetime) -> datetime:
        team = self.teams.rules(note.team)
        return rules.due_at(since, team.lookback_days, team.zone, team.is_workday)

    def _schedule(self, note: str, at: datetime) -> None:
        Jobs(self.db).schedule(KIND, f"lookback:{note}", at, {"note": note})
