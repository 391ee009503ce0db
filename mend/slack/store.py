"""Messages that are to stand in Slack once, and private ones owed to people."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mend.db.engine import Database
from mend.db.personal import Personal, impersonal
from mend.slack.model import Content, Post

PERSONAL = (
    Personal("posts.subject", "whoever a message is for", "deleted, or the message is gone"),
    Personal("posts.channel", "whoever a message is for", "deleted, or the message is gone"),
    Personal("notices.key", "whoever is told", "deleted, or 90 days"),
    Personal("notices.person", "whoever is told", "deleted, or delivered"),
    Personal(
        "notices.content", "whoever is told, and whom it names", "deleted, delivered, its note gone"
    ),
)
IMPERSONAL = (
    *impersonal("posts", "workspace key thread ts since"),
    *impersonal("notices", "workspace about owed_at"),
)


@dataclass(frozen=True)
class Posts:
    """Messages that stand in Slack, or are to."""

    db: Database

    def ensure(self, subject: str, channel: str, now: datetime, thread: str = "") -> Post:
        """The post for `subject`, made with a fresh random key where there is none."""
        with self.db.transaction():
            self.db.change(
                "insert into posts (workspace, subject, key, channel, thread, since)"
                " values (:workspace, ?, ?, ?, ?, ?) on conflict do nothing",
                *(subject, secrets.token_hex(8), channel, thread, now),
            )
            found = self.get(subject)
            assert found is not None
            return found

    def get(self, subject: str) -> Post | None:
        return self.db.one(
            Post, "select * from posts where workspace = :workspace and subject = ?", subject
        )

    def starting(self, prefix: str) -> list[Post]:
        return self.db.all(
            Post,
            "select * from posts where workspace = :workspace and substr(subject, 1, ?) = ?",
            *(len(prefix), prefix),
        )

    def placed(self, post: Post, channel: str, ts: str, version: int) -> None:
        self.db.change(
            "update posts set channel = ?, ts = ?, version = ? where workspace ="
            " :workspace and subject = ?",
            *(channel, ts, version, post.subject),
        )

    def outdate(self, subject: str) -> None:
        """What stands there is to go: whatever Slack is asked next, nothing stands as it should."""
        self.db.change(
            "update posts set version = 0 where workspace = :workspace and subject = ?", subject
        )

    def not_sent(self, post: Post, attempt: int) -> None:
        """That attempt of its job certainly had no effect."""
        self.db.change(
            "update posts set unsent = ? where workspace = :workspace and subject = ?",
            *(attempt, post.subject),
        )

    def remove(self, post: Post) -> None:
        self.db.change(
            "delete from posts where workspace = :workspace and subject = ?", post.subject
        )


@dataclass(frozen=True, slots=True)
class _Kept:
    text: str
    blocks: list[dict[str, Any]]


@dataclass(frozen=True)
class Notices:
    """Private messages that are owed. The words of a message go once it is delivered."""

    db: Database

    def owe(self, key: str, person: str, content: Content, now: datetime, about: str = "") -> bool:
        """Keep a private message until it is delivered; False where that key was owed before."""
        added = self.db.change(
            "insert into notices (workspace, key, person, content, owed_at, about)"
            " values (:workspace, ?, ?, ?, ?, ?) on conflict do nothing",
            *(key, person),
            {"text": content.text, "blocks": list(content.blocks)},
            *(now, about),
        )
        return added == 1

    def get(self, key: str) -> tuple[str, Content] | None:
        """Whom to tell and what; None once delivered."""
        owed = self.db.rows(
            "select person, content from notices where workspace = :workspace and key = ?"
            " and content is not null",
            key,
        )
        return next(((row["person"], _Kept(**json.loads(row["content"]))) for row in owed), None)

    def was_owed(self, key: str) -> bool:
        sql = "select 1 from notices where workspace = :workspace and key = ?"
        return bool(self.db.rows(sql, key))

    def delivered(self, key: str) -> str | None:
        """What it was about, empty where about nothing; None where it is owed no more."""
        return self.db.one(
            str,
            "update notices set content = null, person = '' where workspace ="
            " :workspace and key = ? returning about",
            key,
        )

    def take_back(self, prefix: str, person: str = "") -> int:
        """Forget those whose keys begin so, told or not, or what that person is still owed of

        them; how many those were.
        """
        return self.db.change(
            "delete from notices where workspace = :workspace and key >= :first and key < :last"
            " and :person in ('', person)",
            **{"first": prefix, "last": prefix + "\U0010ffff", "person": person},
        )

    def take_out(self, about: str) -> list[str]:
        """Forget all about that, told or not; their keys."""
        gone = "delete from notices where workspace = :workspace and about = ? and about <> ''"
        return self.db.all(str, f"{gone} returning key", about)

    def drop(self, key: str, since: datetime) -> None:
        """Forget the one of this key, if it is owed since no longer than that."""
        where = "workspace = :workspace and key = ? and owed_at >= ?"
        self.db.change(f"delete from notices where {where}", key, since)

    def forget(self, before: datetime) -> None:
        """But not what is about something, which takes it along."""
        self.db.change("delete from notices where owed_at < ? and about = ''", before)
