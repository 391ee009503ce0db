"""The thread of a note in the team channel: it stands while its owner shows it, and no longer."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from mend.db.engine import Database
from mend.db.jobs import Jobs
from mend.db.model import Job
from mend.ownit import receipt as receipts
from mend.ownit import views as notes
from mend.ownit.leads import Leads
from mend.ownit.lessons import Lessons
from mend.ownit.model import Note
from mend.ownit.store import NoteStore
from mend.recap.daily.model import GONE_HELD_DAYS, told_after
from mend.slack.gateway import SlackGateway
from mend.slack.model import Failure, NotSent, Post
from mend.slack.outbox import A_MOMENT, REFUSED, Outbox, refusal_of
from mend.slack.store import Posts

KIND = "thread"
NOT_SHOWN = "Your note does not stand in the team channel yet."
CHANGE_NOT_SHOWN = "Your note stands in the team channel, but not yet as you changed it."


def subject(note: str) -> str:
    """The key of the job and the subject of the post."""
    return f"thread:{note}"


def out_of(note: str) -> str:
    """The key under which its owner is told that it is out of the channel."""
    return f"out:{note}"


def told_of(note: str) -> tuple[str, ...]:
    """How the keys begin under which its owner is told where it stands, or does not."""
    return out_of(note), f"{REFUSED}:{subject(note)}", f"stands:{subject(note)}:"


def may_stand(db: Database, note: str) -> bool:
    """Whether something of it stands in the team channel, or is on its way there or out of it."""
    return Posts(db).get(subject(note)) is not None


def stands(db: Database, note: Note) -> bool:
    """Whether Slack said that it stands there; shown again while it was on its way out, anew."""
    post = Posts(db).get(subject(note.id))
    return post is not None and bool(post.ts) and not (note.is_shown and post.is_outdated)


def schedule(db: Database, note: Note, now: datetime) -> list[str]:
    """Ask that Slack be made to match this note; inside the transaction that changed it."""
    key = subject(note.id)
    if not note.is_shown:
        Posts(db).outdate(key)
    Jobs(db).schedule(KIND, key, now, {"note": note.id})
    return [key]


@dataclass(frozen=True)
class Threads:
    """Runs the `thread` jobs."""

    db: Database
    outbox: Outbox
    slack: SlackGateway
    now: Callable[[], datetime]
    leads: Leads

    def about(self, of: str) -> tuple[str, str]:
        """The words of a note and the link to its thread, for whoever is asked for a hand."""
        note = NoteStore(self.db).get(of)
        post = Posts(self.db).get(subject(of))
        link = self.slack.permalink(post.channel, post.ts) if post and post.ts else ""
        return note.text if note else "", "" if isinstance(link, NotSent) else link

    def run(self, job: Job) -> NotSent | None:
        """One pass. What changes while it runs arms the job again, so another pass follows."""
        now = self.now()
        with self.db.transaction():
            note = self._shown(job)
            if note is None:  # shown again meanwhile, it does not stand before the next pass
                Posts(self.db).outdate(job.key)
        if note is None:
            return self._without_playbook(job) or self._hide(job, now)
        post = Posts(self.db).ensure(job.key, note.team, now)
        content = notes.thread(note, lead_goes_first=self.leads.goes_first(note))
        failure = self.outbox.show(job, note.team, content, note.version)
        if failure is None and not post.ts:
            self._stands(job, note, post, now)
        if Posts(self.db).get(job.key) is None:  # somebody took it out of the channel
            self._hold_lesson(note.id, now)
        return failure

    def owner(self, job: Job) -> tuple[str, str]:
        """Whose note is to stand there and what they are told; nobody where it is to go."""
        note = self._shown(job)
        if note is None:
            return "", ""
        return note.owner, CHANGE_NOT_SHOWN if stands(self.db, note) else NOT_SHOWN

    def erases(self, job: Job) -> bool:
        return self._shown(job) is None

    def _shown(self, job: Job) -> Note | None:
        note = NoteStore(self.db).get(job.payload["note"])
        return note if note and note.is_shown else None

    def _receipt_again(self, job: Job, now: datetime) -> None:
        """What its owner reads of where it stands is no longer so."""
        if note := NoteStore(self.db).get(job.payload["note"]):
            receipts.refresh(self.db, note, now)

    def _stands(self, job: Job, note: Note, post: Post, now: datetime) -> None:
        """Its owner's receipt says so; whoever waited, or was told that it did not, hears it."""
        with self.db.transaction():
            self._receipt_again(job, now)
            was_told = self.outbox.take_back(refusal_of(job))
            if was_told or post.since < now - A_MOMENT:
                told = notes.stands_by_now(note)
                self.outbox.dm(f"stands:{job.key}:{job.scheduled}", note.owner, told)

    def _hide(self, job: Job, now: datetime) -> NotSent | None:
        post = Posts(self.db).get(job.key)
        was_closed = NoteStore(self.db).was_closed(job.payload["note"])
        if post:
            self._hold_lesson(job.payload["note"], now)
        failure = self.outbox.hide(job, notes.gone(was_closed))
        if failure is None and post:
            self.outbox.take_back(refusal_of(job))
            self.outbox.release(out_of(job.payload["note"]))
            self._receipt_again(job, now)
        return failure

    def _hold_lesson(self, note: str, now: datetime) -> None:
        """Told soon after its thread disappeared, a lesson would name whose it was."""
        Lessons(self.db).wait_anew(note, told_after(now, random.random(), GONE_HELD_DAYS))

    def _without_playbook(self, job: Job) -> NotSent | None:
        """Take out the playbook that an older Mend posted under the root, if there is one."""
        post = Posts(self.db).get(f"thread_playbook:{job.payload['note']}")
        if post and post.ts:
            outcome = self.slack.delete(post.channel, post.ts)
            if isinstance(outcome, NotSent) and outcome.reason is not Failure.GONE:
                return outcome
        if post:
            Posts(self.db).remove(post)
        return None
