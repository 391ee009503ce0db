"""Private messages that must arrive once: kept until delivered, then without their words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from mend.domain.jobs import Job
from mend.ports import Content, NotSent, Slack, Store
from mend.services import posting

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


class Notices:
    """Runs the `notice` jobs."""

    def __init__(self, store: Store, slack: Slack, now: Callable[[], datetime]) -> None:
        self._store = store
        self._slack = slack
        self._now = now

    def run(self, job: Job) -> NotSent | None:
        now = self._now()
        owed = self._store.notices.get(job.workspace, job.key)
        if owed is None:
            self._store.jobs.finish(job, now)
            return None
        person, content = owed
        post = self._store.posts.ensure(job.workspace, job.key, person, now)
        addressed = posting.in_direct_channel(self._slack, post, person)
        if isinstance(addressed, NotSent):
            return addressed
        failure = posting.show(
            self._store, self._slack, job, addressed, content, version=1, now=now
        )
        if failure is None:
            self._store.notices.delivered(job.workspace, job.key)
        return failure
