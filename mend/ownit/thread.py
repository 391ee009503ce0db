"""The thread of a note in the team channel: it stands while its owner shows it, and no longer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from mend.db.engine import Database
from mend.db.jobs import Jobs
from mend.db.model import Job
from mend.ownit import views as notes
from mend.ownit.leads import Leads
from mend.ownit.model import Entry
from mend.ownit.store import NoteStore
from mend.people.model import Role
from mend.people.teams import Teams
from mend.playbooks.model import Playbook
from mend.repair import views as repair
from mend.slack import posting
from mend.slack.gateway import SlackGateway
from mend.slack.model import Failure, NotSent
from mend.slack.store import Posts

KIND = "thread"
PLAYBOOK_KIND = "thread_playbook"


def subject(entry: str) -> str:
    """The key of the job and the subject of the post."""
    return f"thread:{entry}"


def arm(db: Database, entry: Entry, now: datetime) -> list[str]:
    """Ask that Slack be made to match this note; inside the transaction that changed it."""
    key = subject(entry.id)
    Jobs(db).arm(KIND, key, now, {"entry": entry.id})
    shows_playbook = Posts(db).get(_playbook(entry)) is not None
    return [key, *(arm_playbook(db, entry, "", now) if shows_playbook else [])]


def arm_playbook(db: Database, entry: Entry, slug: str, now: datetime) -> list[str]:
    """Ask that this playbook stand in the thread while the note does; "" only takes it out."""
    key = _playbook(entry)
    Jobs(db).arm(PLAYBOOK_KIND, key, now, {"entry": entry.id, "slug": slug})
    return [key]


def _playbook(entry: Entry) -> str:
    return f"thread_playbook:{entry.id}"


@dataclass(frozen=True)
class Threads:
    """Runs the `thread` jobs."""

    db: Database
    slack: SlackGateway
    now: Callable[[], datetime]
    teams: Teams
    leads: Leads
    playbook: Callable[[str], Playbook | None]

    def run(self, job: Job) -> NotSent | None:
        """One pass. What changes while it runs arms the job again, so another pass follows."""
        now = self.now()
        entry = NoteStore(self.db).get(job.payload["entry"])
        if entry is None or not entry.is_shown:
            post = Posts(self.db).get(job.key)
            was_closed = NoteStore(self.db).was_closed(job.payload["entry"])
            return posting.hide(self.db, self.slack, job, post, notes.gone(was_closed), now)
        post = Posts(self.db).ensure(job.key, entry.team, now)
        content = notes.thread(entry, lead_goes_first=self.leads.goes_first(entry))
        return posting.show(self.db, self.slack, job, post, content, entry.version, now)

    def run_playbook(self, job: Job) -> NotSent | None:
        """The playbook under the note's root; gone with the note."""
        now = self.now()
        entry = NoteStore(self.db).get(job.payload["entry"])
        post = Posts(self.db).get(job.key)
        book = self.playbook(job.payload["slug"])
        if entry is None or not entry.is_shown:
            return posting.hide(self.db, self.slack, job, post, None, now)
        if book is None or (post and post.ts):
            Jobs(self.db).finish(job, now)
            return None
        root = Posts(self.db).get(subject(entry.id))
        if root is None or not root.ts:
            return NotSent(Failure.UNAVAILABLE, "the thread does not stand yet")
        post = Posts(self.db).ensure(job.key, root.channel, now, thread=root.ts)
        today = now.astimezone(self.teams.rules(entry.team).zone).date()
        content = repair.answer(book, (), Role.AGENT, today, is_sure=True, controls=False)
        return posting.show(self.db, self.slack, job, post, content, version=1, now=now)
