"""Due work as rows: asked for, claimed with a lease, finished, postponed or parked."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mend.domain.jobs import LEASE, Job
from mend.store.connection import Connections
from mend.store.moments import from_text, to_text

_MINE = "id = :id and attempts = :attempts"


@dataclass(frozen=True)
class SqliteJobs:
    """See ports.Jobs."""

    connections: Connections

    def arm(
        self, workspace: str, kind: str, key: str, due_at: datetime, payload: Mapping[str, str] = {}
    ) -> None:
        with self.connections.transaction() as database:
            database.execute(
                "insert into jobs (workspace, kind, key, payload, due_at)"
                " values (:workspace, :kind, :key, :payload, :due_at)"
                " on conflict (workspace, key) do update set due_at = excluded.due_at,"
                " payload = excluded.payload, armed = armed + 1, failures = 0,"
                " done_at = null, parked_at = null, reason = null",
                {
                    "workspace": workspace,
                    "kind": kind,
                    "key": key,
                    "payload": json.dumps(dict(payload)),
                    "due_at": to_text(due_at),
                },
            )

    def claim(self, now: datetime, kinds: Sequence[str], key: str | None = None) -> Job | None:
        with self.connections.transaction() as database:
            rows = database.query(
                "update jobs set attempts = attempts + 1, claimed_until = :until where id = ("
                " select id from jobs where done_at is null and parked_at is null"
                "  and due_at <= :now and (claimed_until is null or claimed_until <= :now)"
                "  and kind in (select value from json_each(:kinds))"
                "  and (:key is null or key = :key) order by due_at, id limit 1) returning *",
                {
                    "now": to_text(now),
                    "until": to_text(now + LEASE),
                    "kinds": json.dumps(list(kinds)),
                    "key": key,
                },
            )
            return next((_job(row) for row in list(rows)), None)

    def finish(self, job: Job, now: datetime) -> None:
        self._settle(
            job,
            "done_at = case when armed = :armed then :now end, reason = null, failures = 0",
            now,
        )

    def postpone(self, job: Job, until: datetime, reason: str) -> None:
        self._settle(
            job,
            "due_at = case when armed = :armed then :now else due_at end, reason = :reason,"
            " failures = failures + 1",
            until,
            reason,
        )

    def park(self, job: Job, now: datetime, reason: str) -> bool:
        return self._settle(
            job, "parked_at = case when armed = :armed then :now end, reason = :reason", now, reason
        )

    def _settle(self, job: Job, change: str, moment: datetime, reason: str = "") -> bool:
        with self.connections.transaction() as database:
            settled = database.execute(
                f"update jobs set claimed_until = null, {change} where {_MINE}",
                {
                    "id": job.id,
                    "attempts": job.attempts,
                    "armed": job.armed,
                    "now": to_text(moment),
                    "reason": reason,
                },
            )
            return int(settled.rowcount) == 1

    def pending(self, workspace: str, kind: str) -> list[Job]:
        rows = self.connections.database().query(
            "select * from jobs where workspace = ? and kind = ? and done_at is null"
            " and parked_at is null order by due_at",
            [workspace, kind],
        )
        return [_job(row) for row in rows]

    def parked(self, workspace: str) -> list[tuple[Job, str]]:
        rows = self.connections.database().query(
            "select * from jobs where workspace = ? and parked_at is not null order by parked_at",
            [workspace],
        )
        return [(_job(row), row["reason"]) for row in rows]

    def forget_done(self, before: datetime) -> int:
        """Drops jobs finished before `before`."""
        with self.connections.transaction() as database:
            gone = database.execute("delete from jobs where done_at < ?", [to_text(before)])
            return int(gone.rowcount)


def _job(row: dict[str, Any]) -> Job:
    return Job(
        id=row["id"],
        workspace=row["workspace"],
        kind=row["kind"],
        key=row["key"],
        due_at=from_text(row["due_at"]),
        payload=json.loads(row["payload"]),
        attempts=row["attempts"],
        armed=row["armed"],
        failures=row["failures"],
    )
