"""Wakes, claims due work, hands each row to its service. Keeps no rule, no schedule in memory."""

from __future__ import annotations

import logging
import random
import threading
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import TypeVar

from mend.db.engine import Database
from mend.db.jobs import Jobs
from mend.db.model import GIVE_UP_AFTER, Job, backoff
from mend.slack.model import Failure, NotSent

WAKE_SECONDS = 1.0
PLAN_EVERY = timedelta(minutes=1)
KEEP_DONE = timedelta(days=7)  # longer than any redelivery, so that a late repeat finds its row
AFTER_UNKNOWN = timedelta(seconds=30)  # so that a message on its way is there when we look

log = logging.getLogger(__name__)

T = TypeVar("T")
Work = Callable[[Job], NotSent | None]


class Scheduler:
    """Runs due jobs until stopped. A worker claims only the kinds it knows."""

    def __init__(
        self,
        db: Database,
        work: Mapping[str, Work],
        now: Callable[[], datetime],
        *,
        plan: Iterable[Callable[[], None]],
        given_up: Callable[[Job, NotSent], None],
        chance: Callable[[], float] = random.random,
    ) -> None:
        self.db = db
        self._work = work
        self._now = now
        self._plan = plan
        self._given_up = given_up
        self._chance = chance
        self._stop = threading.Event()
        self._wake = threading.Event()
        self._thread = threading.Thread(target=self._loop, name="scheduler", daemon=True)
        self._planned_at: datetime | None = None

    def start(self) -> None:
        self._thread.start()

    def stop(self, timeout: float) -> None:
        """Take no more work; waits up to `timeout` seconds for the job in hand."""
        self._stop.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(timeout)

    def is_running(self) -> bool:
        return self._thread.is_alive() and not self._stop.is_set()

    def plan_soon(self) -> None:
        """Plan at the next round instead of within the minute."""
        self._planned_at = None
        self._wake.set()

    def run_due(self) -> int:
        """Run what is due until nothing is; how many runs that took."""
        runs = 0
        while not self._stop.is_set() and self._run_one():
            runs += 1
        return runs

    def hurry(self, keys: Iterable[str]) -> None:
        """Run these jobs now if nobody else has them; what fails stays due for the scheduler."""
        for key in keys:
            while not self._stop.is_set() and self._run_one(key):
                pass
        self._wake.set()

    def _run_one(self, key: str | None = None) -> bool:
        job = Jobs(self.db).claim(self._now(), list(self._work), key)
        if job is None:
            return False
        failure = self._safely(f"job {job.kind} {job.id}", lambda: self._work[job.kind](job))
        if failure:
            self._settle(job, failure)
        return True

    def _settle(self, job: Job, failure: NotSent) -> None:
        now = self._now()
        tried_enough = job.failures + 1 >= GIVE_UP_AFTER
        if not failure.reason.is_passing or tried_enough:
            log.warning("job %s %d given up: %s", job.kind, job.id, failure.reason.name)
            reason = f"{failure.reason.value} {failure.detail}".strip()
            if Jobs(self.db).park(job, now, reason):
                self._given_up(job, failure)
            return
        wait = backoff(job.failures + 1, self._chance())
        if failure.reason is Failure.UNKNOWN:
            wait = max(wait, AFTER_UNKNOWN)
        wait = max(wait, timedelta(seconds=failure.retry_after))
        Jobs(self.db).postpone(job, now + wait, failure.reason.value)

    def _loop(self) -> None:
        while not self._stop.is_set():
            self._plan_now_and_then()
            self._safely("claiming", self._run_all)
            self._wake.wait(WAKE_SECONDS)
            self._wake.clear()

    def _run_all(self) -> None:
        self.run_due()

    def _safely(self, what: str, step: Callable[[], T]) -> T | NotSent:
        """What `step` returns; an error nobody foresaw is logged and counts as a failure."""
        try:
            return step()
        except Exception as wrong:
            log.error("%s failed", what, exc_info=wrong)
            return NotSent(Failure.UNKNOWN, type(wrong).__name__)

    def _plan_now_and_then(self) -> None:
        now = self._now()
        if self._planned_at and timedelta(0) <= now - self._planned_at < PLAN_EVERY:
            return
        self._planned_at = now
        for step in (*self._plan, self._clean_up):
            self._safely("planning", step)

    def _clean_up(self) -> None:
        before = self._now() - KEEP_DONE
        Jobs(self.db).forget_done(before)
        self.db.scrub()
