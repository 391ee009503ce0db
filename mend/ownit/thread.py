"""The thread of a note in the team channel: it stands while its owner shows it, and no longer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from mend.db.model import Job
from mend.ownit import views as notes
from mend.ownit.leads import Leads
from mend.ownit.model import Entry
from mend.people.model import Role
from mend.people.teams import Teams
from mend.playbooks.model import Playbook
from mend.ports import Slack, Store
from mend.repair import views as repair
from mend.slack import posting
from mend.slack.model import Failure, NotSent

KIND = "thread"
PLAYBOOK_KIND = "thread_playbook"


def subject(entry: str) -> str:
    """The key of the job and the subject of the post."""
    return f"thread:{entry}"


def arm(store: Store, entry: Entry, now: datetime) -> list[str]:
    """Ask that Slack be made to match this note; inside the transaction that changed it."""
    key = subject(entry.id)
    store.jobs.arm(entry.workspace, KIND, key, now, {"entry": entry.id})
    shows_playbook = store.posts.get(entry.workspace, _playbook(entry)) is not None
    return [key, *(arm_playbook(store, entry, "", now) if shows_playbook else [])]


def arm_playbook(store: Store, entry: Entry, slug: str, now: datetime) -> list[str]:
    """Ask that this playbook stand in the thread while the note does; "" only takes it out."""
    key = _playbook(entry)
    store.jobs.arm(entry.workspace, PLAYBOOK_KIND, key, now, {"entry": entry.id, "slug": slug})
    return [key]


def _playbook(entry: Entry) -> str:
    return f"thread_playbook:{entry.id}"


@dataclass(frozen=True)
class Threads:
    """Runs the `thread` jobs."""

    store: Store
    slack: Slack
    now: Callable[[], datetime]
    workspace: str
    teams: Teams
    leads: Leads
    playbook: Callable[[str], Playbook | None]

    def about(self, note: str) -> tuple[str, str]:
        """The words of a note and the link to its thread, for whoever is asked for a hand."""
        entry = self.store.entries.get(self.workspace, note)
        post = self.store.posts.get(self.workspace, subject(note))
        link = self.slack.permalink(post.channel, post.ts) if post and post.ts else ""
        return entry.text if entry else "", "" if isinstance(link, NotSent) else link

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

    def run_playbook(self, job: Job) -> NotSent | None:
        """The playbook under the note's root; gone with the note."""
        now = self.now()
        entry = self.store.entries.get(job.workspace, job.payload["entry"])
        post = self.store.posts.get(job.workspace, job.key)
        book = self.playbook(job.payload["slug"])
        if entry is None or not entry.is_shown:
            return posting.hide(self.store, self.slack, job, post, None, now)
        if book is None or (post and post.ts):
            self.store.jobs.finish(job, now)
            return None
        root = self.store.posts.get(job.workspace, subject(entry.id))
        if root is None or not root.ts:
            return NotSent(Failure.UNAVAILABLE, "the thread does not stand yet")
        post = self.store.posts.ensure(job.workspace, job.key, root.channel, now, thread=root.ts)
        today = now.astimezone(self.teams.rules(entry.team).zone).date()
        content = repair.answer(book, (), Role.AGENT, today, is_sure=True, controls=False)
        return posting.show(self.store, self.slack, job, post, content, version=1, now=now)
