"""Closed weeks, kept as they were told, and what is done about the causes in them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from mend.db.engine import Connections
from mend.db.mapping import plain, reader, row
from mend.lookbacks.model import Factor
from mend.recap.causes.model import Action
from mend.recap.weekly.model import Week


@dataclass(frozen=True)
class SqliteWeeks:
    """See ports.Weeks."""

    file: Connections

    def answers(
        self, workspace: str, team: str, after: datetime, until: datetime
    ) -> list[tuple[str, tuple[Factor, ...]]]:
        # a cross join keeps the order: the week's few answers first, then their notes
        found = self.file.rows(
            "select owner, factors from lookbacks cross join entries where entries.id = entry"
            " and workspace = ? and team = ? and withdrawn_at is null and visibility <> 'only_me'"
            " and answered_at > ? and answered_at <= ?",
            *(workspace, team, after, until),
        )
        read = reader(tuple[Factor, ...])
        return [(each["owner"], read(each["factors"])) for each in found]

    def keep(self, week: Week) -> None:
        self.file.change(
            "insert into weeks (workspace, team, monday, content) values (?, ?, ?, ?)"
            " on conflict do nothing",
            *(week.workspace, week.team, week.monday, plain(week)),
        )

    def since(self, workspace: str, team: str, monday: date) -> list[Week]:
        kept = self.file.rows(
            "select content from weeks where workspace = ? and team = ? and monday >= ?"
            " order by monday desc",
            *(workspace, team, monday),
        )
        return [cast(Week, reader(Week)(json.loads(each["content"]))) for each in kept]

    def forget(self, before: date) -> None:
        self.file.change("delete from weeks where monday < ?", before)

    def add(self, action: Action) -> None:
        self.file.insert("insert into causes", **row(action))

    def update(self, action: Action) -> Action:
        return self.file.update("causes", action)

    def get(self, workspace: str, action: str) -> Action | None:
        return self.file.one(
            Action, "select * from causes where workspace = ? and id = ?", workspace, action
        )

    def actions(self, workspace: str, team: str) -> list[Action]:
        return self.file.all(
            Action,
            "select * from causes where workspace = ? and team = ? order by changed_at desc",
            *(workspace, team),
        )
