"""Recaps as they were told, and what was seen to change among the playbooks."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from mend.db.engine import Database
from mend.db.mapping import plain, reader, row
from mend.db.personal import Personal, impersonal
from mend.recap.daily.model import ChangeKind, PlaybookChange, Recap

PERSONAL: tuple[Personal, ...] = ()  # a recap's lesson stands with its note
IMPERSONAL = (
    *impersonal("recaps", "workspace team day content"),
    *impersonal("playbook_changes", "workspace slug title kind digest at"),
)


@dataclass(frozen=True)
class RecapStore:
    """Recaps as they were told; what was seen to change among the playbooks."""

    db: Database

    def keep(self, recap: Recap) -> None:
        """Without the words of its lesson, which stay where they can be taken back."""
        self.db.change(
            "insert into recaps (workspace, team, day, content) values (:workspace, ?, ?, ?)"
            " on conflict do nothing",
            *(recap.team, recap.day),
            {**plain(recap), "lesson": ""},
        )

    def latest(self, team: str) -> Recap | None:
        for kept in self.db.rows(
            "select *, coalesce((select text from lessons where lessons.workspace ="
            "  recaps.workspace and lessons.team = recaps.team and told_on = day), '') as lesson"
            " from recaps where workspace = :workspace and team = ? order by day desc limit 1",
            team,
        ):
            content = json.loads(kept["content"])
            return cast(Recap, reader(Recap)({**kept, **content, "lesson": kept["lesson"]}))
        return None

    def note_playbook_change(self, change: PlaybookChange) -> None:
        self.db.insert("playbook_changes", **row(change))

    def began(self) -> datetime | None:
        """When this workspace first served playbooks."""
        return self.db.one(
            datetime,
            "select at from playbook_changes where workspace = :workspace order by at limit 1",
        )

    def known_playbooks(self) -> dict[str, str]:
        """Slug → digest of what was last seen of it."""
        changes = self.db.all(
            PlaybookChange,
            "select * from playbook_changes where workspace = :workspace order by rowid",
        )
        last = {change.slug: change for change in changes}
        return {
            slug: change.digest
            for slug, change in last.items()
            if change.kind is not ChangeKind.RETIRED
        }

    def playbook_changes(self, after: datetime, until: datetime) -> list[PlaybookChange]:
        return self.db.all(
            PlaybookChange,
            "select * from playbook_changes where workspace = :workspace and at > ? and at <= ?"
            " order by at, rowid",
            *(after, until),
        )
