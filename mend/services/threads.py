"""The thread of a note in the team channel: it stands while its owner shows it, and no longer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from mend.blocks import notes
from mend.domain.entries import Entry
from mend.domain.jobs import Job
from mend.ports import NotSent, Slack, Store
from mend.services import posting
from mend.services.leads import Leads

KIND = "thread"


def subject(entry: str) -> str:
    """The key of the job and the subject of the post."""
    return f"thread:{entry}"


def arm(store: Store, entry: Entry, now: datetime) -> str:
    """Ask that Slack be made to match this note; inside the transaction that changed it."""
    key = subject(entry.id)
    store.jobs.arm(entry.workspace, KIND, key, now, {"entry": entry.id})
    return key


@dataclass(frozen=True)
class Threads:
    """Runs the `thread` jobs."""

    store: Store
    slack: Slack
    now: Callable[[], datetime]
    leads: Leads

    def run(self, job: Job) -> NotSent | None:
        """One pass. What changes while it runs arms the job again, so another pass follows."""
        now = self.now()
        entry = self.store.entries.get(job.workspace, job.payload["entry"])
        if entry is None or not entry.is_shown:
            post = self.store.posts.get(job.workspace, job.key)
            was_closed = self.store.entries.was_closed(job.workspace, job.payload["entry"])
            return posting.hide(self.store, self.slack, job, post, notes.gone(was_closed), now)
        post = self.store.posts.ensure(job.workspace, job.key, entry.team, now)
        content = notes.thread(entry, lead_goes_first=self.leads.goes_first(entry))
        return posting.show(self.store, self.slack, job, post, content, entry.version, now)
