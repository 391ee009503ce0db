"""Due work, run once, tried again with the patience of its kind, never given up."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from mend.db.engine import Database
from mend.db.jobs import Jobs
from mend.db.model import (
    AFTER_UNKNOWN,
    LEASE,
    OWED_FOR,
    Job,
    Patience,
    backoff,
)
from mend.db.schema import opened
from mend.db.worker import MOMENT, OUTAGE, Duty, Scheduler
from mend.settings.address import Server
from mend.slack.model import Failure, NotSent
from mend.slack.store import Posts
from tests.conftest import Clock

WORKSPACE = "T1"
REFUSED = NotSent(Failure.ARCHIVED, "is_archived")
UNREACHABLE = NotSent(Failure.UNAVAILABLE)
UNKNOWN = NotSent(Failure.UNKNOWN)


class Office:
    """A scheduler over a db, what its work is told to answer, and what came of it."""

    def __init__(self, db: Database, clock: Clock, *, chance: float = 0.0) -> None:
        self.db, self.clock = db, clock
        self.ran: list[str] = []
        self.told: list[tuple[str, NotSent]] = []
        self.accepted: list[str] = []
        self.erasing: set[str] = set()
        self.plans: list[datetime] = []
        self.answers: dict[str, Callable[[Job], NotSent | None]] = {}
        self.something = threading.Condition()
        self.scheduler = Scheduler(
            db,
            {
                "letter": Duty(
                    self.work,
                    Patience.OWED,
                    "A letter was not delivered.",
                    erases=lambda job: job.key in self.erasing,
                ),
                "greeting": Duty(self.work, Patience.TIMELY, "A greeting was not delivered."),
            },
            clock,
            plan=[self.plan],
            refused=self.tell,
            accepted=self.accepted.append,
            chance=lambda: chance,
        )

    def owe(self, *keys: str, kind: str = "letter", late: timedelta = MOMENT) -> None:
        for key in keys:
            Jobs(self.db).schedule(kind, key, self.clock() - late)

    def answer(self, key: str, what: NotSent | Callable[[Job], NotSent | None]) -> None:
        self.answers[key] = what if callable(what) else lambda job: what

    def work(self, job: Job) -> NotSent | None:
        with self.something:
            self.ran.append(job.key)
            self.something.notify_all()
        if job.key in self.answers:
            return self.answers[job.key](job)
        Jobs(self.db).finish(job, self.clock())
        return None

    def plan(self) -> None:
        with self.something:
            self.plans.append(self.clock())
            self.something.notify_all()

    def tell(self, duty: Duty, job: Job, failure: NotSent) -> None:
        self.told.append((job.key, failure))

    def hours(self, count: float) -> None:
        """So many go by, and the worker looks every ten minutes."""
        for _ in range(round(count * 6)):
            self.clock.advance(minutes=10)
            self.scheduler.run_due()

    def wait(self, condition: Callable[[], object]) -> bool:
        with self.something:
            return bool(self.something.wait_for(condition, timeout=5))

    def pending(self, kind: str = "letter") -> list[Job]:
        return Jobs(self.db).pending(kind)

    def waits(self) -> timedelta:
        """How long the one job that is left waits from now on."""
        [job] = self.pending()
        return job.due_at - self.clock()


@pytest.fixture
def office(db: Database, clock: Clock) -> Iterator[Office]:
    opened = Office(db, clock)
    yield opened
    opened.scheduler.stop(5)


def raising(wrong: Exception) -> Callable[[Job], NotSent | None]:
    def work(job: Job) -> NotSent | None:
        raise wrong

    return work


# --- running ---------------------------------------------------------------------------------


def test_due_work_is_run_once(office: Office) -> None:
    office.owe("a", "b")
    assert office.scheduler.run_due() == 2
    assert office.scheduler.run_due() == 0
    assert sorted(office.ran) == ["a", "b"]


def test_work_that_is_not_due_waits(office: Office, clock: Clock) -> None:
    office.owe("a", late=timedelta(seconds=-10))
    assert office.scheduler.run_due() == 0
    clock.advance(seconds=10)
    assert office.scheduler.run_due() == 1


def test_what_waits_longest_comes_first(office: Office) -> None:
    office.owe("new")
    office.owe("old", late=timedelta(hours=2))
    office.owe("middle", late=timedelta(hours=1))
    office.scheduler.run_due()
    assert office.ran == ["old", "middle", "new"]


def test_kinds_that_this_worker_does_not_know_stay_untouched(office: Office) -> None:
    office.owe("from a newer version", kind="telegram")
    assert office.scheduler.run_due() == 0
    [job] = office.pending("telegram")
    assert (job.attempts, job.failures) == (0, 0)


def test_hurry_runs_only_what_it_names(office: Office) -> None:
    office.owe("a", "b", "c")
    office.scheduler.run_now(["c", "a", "never owed"])
    assert office.ran == ["c", "a"]


def test_what_fails_in_a_hurry_stays_due(office: Office, clock: Clock) -> None:
    office.answer("a", UNREACHABLE)
    office.owe("a")
    office.scheduler.run_now(["a"])
    assert office.ran == ["a"]
    del office.answers["a"]
    clock.advance(hours=1)
    office.scheduler.run_due()
    assert office.ran == ["a", "a"] and office.pending() == []


def test_what_is_asked_for_while_it_runs_is_run_again(office: Office) -> None:
    def asked_again(job: Job) -> None:
        if len(office.ran) == 1:
            office.owe(job.key)
        Jobs(office.db).finish(job, office.clock())

    office.answer("a", asked_again)
    office.owe("a")
    office.scheduler.run_now(["a"])
    assert office.ran == ["a", "a"]
    assert office.pending() == []


# --- failing ---------------------------------------------------------------------------------


def test_the_first_failure_waits_two_seconds(office: Office, clock: Clock) -> None:
    office.answer("a", UNREACHABLE)
    office.owe("a")
    assert office.scheduler.run_due() == 1
    assert office.waits() == backoff(1, 0.0) == timedelta(seconds=2)
    clock.advance(seconds=1.9)
    assert office.scheduler.run_due() == 0
    clock.advance(seconds=0.1)
    assert office.scheduler.run_due() == 1


def test_each_further_failure_waits_twice_as_long_up_to_a_quarter_of_an_hour(
    office: Office, clock: Clock
) -> None:
    office.answer("a", UNREACHABLE)
    office.owe("a")
    waits = []
    for _ in range(11):
        office.scheduler.run_due()
        waits.append(office.waits().total_seconds())
        clock.advance(seconds=waits[-1])
    assert waits == [2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]


def test_chance_adds_up_to_as_much_again(db: Database, clock: Clock) -> None:
    office = Office(db, clock, chance=1.0)
    office.answer("a", UNREACHABLE)
    office.owe("a")
    office.scheduler.run_due()
    assert office.waits() == timedelta(seconds=4)


def test_it_waits_as_long_as_slack_asks(office: Office) -> None:
    office.answer("a", NotSent(Failure.RATE_LIMITED, retry_after=45))
    office.owe("a")
    office.scheduler.run_due()
    assert office.waits() == timedelta(seconds=45)


@pytest.mark.parametrize("failures", [0, 5])
def test_it_waits_no_longer_than_slack_asks(office: Office, clock: Clock, failures: int) -> None:
    office.answer("a", UNREACHABLE)
    office.owe("a")
    for _ in range(failures):
        office.scheduler.run_due()
        clock.advance(minutes=1)
    office.answer("a", NotSent(Failure.RATE_LIMITED, retry_after=1))
    office.scheduler.run_due()
    assert office.waits() == timedelta(seconds=1)


def test_an_unknown_outcome_waits_until_it_can_be_seen(office: Office) -> None:
    office.answer("a", UNKNOWN)
    office.owe("a")
    office.scheduler.run_due()
    assert office.waits() == AFTER_UNKNOWN >= timedelta(seconds=30)


def test_the_next_try_knows_that_there_was_one(office: Office, clock: Clock) -> None:
    tries: list[bool] = []

    def work(job: Job) -> NotSent:
        tries.append(job.attempts > 1)
        return UNKNOWN

    office.answer("a", work)
    office.owe("a")
    office.scheduler.run_due()
    clock.advance(minutes=5)
    office.scheduler.run_due()
    assert tries == [False, True]


def test_a_refusal_parks_the_work_with_its_reason_and_tells(office: Office) -> None:
    office.answer("a", REFUSED)
    office.owe("a")
    office.scheduler.run_due()
    assert office.ran == ["a"]
    assert office.told == [("a", REFUSED)]
    [(job, reason)] = Jobs(office.db).dead_letters()
    assert job.key == "a" and reason == "the channel is archived is_archived"


def test_what_was_refused_is_looked_at_every_hour_until_it_is_accepted(office: Office) -> None:
    office.answer("a", REFUSED)
    office.owe("a")
    office.scheduler.run_due()
    office.hours(48)
    assert len(office.ran) == 49
    del office.answers["a"]
    office.hours(1)
    assert office.pending() == []


def test_what_was_refused_is_looked_at_by_the_next_process_at_once(
    office: Office, db: Database, clock: Clock
) -> None:
    office.answer("a", REFUSED)
    office.owe("a")
    office.scheduler.run_due()
    later = Office(db, clock)
    assert later.scheduler.run_due() == 1 and office.pending() == []


def test_what_was_refused_is_looked_at_when_its_channel_takes_something(office: Office) -> None:
    for key, channel in (("a", "C1"), ("b", "C2")):
        Posts(office.db).ensure(key, channel, office.clock())
        office.answer(key, REFUSED)
    office.owe("a", "b")
    office.scheduler.run_due()
    office.scheduler.slack_accepted("C1")
    office.scheduler.run_due()
    assert sorted(office.ran) == ["a", "a", "b"] and office.accepted == ["C1"]


def test_a_token_that_is_no_good_is_told_to_nobody_for_nobody_could_hear_it(
    office: Office,
) -> None:
    office.answer("a", NotSent(Failure.TOKEN_REVOKED, "invalid_auth"))
    office.owe("a")
    office.scheduler.run_due()
    assert office.told == [] and len(Jobs(office.db).dead_letters()) == 1


@pytest.mark.parametrize("passing", [UNREACHABLE, UNKNOWN, NotSent(Failure.RATE_LIMITED)])
def test_what_keeps_failing_in_passing_is_told_after_days_and_tried_on(
    office: Office, passing: NotSent
) -> None:
    office.answer("a", passing)
    office.owe("a")
    office.scheduler.run_due()
    office.hours(OWED_FOR / timedelta(hours=1) - 1)
    assert office.told == [] and Jobs(office.db).dead_letters() == []
    office.hours(2)
    assert office.told[0] == ("a", passing)
    del office.answers["a"]
    office.hours(1)
    assert office.pending() == []


def test_what_is_to_be_erased_is_tried_however_long(office: Office) -> None:
    office.erasing.add("a")
    office.answer("a", UNREACHABLE)
    office.owe("a")
    office.scheduler.run_due()
    office.hours(3 * OWED_FOR / timedelta(hours=1))
    assert office.told == []
    del office.answers["a"]
    office.hours(0.5)
    assert office.pending() == []


def test_a_refused_erasure_waits_for_its_cause_to_go_and_somebody_hears(office: Office) -> None:
    office.erasing.add("a")
    office.answer("a", REFUSED)
    office.owe("a")
    office.scheduler.run_due()
    assert office.told == [("a", REFUSED)]
    office.hours(24 * 30)
    del office.answers["a"]
    office.hours(1)
    assert office.pending() == []


def test_what_nobody_needs_later_is_dropped_once_refused(office: Office) -> None:
    office.answer("a", REFUSED)
    office.owe("a", kind="greeting")
    office.scheduler.run_due()
    office.hours(24)
    assert office.ran == ["a"] and office.told == [("a", REFUSED)]
    assert office.pending("greeting") == []


def test_after_an_outage_everything_is_tried_within_a_minute(office: Office) -> None:
    office.answer("a", UNREACHABLE)
    office.answer("b", NotSent(Failure.RATE_LIMITED, retry_after=1800))
    office.answer("c", REFUSED)
    office.owe("a", "c")
    office.scheduler.run_due()
    office.hours(5)
    office.owe("b")
    office.scheduler.run_due()
    office.answers, office.ran = {}, []
    office.scheduler.slack_accepted("")
    office.scheduler.run_due()
    assert office.ran == ["c"]
    office.clock.advance(seconds=AFTER_UNKNOWN.total_seconds())
    office.scheduler.run_due()
    assert office.ran == ["c", "a"]
    assert [job.key for job in office.pending()] == ["b"]


def test_a_single_failure_among_successes_keeps_its_growing_wait(office: Office) -> None:
    office.answer("a", UNREACHABLE)
    office.owe("a")
    for _ in range(8):
        office.scheduler.run_due()
        office.scheduler.slack_accepted("")
        office.scheduler.run_due()
        office.clock.moment = max(office.clock.moment, office.pending()[0].due_at)
    office.scheduler.run_due()
    assert office.waits() > OUTAGE


def test_a_success_in_between_starts_the_count_anew(office: Office, clock: Clock) -> None:
    office.answer("a", UNREACHABLE)
    office.owe("a")
    for _ in range(11):
        office.scheduler.run_due()
        clock.advance(hours=1)
    del office.answers["a"]
    office.scheduler.run_due()
    office.answer("a", UNREACHABLE)
    office.owe("a")
    office.scheduler.run_due()
    assert office.waits() == timedelta(seconds=2)


def test_refused_work_is_run_when_it_is_asked_for_anew(office: Office) -> None:
    office.answer("a", REFUSED)
    office.owe("a")
    office.scheduler.run_due()
    del office.answers["a"]
    office.owe("a")
    assert office.scheduler.run_due() == 1
    assert Jobs(office.db).dead_letters() == []


@pytest.mark.parametrize("wrong", [ValueError("oops"), KeyError("id"), sqlite3.Error("disk")])
def test_an_error_nobody_foresaw_is_a_failure_and_the_rest_goes_on(
    office: Office, wrong: Exception
) -> None:
    office.answer("a", raising(wrong))
    office.owe("a", late=timedelta(minutes=1))
    office.owe("b")
    office.scheduler.run_due()
    assert office.ran == ["a", "b"]
    [job] = office.pending()
    assert (job.key, job.failures) == ("a", 1)
    assert office.waits() == AFTER_UNKNOWN


def test_a_row_that_nobody_can_read_waits_like_any_failure(office: Office) -> None:
    """Even where it cannot be said whether it is to take something out."""
    letter = office.scheduler.duties["letter"]
    unread = replace(letter, erases=lambda job: bool(job.payload["note"]))
    scheduler = Scheduler(
        office.db, {"letter": unread}, office.clock, plan=[], refused=office.tell, chance=lambda: 0
    )
    office.answer("a", raising(KeyError("note")))
    office.owe("a")
    scheduler.run_due()
    [job] = office.pending()
    assert (job.failures, job.due_at) == (1, office.clock() + AFTER_UNKNOWN)


def test_an_error_nobody_foresaw_does_not_put_its_words_in_the_log(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    office.answer("a", raising(ValueError("what Ada wrote")))
    office.owe("a")
    office.scheduler.run_due()
    assert "what Ada wrote" not in "".join(record.getMessage() for record in caplog.records)
    assert caplog.records[-1].exc_info is not None


# --- several workers -------------------------------------------------------------------------


def test_two_workers_over_one_database_run_each_job_once(
    place: Path | Server, clock: Clock
) -> None:
    keys = [f"job {number}" for number in range(60)]
    offices = [Office(opened(place, "T1"), clock) for _ in range(2)]
    offices[0].owe(*keys)
    start = threading.Barrier(2)

    def work(office: Office) -> None:
        start.wait()
        office.scheduler.run_due()

    threads = [threading.Thread(target=work, args=(office,)) for office in offices]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(offices[0].ran + offices[1].ran) == sorted(keys)
    for office in offices:
        office.db.close()


def test_what_another_worker_has_in_hand_is_left_to_it(office: Office, clock: Clock) -> None:
    other = Office(office.db, clock)

    def work(job: Job) -> None:
        assert other.scheduler.run_due() == 0
        other.scheduler.run_now([job.key])
        Jobs(office.db).finish(job, clock())

    office.answer("a", work)
    office.owe("a")
    office.scheduler.run_due()
    assert other.ran == [] and office.pending() == []


def test_work_of_a_worker_that_died_is_taken_up_after_its_lease(
    office: Office, clock: Clock
) -> None:
    office.owe("a")
    assert Jobs(office.db).claim(clock(), ["letter"]) is not None
    clock.advance(seconds=LEASE.total_seconds() - 1)
    assert office.scheduler.run_due() == 0
    clock.advance(seconds=1)
    assert office.scheduler.run_due() == 1


@pytest.mark.parametrize("outcome", [None, REFUSED, UNREACHABLE])
def test_a_worker_that_outlived_its_lease_changes_nothing(
    office: Office, clock: Clock, outcome: NotSent | None
) -> None:
    other = Office(office.db, clock)
    other.answer("a", NotSent(Failure.RATE_LIMITED, retry_after=600))

    def slow(job: Job) -> NotSent | None:
        clock.advance(seconds=LEASE.total_seconds() + 1)
        other.scheduler.run_due()
        if outcome is None:
            Jobs(office.db).finish(job, clock())
        return outcome

    office.answer("a", slow)
    office.owe("a")
    assert office.scheduler.run_due() == 1
    assert office.waits() == timedelta(seconds=600)
    assert Jobs(office.db).dead_letters() == []


def test_a_worker_that_outlived_its_lease_does_not_say_that_it_was_refused(
    office: Office, clock: Clock
) -> None:
    other = Office(office.db, clock)

    def slow(job: Job) -> NotSent:
        clock.advance(seconds=LEASE.total_seconds() + 1)
        other.scheduler.run_due()
        return REFUSED

    office.answer("a", slow)
    office.owe("a")
    office.scheduler.run_due()
    assert other.ran == ["a"]
    assert office.told == []


# --- starting and stopping -------------------------------------------------------------------


def test_started_it_plans_and_runs_what_is_due(office: Office) -> None:
    office.owe("a")
    office.scheduler.start()
    assert office.scheduler.is_running()
    assert office.wait(lambda: office.plans and office.ran)


def test_a_hurry_wakes_it(office: Office) -> None:
    office.scheduler.start()
    assert office.wait(lambda: office.plans)
    office.owe("a")
    office.scheduler.run_now([])
    assert office.wait(lambda: office.ran)


def test_it_plans_once_a_minute(office: Office, clock: Clock) -> None:
    office.scheduler.start()
    assert office.wait(lambda: office.plans)
    office.owe("a")
    office.scheduler.run_now([])
    assert office.wait(lambda: office.ran)
    assert len(office.plans) == 1
    clock.advance(minutes=1)
    office.scheduler.run_now([])
    assert office.wait(lambda: len(office.plans) == 2)


def test_it_plans_at_once_where_asked_to(office: Office) -> None:
    office.scheduler.start()
    assert office.wait(lambda: office.plans)
    office.scheduler.plan_soon()
    office.scheduler.run_now([])
    assert office.wait(lambda: len(office.plans) == 2)


def test_a_clock_that_was_set_back_does_not_stop_the_planning(office: Office, clock: Clock) -> None:
    office.scheduler.start()
    assert office.wait(lambda: office.plans)
    clock.advance(days=-1)
    office.scheduler.run_now([])
    assert office.wait(lambda: len(office.plans) == 2)


def test_planning_that_fails_keeps_neither_work_nor_other_plans_from_running(
    db: Database, clock: Clock
) -> None:
    office = Office(db, clock)

    def plan() -> None:
        raise ValueError("no such zone")

    scheduler = Scheduler(
        db,
        {"letter": Duty(office.work, Patience.OWED, "A letter was not delivered.")},
        clock,
        plan=[plan, office.plan],
        refused=office.tell,
    )
    office.owe("a")
    scheduler.start()
    ran_both = office.wait(lambda: office.ran and office.plans)
    scheduler.stop(5)
    assert ran_both


@pytest.mark.sqlite
def test_a_locked_database_is_waited_for(tmp_path: Path, clock: Clock) -> None:
    db = opened(tmp_path / "mend.db", "T1", busy_seconds=0.05)
    office = Office(db, clock)
    office.owe("a")
    lock = sqlite3.connect(tmp_path / "mend.db", isolation_level=None)
    lock.execute("begin immediate")
    office.scheduler.start()
    assert office.wait(lambda: office.plans)
    lock.execute("commit")
    lock.close()
    assert office.wait(lambda: office.ran)
    office.scheduler.stop(5)
    db.close()


def test_stopped_it_takes_no_more_work(office: Office) -> None:
    def last(job: Job) -> None:
        Jobs(office.db).finish(job, office.clock())
        office.scheduler.stop(0)

    office.answer("a", last)
    office.owe("a", late=timedelta(minutes=1))
    office.owe("b", "c")
    assert office.scheduler.run_due() == 1
    office.scheduler.run_now(["b"])
    assert office.ran == ["a"]
    assert [job.key for job in office.pending()] == ["b", "c"]


def test_stopping_waits_for_the_job_in_hand(office: Office) -> None:
    go_on = threading.Event()

    def slow(job: Job) -> None:
        go_on.wait(5)
        Jobs(office.db).finish(job, office.clock())

    office.answer("a", slow)
    office.owe("a")
    office.scheduler.start()
    assert office.wait(lambda: office.ran)
    office.scheduler.stop(0.01)
    assert not office.scheduler.is_running()
    assert [job.key for job in office.pending()] == ["a"]
    go_on.set()
    office.scheduler.stop(5)
    assert office.pending() == []


def test_stopped_its_thread_ends(office: Office) -> None:
    before = threading.active_count()
    office.scheduler.start()
    assert threading.active_count() == before + 1
    office.scheduler.stop(5)
    assert threading.active_count() == before
    assert not office.scheduler.is_running()


def test_it_can_be_stopped_before_it_was_started(office: Office) -> None:
    office.scheduler.stop(1)
    assert not office.scheduler.is_running()


def test_what_is_owed_just_now_is_left_to_whoever_owes_it(office: Office, clock: Clock) -> None:
    office.owe("a", "b", late=timedelta(0))
    office.scheduler.round(MOMENT)
    assert office.ran == []
    office.scheduler.run_now(["a"])
    assert office.ran == ["a"]
    clock.moment += MOMENT
    office.scheduler.round(MOMENT)  # whoever owed it died
    assert office.ran == ["a", "b"]
