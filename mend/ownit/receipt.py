"""The receipt of a note; of one told to Mend in a direct message, it is a message of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from mend.db.model import Job
from mend.ownit import views as notes
from mend.ownit.model import Entry
from mend.ports import Slack, Store
from mend.slack import posting
from mend.slack.model import NotSent
from mend.slack.ui import Message

KIND = "receipt"


class Render(Protocol):
    """Owning.receipt."""

    def __call__(
        self, entry: Entry, *, masked: tuple[str, ...], may_write_back: bool
    ) -> Message: ...


def _key(entry: Entry) -> str:
    return f"receipt:{entry.id}"


def stands(store: Store, entry: Entry) -> bool:
    """Whether its owner has the receipt in direct messages."""
    return store.posts.get(entry.workspace, _key(entry)) is not None


def arm(
    store: Store,
    entry: Entry,
    now: datetime,
    channel: str,
    masked: tuple[str, ...] = (),
    may_write_back: bool = False,
) -> list[str]:
    """Owe the owner a receipt in that direct channel; inside the transaction that kept the note.

    The keys of the jobs.
    """
    store.posts.ensure(entry.workspace, _key(entry), channel, now)
    return refresh(store, entry, now, masked, may_write_back)


def refresh(
    store: Store,
    entry: Entry,
    now: datetime,
    masked: tuple[str, ...] = (),
    may_write_back: bool = False,
) -> list[str]:
    """Ask that a receipt in direct messages match its note, inside the transaction that changed

    or erased it; the keys of the jobs.
    """
    if not stands(store, entry):
        return []
    undo = "yes" if may_write_back else ""
    payload = {"entry": entry.id, "masked": "|".join(masked), "write_back": undo}
    store.jobs.arm(entry.workspace, KIND, _key(entry), now, payload)
    return [_key(entry)]


@dataclass(frozen=True)
class Receipts:
    """Runs the `receipt` jobs."""

    store: Store
    slack: Slack
    now: Callable[[], datetime]
    render: Render

    def run(self, job: Job) -> NotSent | None:
        now = self.now()
        post = self.store.posts.get(job.workspace, job.key)
        entry = self.store.entries.get(job.workspace, job.payload["entry"])
        if post is None or entry is None:
            was_closed = self.store.entries.was_closed(job.workspace, job.payload["entry"])
            return posting.hide(self.store, self.slack, job, post, notes.gone(was_closed), now)
        masked = tuple(kind for kind in job.payload["masked"].split("|") if kind)
        may_write_back = bool(job.payload.get("write_back"))
        content = self.render(entry, masked=masked, may_write_back=may_write_back)
        return posting.show(self.store, self.slack, job, post, content, entry.version, now)
