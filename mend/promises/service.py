"""Promises to customers: reminded, put off, done, handed over; never dropped silently."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from mend.db.engine import Database
from mend.db.jobs import Jobs
from mend.db.model import Job, Refused
from mend.helping.service import HandsUp
from mend.ownit.model import Entry
from mend.people.teams import Teams
from mend.promises import model as rules
from mend.promises import views as blocks
from mend.promises.model import LEAD_AFTER, Promise, PromiseState
from mend.promises.store import PromiseStore
from mend.slack import notices
from mend.slack.model import NotSent
from mend.text.masking import Masking

KIND = "promise"


@dataclass(frozen=True)
class Promises:
    """Makes promises and runs their `promise` jobs."""

    db: Database
    hands: HandsUp
    masking: Masking
    now: Callable[[], datetime]
    teams: Teams

    def make(self, entry: Entry, what: str, due_at: datetime, may_tell_lead: bool) -> Promise:
        rules.check_due(due_at, self.now())
        words = self.masking.typed(what).text.strip()
        if not words:
            raise Refused("Say in a few words what you promised, for example: call back.", "what")
        promise = Promise(
            id=secrets.token_hex(8),
            entry=entry.id,
            owner=entry.owner,
            what=words,
            due_at=due_at,
            may_tell_lead=may_tell_lead,
        )
        with self.db.transaction():
            PromiseStore(self.db).add(promise)
            self._arm(promise, rules.reminder_at(promise, self.now()), "before")
        return promise

    def of(self, owner: str, promise: str) -> Promise:
        """The person's own open promise; raises Refused for any other."""
        found = PromiseStore(self.db).get(promise)
        if found is None or found.owner != owner:
            raise Refused("That promise is not there any more.")
        if not found.is_open:
            raise Refused(f"That promise is settled: {found.state.value}.")
        return found

    def due_in(self, entry: Entry) -> datetime | None:
        """When the note's own words say that it is due, on its team's clock."""
        return rules.due_in(entry.text, self.now(), self.teams.rules(entry.team).zone)

    def open_by(self, owner: str) -> list[Promise]:
        return PromiseStore(self.db).open_of(owner)

    def open_of(self, owner: str, entry: str) -> list[Promise]:
        return [each for each in self.open_by(owner) if each.entry == entry]

    def done(self, owner: str, promise: str) -> Promise:
        return PromiseStore(self.db).update(
            replace(self.of(owner, promise), state=PromiseState.DONE)
        )

    def later(self, owner: str, promise: str) -> Promise:
        """Half an hour more, counted from now where it is overdue."""
        found = self.of(owner, promise)
        due_at = max(found.due_at, self.now()) + rules.LATER
        with self.db.transaction():
            changed = PromiseStore(self.db).update(replace(found, due_at=due_at))
            self._arm(changed, rules.reminder_at(changed, self.now()), "before")
        return changed

    def hand_over(self, owner: str, promise: str) -> tuple[Promise, list[str]]:
        """Ask the supervisors to take it; the keys of the jobs that tell them."""
        found = self.of(owner, promise)
        with self.db.transaction():
            jobs = self.hands.ask(owner, blocks.for_lead(found))
            changed = PromiseStore(self.db).update(replace(found, state=PromiseState.HANDED))
        return changed, jobs

    def run(self, job: Job) -> NotSent | None:
        """Remind before it is due, say when it is due, then tell a lead if that was allowed.

        Where nobody else was told, the owner is reminded again, once a day for a week.
        """
        now = self.now()
        with self.db.transaction():
            found = PromiseStore(self.db).get(job.payload["promise"])
            Jobs(self.db).finish(job, now)
            if found is None or not found.is_open:
                return None
            stage: Any = job.payload["stage"]
            if stage != "before" and now < found.due_at:  # it was put off meanwhile
                return None
            if stage == "lead":
                if not self._is_lead_told(found):
                    self._arm(found, now + rules.AGAIN_AFTER, "again")
                return None
            content = blocks.reminder(found, stage)
            key = f"promise:{found.id}:{found.version}:{stage}:{now:%Y-%m-%d}"
            notices.owe(self.db, key, found.owner, content, now)
            if stage == "before":
                self._arm(found, found.due_at, "due")
            elif stage == "due":
                self._arm(found, found.due_at + LEAD_AFTER, "lead")
            elif now < found.due_at + rules.ASKED_FOR:
                self._arm(found, now + rules.AGAIN_AFTER, "again")
        return None

    def _is_lead_told(self, promise: Promise) -> bool:
        """Tell a lead, if its owner allowed that and there is one."""
        if not promise.may_tell_lead:
            return False
        try:
            self.hands.ask(promise.owner, blocks.for_lead(promise))
        except Refused:
            return False
        return True

    def _arm(self, promise: Promise, due_at: datetime, stage: str) -> None:
        payload = {"promise": promise.id, "stage": stage}
        key = f"promise:{promise.id}:{stage}"
        Jobs(self.db).arm(KIND, key, due_at, payload)
