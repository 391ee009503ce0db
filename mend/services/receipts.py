"""The receipt of a note; of one told to Mend in a direct message, it is a message of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from mend.blocks import notes
from mend.blocks.kit import Message
from mend.domain.entries import Entry
from mend.domain.jobs import Job
from mend.ports import NotSent, Slack, Store
from mend.services import posting

KIND = "receipt"


class Render(Protocol):
    """Owning.receipt."""

    def __call__(self, entry: Entry, *, masked: tuple[str, ...]) -> Message: ...


def arm(store: Store, entry: Entry, channel: str, now: datetime, masked: tuple[str, ...]) -> str:
    """Owe the owner a receipt in that channel; inside the transaction that kept the note."""
    key = f"receipt:{entry.id}"
    store.posts.ensure(entry.workspace, key, channel, now)
    payload = {"entry": entry.id, "masked": "|".join(masked)}
    store.jobs.arm(entry.workspace, KIND, key, now, payload)
    return key


def retract(store: Store, entry: Entry, now: datetime) -> list[str]:
    """Ask that a receipt in direct messages be taken back, inside the transaction that erased

    the note; the key of the job.
    """
    key = f"receipt:{entry.id}"
    if store.posts.get(entry.workspace, key) is None:
        return []
    store.jobs.arm(entry.workspace, KIND, key, now, {"entry": entry.id, "masked": ""})
    return [key]


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
        content = self.render(entry, masked=masked)
        return posting.show(self.store, self.slack, job, post, content, entry.version, now)
