"""Promises to customers: reminded, put off, done, handed over; never dropped silently."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from mend.db.engine import Database
from mend.db.jobs import Jobs
from mend.db.model import Job, Refused
from mend.helping.model import HelpRequest, HelpState, Outcome, Part
from mend.helping.service import Asked, Helping
from mend.ownit.model import Note
from mend.people.teams import Teams
from mend.promises import model as rules
from mend.promises import views as blocks
from mend.promises.model import LEAD_AFTER, Promise, PromiseState, Stage, Told, due_in
from mend.promises.store import PromiseStore
from mend.slack.model import NotSent
from mend.slack.outbox import Outbox
from mend.text.redactor import Redactor

KIND = "promise"


@dataclass(frozen=True)
class Promises:
    """Makes promises and runs their `promise` jobs."""

    db: Database
    outbox: Outbox
    helping: Helping
    redactor: Redactor
    now: Callable[[], datetime]
    teams: Teams

    def make(self, note: Note, what: str, due_at: datetime | None, may_tell_lead: bool) -> Promise:
        due_at = rules.check_due(due_at, self.now())
        if len(what) > blocks.WHAT_LENGTH:
            raise Refused(f"Please say it in {blocks.WHAT_LENGTH} characters.", "what")
        words = self.redactor.typed(what).text.strip()
        if not words:
            raise Refused("Say in a few words what you promised, for example: call back.", "what")
        promise = Promise(
            id=secrets.token_hex(8),
            note=note.id,
            owner=note.owner,
            what=words,
            due_at=due_at,
            may_tell_lead=may_tell_lead,
            team=note.team,
        )
        with self.db.transaction():
            PromiseStore(self.db).add(promise)
            self._schedule(promise, rules.reminder_at(promise, self.now()), Stage.BEFORE)
        return promise

    def of(self, owner: str, promise: str) -> Promise:
        """The person's own open promise; raises Refused for any other."""
        found = self._unsettled(owner, promise)
        if not found.is_open:
            raise Refused("You handed this one over. Cancel that in App Home to have it again.")
        return found

    def _unsettled(self, owner: str, promise: str) -> Promise:
        found = PromiseStore(self.db).get(promise)
        if found is None or found.owner != owner:
            raise Refused("That promise is not there any more.")
        found = self._as_it_stands(found)
        if found.state is PromiseState.DONE:
            raise Refused("That promise is kept already.")
        return found

    def _as_it_stands(self, promise: Promise) -> Promise:
        """What became of it with others: kept, or its owner's again once they are asked no more."""
        help_request = self.helping.of_promise(promise.id)
        if help_request and help_request.outcome is Outcome.KEPT:
            return replace(promise, state=PromiseState.DONE)
        is_with_others = help_request is not None and help_request.state is not HelpState.CLOSED
        if promise.state is PromiseState.HANDED and not is_with_others:
            return replace(promise, state=PromiseState.OPEN)
        return promise

    def due_in(self, note: Note) -> datetime | None:
        """When the note's own words say that it is due, on its team's clock."""
        return due_in(note.text, self.now(), self.teams.rules(note.team).zone)

    def offered(self, note: Note) -> datetime | None:
        """The same, while nothing was promised from it."""
        return None if PromiseStore(self.db).of_note(note.id) else self.due_in(note)

    def open_by(self, owner: str) -> list[Promise]:
        unsettled = PromiseStore(self.db).unsettled_of(owner)
        return [each for found in unsettled if (each := self._as_it_stands(found)).is_open]

    def unsettled_of(self, owner: str, note: str) -> list[Promise]:
        """Those made from the note that are not kept, handed over or not."""
        unsettled = PromiseStore(self.db).unsettled_of(owner)
        standing = [self._as_it_stands(each) for each in unsettled if each.note == note]
        return [each for each in standing if each.state is not PromiseState.DONE]

    def done(self, owner: str, promise: str) -> Promise:
        """Kept, by whoever has it."""
        found = self._unsettled(owner, promise)
        with self.db.transaction():
            self.helping.settle(promise)
            return self._settle(found)

    def _settle(self, promise: Promise) -> Promise:
        """It is kept: nobody is reminded any more, and its words go where it outlived its note."""
        kept = replace(promise, state=PromiseState.DONE)
        self._told_no_more(promise)
        if PromiseStore(self.db).outlived_note(promise):
            kept = replace(kept, what="")
            self.outbox.take_out(promise.id)
        return PromiseStore(self.db).update(kept)

    def later(self, owner: str, promise: str, seen: int | None = None) -> Promise:
        """Half an hour more, counted from now where it is overdue.

        Nothing more where it was put off since its owner saw that version of it.
        """
        found = self.of(owner, promise)
        if seen not in (None, found.version) and found.due_at > self.now():
            return found
        due_at = max(found.due_at, self.now()) + rules.LATER
        with self.db.transaction():
            changed = PromiseStore(self.db).update(replace(found, due_at=due_at))
            self.helping.put_off(promise, due_at)
            self._told_no_more(found)
            self._schedule(changed, rules.reminder_at(changed, self.now()), Stage.BEFORE)
        return changed

    def hand_over(self, owner: str, promise: str) -> tuple[Promise, tuple[str, ...]]:
        """Ask the supervisors to take it; the keys of the jobs that tell them."""
        found, now = self.of(owner, promise), self.now()
        with self.db.transaction():
            asked = self._ask_leads(found)
            self._told_no_more(found)
            changed = PromiseStore(self.db).update(replace(found, state=PromiseState.HANDED))
            if found.due_at <= now:
                self._schedule(changed, now + LEAD_AFTER, Stage.ASKED)
        return changed, asked.jobs

    def run(self, job: Job) -> NotSent | None:
        """Remind whoever has it before it is due and when it is, then ask a lead if allowed.

        Where nobody else has it, its owner hears so, and is reminded once a day for a week.
        """
        now = self.now()
        with self.db.transaction():
            found = PromiseStore(self.db).get(job.payload["promise"])
            Jobs(self.db).finish(job, now)
            if found is None:
                return None
            found = self._as_it_stands(found)
            if found.state is PromiseState.DONE:
                self._settle(found)
                return None
            stage = Stage(job.payload["stage"])
            if stage is not Stage.BEFORE and now < found.due_at:  # it was put off meanwhile
                return None
            help_request = self.helping.of_promise(found.id)
            if help_request and help_request.taker:
                self._at_taker(found, help_request, stage)
            else:
                is_asked = help_request is not None and help_request.state is HelpState.OPEN
                self._at_owner(found, stage, is_asked=is_asked)
        return None

    def _at_taker(self, promise: Promise, help_request: HelpRequest, stage: Stage) -> None:
        """It is in another's hands: remind them; should they let it lie, its owner has it again."""
        if stage is Stage.BEFORE:
            self.helping.remind_taker(help_request, Part.SOON)
            self._schedule(promise, promise.due_at, Stage.DUE)
            return
        if stage is Stage.DUE:
            self.helping.remind_taker(help_request, Part.DUE)
        self._schedule_again(promise)

    def _at_owner(self, promise: Promise, stage: Stage, *, is_asked: bool) -> None:
        """Nobody else has it; `is_asked`: others were asked to take it and may still do so."""
        was_handed = promise.state is PromiseState.HANDED
        if was_handed and is_asked and stage in (Stage.BEFORE, Stage.LEAD):
            if stage is Stage.BEFORE:
                self._schedule(promise, promise.due_at, Stage.DUE)
            return
        if was_handed:
            promise = PromiseStore(self.db).update(replace(promise, state=PromiseState.OPEN))
        if stage is Stage.BEFORE:
            self._tell(promise, Told.BEFORE)
            self._schedule(promise, promise.due_at, Stage.DUE)
        elif stage is Stage.DUE and not (was_handed and is_asked):
            self._tell(promise, Told.DUE)
            self._schedule(promise, promise.due_at + LEAD_AFTER, Stage.LEAD)
        elif stage is Stage.LEAD:
            self._tell_lead(promise)
        elif stage is Stage.AGAIN:
            self._tell(promise, Told.AGAIN)
            self._schedule_again(promise)
        else:
            self._tell(promise, Told.UNTAKEN)
            self._schedule_again(promise)

    def _tell_lead(self, promise: Promise) -> None:
        """If its owner allowed that. Whether anybody took it is looked at a little later."""
        if not promise.may_tell_lead:
            self._schedule_again(promise)
            return
        try:
            self._ask_leads(promise)
        except Refused:
            self._tell(promise, Told.UNREACHED)
            self._schedule_again(promise)
        else:
            self._schedule(promise, self.now() + LEAD_AFTER, Stage.ASKED)

    def _ask_leads(self, promise: Promise) -> Asked:
        return self.helping.hand_over(
            promise.owner, promise.id, promise.what, promise.due_at, promise.team
        )

    def _tell(self, promise: Promise, told: Told) -> None:
        now, zone = self.now(), self.teams.zone_of(promise.owner)
        self._told_no_more(promise)
        key = f"{rules.reminders(promise.id)}{promise.version}:{told}:{now:%Y-%m-%d}"
        self.outbox.dm(key, promise.owner, blocks.reminder(promise, told, zone), promise.id)

    def _told_no_more(self, promise: Promise) -> None:
        """A reminder that Slack did not take yet is no longer true."""
        self.outbox.take_back(rules.reminders(promise.id), promise.owner)

    def _schedule_again(self, promise: Promise) -> None:
        """For a week; then it waits in App Home."""
        now = self.now()
        if now < promise.due_at + rules.ASKED_FOR:
            self._schedule(promise, now + rules.AGAIN_AFTER, Stage.AGAIN)

    def _schedule(self, promise: Promise, due_at: datetime, stage: Stage) -> None:
        payload = {"promise": promise.id, "stage": stage.value}
        key = f"promise:{promise.id}:{stage}"
        Jobs(self.db).schedule(KIND, key, due_at, payload)
