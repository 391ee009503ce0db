"""Private messages owed to people; their words go once they are delivered."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mend.ports import Content
from mend.store.connection import Connections
from mend.store.moments import to_text


@dataclass(frozen=True, slots=True)
class _Kept:
    text: str
    blocks: list[dict[str, Any]]


@dataclass(frozen=True)
class SqliteNotices:
    """See ports.Notices."""

    connections: Connections

    def owe(self, workspace: str, key: str, person: str, content: Content, now: datetime) -> bool:
        kept = json.dumps({"text": content.text, "blocks": list(content.blocks)})
        with self.connections.transaction() as database:
            added = database.execute(
                "insert into notices (workspace, key, person, content, owed_at)"
                " values (?, ?, ?, ?, ?) on conflict do nothing",
                [workspace, key, person, kept, to_text(now)],
            )
            return int(added.rowcount) == 1

    def get(self, workspace: str, key: str) -> tuple[str, Content] | None:
        rows = self.connections.database().query(
            "select person, content from notices where workspace = ? and key = ?"
            " and content is not null",
            [workspace, key],
        )
        return next(((row["person"], _Kept(**json.loads(row["content"]))) for row in rows), None)

    def delivered(self, workspace: str, key: str) -> None:
        with self.connections.transaction() as database:
            database.execute(
                "update notices set content = null, person = '' where workspace = ? and key = ?",
                [workspace, key],
            )

    def forget(self, before: datetime) -> None:
        with self.connections.transaction() as database:
            database.execute("delete from notices where owed_at < ?", [to_text(before)])
