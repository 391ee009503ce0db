"""The receipt of a note that was told to Mend in a direct message."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from mend.blocks import notes
from mend.domain.entries import Entry
from mend.domain.jobs import Job
from mend.ports import NotSent, Slack, Store
from mend.services import posting

KIND = "receipt"


def arm(store: Store, entry: Entry, channel: str, now: datetime, masked: tuple[str, ...]) -> str:
    """Owe the owner a receipt in that channel; inside the transaction that kept the note."""
    key = f"receipt:{entry.id}"
    store.posts.ensure(entry.workspace, key, channel, now)
    payload = {"entry": entry.id, "masked": "|".join(masked)}
    store.jobs.arm(entry.workspace, KIND, key, now, payload)
    return key


@dataclass(frozen=True)
class Receipts:
    """Runs the `receipt` jobs."""

    store: Store
    slack: Slack
    now: Callable[[], datetime]

    def run(self, job: Job) -> NotSent | None:
        now = self.now()
        post = self.store.posts.get(job.workspace, job.key)
        entry = self.store.entries.get(job.workspace, job.payload["entry"])
        if post is None or entry is None:
            return posting.hide(self.store, self.slack, job, post, notes.withdrawn(), now)
        masked = tuple(kind for kind in job.payload["masked"].split("|") if kind)
        content = notes.receipt(entry, now, masked=masked)
        return posting.show(self.store, self.slack, job, post, content, entry.version, now)
