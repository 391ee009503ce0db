"""Recaps as they were told."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import cast

from mend.db.engine import Database
from mend.db.mapping import plain, reader
from mend.recap.daily.model import Recap


@dataclass(frozen=True)
class RecapStore:
    """Recaps as they were told."""

    db: Database

    def keep(self, recap: Recap) -> None:
        self.db.change(
            "insert into recaps (workspace, team, day, content) values (:workspace, ?, ?, ?)"
            " on conflict do nothing",
            *(recap.team, recap.day),
            plain(recap),
        )

    def latest(self, team: str) -> Recap | None:
        for kept in self.db.rows(
            "select * from recaps where workspace = :workspace and team = ?"
            " order by day desc limit 1",
            team,
        ):
            content = json.loads(kept["content"])
            return cast(Recap, reader(Recap)({**kept, **content}))
        return None
