"""Open conditions, until their last day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mend.db.engine import Connections
from mend.db.mapping import row
from mend.recap.conditions.model import Condition


@dataclass(frozen=True)
class SqliteConditions:
    """See ports.Conditions."""

    file: Connections

    def keep(self, condition: Condition) -> None:
        self.file.insert("insert into conditions", **row(condition))

    def open(self, workspace: str, team: str, day: date) -> list[Condition]:
        return self.file.all(
            Condition,
            "select * from conditions where workspace = ? and team in ('', ?) and until >= ?"
            " order by until, rowid",
            *(workspace, team, day),
        )

    def end(self, workspace: str, condition: str) -> None:
        self.file.change(
            "delete from conditions where workspace = ? and id = ?", workspace, condition
        )

    def forget(self, ended_before: date) -> None:
        self.file.change("delete from conditions where until < ?", ended_before)
