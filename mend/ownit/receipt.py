"""The receipt of a note; of one told to Mend in a direct message, it is a message of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from mend.db.engine import Database
from mend.db.jobs import Jobs
from mend.db.model import Job
from mend.ownit import views as notes
from mend.ownit.model import Entry
from mend.ownit.store import NoteStore
from mend.slack import posting
from mend.slack.gateway import SlackGateway
from mend.slack.model import NotSent
from mend.slack.store import Posts
from mend.slack.ui import Message

KIND = "receipt"


class Render(Protocol):
    """Showing.receipt."""

    def __call__(
        self, entry: Entry, *, masked: tuple[str, ...], may_write_back: bool
    ) -> Message: ...


def _key(entry: Entry) -> str:
    return f"receipt:{entry.id}"


def stands(db: Database, entry: Entry) -> bool:
    """Whether its owner has the receipt in direct messages."""
    return Posts(db).get(_key(entry)) is not None


def arm(
    db: Database,
    entry: Entry,
    now: datetime,
    channel: str,
    masked: tuple[str, ...] = (),
    may_write_back: bool = False,
) -> list[str]:
    """Owe the owner a receipt in that direct channel; inside the transaction that kept the note.

    The keys of the jobs.
    """
    Posts(db).ensure(_key(entry), channel, now)
    return refresh(db, entry, now, masked, may_write_back)


def refresh(
    db: Database,
    entry: Entry,
    now: datetime,
    masked: tuple[str, ...] = (),
    may_write_back: bool = False,
) -> list[str]:
    """Ask that a receipt in direct messages match its note, inside the transaction that changed

    or erased it; the keys of the jobs.
    """
    if not stands(db, entry):
        return []
    undo = "yes" if may_write_back else ""
    payload = {"entry": entry.id, "masked": "|".join(masked), "write_back": undo}
    Jobs(db).arm(KIND, _key(entry), now, payload)
    return [_key(entry)]


@dataclass(frozen=True)
class Receipts:
    """Runs the `receipt` jobs."""

    db: Database
    slack: SlackGateway
    now: Callable[[], datetime]
    render: Render

    def run(self, job: Job) -> NotSent | None:
        now = self.now()
        post = Posts(self.db).get(job.key)
        entry = NoteStore(self.db).get(job.payload["entry"])
        if post is None or entry is None:
            was_closed = NoteStore(self.db).was_closed(job.payload["entry"])
            return posting.hide(self.db, self.slack, job, post, notes.gone(was_closed), now)
        masked = tuple(kind for kind in job.payload["masked"].split("|") if kind)
        may_write_back = bool(job.payload.get("write_back"))
        content = self.render(entry, masked=masked, may_write_back=may_write_back)
        thread = Posts(self.db).get(f"thread:{entry.id}")
        is_there = thread is not None and bool(thread.ts)
        version = 2 * entry.version + is_there  # it says where the note stands, too
        return posting.show(self.db, self.slack, job, post, content, version, now)

    def erases(self, job: Job) -> bool:
        return NoteStore(self.db).get(job.payload["entry"]) is None
