"""Due work as rows: asked for, claimed with a lease, finished, postponed or parked.

Parked is what a lasting refusal stopped: it is looked at again, never given up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from mend.db.engine import Database
from mend.db.model import AFTER_UNKNOWN, LATE, LEASE, Job, Topic
from mend.slack.model import Failure

_FAILED = "reason = :reason, failures = failures + 1, failing_since = coalesce(failing_since, :now)"

AT_ONCE = timedelta(0)
_UNKNOWN = "jobs.reason = :unknown and jobs.done_at is null"


@dataclass(frozen=True)
class Jobs:
    """Work that is due, later or now."""

    db: Database

    def schedule(
        self, kind: str, key: str, due_at: datetime, payload: Mapping[str, str] = {}
    ) -> None:
        """Ask for the work `key` at `due_at`; asking again moves it and makes it due once more.

        Where Slack did not answer the last time, that is not at once: see AFTER_UNKNOWN.
        """
        with self.db.transaction():
            self.db.change(
                "insert into jobs (workspace, kind, key, payload, due_at) values"
                " (:workspace, :kind, :key, :payload, :due)"
                " on conflict (workspace, key) do update set due_at = case"
                f" when {_UNKNOWN} and jobs.due_at > :due then :later else :due end,"
                f" reason = case when {_UNKNOWN} and jobs.due_at > :due then jobs.reason end,"
                " payload = excluded.payload, scheduled = jobs.scheduled + 1, failures = 0,"
                " failing_since = null, done_at = null, dead_at = null",
                **{"kind": kind, "key": key, "payload": payload, "due": due_at},
                **{"later": due_at + AFTER_UNKNOWN, "unknown": Failure.UNKNOWN.value},
            )
            self.db.tell(Topic.JOBS)

    def claim(
        self, now: datetime, kinds: Sequence[str], key: str | None = None, lag: timedelta = AT_ONCE
    ) -> Job | None:
        """The job of those kinds that waits longest (or that very one), leased to you.

        It is due since `lag` at least.
        """
        with self.db.transaction():
            return self.db.one(
                Job,
                "update jobs set attempts = attempts + 1, claimed_until = :until where id = ("
                " select id from jobs where workspace = :workspace"
                "  and done_at is null and dead_at is null"
                "  and due_at <= :due and (claimed_until is null or claimed_until <= :now)"
                "  and kind in (:kinds)"
                "  and (:key is null or key = :key) order by due_at, id limit 1) returning *",
                **{"now": now, "due": now - lag, "until": now + LEASE, "kinds": kinds, "key": key},
            )

    def finish(self, job: Job, now: datetime) -> None:
        """Done, unless it was asked for again meanwhile or the claim is no longer the caller's."""
        change = "done_at = case when scheduled = :scheduled then :now end, reason = null"
        self._settle(job, f"{change}, failures = 0, failing_since = null", now)

    def postpone(self, job: Job, now: datetime, until: datetime, reason: str) -> None:
        """Due again at `until`."""
        change = "due_at = case when scheduled = :scheduled then :until else due_at end"
        self._settle(job, f"{change}, {_FAILED}", now, until=until, reason=reason)

    def dead_letter(self, job: Job, now: datetime, reason: str) -> bool:
        """It waits until somebody asks for it again or looks again whether its cause is gone.

        Whether the claim was still the caller's.
        """
        change = "dead_at = case when scheduled = :scheduled then :now end"
        return self._settle(job, f"{change}, {_FAILED}", now, reason=reason)

    def _settle(self, job: Job, change: str, now: datetime, **values: object) -> bool:
        settled = self.db.change(
            f"update jobs set claimed_until = null, {change}"
            " where workspace = :workspace and id = :id and attempts = :attempts",
            **{
                "id": job.id,
                "attempts": job.attempts,
                "scheduled": job.scheduled,
                "now": now,
                **values,
            },
        )
        return settled == 1

    def look_again(self) -> int:
        """What waits for the cause of its refusal to go is due again; how many those are."""
        return self.db.change(
            "update jobs set dead_at = null where workspace = :workspace and dead_at is not null"
        )

    def look_again_in(self, channel: str) -> int:
        """The same for what is to stand, or to be taken out, in one channel."""
        return self.db.change(
            "update jobs set dead_at = null where workspace = :workspace"
            " and dead_at is not null and key in"
            " (select subject from posts where workspace = :workspace and channel = ?)",
            channel,
        )

    def hasten(self, until: datetime, but: str) -> int:
        """What failed and would wait longer is due then, unless it failed for the reason `but`."""
        return self.db.change(
            "update jobs set due_at = :until where workspace = :workspace and done_at is null"
            " and dead_at is null and failures > 0 and due_at > :until and reason <> :but",
            **{"until": until, "but": but},
        )

    def pending(self, kind: str, prefix: str = "") -> list[Job]:
        """Jobs of a kind, whose keys begin so, that are not done; by due time. Those that wait for

        a cause to go as well.
        """
        return self.db.all(
            Job,
            "select * from jobs where workspace = :workspace and kind = ? and done_at is null"
            " and substr(key, 1, length(:prefix)) = :prefix order by due_at, id",
            kind,
            prefix=prefix,
        )

    def dead_letters(self) -> list[tuple[Job, str]]:
        """What waits for the cause of its refusal to go, and that cause."""
        dead_letters = (
            "from jobs where workspace = :workspace and dead_at is not null order by dead_at, id"
        )
        jobs = self.db.all(Job, f"select * {dead_letters}")
        return list(zip(jobs, self.db.all(str, f"select reason {dead_letters}"), strict=True))

    def counted(self, now: datetime) -> dict[str, int]:
        """How many are due, how many of them late, and how many wait for a cause to go ("dead")."""
        [found] = self.db.rows(
            "select count(*) filter (where dead_at is null and due_at <= :now) as due,"
            " count(*) filter (where dead_at is null and due_at <= :late) as late,"
            " count(dead_at) as dead from jobs"
            " where workspace = :workspace and done_at is null",
            **{"now": now, "late": now - LATE},
        )
        return found

    def forget_done(self, before: datetime) -> int:
        return self.db.change(
            "delete from jobs where workspace = :workspace and done_at < ?", before
        )
