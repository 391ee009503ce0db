"""Making one message in Slack match the store, once, whatever dies in between.

There is no second mechanism: a first post, a change, a withdrawal that races a post on its way and
a restart in the middle are each just one more pass over the same row.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from mend.db.model import Job
from mend.ports import Slack, Store
from mend.slack.model import (
    Content,
    Failure,
    NotSent,
    Post,
    Sent,
)


def show(
    store: Store, slack: Slack, job: Job, post: Post, content: Content, version: int, now: datetime
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
        outcome = slack.update(standing.channel, standing.ts, content)
    if isinstance(outcome, Sent):
        where = standing or outcome
        with store.transaction():
            store.posts.placed(post, where.channel, where.ts, version)
            store.jobs.finish(job, now)
        return None
    if outcome.reason is Failure.GONE:  # somebody with the right to do so removed it
        _forget(store, job, post, now)
        return None
    return outcome


def hide(
    store: Store, slack: Slack, job: Job, post: Post | None, instead: Content | None, now: datetime
) -> NotSent | None:
    """Have nothing stand there, or `instead` alone, and forget the post."""
    standing = _where_it_stands(slack, job, post) if post else None
    if isinstance(standing, NotSent):
        return standing
    if standing:
        outcome = (
            slack.update(standing.channel, standing.ts, instead)
            if instead
            else slack.delete(standing.channel, standing.ts)
        )
        if isinstance(outcome, NotSent) and outcome.reason is not Failure.GONE:
            return outcome
    _forget(store, job, post, now)
    return None


def in_direct_channel(slack: Slack, post: Post, person: str) -> Post | NotSent:
    """The same post, addressed to the person's direct messages with Mend."""
    if post.ts:
        return post
    channel = slack.direct_channel(person)
    return channel if isinstance(channel, NotSent) else replace(post, channel=channel)


def _where_it_stands(slack: Slack, job: Job, post: Post) -> Sent | NotSent | None:
    """None where it does not stand. Slack is asked only where the store cannot know."""
    if post.ts:
        return Sent(post.channel, post.ts)
    if not job.may_have_run_before:
        return None
    return slack.find(post.channel, post.key, post.since, post.thread or None)


def _forget(store: Store, job: Job, post: Post | None, now: datetime) -> None:
    with store.transaction():
        if post:
            store.posts.remove(post)
        store.jobs.finish(job, now)
