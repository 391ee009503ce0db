"""Private messages that must arrive once: kept until delivered, then without their words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from mend.db.engine import Database
from mend.db.jobs import Jobs
from mend.db.model import Job
from mend.slack import posting
from mend.slack.gateway import SlackGateway
from mend.slack.model import Content, NotSent
from mend.slack.store import Notices, Posts

KIND = "notice"
AT_ONCE = timedelta(minutes=1)


def subject_of(key: str, person: str) -> str:
    """Under which `person` is told; where the key ends in them, a mark of it stands there."""
    front = key.removesuffix(person)
    mark = sha256(key.encode()).hexdigest()[:16] if front != key else ""
    return f"notice:{front}{mark}"


def owe(db: Database, key: str, person: str, content: Content, now: datetime) -> list[str]:
    """Tell `person` once under this key; the key of the job, or nothing where it was told."""
    subject = subject_of(key, person)
    with db.transaction():
        if not Notices(db).owe(subject, person, content, now):
            return []
        Jobs(db).schedule(KIND, subject, now)
    return [subject]


def take_back(db: Database, prefix: str) -> bool:
    """What is owed under keys that begin so is told no more, and what was told may be told anew.

    Whether there was any.
    """
    return Notices(db).take_back(f"notice:{prefix}") > 0


def hold(db: Database, key: str, person: str, content: Content, now: datetime) -> None:
    """Keep what `person` is told once something is so; see `release`."""
    Notices(db).owe(subject_of(key, person), person, content, now)


def release(db: Database, key: str, now: datetime) -> None:
    """It is so: whoever waited longer than a moment hears it, whoever saw it happen does not."""
    with db.transaction():
        Notices(db).drop(f"notice:{key}", now - AT_ONCE)
        if Notices(db).get(f"notice:{key}"):
            Jobs(db).schedule(KIND, f"notice:{key}", now)


def refusal_of(job: Job) -> str:
    """The key under which its owner is told that this work was refused."""
    return f"refused:{job.key}"


@dataclass(frozen=True)
class Deliveries:
    """Runs the `notice` jobs."""

    db: Database
    slack: SlackGateway
    now: Callable[[], datetime]

    def run(self, job: Job) -> NotSent | None:
        now = self.now()
        owed = Notices(self.db).get(job.key)
        if owed is None:
            with self.db.transaction():
                Jobs(self.db).finish(job, now)
                if post := Posts(self.db).get(job.key):
                    Posts(self.db).remove(post)
            return None
        person, content = owed
        post = Posts(self.db).ensure(job.key, person, now)
        addressed = posting.in_direct_channel(self.slack, post, person)
        if isinstance(addressed, NotSent):
            return addressed
        failure = posting.show(self.db, self.slack, job, addressed, content, version=1, now=now)
        if failure is None:
            with self.db.transaction():
                Notices(self.db).delivered(job.key)
                Posts(self.db).remove(post)  # it would tell for ever whose messages it is in
        return failure
