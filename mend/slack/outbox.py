"""What Mend owes people in Slack: messages that must stand there once, and private ones.

Slack is made to match the database, once, whatever dies in between. There is no second mechanism:
a first post, a change, a withdrawal that races a post on its way and a restart in the middle are
each just one more pass over the same row.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256

from mend.db.engine import Database
from mend.db.jobs import Jobs
from mend.db.model import Job
from mend.slack import ui
from mend.slack.gateway import SlackGateway
from mend.slack.model import WHO_LEFT, Content, Failure, NotSent, Post, Sent
from mend.slack.store import Notices, Posts

DM_KIND = "notice"
REFUSED = "refused"
A_MOMENT = timedelta(minutes=1)
TAKEN_OUT = ui.notice("What stood here is no longer kept.")
_PEOPLE = ("U", "W")  # an id that begins so is a person's; a channel's begins otherwise


@dataclass(frozen=True)
class Outbox:
    """Owes messages and sends them. `show` and `hide` are one pass of the job that owes it."""

    db: Database
    slack: SlackGateway
    now: Callable[[], datetime]

    def dm(self, key: str, person: str, content: Content, about: str = "") -> list[str]:
        """Owe a private message, told once under this key, inside the caller's transaction.

        The key of its job, or nothing where it was told before. Its words go once it is delivered;
        from Slack, too, once what it is `about` is taken out.
        """
        subject = dm_subject(key, person)
        with self.db.transaction():
            if not Notices(self.db).owe(subject, person, content, self.now(), about):
                return []
            Jobs(self.db).schedule(DM_KIND, subject, self.now())
        return [subject]

    def take_back(self, prefix: str, person: str = "") -> bool:
        """What is owed (to `person`) under keys that begin so is told no more; without `person`,

        what was told may be told anew. Whether there was any.
        """
        return Notices(self.db).take_back(f"{DM_KIND}:{prefix}", person) > 0

    def take_out(self, about: str) -> list[str]:
        """Private messages about that are sent no more, and go from Slack; inside the transaction

        that erases it. The keys of the jobs.
        """
        with self.db.transaction():
            keys = Notices(self.db).take_out(about)
            for key in keys:
                Jobs(self.db).schedule(DM_KIND, key, self.now())
        return keys

    def hold(self, key: str, person: str, content: Content) -> None:
        """Keep what `person` is told once something is so; see `release`."""
        Notices(self.db).owe(dm_subject(key, person), person, content, self.now())

    def release(self, key: str) -> None:
        """It is so: who waited longer than a moment hears it, who saw it happen does not."""
        subject = f"{DM_KIND}:{key}"
        with self.db.transaction():
            Notices(self.db).drop(subject, self.now() - A_MOMENT)
            if Notices(self.db).get(subject):
                Jobs(self.db).schedule(DM_KIND, subject, self.now())

    def deliver(self, job: Job) -> NotSent | None:
        """Send a private message that is owed, or take it out where it is no more."""
        owed = Notices(self.db).get(job.key)
        if owed is None and Notices(self.db).was_owed(job.key):
            self._forget(job, None)
            return None
        if owed is None:
            return self.hide(job, TAKEN_OUT)
        person, content = owed
        failure = self.show(job, person, content)
        if failure is None:
            with self.db.transaction():
                post, about = Posts(self.db).get(job.key), Notices(self.db).delivered(job.key)
                if post and about == "":
                    Posts(self.db).remove(post)  # it would tell for ever whose messages it is in
        return failure

    def show(
        self, job: Job, to: str, content: Content, version: int = 1, thread: str = ""
    ) -> NotSent | None:
        """Have `content` stand under the job's key: posted if it is not there, or else updated

        where an older version stands. `to` is a channel, or a person for their direct messages.
        """
        post = self._addressed(Posts(self.db).ensure(job.key, to, self.now(), thread))
        standing = self._where_it_stands(job, post) if isinstance(post, Post) else None
        if isinstance(post, NotSent):
            return post
        if isinstance(standing, NotSent):
            return standing
        if standing is None:
            outcome = self.slack.post(
                post.channel, content, key=post.key, thread=post.thread or None
            )
        elif post.version == version:
            outcome = standing
        else:
            outside = self.slack.leaves_company(post.channel)  # only hiding is always allowed
            outcome = outside or self.slack.update(standing.channel, standing.ts, content)
        if isinstance(outcome, Sent):
            where = standing or outcome
            with self.db.transaction():
                Posts(self.db).placed(post, where.channel, where.ts, version)
                Jobs(self.db).finish(job, self.now())
            return None
        if outcome.reason is Failure.GONE:  # somebody with the right to do so removed it
            self._forget(job, post)
            return None
        if standing is None and outcome.reason.was_not_sent:
            Posts(self.db).not_sent(post, job.attempts)
        return outcome

    def hide(self, job: Job, instead: Content | None) -> NotSent | None:
        """Have nothing stand under the job's key, or `instead` alone, and forget the post.

        Where Slack no longer lets it be changed, it is deleted.
        """
        kept = Posts(self.db).get(job.key)
        post = self._addressed(kept) if kept else None
        if isinstance(post, NotSent) and post.reason in WHO_LEFT:
            self._forget(job, kept)  # it never reached them, and nothing can
            return None
        if isinstance(post, NotSent):
            return post
        standing = self._where_it_stands(job, post) if post else None
        if isinstance(standing, NotSent):
            return standing
        if standing:
            outcome = self.slack.update(standing.channel, standing.ts, instead) if instead else None
            if outcome is None or (isinstance(outcome, NotSent) and _is_refused(outcome)):
                outcome = self.slack.delete(standing.channel, standing.ts)
            if isinstance(outcome, NotSent) and outcome.reason is not Failure.GONE:
                return outcome
        self._forget(job, post)
        return None

    def _addressed(self, post: Post) -> Post | NotSent:
        """A person's post that does not stand yet goes to their direct messages with Mend."""
        if post.ts or not post.channel.startswith(_PEOPLE):
            return post
        channel = self.slack.direct_channel(post.channel)
        return channel if isinstance(channel, NotSent) else replace(post, channel=channel)

    def _where_it_stands(self, job: Job, post: Post) -> Sent | NotSent | None:
        """None where it does not stand. Slack is asked only where the database cannot know."""
        if post.ts:
            return Sent(post.channel, post.ts)
        if post.unsent == job.attempts - 1:
            return None
        return self.slack.find(post.channel, post.key, post.since, post.thread or None)

    def _forget(self, job: Job, post: Post | None) -> None:
        with self.db.transaction():
            if post:
                Posts(self.db).remove(post)
            Jobs(self.db).finish(job, self.now())


def dm_subject(key: str, person: str) -> str:
    """Under which `person` is told; where the key ends in them, a mark of it stands there."""
    front = key.removesuffix(person)
    mark = sha256(key.encode()).hexdigest()[:16] if front != key else ""
    return f"{DM_KIND}:{front}{mark}"


def refusal_of(job: Job) -> str:
    """The key under which its owner is told that this work was refused."""
    return f"{REFUSED}:{job.key}"


def _is_refused(outcome: NotSent) -> bool:
    """Whether this way is closed for good, so that another one may be open."""
    return not outcome.reason.is_passing and outcome.reason is not Failure.GONE
