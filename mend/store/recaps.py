"""Recaps as they were told, and what was seen to change among the playbooks."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from mend.domain.recaps import ChangeKind, IfThen, PlaybookChange, Recap
from mend.store.connection import Connections
from mend.store.moments import from_text, to_text


@dataclass(frozen=True)
class SqliteRecaps:
    """See ports.Recaps."""

    connections: Connections

    def keep(self, recap: Recap) -> None:
        with self.connections.transaction() as database:
            database.execute(
                "insert into recaps (workspace, team, day, content) values (?, ?, ?, ?)"
                " on conflict do nothing",
                [recap.workspace, recap.team, recap.day.isoformat(), json.dumps(_content(recap))],
            )

    def latest(self, workspace: str, team: str) -> Recap | None:
        rows = self.connections.database().query(
            "select * from recaps where workspace = ? and team = ? order by day desc limit 1",
            [workspace, team],
        )
        return next((_recap(row) for row in rows), None)

    def note_playbook_change(self, workspace: str, change: PlaybookChange) -> None:
        with self.connections.transaction() as database:
            database.table("playbook_changes").insert({"workspace": workspace, **_change(change)})

    def began(self, workspace: str) -> datetime | None:
        rows = self.connections.database().query(
            "select min(at) as at from playbook_changes where workspace = ?", [workspace]
        )
        return next((from_text(row["at"]) for row in rows if row["at"]), None)

    def known_playbooks(self, workspace: str) -> dict[str, str]:
        rows = self.connections.database().query(
            "select slug, digest, kind from playbook_changes where workspace = ? order by rowid",
            [workspace],
        )
        known = {row["slug"]: (row["digest"], row["kind"]) for row in rows}
        return {slug: digest for slug, (digest, kind) in known.items() if kind != "retired"}

    def playbook_changes(
        self, workspace: str, after: datetime, until: datetime
    ) -> list[PlaybookChange]:
        rows = self.connections.database().query(
            "select * from playbook_changes where workspace = ? and at > ? and at <= ?"
            " order by at, rowid",
            [workspace, to_text(after), to_text(until)],
        )
        return [_read_change(row) for row in rows]


def _change(change: PlaybookChange) -> dict[str, str]:
    return {
        "slug": change.slug,
        "title": change.title,
        "kind": change.kind.value,
        "digest": change.digest,
        "at": to_text(change.at),
    }


def _read_change(row: dict[str, Any]) -> PlaybookChange:
    return PlaybookChange(
        slug=row["slug"],
        title=row["title"],
        kind=ChangeKind(row["kind"]),
        digest=row["digest"],
        at=from_text(row["at"]),
    )


def _content(recap: Recap) -> dict[str, Any]:
    line = recap.keep_in_mind
    return {
        "after": to_text(recap.after),
        "until": to_text(recap.until),
        "changes": [_change(change) for change in recap.changes],
        "keep_in_mind": [line.title, line.say_first] if line else None,
        "thanks": recap.thanks,
        "lesson": recap.lesson,
    }


def _recap(row: dict[str, Any]) -> Recap:
    content = json.loads(row["content"])
    line = content["keep_in_mind"]
    return Recap(
        workspace=row["workspace"],
        team=row["team"],
        day=date.fromisoformat(row["day"]),
        after=from_text(content["after"]),
        until=from_text(content["until"]),
        changes=tuple(_read_change(change) for change in content["changes"]),
        keep_in_mind=IfThen(*line) if line else None,
        thanks=content["thanks"],
        lesson=content["lesson"],
    )
