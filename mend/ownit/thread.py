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
from mend.slack import posting
from mend.slack.gateway import SlackGateway
from mend.slack.model import Failure, NotSent
from mend.slack.store import Posts

KIND = "thread"


def subject(entry: str) -> str:
    """The key of the job and the subject of the post."""
    return f"thread:{entry}"


def arm(db: Database, entry: Entry, now: datetime) -> list[str]:
    """Ask that Slack be made to match this note; inside the transaction that changed it."""
    key = subject(entry.id)
    Jobs(db).arm(KIND, key, now, {"entry": entry.id})
    return [key]


@dataclass(frozen=True)
class Threads:
    """Runs the `thread` jobs."""

    db: Database
    slack: SlackGateway
    now: Callable[[], datetime]
    leads: Leads

    def about(self, note: str) -> tuple[str, str]:
        """The words of a note and the link to its thread, for whoever is asked for a hand."""
        entry = NoteStore(self.db).get(note)
        post = Posts(self.db).get(subject(note))
        link = self.slack.permalink(post.channel, post.ts) if post and post.ts else ""
        return entry.text if entry else "", "" if isinstance(link, NotSent) else link

    def run(self, job: Job) -> NotSent | None:
        """One pass. What changes while it runs arms the job again, so another pass follows."""
        now = self.now()
        entry = NoteStore(self.db).get(job.payload["entry"])
        if entry is None or not entry.is_shown:
            return self._without_playbook(job) or self._hide(job, now)
        post = Posts(self.db).ensure(job.key, entry.team, now)
        content = notes.thread(entry, lead_goes_first=self.leads.goes_first(entry))
        return posting.show(self.db, self.slack, job, post, content, entry.version, now)

    def _hide(self, job: Job, now: datetime) -> NotSent | None:
        post = Posts(self.db).get(job.key)
        was_closed = NoteStore(self.db).was_closed(job.payload["entry"])
        return posting.hide(self.db, self.slack, job, post, notes.gone(was_closed), now)

    def _without_playbook(self, job: Job) -> NotSent | None:
        """Take out the playbook that an older Mend posted under the root, if there is one."""
        post = Posts(self.db).get(f"thread_playbook:{job.payload['entry']}")
        if post and post.ts:
            outcome = self.slack.delete(post.channel, post.ts)
            if isinstance(outcome, NotSent) and outcome.reason is not Failure.GONE:
                return outcome
        if post:
            Posts(self.db).remove(post)
        return None
