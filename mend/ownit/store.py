"""Notes and their owners' replies. A withdrawn note keeps a tombstone: no words, nobody's name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mend.db.engine import Connections
from mend.db.mapping import row
from mend.db.model import Stale
from mend.ownit.model import SAME_WORDS_WINDOW, Entry, same_words

_LIVE = "withdrawn_at is null"
_NOTES = f"select * from entries where {_LIVE} and workspace = ?"


@dataclass(frozen=True)
class SqliteEntries:
    """See ports.Entries."""

    file: Connections

    def add(self, entry: Entry, request: str, *, even_if_same: bool = False) -> Entry:
        with self.file.transaction():
            if kept := self.file.one(Entry, f"{_NOTES} and request = ?", entry.workspace, request):
                return kept
            of_request = "select 1 from entries where workspace = ? and request = ?"
            if self.file.one(int, of_request, entry.workspace, request):
                raise Stale
            for kept in self.file.all(
                Entry,
                f"{_NOTES} and owner = ? and created_at > ? order by created_at",
                *(entry.workspace, entry.owner, entry.created_at - SAME_WORDS_WINDOW),
            ):
                if not even_if_same and same_words(kept.text, entry.text):
                    return kept
            self.file.insert("insert into entries", request=request, **row(entry))
        return entry

    def get(self, workspace: str, entry: str) -> Entry | None:
        return self.file.one(Entry, f"{_NOTES} and id = ?", workspace, entry)

    def of_thread(self, workspace: str, channel: str, ts: str) -> Entry | None:
        return self.file.one(
            Entry,
            f"{_NOTES} and id = (select substr(subject, instr(subject, ':') + 1) from posts where"
            " posts.workspace = entries.workspace and channel = ? and ts = ?"
            " and (subject like 'thread:%' or subject like 'receipt:%'))",
            *(workspace, channel, ts),
        )

    def of_message(self, workspace: str, owner: str, request: str, link: str) -> Entry | None:
        return self.file.one(
            Entry,
            f"{_NOTES} and owner = ? and (request = ? or (link <> '' and link = ?))"
            " order by created_at desc limit 1",
            *(workspace, owner, request, link),
        )

    def mine(self, workspace: str, owner: str, *, limit: int, offset: int = 0) -> list[Entry]:
        return self.file.all(
            Entry,
            f"{_NOTES} and owner = ? order by created_at desc, rowid desc limit ? offset ?",
            *(workspace, owner, limit, offset),
        )

    def update(self, entry: Entry) -> Entry:
        return self.file.update("entries", entry)

    def withdraw(self, entry: Entry, now: datetime) -> None:
        self._erase(entry, now, _LIVE, closed_at="null")

    def expire(self, entry: Entry, now: datetime) -> None:
        self._erase(entry, now, f"{_LIVE} and closed_at is not null", closed_at="closed_at")

    def _erase(self, entry: Entry, now: datetime, where: str, *, closed_at: str) -> None:
        with self.file.transaction():
            changed = self.file.change(
                "update entries set owner = null, text = null, did = null, would_help = null,"
                " learned = null, link = '', team = '', repaired_at = null,"
                f" closed_at = {closed_at},"
                f" version = version + 1, withdrawn_at = ? where id = ? and {where}",
                *(now, entry.id),
            )
            if changed != 1:
                raise Stale
            for gone in (
                "replies where entry = ?",
                "lookbacks where entry = ?",
                # an open one is the customer's: it stays until its owner settles it
                "promises where entry = ? and state <> 'open'",
            ):
                self.file.change(f"delete from {gone}", entry.id)

    def was_closed(self, workspace: str, entry: str) -> bool:
        expired = "withdrawn_at is not null and closed_at is not null"
        sql = f"select 1 from entries where workspace = ? and id = ? and {expired}"
        return bool(self.file.one(int, sql, workspace, entry))

    def never_closed(self, workspace: str, written_before: datetime, limit: int) -> list[Entry]:
        return self.file.all(
            Entry,
            f"{_NOTES} and closed_at is null and created_at <= ? order by created_at limit ?",
            *(workspace, written_before, limit),
        )

    def closed(self, workspace: str, before: datetime, limit: int) -> list[Entry]:
        return self.file.all(
            Entry,
            f"{_NOTES} and closed_at <= ? order by closed_at limit ?",
            *(workspace, before, limit),
        )

    def add_reply(self, entry: Entry, ts: str, text: str) -> None:
        self.file.change(
            "insert into replies (entry, ts, text)"
            f" select id, ?, ? from entries where id = ? and {_LIVE}"
            " on conflict (entry, ts) do update set text = excluded.text",
            *(ts, text, entry.id),
        )

    def remove_reply(self, entry: Entry, ts: str) -> None:
        self.file.change("delete from replies where entry = ? and ts = ?", entry.id, ts)

    def replies(self, entry: Entry) -> list[str]:
        return self.file.all(str, "select text from replies where entry = ? order by ts", entry.id)

    def forget_tombstones(self, before: datetime) -> int:
        """Drops tombstones older than `before` whose thread Slack no longer shows."""
        return self.file.change(
            "delete from entries where withdrawn_at < ? and not exists (select 1 from posts"
            " where posts.workspace = entries.workspace and subject = 'thread:' || entries.id)"
            " and not exists (select 1 from promises where entry = entries.id and state = 'open')",
            before,
        )
