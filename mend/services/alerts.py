"""Telling the admins, once a day and kind of trouble, that some work was given up."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime

from mend.blocks.kit import notice
from mend.domain.jobs import Job
from mend.ports import NotSent, Slack, Store
from mend.services import posting

KIND = "alert"

_WHAT = {
    "recap": "The recap could not be posted; it is kept.",
    "recap_details": "The details of the recap could not be posted; they are kept.",
    "thread": "A note could not be shown in (or taken out of) the team channel; it is kept.",
    "hand": "A supervisor could not be told that somebody asks for a hand.",
    "receipt": "A receipt could not be delivered; the note is kept.",
}


class Alerts:
    """Arms and runs the `alert` jobs."""

    def __init__(
        self, store: Store, slack: Slack, now: Callable[[], datetime], admins: Collection[str]
    ) -> None:
        self._store = store
        self._slack = slack
        self._now = now
        self._admins = admins

    def given_up(self, job: Job, failure: NotSent) -> None:
        """Owe every admin one message about this kind of work and this reason today."""
        if job.kind == KIND:
            return
        now = self._now()
        for admin in self._admins:
            key = f"alert:{job.kind}:{failure.reason.name}:{now:%Y-%m-%d}:{admin}"
            with self._store.transaction():
                if self._store.posts.get(job.workspace, key) is None:
                    self._store.posts.ensure(job.workspace, key, admin, now)
                    detail = f" ({failure.detail})" if failure.detail else ""
                    self._store.jobs.arm(
                        job.workspace,
                        KIND,
                        key,
                        now,
                        {"kind": job.kind, "reason": failure.reason.value + detail, "to": admin},
                    )

    def run(self, job: Job) -> NotSent | None:
        now = self._now()
        post = self._store.posts.get(job.workspace, job.key)
        if post is None:
            self._store.jobs.finish(job, now)
            return None
        addressed = posting.in_direct_channel(self._slack, post, job.payload["to"])
        if isinstance(addressed, NotSent):
            return addressed
        what = _WHAT.get(job.payload["kind"], "Some work could not be done.")
        content = notice(f"{what} Reason: {job.payload['reason']}. `/mend doctor` says more.")
        return posting.show(self._store, self._slack, job, addressed, content, version=1, now=now)
