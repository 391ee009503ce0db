"""Notes and their owners' replies. A withdrawn note keeps a tombstone: no words, nobody's name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mend.domain.entries import SAME_WORDS_WINDOW, Entry, Visibility, same_words
from mend.domain.errors import Stale
from mend.store.connection import Connections
from mend.store.moments import from_text, to_text

_LIVE = "withdrawn_at is null"


@dataclass(frozen=True)
class SqliteEntries:
    """See ports.Entries."""

    connections: Connections

    def add(self, entry: Entry, request: str, *, even_if_same: bool = False) -> Entry:
        with self.connections.transaction() as database:
            for row in database.query(
                "select * from entries where workspace = ? and request = ?",
                [entry.workspace, request],
            ):
                if row["withdrawn_at"]:
                    raise Stale
                return _entry(row)
            if not even_if_same:
                for row in database.query(
                    f"select * from entries where workspace = ? and owner = ? and {_LIVE}"
                    " and created_at > ? order by created_at",
                    [entry.workspace, entry.owner, to_text(entry.created_at - SAME_WORDS_WINDOW)],
                ):
                    if same_words(row["text"], entry.text):
                        return _entry(row)
            database.table("entries").insert({**_row(entry), "request": request})
        return entry

    def get(self, workspace: str, entry: str) -> Entry | None:
        return self._one("id = ?", workspace, entry)

    def of_thread(self, workspace: str, channel: str, ts: str) -> Entry | None:
        return self._one(
            "'thread:' || id = (select subject from posts where posts.workspace ="
            " entries.workspace and channel = ? and ts = ? and subject like 'thread:%')",
            workspace,
            channel,
            ts,
        )

    def _one(self, where: str, workspace: str, *values: str) -> Entry | None:
        rows = self.connections.database().query(
            f"select * from entries where workspace = ? and {_LIVE} and {where}",
            [workspace, *values],
        )
        return next((_entry(row) for row in rows), None)

    def mine(self, workspace: str, owner: str, *, limit: int, offset: int = 0) -> list[Entry]:
        rows = self.connections.database().query(
            f"select * from entries where workspace = ? and owner = ? and {_LIVE}"
            " order by created_at desc, rowid desc limit ? offset ?",
            [workspace, owner, limit, offset],
        )
        return [_entry(row) for row in rows]

    def update(self, entry: Entry) -> Entry:
        row = {**_row(entry), "version": entry.version + 1}
        row.pop("id")
        with self.connections.transaction() as database:
            changed = database.execute(
                f"update entries set {', '.join(f'{name} = :{name}' for name in row)}"
                f" where id = :id and version = :seen and {_LIVE}",
                {**row, "id": entry.id, "seen": entry.version},
            )
            if changed.rowcount != 1:
                raise Stale
        found = self.get(entry.workspace, entry.id)
        if found is None:
            raise Stale
        return found

    def withdraw(self, entry: Entry, now: datetime) -> None:
        self._erase(entry, now, _LIVE, closed_at="null")

    def expire(self, entry: Entry, now: datetime) -> None:
        self._erase(entry, now, f"{_LIVE} and closed_at is not null", closed_at="closed_at")

    def _erase(self, entry: Entry, now: datetime, where: str, *, closed_at: str) -> None:
        with self.connections.transaction() as database:
            changed = database.execute(
                "update entries set owner = null, text = null, did = null, would_help = null,"
                f" learned = null, repaired_at = null, closed_at = {closed_at}, team = '',"
                f" version = version + 1, withdrawn_at = ? where id = ? and {where}",
                [to_text(now), entry.id],
            )
            if changed.rowcount != 1:
                raise Stale
            for table in ("replies", "lookbacks"):
                database.execute(f"delete from {table} where entry = ?", [entry.id])
            database.execute(  # an open one is the customer's: it stays until its owner settles it
                "delete from promises where entry = ? and state <> 'open'", [entry.id]
            )

    def was_closed(self, workspace: str, entry: str) -> bool:
        rows = self.connections.database().query(
            "select 1 from entries where workspace = ? and id = ? and withdrawn_at is not null"
            " and closed_at is not null",
            [workspace, entry],
        )
        return any(rows)

    def never_closed(self, workspace: str, written_before: datetime, limit: int) -> list[Entry]:
        return self._before("created_at", workspace, written_before, limit, "closed_at is null")

    def closed(self, workspace: str, before: datetime, limit: int) -> list[Entry]:
        return self._before("closed_at", workspace, before, limit, "closed_at is not null")

    def _before(
        self, column: str, workspace: str, moment: datetime, limit: int, where: str
    ) -> list[Entry]:
        rows = self.connections.database().query(
            f"select * from entries where workspace = ? and {_LIVE} and {where}"
            f" and {column} <= ? order by {column} limit ?",
            [workspace, to_text(moment), limit],
        )
        return [_entry(row) for row in rows]

    def add_reply(self, entry: Entry, ts: str, text: str) -> None:
        with self.connections.transaction() as database:
            database.execute(
                "insert into replies (entry, ts, text)"
                f" select id, ?, ? from entries where id = ? and {_LIVE}"
                " on conflict (entry, ts) do update set text = excluded.text",
                [ts, text, entry.id],
            )

    def remove_reply(self, entry: Entry, ts: str) -> None:
        with self.connections.transaction() as database:
            database.execute("delete from replies where entry = ? and ts = ?", [entry.id, ts])

    def replies(self, entry: Entry) -> list[str]:
        rows = self.connections.database().query(
            "select text from replies where entry = ? order by ts", [entry.id]
        )
        return [row["text"] for row in rows]

    def forget_tombstones(self, before: datetime) -> int:
        """Drops tombstones older than `before` whose thread Slack no longer shows."""
        with self.connections.transaction() as database:
            gone = database.execute(
                "delete from entries where withdrawn_at < ? and not exists (select 1 from posts"
                " where posts.workspace = entries.workspace and subject = 'thread:' || entries.id)"
                " and not exists (select 1 from promises where entry = entries.id"
                " and state = 'open')",
                [to_text(before)],
            )
            return int(gone.rowcount)


def _row(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "workspace": entry.workspace,
        "team": entry.team,
        "owner": entry.owner,
        "text": entry.text,
        "did": entry.did,
        "would_help": entry.would_help,
        "learned": entry.learned,
        "visibility": entry.visibility.value,
        "version": entry.version,
        "created_at": to_text(entry.created_at),
        "repaired_at": to_text(entry.repaired_at) if entry.repaired_at else None,
        "closed_at": to_text(entry.closed_at) if entry.closed_at else None,
    }


def _entry(row: dict[str, Any]) -> Entry:
    return Entry(
        id=row["id"],
        workspace=row["workspace"],
        team=row["team"],
        owner=row["owner"],
        text=row["text"],
        did=row["did"],
        would_help=row["would_help"],
        learned=row["learned"],
        visibility=Visibility(row["visibility"]),
        version=row["version"],
        created_at=from_text(row["created_at"]),
        repaired_at=from_text(row["repaired_at"]) if row["repaired_at"] else None,
        closed_at=from_text(row["closed_at"]) if row["closed_at"] else None,
    )
