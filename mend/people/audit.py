"""What admins did, for a while, and what of the welcome a person is done with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mend.db.engine import Connections
from mend.ports import AdminAct


@dataclass(frozen=True)
class SqliteAudit:
    """See ports.Audit."""

    file: Connections

    def note(self, workspace: str, admin: str, act: str, subject: str, at: datetime) -> None:
        self.file.insert(
            "insert into audit", workspace=workspace, at=at, admin=admin, act=act, subject=subject
        )

    def recent(self, workspace: str, limit: int) -> list[AdminAct]:
        return self.file.all(
            AdminAct,
            "select * from audit where workspace = ? order by at desc, rowid desc limit ?",
            *(workspace, limit),
        )

    def forget(self, before: datetime) -> None:
        self.file.change("delete from audit where at < ?", before)


@dataclass(frozen=True)
class SqliteWelcomes:
    """See ports.Welcomes."""

    file: Connections

    def done(self, workspace: str, person: str) -> set[str]:
        parts = "select part from welcomes where workspace = ? and person = ?"
        return set(self.file.all(str, parts, workspace, person))

    def finish(self, workspace: str, person: str, part: str, at: datetime) -> None:
        self.file.insert(
            "insert or ignore into welcomes", workspace=workspace, person=person, part=part, at=at
        )
