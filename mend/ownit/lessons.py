"""Lessons that owners released, word for word, until one recap tells them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from mend.db.engine import Database


@dataclass(frozen=True)
class Lessons:
    """One a note."""

    db: Database

    def release(self, team: str, entry: str, text: str, after: datetime) -> None:
        """A lesson may be told, word for word, from that moment on."""
        self.db.change(
            "insert into lessons (workspace, team, entry, text, tell_after)"
            " values (:workspace, ?, ?, ?, ?) on conflict (entry) do update set"
            " team = excluded.team, text = excluded.text, tell_after = excluded.tell_after,"
            " told_on = null",
            *(team, entry, text, after),
        )

    def take_back(self, entry: str) -> None:
        self.db.change("delete from lessons where workspace = :workspace and entry = ?", entry)

    def wait_anew(self, entry: str, after: datetime) -> None:
        """Its thread went, for all to see: what is told soon after would be known for its."""
        self.db.change(
            "update lessons set tell_after = max(tell_after, :after) where workspace = :workspace"
            " and entry = :entry and told_on is null",
            **{"entry": entry, "after": after},
        )

    def of_day(self, team: str, day: date, now: datetime) -> str | None:
        """The lesson of that day's recap: never while its note's thread still stands."""
        return self.db.one(
            str,
            "select text from lessons where workspace = :workspace and team = :team"
            " and (told_on = :day or (told_on is null and tell_after <= :now"
            "  and not exists (select 1 from posts where posts.workspace = lessons.workspace"
            "   and subject = 'thread:' || entry)))"
            " order by told_on is null, tell_after limit 1",
            **{"team": team, "day": day, "now": now},
        )

    def told(self, team: str, first: date, last: date) -> list[str]:
        """The lessons told on those days whose notes still stand, oldest first."""
        return self.db.all(
            str,
            "select text from lessons where workspace = :workspace and team = ?"
            " and told_on between ? and ?"
            " order by told_on",
            *(team, first, last),
        )

    def was_told(self, team: str, text: str, day: date) -> None:
        self.db.change(
            "update lessons set told_on = ? where workspace = :workspace and team = ?"
            " and text = ? and told_on is null",
            *(day, team, text),
        )
