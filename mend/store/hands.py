"""Requests for a hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mend.domain.errors import Stale
from mend.domain.hands import Hand, HandState
from mend.store.connection import Connections
from mend.store.moments import from_text, to_text


@dataclass(frozen=True)
class SqliteHands:
    """See ports.Hands."""

    connections: Connections

    def open(self, hand: Hand) -> None:
        with self.connections.transaction() as database:
            database.table("hands").insert(_row(hand))

    def get(self, workspace: str, hand: str) -> Hand | None:
        return self._one("id = ?", workspace, hand)

    def about(self, workspace: str, entry: str) -> Hand | None:
        return self._one("entry = ? and state <> 'closed'", workspace, entry)

    def held_by(self, workspace: str, person: str) -> list[Hand]:
        rows = self.connections.database().query(
            "select * from hands where workspace = ? and state <> 'closed' and ? in (asker, taker)",
            [workspace, person],
        )
        return [_hand(row) for row in rows]

    def _one(self, where: str, *values: str) -> Hand | None:
        rows = self.connections.database().query(
            f"select * from hands where workspace = ? and {where}", list(values)
        )
        return next((_hand(row) for row in rows), None)

    def update(self, hand: Hand) -> Hand:
        row = {**_row(hand), "version": hand.version + 1, "seen": hand.version}
        with self.connections.transaction() as database:
            changed = database.execute(
                "update hands set asker = :asker, context = :context, state = :state,"
                " taker = :taker, version = :version where id = :id and version = :seen",
                row,
            )
            if changed.rowcount != 1:
                raise Stale
        return _hand(row)


def _row(hand: Hand) -> dict[str, Any]:
    return {
        "id": hand.id,
        "workspace": hand.workspace,
        "asker": hand.asker,
        "context": hand.context,
        "entry": hand.entry,
        "asked_at": to_text(hand.asked_at),
        "state": hand.state.value,
        "taker": hand.taker,
        "version": hand.version,
    }


def _hand(row: dict[str, Any]) -> Hand:
    return Hand(
        id=row["id"],
        workspace=row["workspace"],
        asker=row["asker"],
        context=row["context"],
        entry=row["entry"],
        asked_at=from_text(row["asked_at"]),
        state=HandState(row["state"]),
        taker=row["taker"],
        version=row["version"],
    )
