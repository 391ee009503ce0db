"""Teams as their supervisors set them, and which team each person spoke in last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from mend.db.engine import Connections
from mend.ports import TeamRow


@dataclass(frozen=True)
class SqliteTeams:
    """See ports.Teams."""

    file: Connections

    def all(self, workspace: str) -> list[TeamRow]:
        return self.file.all(
            TeamRow, "select * from teams where workspace = ? order by since", workspace
        )

    def keep(self, workspace: str, channel: str, chosen: Mapping[str, str], now: datetime) -> None:
        self.file.change(
            "insert into teams (workspace, channel, chosen, since) values (?, ?, ?, ?)"
            " on conflict do update set chosen = excluded.chosen",
            *(workspace, channel, chosen, now),
        )

    def remove(self, workspace: str, channel: str) -> None:
        with self.file.transaction():
            for table in ("teams", "members"):
                self.file.change(
                    f"delete from {table} where workspace = ? and channel = ?", workspace, channel
                )

    def last_of(self, workspace: str, person: str) -> str | None:
        return self.file.one(
            str,
            "select channel from members where workspace = ? and person = ?",
            *(workspace, person),
        )

    def joined(self, workspace: str, person: str, channel: str) -> None:
        self.file.change(
            "insert into members (workspace, person, channel) values (?, ?, ?)"
            " on conflict do update set channel = excluded.channel",
            *(workspace, person, channel),
        )
