"""Messages that are to stand in Slack once, and private ones owed to people."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mend.db.engine import Connections
from mend.slack.model import Content, Post


@dataclass(frozen=True)
class SqlitePosts:
    """See ports.Posts."""

    file: Connections

    def ensure(
        self, workspace: str, subject: str, channel: str, now: datetime, thread: str = ""
    ) -> Post:
        with self.file.transaction():
            self.file.change(
                "insert into posts (workspace, subject, key, channel, thread, since)"
                " values (?, ?, ?, ?, ?, ?) on conflict do nothing",
                *(workspace, subject, secrets.token_hex(8), channel, thread, now),
            )
            found = self.get(workspace, subject)
            assert found is not None
            return found

    def get(self, workspace: str, subject: str) -> Post | None:
        return self.file.one(
            Post, "select * from posts where workspace = ? and subject = ?", workspace, subject
        )

    def starting(self, workspace: str, prefix: str) -> list[Post]:
        return self.file.all(
            Post,
            "select * from posts where workspace = ? and substr(subject, 1, ?) = ?",
            *(workspace, len(prefix), prefix),
        )

    def placed(self, post: Post, channel: str, ts: str, version: int) -> None:
        self.file.change(
            "update posts set channel = ?, ts = ?, version = ? where workspace = ? and subject = ?",
            *(channel, ts, version, post.workspace, post.subject),
        )

    def remove(self, post: Post) -> None:
        self.file.change(
            "delete from posts where workspace = ? and subject = ?", post.workspace, post.subject
        )


@dataclass(frozen=True, slots=True)
class _Kept:
    text: str
    blocks: list[dict[str, Any]]


@dataclass(frozen=True)
class SqliteNotices:
    """See ports.Notices. The words of a message go once it is delivered."""

    file: Connections

    def owe(self, workspace: str, key: str, person: str, content: Content, now: datetime) -> bool:
        added = self.file.change(
            "insert into notices (workspace, key, person, content, owed_at)"
            " values (?, ?, ?, ?, ?) on conflict do nothing",
            *(workspace, key, person),
            {"text": content.text, "blocks": list(content.blocks)},
            now,
        )
        return added == 1

    def get(self, workspace: str, key: str) -> tuple[str, Content] | None:
        owed = self.file.rows(
            "select person, content from notices where workspace = ? and key = ?"
            " and content is not null",
            *(workspace, key),
        )
        return next(((row["person"], _Kept(**json.loads(row["content"]))) for row in owed), None)

    def was_owed(self, workspace: str, key: str) -> bool:
        sql = "select 1 from notices where workspace = ? and key = ?"
        return bool(self.file.rows(sql, workspace, key))

    def delivered(self, workspace: str, key: str) -> None:
        self.file.change(
            "update notices set content = null, person = '' where workspace = ? and key = ?",
            *(workspace, key),
        )

    def forget(self, before: datetime) -> None:
        self.file.change("delete from notices where owed_at < ?", before)
