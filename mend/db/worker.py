"""Wakes, claims due work, hands each row to its service. Keeps no rule, no schedule in memory.

Nothing that is owed is given up. What fails in passing is tried again, later each time. What is
refused for good waits, and is looked at again at every start, every hour, when its channel takes
something, and when Slack answers after an outage.
"""

from __future__ import annotations

import logging
import random
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

from mend.db.engine import Database
from mend.db.jobs import AT_ONCE, Jobs
from mend.db.model import AFTER_UNKNOWN, LOOK_AGAIN, OWED_FOR, Job, Patience, backoff
from mend.slack.model import Failure, NotSent

WAKE_SECONDS = 1.0
# In which whoever owes something does it, here or elsewhere, and says so where it was asked for: an
# answer that only its person sees cannot be changed later by the scheduler.
MOMENT = timedelta(seconds=0.5)
PLAN_EVERY = timedelta(minutes=1)
KEEP_DONE = timedelta(days=7)  # longer than any redelivery, so that a late repeat finds its row
OUTAGE = timedelta(minutes=1)  # a silence of Slack so long puts off what could be done after it
_AWAY = (Failure.UNAVAILABLE, Failure.UNKNOWN, Failure.TOKEN_REVOKED)

log = logging.getLogger(__name__)

T = TypeVar("T")
Work = Callable[[Job], NotSent | None]


@dataclass(frozen=True)
class Duty:
    """One kind of work.

    `says` is what admins are told did not happen, where it was refused. `owner` finds the person
    whose own it is (else ""), and what they are told. `erases` is true of a row that by now only
    takes something out of Slack: it has the patience for that.
    """

    run: Work
    patience: Patience
    says: str
    owner: Callable[[Job], tuple[str, str]] = lambda job: ("", "")
    erases: Callable[[Job], bool] = lambda job: False

    def patience_with(self, job: Job) -> Patience:
        return Patience.ERASE if self.erases(job) else self.patience


class Scheduler:
    """Runs due jobs until stopped. A worker claims only the kinds it knows."""

    def __init__(
        self,
        db: Database,
        duties: Mapping[str, Duty],
        now: Callable[[], datetime],
        *,
        plan: Iterable[Callable[[], None]],
        refused: Callable[[Duty, Job, NotSent], None],
        accepted: Callable[[str], None] = lambda channel: None,
        done: Callable[[], None] = lambda: None,
        chance: Callable[[], float] = random.random,
    ) -> None:
        """`refused` tells those concerned, once however often it is called for the same trouble;

        `accepted` hears of each channel that takes something; `done` is called after each round.
        """
        self.db = db
        self.duties = duties
        self._now = now
        self._plan = plan
        self._refused = refused
        self._accepted = accepted
        self._done = done
        self._chance = chance
        self._guard = threading.Lock()
        self._channels: set[str] = set()  # that took something since the last look
        self._away_since: datetime | None = None
        self._looked_at: datetime | None = None
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

    def wake(self) -> None:
        """Something may be due."""
        self._wake.set()

    def slack_accepted(self, channel: str) -> None:
        """Slack did what was asked; in that channel, where it was asked for one."""
        with self._guard:
            self._channels.add(channel)

    def round(self, lag: timedelta = AT_ONCE) -> None:
        """Plan, where it is time for that, and run what is due."""
        self._plan_now_and_then()
        _safely("claiming", lambda: self.run_due(lag))

    def run_due(self, lag: timedelta = AT_ONCE) -> int:
        """Run what is due, since `lag` at least, until nothing is; how many runs that took."""
        self._look_again()
        runs = 0
        while not self._stop.is_set() and self._run_one(lag=lag):
            runs += 1
        self._done()
        return runs

    def run_now(self, keys: Iterable[str]) -> None:
        """Run these jobs now if nobody else has them; what fails stays due for the scheduler."""
        for key in keys:
            while not self._stop.is_set() and self._run_one(key):
                pass
        self._wake.set()

    def _run_one(self, key: str | None = None, lag: timedelta = AT_ONCE) -> bool:
        job = Jobs(self.db).claim(self._now(), list(self.duties), key, lag)
        if job is None:
            return False
        duty = self.duties[job.kind]
        failure = _safely(f"job {job.kind} {job.id}", lambda: duty.run(job))
        if failure:
            _safely(f"after job {job.id}", lambda: self._settle(duty, job, failure))
        return True

    def _settle(self, duty: Duty, job: Job, failure: NotSent) -> None:
        """Later, where it may succeed by itself; else it waits for its cause to go, or is dropped.

        Those concerned hear of it, but not that the token is no good: nothing would reach them
        before that is over.
        """
        now = self._now()
        is_readable = failure.reason is not Failure.CRASHED
        patience = duty.patience_with(job) if is_readable else duty.patience
        reason = f"{failure.reason.value} {failure.detail}".strip()
        is_long = job.failing_since is not None and now - job.failing_since >= OWED_FOR
        if failure.reason in _AWAY:
            self._away_since = self._away_since or now
        if failure.reason.is_passing and (patience is Patience.ERASE or not is_long):
            Jobs(self.db).postpone(job, now, now + self._wait(job, failure), failure.reason.value)
            return
        level = logging.WARNING if job.failures == 0 else logging.DEBUG  # not hour after hour
        log.log(level, "job %s %d was refused: %s", job.kind, job.id, failure.reason.name)
        if patience is Patience.TIMELY:
            Jobs(self.db).finish(job, now)
        elif not Jobs(self.db).dead_letter(job, now, reason):
            return
        if failure.reason is not Failure.TOKEN_REVOKED:
            self._refused(duty, job, failure)

    def _wait(self, job: Job, failure: NotSent) -> timedelta:
        asked_for = timedelta(seconds=failure.retry_after)
        if failure.reason is Failure.RATE_LIMITED and asked_for:
            return asked_for
        wait = max(backoff(job.failures + 1, self._chance()), asked_for)
        may_be_on_its_way = failure.reason in (Failure.UNKNOWN, Failure.CRASHED)
        return max(wait, AFTER_UNKNOWN) if may_be_on_its_way else wait

    def _look_again(self) -> None:
        """Take up what waits, where that may have an end: see the module's first lines."""
        now = self._now()
        with self._guard:
            channels, self._channels = self._channels, set()
        was_away = self._away_since is not None and now - self._away_since >= OUTAGE
        is_time = self._looked_at is None or not timedelta(0) <= now - self._looked_at < LOOK_AGAIN
        if is_time or (channels and was_away):
            self._looked_at = now
            Jobs(self.db).look_again()
        if channels:
            if was_away:
                Jobs(self.db).hasten(now + AFTER_UNKNOWN, but=Failure.RATE_LIMITED.value)
            self._away_since = None
        for channel in channels - {""}:
            self._accepted(channel)
            Jobs(self.db).look_again_in(channel)

    def _loop(self) -> None:
        while not self._stop.is_set():
            self.round(MOMENT)
            if self._wake.wait(WAKE_SECONDS):
                self._stop.wait(MOMENT.total_seconds())
            self._wake.clear()

    def _plan_now_and_then(self) -> None:
        now = self._now()
        if self._planned_at and timedelta(0) <= now - self._planned_at < PLAN_EVERY:
            return
        self._planned_at = now
        each((*self._plan, self._clean_up), lambda step: step())

    def _clean_up(self) -> None:
        before = self._now() - KEEP_DONE
        Jobs(self.db).forget_done(before)
        self.db.scrub()


def each(things: Iterable[T], step: Callable[[T], object]) -> None:
    """Take the step for every thing; an error with one keeps no other from its turn."""
    for thing in things:
        _safely("planning", partial(step, thing))


def _safely(what: str, step: Callable[[], T]) -> T | NotSent:
    """What `step` returns; an error nobody foresaw is logged and counts as a failure."""
    try:
        return step()
    except Exception as wrong:
        log.error("%s failed", what, exc_info=wrong)
        return NotSent(Failure.CRASHED, type(wrong).__name__)
