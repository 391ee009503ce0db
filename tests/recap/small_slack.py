"""A Slack of a few methods, in memory: what a schedule needs, a thousand times a second."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

from mend.db.engine import Database
from mend.slack.gateway import SlackGateway
from mend.slack.model import (
    Content,
    Failure,
    NotSent,
    Sent,
)
from mend.slack.outbox import Outbox


@dataclass
class Told:
    """One message, where, and when the clock said so."""

    channel: str
    text: str
    blocks: str
    key: str
    at: datetime
    thread: str


@dataclass
class SmallSlack:
    """Posts, finds and updates; it knows nobody. A post whose answer is given may be lost."""

    now: Callable[[], datetime]
    told: list[Told] = field(default_factory=list)
    answers: list[NotSent] = field(default_factory=list)  # what the next posts are answered

    @property
    def port(self) -> SlackGateway:
        return cast(SlackGateway, self)

    def outbox(self, db: Database) -> Outbox:
        return Outbox(db, self.port, self.now)

    def post(
        self, channel: str, content: Content, *, key: str, thread: str | None = None
    ) -> Sent | NotSent:
        self.told.append(
            Told(channel, content.text, str(content.blocks), key, self.now(), thread or "")
        )
        return self.answers.pop() if self.answers else Sent(channel, str(len(self.told)))

    def find(
        self, channel: str, key: str, since: datetime, thread: str | None = None
    ) -> Sent | NotSent | None:
        for place, each in enumerate(self.told, 1):
            if each.key == key:
                return Sent(channel, str(place))
        return None

    def update(self, channel: str, ts: str, content: Content) -> Sent | NotSent:
        told = self.told[int(ts) - 1]
        told.text, told.blocks = content.text, str(content.blocks)
        return Sent(channel, ts)

    def profile(self, person: str) -> NotSent:
        return NotSent(Failure.REFUSED)

    def group(self, group: str) -> NotSent:
        return NotSent(Failure.REFUSED)

    def direct_channel(self, person: str) -> str | NotSent:
        return f"D{person[1:]}"

    def members(self, channel: str) -> NotSent:
        return NotSent(Failure.REFUSED)
