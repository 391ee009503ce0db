"""Messages that are to stand in Slack once, and where they stand."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mend.ports import Post
from mend.store.connection import Connections
from mend.store.moments import from_text, to_text


@dataclass(frozen=True)
class SqlitePosts:
    """See ports.Posts."""

    connections: Connections

    def ensure(
        self, workspace: str, subject: str, channel: str, now: datetime, thread: str = ""
    ) -> Post:
        with self.connections.transaction() as database:
            database.execute(
                "insert into posts (workspace, subject, key, channel, thread, since)"
                " values (?, ?, ?, ?, ?, ?) on conflict do nothing",
                [workspace, subject, secrets.token_hex(8), channel, thread, to_text(now)],
            )
            found = self.get(workspace, subject)
            assert found is not None
            return found

    def get(self, workspace: str, subject: str) -> Post | None:
        rows = self.connections.database().query(
            "select * from posts where workspace = ? and subject = ?", [workspace, subject]
        )
        return next((_post(row) for row in rows), None)

    def starting(self, workspace: str, prefix: str) -> list[Post]:
        rows = self.connections.database().query(
            "select * from posts where workspace = ? and substr(subject, 1, ?) = ?",
            [workspace, len(prefix), prefix],
        )
        return [_post(row) for row in rows]

    def placed(self, post: Post, channel: str, ts: str, version: int) -> None:
        with self.connections.transaction() as database:
            database.execute(
                "update posts set channel = ?, ts = ?, version = ?"
                " where workspace = ? and subject = ?",
                [channel, ts, version, post.workspace, post.subject],
            )

    def remove(self, post: Post) -> None:
        with self.connections.transaction() as database:
            database.execute(
                "delete from posts where workspace = ? and subject = ?",
                [post.workspace, post.subject],
            )


def _post(row: dict[str, Any]) -> Post:
    return Post(
        subject=row["subject"],
        workspace=row["workspace"],
        key=row["key"],
        channel=row["channel"],
        since=from_text(row["since"]),
        thread=row["thread"],
        ts=row["ts"],
        version=row["version"],
    )
