"""Private messages that must arrive once: kept until delivered, then without their words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from mend.db.model import Job
from mend.ports import Slack, Store
from mend.slack import posting
from mend.slack.model import Content, NotSent

KIND = "notice"


def owe(
    store: Store, workspace: str, key: str, person: str, content: Content, now: datetime
) -> list[str]:
    """Tell `person` once under this key; the key of the job, or nothing where it was told."""
    subject = f"notice:{key}"
    with store.transaction():
        if not store.notices.owe(workspace, subject, person, content, now):
            return []
        store.jobs.arm(workspace, KIND, subject, now)
    return [subject]


@dataclass(frozen=True)
class Notices:
    """Runs the `notice` jobs."""

    store: Store
    slack: Slack
    now: Callable[[], datetime]

    def run(self, job: Job) -> NotSent | None:
        now = self.now()
        owed = self.store.notices.get(job.workspace, job.key)
        if owed is None:
            self.store.jobs.finish(job, now)
            return None
        person, content = owed
        post = self.store.posts.ensure(job.workspace, job.key, person, now)
        addressed = posting.in_direct_channel(self.slack, post, person)
        if isinstance(addressed, NotSent):
            return addressed
        failure = posting.show(self.store, self.slack, job, addressed, content, version=1, now=now)
        if failure is None:
            with self.store.transaction():
                self.store.notices.delivered(job.workspace, job.key)
                self.store.posts.remove(post)  # it would tell for ever whose messages it is in
        return failure
