"""Recaps as they were told, and what was seen to change among the playbooks."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from mend.db.engine import Connections
from mend.db.mapping import plain, reader, row
from mend.recap.daily.model import ChangeKind, PlaybookChange, Recap


@dataclass(frozen=True)
class SqliteRecaps:
    """See ports.Recaps."""

    file: Connections

    def keep(self, recap: Recap) -> None:
        self.file.change(
            "insert into recaps (workspace, team, day, content) values (?, ?, ?, ?)"
            " on conflict do nothing",
            *(recap.workspace, recap.team, recap.day),
            plain(recap),
        )

    def latest(self, workspace: str, team: str) -> Recap | None:
        for kept in self.file.rows(
            "select * from recaps where workspace = ? and team = ? order by day desc limit 1",
            *(workspace, team),
        ):
            content = json.loads(kept["content"])
            return cast(Recap, reader(Recap)({**kept, **content}))
        return None

    def note_playbook_change(self, workspace: str, change: PlaybookChange) -> None:
        self.file.insert("insert into playbook_changes", workspace=workspace, **row(change))

    def began(self, workspace: str) -> datetime | None:
        return self.file.one(
            datetime,
            "select at from playbook_changes where workspace = ? order by at limit 1",
            workspace,
        )

    def known_playbooks(self, workspace: str) -> dict[str, str]:
        changes = self.file.all(
            PlaybookChange,
            "select * from playbook_changes where workspace = ? order by rowid",
            workspace,
        )
        last = {change.slug: change for change in changes}
        return {
            slug: change.digest
            for slug, change in last.items()
            if change.kind is not ChangeKind.RETIRED
        }

    def playbook_changes(
        self, workspace: str, after: datetime, until: datetime
    ) -> list[PlaybookChange]:
        return self.file.all(
            PlaybookChange,
            "select * from playbook_changes where workspace = ? and at > ? and at <= ?"
            " order by at, rowid",
            *(workspace, after, until),
        )
