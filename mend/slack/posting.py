"""Making one message in Slack match the db, once, whatever dies in between.

There is no second mechanism: a first post, a change, a withdrawal that races a post on its way and
a restart in the middle are each just one more pass over the same row.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from mend.db.engine import Database
from mend.db.jobs import Jobs
from mend.db.model import Job
from mend.slack.gateway import SlackGateway
from mend.slack.model import (
    Content,
    Failure,
    NotSent,
    Post,
    Sent,
)
from mend.slack.store import Posts


def show(
    db: Database,
    slack: SlackGateway,
    job: Job,
    post: Post,
    content: Content,
    version: int,
    now: datetime,
) -> NotSent | None:
    """Have `content` stand where `post` says: posted if it is not there, updated if it is older."""
    standing = _where_it_stands(slack, job, post)
    if isinstance(standing, NotSent):
        return standing
    if standing is None:
        outcome = slack.post(post.channel, content, key=post.key, thread=post.thread or None)
    elif post.version == version:
        outcome = standing
    else:
        outside = slack.leaves_company(post.channel)  # only hiding is always allowed
        outcome = outside or slack.update(standing.channel, standing.ts, content)
    if isinstance(outcome, Sent):
        where = standing or outcome
        with db.transaction():
            Posts(db).placed(post, where.channel, where.ts, version)
            Jobs(db).finish(job, now)
        return None
    if outcome.reason is Failure.GONE:  # somebody with the right to do so removed it
        _forget(db, job, post, now)
        return None
    if standing is None and outcome.reason.was_not_sent:
        Posts(db).not_sent(post, job.attempts)
    return outcome


def hide(
    db: Database,
    slack: SlackGateway,
    job: Job,
    post: Post | None,
    instead: Content | None,
    now: datetime,
) -> NotSent | None:
    """Have nothing stand there, or `instead` alone, and forget the post.

    Where Slack no longer lets it be changed, it is deleted.
    """
    standing = _where_it_stands(slack, job, post) if post else None
    if isinstance(standing, NotSent):
        return standing
    if standing:
        outcome = slack.update(standing.channel, standing.ts, instead) if instead else None
        if outcome is None or (isinstance(outcome, NotSent) and _is_refused(outcome)):
            outcome = slack.delete(standing.channel, standing.ts)
        if isinstance(outcome, NotSent) and outcome.reason is not Failure.GONE:
            return outcome
    _forget(db, job, post, now)
    return None


def _is_refused(outcome: NotSent) -> bool:
    """Whether this way is closed for good, so that another one may be open."""
    return not outcome.reason.is_passing and outcome.reason is not Failure.GONE


def in_direct_channel(slack: SlackGateway, post: Post, person: str) -> Post | NotSent:
    """The same post, addressed to the person's direct messages with Mend."""
    if post.ts:
        return post
    channel = slack.direct_channel(person)
    return channel if isinstance(channel, NotSent) else replace(post, channel=channel)


def _where_it_stands(slack: SlackGateway, job: Job, post: Post) -> Sent | NotSent | None:
    """None where it does not stand. Slack is asked only where the db cannot know."""
    if post.ts:
        return Sent(post.channel, post.ts)
    if not job.may_have_run_before or post.unsent == job.attempts - 1:
        return None
    return slack.find(post.channel, post.key, post.since, post.thread or None)


def _forget(db: Database, job: Job, post: Post | None, now: datetime) -> None:
    with db.transaction():
        if post:
            Posts(db).remove(post)
        Jobs(db).finish(job, now)
