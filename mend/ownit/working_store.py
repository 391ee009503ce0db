"""Promises, look-backs and lessons of notes; requests for a hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from mend.db.engine import Connections
from mend.db.mapping import row
from mend.helping.model import Hand
from mend.lookbacks.model import LookBack
from mend.ownit.model import Entry
from mend.promises.model import Promise


@dataclass(frozen=True)
class SqliteWorking:
    """See ports.Working."""

    file: Connections

    def promise(self, promise: Promise) -> None:
        self.file.insert("insert into promises", **row(promise))

    def get_promise(self, workspace: str, promise: str) -> Promise | None:
        return self.file.one(
            Promise, "select * from promises where workspace = ? and id = ?", workspace, promise
        )

    def open_promises(self, workspace: str, owner: str) -> list[Promise]:
        return self.file.all(
            Promise,
            "select * from promises where workspace = ? and owner = ? and state = 'open'"
            " order by due_at",
            *(workspace, owner),
        )

    def update_promise(self, promise: Promise) -> Promise:
        return self.file.update("promises", promise)

    def release(self, workspace: str, team: str, entry: str, text: str, after: datetime) -> None:
        self.file.change(
            "insert or replace into lessons (workspace, team, entry, text, tell_after)"
            " values (?, ?, ?, ?, ?)",
            *(workspace, team, entry, text, after),
        )

    def take_back(self, workspace: str, entry: str) -> None:
        self.file.change("delete from lessons where workspace = ? and entry = ?", workspace, entry)

    def lesson(self, workspace: str, team: str, day: date, now: datetime) -> str | None:
        return self.file.one(
            str,
            "select text from lessons where workspace = :workspace and team = :team"
            " and (told_on = :day or (told_on is null and tell_after <= :now"
            "  and not exists (select 1 from posts where posts.workspace = lessons.workspace"
            "   and subject = 'thread:' || entry)))"
            " order by told_on is null, tell_after limit 1",
            **{"workspace": workspace, "team": team, "day": day, "now": now},
        )

    def lessons_told(self, workspace: str, team: str, first: date, last: date) -> list[str]:
        return self.file.all(
            str,
            "select text from lessons where workspace = ? and team = ? and told_on between ? and ?"
            " order by told_on",
            *(workspace, team, first, last),
        )

    def lesson_told(self, workspace: str, text: str, day: date) -> None:
        self.file.change(
            "update lessons set told_on = ? where workspace = ? and text = ? and told_on is null",
            *(day, workspace, text),
        )

    def lookback(self, entry: str) -> LookBack | None:
        return self.file.one(LookBack, "select * from lookbacks where entry = ?", entry)

    def asked_about(self, workspace: str, owner: str) -> list[Entry]:
        return self.file.all(
            Entry,
            "select entries.* from entries join lookbacks on entry = entries.id"
            " where workspace = ? and owner = ? and withdrawn_at is null and closed_at is null"
            " and state = 'asked' and asked > 0 order by created_at",
            *(workspace, owner),
        )

    def keep_lookback(self, lookback: LookBack) -> None:
        columns = {**row(lookback), "cause": lookback.cause or ""}
        self.file.insert("insert or replace into lookbacks", **columns)


@dataclass(frozen=True)
class SqliteHands:
    """See ports.Hands."""

    file: Connections

    def open(self, hand: Hand) -> None:
        self.file.insert("insert into hands", **row(hand))

    def get(self, workspace: str, hand: str) -> Hand | None:
        return self.file.one(
            Hand, "select * from hands where workspace = ? and id = ?", workspace, hand
        )

    def about(self, workspace: str, entry: str) -> Hand | None:
        return self.file.one(
            Hand,
            "select * from hands where workspace = ? and entry = ? and state <> 'closed'",
            *(workspace, entry),
        )

    def held_by(self, workspace: str, person: str) -> list[Hand]:
        return self.file.all(
            Hand,
            "select * from hands where workspace = ? and state <> 'closed' and ? in (asker, taker)",
            *(workspace, person),
        )

    def open_for(self, workspace: str, supervisor: str) -> list[Hand]:
        return self.file.all(
            Hand,
            "select * from hands where workspace = :workspace and state = 'open' and exists"
            " (select 1 from posts where posts.workspace = hands.workspace"
            "  and subject = 'hand:' || hands.id || ':' || :supervisor) order by asked_at",
            workspace=workspace,
            supervisor=supervisor,
        )

    def update(self, hand: Hand) -> Hand:
        return self.file.update("hands", hand)
