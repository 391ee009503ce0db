"""Promises and look-backs of notes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from mend.domain.errors import Stale
from mend.domain.lookbacks import Cause, Factor, LookBack, LookBackState
from mend.domain.promises import Promise, PromiseState
from mend.store.connection import Connections
from mend.store.moments import from_text, to_text


@dataclass(frozen=True)
class SqliteWorking:
    """See ports.Working."""

    connections: Connections

    def promise(self, promise: Promise) -> None:
        with self.connections.transaction() as database:
            database.table("promises").insert(_promise_row(promise))

    def get_promise(self, workspace: str, promise: str) -> Promise | None:
        rows = self.connections.database().query(
            "select * from promises where workspace = ? and id = ?", [workspace, promise]
        )
        return next((_promise(row) for row in rows), None)

    def open_promises(self, workspace: str, owner: str) -> list[Promise]:
        rows = self.connections.database().query(
            "select * from promises where workspace = ? and owner = ? and state = 'open'"
            " order by due_at",
            [workspace, owner],
        )
        return [_promise(row) for row in rows]

    def update_promise(self, promise: Promise) -> Promise:
        row = {**_promise_row(promise), "version": promise.version + 1, "seen": promise.version}
        with self.connections.transaction() as database:
            changed = database.execute(
                "update promises set what = :what, due_at = :due_at, state = :state,"
                " version = :version where id = :id and version = :seen",
                row,
            )
            if changed.rowcount != 1:
                raise Stale
        return _promise(row)

    def lookback(self, entry: str) -> LookBack | None:
        rows = self.connections.database().query("select * from lookbacks where entry = ?", [entry])
        return next((_lookback(row) for row in rows), None)

    def keep_lookback(self, lookback: LookBack) -> None:
        row = {
            "entry": lookback.entry,
            "state": lookback.state.value,
            "factors": json.dumps([factor.name for factor in lookback.factors]),
            "words": lookback.words,
            "cause": lookback.cause.value if lookback.cause else "",
            "who": lookback.who,
            "asked": lookback.asked,
            "answered_at": to_text(lookback.answered_at) if lookback.answered_at else None,
        }
        with self.connections.transaction() as database:
            database.table("lookbacks", pk="entry").upsert(row)


def _promise_row(promise: Promise) -> dict[str, Any]:
    return {
        "id": promise.id,
        "workspace": promise.workspace,
        "entry": promise.entry,
        "owner": promise.owner,
        "what": promise.what,
        "due_at": to_text(promise.due_at),
        "may_tell_lead": int(promise.may_tell_lead),
        "state": promise.state.value,
        "version": promise.version,
    }


def _promise(row: dict[str, Any]) -> Promise:
    return Promise(
        id=row["id"],
        workspace=row["workspace"],
        entry=row["entry"],
        owner=row["owner"],
        what=row["what"],
        due_at=from_text(row["due_at"]),
        may_tell_lead=bool(row["may_tell_lead"]),
        state=PromiseState(row["state"]),
        version=row["version"],
    )


def _lookback(row: dict[str, Any]) -> LookBack:
    return LookBack(
        entry=row["entry"],
        state=LookBackState(row["state"]),
        factors=tuple(Factor[name] for name in json.loads(row["factors"])),
        words=row["words"],
        cause=Cause(row["cause"]) if row["cause"] else None,
        who=row["who"],
        asked=row["asked"],
        answered_at=from_text(row["answered_at"]) if row["answered_at"] else None,
    )
