"""An answer that somebody shares in a channel: posted by Mend, once, with who shares it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from mend.db.engine import Database
from mend.db.jobs import Jobs
from mend.db.model import Job
from mend.people.teams import Teams
from mend.playbooks.library import Library
from mend.repair import views as blocks
from mend.slack.model import NotSent
from mend.slack.outbox import Outbox
from mend.slack.store import Posts

KIND = "share"
SHARED = "Shared in this channel."
ON_ITS_WAY = "On its way: Slack did not confirm it yet. Mend sees to it that it stands here once."
NOT_SHARED = (
    "Not shared: Mend may not post here. If only your company reads this channel, type"
    " `/invite @Mend`, then Share again."
)


@dataclass(frozen=True)
class Sharing:
    """Runs `share` jobs. One that Slack refuses for good is dropped: it helps nobody later."""

    db: Database
    outbox: Outbox
    library: Library
    teams: Teams
    now: Callable[[], datetime]

    def share(self, person: str, channel: str, card: str, slug: str) -> str:
        """Owe the channel this answer, once for each card it is shared from; the job's key."""
        key = f"{KIND}:{channel}:{card}:{slug}"
        payload = {"person": person, "channel": channel, "slug": slug}
        if Posts(self.db).get(key) is None:  # else it stands, or is on its way
            Jobs(self.db).schedule(KIND, key, self.now(), payload)
        return key

    def run(self, job: Job) -> NotSent | None:
        book, person = self.library.get(job.payload["slug"]), job.payload["person"]
        if book:
            content = blocks.shared(person, book, self.teams.today(person))
            failure = self.outbox.show(job, job.payload["channel"], content)
            if failure is None or failure.reason.is_passing:
                return failure
        with self.db.transaction():
            if post := Posts(self.db).get(job.key):
                Posts(self.db).remove(post)
            Jobs(self.db).finish(job, self.now())
        return None

    def outcome(self, key: str) -> str:
        """What became of it so far, for whoever shared it."""
        post = Posts(self.db).get(key)
        if post is None:
            return NOT_SHARED
        return SHARED if post.ts else ON_ITS_WAY
