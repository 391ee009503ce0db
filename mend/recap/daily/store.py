"""Recaps as they were told."""

import json
from dataclasses import dataclass
from datetime import date
from typing import cast

from mend.db.engine import Database
from mend.db.mapping import plain, reader
from mend.db.personal import Personal, impersonal
from mend.recap.daily.model import Recap

PERSONAL: tuple[Personal, ...] = ()  # a recap's lesson stands with its note
IMPERSONAL = (*impersonal("recaps", "workspace team day content"),)


@dataclass(frozen=True)
class RecapStore:
    """Recaps as they were told."""

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
        return self._one("team = ? order by day desc limit 1", team)

    def of_day(self, team: str, day: date) -> Recap | None:
        return self._one("team = ? and day = ?", team, day)

    def _one(self, which: str, *places: object) -> Recap | None:
        for kept in self.db.rows(
            "select *, coalesce((select text from lessons where lessons.workspace ="
            "  recaps.workspace and lessons.team = recaps.team and told_on = day), '') as lesson"
            f" from recaps where workspace = :workspace and {which}",
            *places,
        ):
            content = json.loads(kept["content"])
            return cast(Recap, reader(Recap)({**kept, **content, "lesson": kept["lesson"]}))
        return None
