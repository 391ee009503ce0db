"""Teams as their supervisors set them, and which team each person spoke in last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from mend.db.engine import Database
from mend.db.personal import Personal, impersonal

PERSONAL = (Personal("members.person", "whoever was in a team's channel", "deleted"),)
IMPERSONAL = (
    *impersonal("members", "workspace channel"),
    # a team's list of supervisors is the team's, like the operator's
    *impersonal("teams", "workspace channel chosen since"),
)


@dataclass(frozen=True, slots=True)
class TeamRow:
    """What was chosen for a team in Slack: setting → text; and since when it is one."""

    channel: str
    chosen: dict[str, str]
    since: datetime


@dataclass(frozen=True)
class TeamStore:
    """Teams, and the team of each person."""

    db: Database

    def all(self) -> list[TeamRow]:
        """Oldest first."""
        return self.db.all(
            TeamRow, "select * from teams where workspace = :workspace order by since, rowid"
        )

    def began(self) -> datetime | None:
        """When this workspace first served playbooks: since then it has its first team."""
        return self.db.one(
            datetime,
            "select at from playbook_changes where workspace = :workspace order by at limit 1",
        )

    def keep(self, channel: str, chosen: Mapping[str, str], now: datetime) -> None:
        """Keep what was chosen; `now` is when it became a team, if it was none."""
        self.db.change(
            "insert into teams (workspace, channel, chosen, since) values (:workspace, ?, ?, ?)"
            " on conflict (workspace, channel) do update set chosen = excluded.chosen",
            *(channel, chosen, now),
        )

    def remove(self, channel: str) -> None:
        with self.db.transaction():
            for table in ("teams", "members"):
                self.db.change(
                    f"delete from {table} where workspace = :workspace and channel = ?", channel
                )

    def last_of(self, person: str) -> str | None:
        """The team channel in which this person was last."""
        return self.db.one(
            str,
            "select channel from members where workspace = :workspace and person = ?",
            person,
        )

    def joined(self, person: str, channel: str) -> None:
        self.db.change(
            "insert into members (workspace, person, channel) values (:workspace, ?, ?)"
            " on conflict (workspace, person) do update set channel = excluded.channel",
            *(person, channel),
        )
