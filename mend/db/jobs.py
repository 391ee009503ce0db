"""Due work as rows: asked for, claimed with a lease, finished, postponed or parked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from mend.db.engine import Connections
from mend.db.model import LEASE, Job


@dataclass(frozen=True)
class SqliteJobs:
    """See ports.Jobs."""

    file: Connections

    def arm(
        self, workspace: str, kind: str, key: str, due_at: datetime, payload: Mapping[str, str] = {}
    ) -> None:
        self.file.change(
            "insert into jobs (workspace, kind, key, payload, due_at) values (?, ?, ?, ?, ?)"
            " on conflict (workspace, key) do update set due_at = excluded.due_at,"
            " payload = excluded.payload, armed = armed + 1, failures = 0,"
            " done_at = null, parked_at = null, reason = null",
            *(workspace, kind, key, payload, due_at),
        )

    def claim(self, now: datetime, kinds: Sequence[str], key: str | None = None) -> Job | None:
        with self.file.transaction():
            return self.file.one(
                Job,
                "update jobs set attempts = attempts + 1, claimed_until = :until where id = ("
                " select id from jobs where done_at is null and parked_at is null"
                "  and due_at <= :now and (claimed_until is null or claimed_until <= :now)"
                "  and kind in (select value from json_each(:kinds))"
                "  and (:key is null or key = :key) order by due_at, id limit 1) returning *",
                **{"now": now, "until": now + LEASE, "kinds": kinds, "key": key},
            )

    def finish(self, job: Job, now: datetime) -> None:
        change = "done_at = case when armed = :armed then :moment end, reason = null, failures = 0"
        self._settle(job, change, now)

    def postpone(self, job: Job, until: datetime, reason: str) -> None:
        change = "due_at = case when armed = :armed then :moment else due_at end, reason = :reason"
        self._settle(job, f"{change}, failures = failures + 1", until, reason)

    def park(self, job: Job, now: datetime, reason: str) -> bool:
        change = "parked_at = case when armed = :armed then :moment end, reason = :reason"
        return self._settle(job, change, now, reason)

    def _settle(self, job: Job, change: str, moment: datetime, reason: str = "") -> bool:
        settled = self.file.change(
            f"update jobs set claimed_until = null, {change}"
            " where id = :id and attempts = :attempts",
            id=job.id,
            attempts=job.attempts,
            armed=job.armed,
            moment=moment,
            reason=reason,
        )
        return settled == 1

    def pending(self, workspace: str, kind: str) -> list[Job]:
        return self.file.all(
            Job,
            "select * from jobs where workspace = ? and kind = ? and done_at is null"
            " and parked_at is null order by due_at",
            *(workspace, kind),
        )

    def parked(self, workspace: str) -> list[tuple[Job, str]]:
        parked = "from jobs where workspace = ? and parked_at is not null order by parked_at, id"
        jobs = self.file.all(Job, f"select * {parked}", workspace)
        return list(
            zip(jobs, self.file.all(str, f"select reason {parked}", workspace), strict=True)
        )

    def forget_done(self, before: datetime) -> int:
        return self.file.change("delete from jobs where done_at < ?", before)
