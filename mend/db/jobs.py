"""Due work as rows: asked for, claimed with a lease, finished, postponed or parked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from mend.db.engine import Database
from mend.db.model import LEASE, Job


@dataclass(frozen=True)
class Jobs:
    """Work that is due, later or now."""

    db: Database

    def arm(self, kind: str, key: str, due_at: datetime, payload: Mapping[str, str] = {}) -> None:
        """Ask for the work `key` at `due_at`; asking again moves it and makes it due once more."""
        self.db.change(
            "insert into jobs (workspace, kind, key, payload, due_at) values"
            " (:workspace, ?, ?, ?, ?)"
            " on conflict (workspace, key) do update set due_at = excluded.due_at,"
            " payload = excluded.payload, armed = armed + 1, failures = 0,"
            " done_at = null, parked_at = null, reason = null",
            *(kind, key, payload, due_at),
        )

    def claim(self, now: datetime, kinds: Sequence[str], key: str | None = None) -> Job | None:
        """The due job of those kinds that waits longest (or that very one), leased to you."""
        with self.db.transaction():
            return self.db.one(
                Job,
                "update jobs set attempts = attempts + 1, claimed_until = :until where id = ("
                " select id from jobs where workspace = :workspace"
                "  and done_at is null and parked_at is null"
                "  and due_at <= :now and (claimed_until is null or claimed_until <= :now)"
                "  and kind in (select value from json_each(:kinds))"
                "  and (:key is null or key = :key) order by due_at, id limit 1) returning *",
                **{"now": now, "until": now + LEASE, "kinds": kinds, "key": key},
            )

    def finish(self, job: Job, now: datetime) -> None:
        """Done, unless it was asked for again meanwhile or the claim is no longer the caller's."""
        change = "done_at = case when armed = :armed then :moment end, reason = null, failures = 0"
        self._settle(job, change, now)

    def postpone(self, job: Job, until: datetime, reason: str) -> None:
        """Due again at `until`; counts as a failure."""
        change = "due_at = case when armed = :armed then :moment else due_at end, reason = :reason"
        self._settle(job, f"{change}, failures = failures + 1", until, reason)

    def park(self, job: Job, now: datetime, reason: str) -> bool:
        """Given up until somebody asks for it again; whether the claim was still the caller's."""
        change = "parked_at = case when armed = :armed then :moment end, reason = :reason"
        return self._settle(job, change, now, reason)

    def _settle(self, job: Job, change: str, moment: datetime, reason: str = "") -> bool:
        settled = self.db.change(
            f"update jobs set claimed_until = null, {change}"
            " where workspace = :workspace and id = :id and attempts = :attempts",
            id=job.id,
            attempts=job.attempts,
            armed=job.armed,
            moment=moment,
            reason=reason,
        )
        return settled == 1

    def pending(self, kind: str) -> list[Job]:
        """Jobs of a kind that are neither done nor parked, by due time."""
        return self.db.all(
            Job,
            "select * from jobs where workspace = :workspace and kind = ? and done_at is null"
            " and parked_at is null order by due_at",
            kind,
        )

    def parked(self) -> list[tuple[Job, str]]:
        parked = (
            "from jobs where workspace = :workspace and parked_at is not"
            " null order by parked_at, id"
        )
        jobs = self.db.all(Job, f"select * {parked}")
        return list(zip(jobs, self.db.all(str, f"select reason {parked}"), strict=True))

    def forget_done(self, before: datetime) -> int:
        return self.db.change(
            "delete from jobs where workspace = :workspace and done_at < ?", before
        )
