"""Telling supervisors that somebody asks for a hand: one direct message each, once a note."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from mend.blocks import notes
from mend.domain.entries import Entry
from mend.domain.jobs import Job
from mend.ports import NotSent, Slack, Store
from mend.services import posting, threads

KIND = "hand"


def ask(store: Store, entry: Entry, supervisors: Sequence[str], now: datetime) -> list[str]:
    """Arm one job a supervisor; those asked before are not asked again."""
    keys = [f"{_prefix(entry)}{person}" for person in supervisors]
    for key, person in zip(keys, supervisors, strict=True):
        if store.posts.get(entry.workspace, key) is None:
            store.posts.ensure(entry.workspace, key, person, now)
            _arm(store, entry, key, now)
    return keys


def take_back(store: Store, entry: Entry, now: datetime) -> list[str]:
    """Have the messages about a withdrawn note say nothing any more; the keys of the jobs."""
    keys = [post.subject for post in store.posts.starting(entry.workspace, _prefix(entry))]
    for key in keys:
        _arm(store, entry, key, now)
    return keys


def _prefix(entry: Entry) -> str:
    return f"hand:{entry.id}:"


def _arm(store: Store, entry: Entry, key: str, now: datetime) -> None:
    person = key.removeprefix(_prefix(entry))
    store.jobs.arm(entry.workspace, KIND, key, now, {"entry": entry.id, "person": person})


class Hands:
    """Runs the `hand` jobs."""

    def __init__(self, store: Store, slack: Slack, now: Callable[[], datetime]) -> None:
        self._store = store
        self._slack = slack
        self._now = now

    def run(self, job: Job) -> NotSent | None:
        now = self._now()
        post = self._store.posts.get(job.workspace, job.key)
        if post is None:
            self._store.jobs.finish(job, now)
            return None
        addressed = posting.in_direct_channel(self._slack, post, job.payload["person"])
        if isinstance(addressed, NotSent):
            return addressed
        entry = self._store.entries.get(job.workspace, job.payload["entry"])
        if entry is None:
            return posting.hide(self._store, self._slack, job, addressed, notes.withdrawn(), now)
        content = notes.request_for_hand(entry, self._link(entry))
        return posting.show(self._store, self._slack, job, addressed, content, version=1, now=now)

    def _link(self, entry: Entry) -> str:
        thread = self._store.posts.get(entry.workspace, threads.subject(entry.id))
        if thread is None or not thread.ts:
            return ""
        link = self._slack.permalink(thread.channel, thread.ts)
        return "" if isinstance(link, NotSent) else link
