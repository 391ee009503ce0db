"""Closed weeks, kept as they were told, and what is done about the causes in them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from mend.db.engine import Database
from mend.db.mapping import plain, reader, row
from mend.db.personal import Personal, impersonal
from mend.lookbacks.model import Factor
from mend.recap.causes.model import Action
from mend.recap.weekly.model import Week

PERSONAL = (
    Personal("weeks.content", "a note's owner, of a lesson told again", "withdrawn, deleted"),
)
IMPERSONAL = (
    *impersonal("weeks", "workspace team monday"),
    # what supervisors do about a condition; who wrote it is not kept
    *impersonal("causes", "id workspace team factor what who strength state"),
    *impersonal("causes", "reason checked_on changed_at came_back"),
)


@dataclass(frozen=True)
class WeekStore:
    """Closed weeks and the actions against their causes. Intervals are (after, until]."""

    db: Database

    def answers(
        self, team: str, after: datetime, until: datetime
    ) -> list[tuple[str, tuple[Factor, ...]]]:
        """Owner and factors of each look-back answered then, also of notes that expired since, but

        not of notes for only them.
        """
        # a cross join keeps the order: the week's few answers first, then their notes
        found = self.db.rows(
            "select owner, factors from lookbacks cross join notes where notes.id = note"
            " and workspace = :workspace and team = :team and withdrawn_at is null"
            " and visibility <> 'only_me'"
            " and answered_at > :after and answered_at <= :until"
            " union all select owner, factors from answers where workspace = :workspace"
            " and team = :team and answered_at > :after and answered_at <= :until",
            **{"team": team, "after": after, "until": until},
        )
        read = reader(tuple[Factor, ...])
        return [(each["owner"], read(each["factors"])) for each in found]

    def keep(self, week: Week) -> None:
        """Once kept, a week stays as it is."""
        self.db.change(
            "insert into weeks (workspace, team, monday, content) values (:workspace, ?, ?, ?)"
            " on conflict do nothing",
            *(week.team, week.monday, plain(week)),
        )

    def since(self, team: str, monday: date) -> list[Week]:
        """The closed weeks from that Monday on, newest first."""
        kept = self.db.rows(
            "select content from weeks where workspace = :workspace and team = ? and monday >= ?"
            " order by monday desc",
            *(team, monday),
        )
        return [cast(Week, reader(Week)(json.loads(each["content"]))) for each in kept]

    def forget(self, before: date) -> None:
        self.db.change("delete from weeks where monday < ?", before)

    def add(self, action: Action) -> None:
        self.db.insert("causes", **row(action))

    def update(self, action: Action) -> Action:
        """Raises Stale unless its version is the one in the store."""
        return self.db.update("causes", action)

    def get(self, action: str) -> Action | None:
        return self.db.one(
            Action, "select * from causes where workspace = :workspace and id = ?", action
        )

    def actions(self, team: str) -> list[Action]:
        """Changed last first."""
        return self.db.all(
            Action,
            "select * from causes where workspace = :workspace and team = ?"
            " order by changed_at desc, rowid desc",
            team,
        )
