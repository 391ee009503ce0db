"""The receipt of a note; of one told to Mend in a direct message, it is a message of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from mend.db.engine import Database
from mend.db.jobs import Jobs
from mend.db.model import Job
from mend.ownit import views as notes
from mend.ownit.model import Note, Owned
from mend.ownit.store import NoteStore
from mend.slack import ui
from mend.slack.model import NotSent
from mend.slack.outbox import Outbox
from mend.slack.store import Posts

KIND = "receipt"


def _key(note: Note) -> str:
    return f"receipt:{note.id}"


def stands(db: Database, note: Note) -> bool:
    """Whether its owner has the receipt in direct messages."""
    return Posts(db).get(_key(note)) is not None


def schedule(
    db: Database,
    note: Note,
    now: datetime,
    place: tuple[str, str],
    masked: tuple[str, ...] = (),
    may_write_back: bool = False,
) -> list[str]:
    """Owe the owner a receipt, inside the transaction that kept the note; the keys of the jobs.

    `place` is a direct channel, and the message of Mend's there that becomes the receipt, or empty.
    """
    channel, ts = place
    post = Posts(db).ensure(_key(note), channel, now)
    if ts and not post.ts:
        Posts(db).placed(post, channel, ts, version=0)
    return refresh(db, note, now, masked, may_write_back)


def refresh(
    db: Database,
    note: Note,
    now: datetime,
    masked: tuple[str, ...] = (),
    may_write_back: bool = False,
) -> list[str]:
    """Ask that a receipt in direct messages match its note, inside the transaction that changed

    or erased it; the keys of the jobs.
    """
    if not stands(db, note):
        return []
    undo = "yes" if may_write_back else ""
    payload = {"note": note.id, "masked": "|".join(masked), "write_back": undo}
    Jobs(db).schedule(KIND, _key(note), now, payload)
    return [_key(note)]


@dataclass(frozen=True)
class Receipts:
    """Runs the `receipt` jobs."""

    db: Database
    outbox: Outbox
    render: Callable[[Owned], ui.Message]

    def run(self, job: Job) -> NotSent | None:
        post = Posts(self.db).get(job.key)
        note = NoteStore(self.db).get(job.payload["note"])
        if post is None or note is None:
            was_closed = NoteStore(self.db).was_closed(job.payload["note"])
            return self.outbox.hide(job, notes.gone(was_closed))
        masked = tuple(kind for kind in job.payload["masked"].split("|") if kind)
        may_write_back = bool(job.payload.get("write_back"))
        content = self.render(Owned(note, masked=masked, may_write_back=may_write_back))
        thread = Posts(self.db).get(f"thread:{note.id}")
        is_there = thread is not None and bool(thread.ts)
        version = 2 * note.version + is_there  # it says where the note stands, too
        return self.outbox.show(job, post.channel, content, version)

    def erases(self, job: Job) -> bool:
        return NoteStore(self.db).get(job.payload["note"]) is None
