"""Teams as their supervisors set them, and which team each person spoke in last; what admins did,
for a while, and what of the welcome a person is done with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from mend.db.engine import Database
from mend.db.personal import Personal, impersonal

PERSONAL = (
    Personal("members.person", "whoever was in a team's channel", "deleted"),
    Personal("audit.admin", "an admin", "deleted, or 180 days"),
    Personal("welcomes.person", "whoever saw the welcome", "deleted"),
)
IMPERSONAL = (
    *impersonal("members", "workspace channel"),
    # a team's list of supervisors is the team's, like the operator's
    *impersonal("teams", "workspace channel chosen since"),
    *impersonal("audit", "workspace at act subject"),
    *impersonal("welcomes", "workspace part at"),
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

    def channels(self) -> list[str]:
        """Of every team, oldest first."""
        return self.db.all(
            str, "select channel from teams where workspace = :workspace order by since, rowid"
        )

    def chosen(self) -> list[str]:
        """What each team chose, as it is kept: at every press it is asked who supervises any."""
        return self.db.all(str, "select chosen from teams where workspace = :workspace")

    def get(self, channel: str) -> TeamRow | None:
        return self.db.one(
            TeamRow, "select * from teams where workspace = :workspace and channel = ?", channel
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
            str, "select channel from members where workspace = :workspace and person = ?", person
        )

    def joined(self, person: str, channel: str) -> None:
        self.db.change(
            "insert into members (workspace, person, channel) values (:workspace, ?, ?)"
            " on conflict (workspace, person) do update set channel = excluded.channel",
            *(person, channel),
        )


@dataclass(frozen=True, slots=True)
class AdminAct:
    """Something an admin did, in Mend's words; nothing that people wrote. `admin` may be gone."""

    at: datetime
    admin: str
    act: str
    subject: str


@dataclass(frozen=True)
class Audit:
    """Acts of admins, newest kept longest."""

    db: Database

    def note(self, admin: str, act: str, subject: str, at: datetime) -> None:
        """Inside the transaction of the act: what was done ("closed a gap"), and to what."""
        self.db.insert("audit", at=at, admin=admin, act=act, subject=subject)

    def recent(self, limit: int) -> list[AdminAct]:
        """Newest first."""
        return self.db.all(
            AdminAct,
            "select * from audit where workspace = :workspace order by at desc, rowid desc limit ?",
            limit,
        )

    def forget(self, before: datetime) -> None:
        self.db.change("delete from audit where at < ?", before)


@dataclass(frozen=True)
class Welcomes:
    """Which parts of the welcome a person is done with."""

    db: Database

    def done(self, person: str) -> set[str]:
        parts = "select part from welcomes where workspace = :workspace and person = ?"
        return set(self.db.all(str, parts, person))

    def finish(self, person: str, part: str, at: datetime) -> None:
        self.db.change(
            "insert into welcomes (workspace, person, part, at) values (:workspace, ?, ?, ?)"
            " on conflict do nothing",
            *(person, part, at),
        )
