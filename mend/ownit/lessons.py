"""Lessons that owners released, word for word, until one recap of their team tells them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from mend.db.engine import Database
from mend.db.personal import Personal, impersonal

_TEAMS = "workspace = :workspace and team = :team"
_NO_THREAD = (
    "not exists (select 1 from posts where posts.workspace = lessons.workspace"
    " and subject = 'thread:' || note)"
)
_GONE = "not exists (select 1 from notes where id = lessons.note and withdrawn_at is null)"

_NOTE_IS = "withdrawn, deleted, expired once it was told"
PERSONAL = (
    Personal("lessons.owner", "the note's owner", _NOTE_IS),
    Personal("lessons.text", "the note's owner", _NOTE_IS),
)
IMPERSONAL = impersonal("lessons", "note workspace team tell_after told_on")


@dataclass(frozen=True, slots=True)
class Told:
    """A lesson that the team's recap of a day told."""

    note: str
    team: str
    owner: str
    told_on: date


@dataclass(frozen=True)
class Lessons:
    """One a note. Its words stand here alone, so that whoever takes it back takes all of it."""

    db: Database

    def release(self, team: str, note: str, text: str, after: datetime) -> None:
        """A lesson may be told, word for word, from that moment on, unless it was told."""
        self.db.change(
            "insert into lessons (workspace, team, note, owner, text, tell_after) values"
            " (:workspace, :team, :note, coalesce((select owner from notes where id = :note),"
            "  ''), :text, :after) on conflict (note) do update set"
            " team = excluded.team, text = excluded.text, tell_after = excluded.tell_after"
            " where lessons.told_on is null",
            **{"team": team, "note": note, "text": text, "after": after},
        )

    def take_back(self, note: str) -> None:
        """It is told no more; also not by a week that is closed and was not posted yet."""
        with self.db.transaction():
            self.db.change(
                "update weeks set content = json_set(content, '$.learned', '')"
                " where workspace = :workspace and (team, json_extract(content, '$.learned')) in"
                " (select team, text from lessons where workspace = :workspace and note = :note)",
                note=note,
            )
            self.db.change("delete from lessons where workspace = :workspace and note = ?", note)

    def take_back_all(self, owner: str) -> None:
        """Every one this person released, whatever became of the notes."""
        with self.db.transaction():
            mine = "select note from lessons where workspace = :workspace and owner = ?"
            for note in self.db.all(str, mine, owner):
                self.take_back(note)

    def told_of(self, note: str) -> str | None:
        """The words that a recap told, whatever stands with the note since; None where none did."""
        told = "workspace = :workspace and note = ? and told_on is not null"
        return self.db.one(str, f"select text from lessons where {told}", note)

    def is_released(self, note: str) -> bool:
        """Whether its owner lets it be told, or let it."""
        released = "workspace = :workspace and note = ?"
        return bool(self.db.one(int, f"select 1 from lessons where {released}", note))

    def outlive(self, note: str) -> None:
        """The note's time is over: a lesson that was told goes with it, another is still told."""
        if self.told_of(note) is not None:
            self.take_back(note)

    def wait_anew(self, note: str, after: datetime) -> None:
        """Its thread disappears, and what is told soon after would name whose it was."""
        self.db.change(
            "update lessons set tell_after = :after where workspace = :workspace"
            " and note = :note and told_on is null and tell_after < :after",
            **{"note": note, "after": after},
        )

    def of_day(self, team: str, day: date, now: datetime) -> str | None:
        """The lesson of that day's recap: never while its note's thread still stands."""
        return self.db.one(
            str,
            f"select text from lessons where {_TEAMS} and (told_on = :day or (told_on is null"
            f" and tell_after <= :now and {_NO_THREAD}))"
            " order by told_on is null, tell_after, rowid limit 1",
            **{"team": team, "day": day, "now": now},
        )

    def told(self, team: str, first: date, last: date) -> list[str]:
        """The lessons told on those days that nobody took back, oldest first."""
        return self.db.all(
            str,
            f"select text from lessons where {_TEAMS} and told_on between :first and :last"
            " order by told_on, rowid",
            **{"team": team, "first": first, "last": last},
        )

    def was_told(self, team: str, text: str, day: date) -> None:
        """The team's recap of that day told it: the one note's that `of_day` chose."""
        self.db.change(
            "update lessons set told_on = :day where workspace = :workspace and note ="
            f" (select note from lessons where {_TEAMS} and text = :text and told_on is null"
            f"  and {_NO_THREAD} order by tell_after, rowid limit 1)",
            **{"team": team, "text": text, "day": day},
        )

    def just_told(self, since: date) -> list[Told]:
        """Those told since that day, whose owners may not know yet."""
        told = "workspace = :workspace and told_on >= ? and owner <> ''"
        return self.db.all(
            Told, f"select note, team, owner, told_on from lessons where {told}", since
        )

    def forget(self, told_before: date) -> None:
        """Drop those told before that day whose note is gone."""
        with self.db.transaction():
            old = f"workspace = :workspace and told_on < ? and {_GONE}"
            for note in self.db.all(str, f"select note from lessons where {old}", told_before):
                self.take_back(note)
