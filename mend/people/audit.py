"""What admins did, for a while, and what of the welcome a person is done with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mend.db.engine import Database
from mend.db.personal import Personal, impersonal

PERSONAL = (
    Personal("audit.admin", "an admin", "deleted, or 180 days"),
    Personal("welcomes.person", "whoever saw the welcome", "deleted"),
)
IMPERSONAL = (
    *impersonal("audit", "workspace at act subject"),
    *impersonal("welcomes", "workspace part at"),
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
