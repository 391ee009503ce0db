"""What any store of due work must do; names no engine."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from mend.db.model import LEASE, Job
from mend.ports import Store

NOW = datetime(2026, 11, 24, 14, 30, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)


def claimed(store: Store, at: datetime = NOW) -> Job:
    job = store.jobs.claim(at, ["thread"])
    assert job is not None
    return job


def test_nothing_is_claimed_before_it_is_due(store: Store) -> None:
    store.jobs.arm("T1", "thread", "thread:1", LATER)
    assert store.jobs.claim(NOW, ["thread"]) is None
    assert claimed(store, LATER).key == "thread:1"


def test_half_a_second_is_not_lost_in_comparing(store: Store) -> None:
    store.jobs.arm("T1", "thread", "thread:1", NOW + timedelta(milliseconds=500))
    assert store.jobs.claim(NOW, ["thread"]) is None


def test_what_waits_longest_comes_first(store: Store) -> None:
    store.jobs.arm("T1", "thread", "younger", NOW)
    store.jobs.arm("T1", "thread", "older", NOW - timedelta(hours=1))
    assert [claimed(store).key, claimed(store).key] == ["older", "younger"]


def test_a_kind_nobody_here_knows_stays_untouched(store: Store) -> None:
    store.jobs.arm("T1", "from-the-future", "x", NOW)
    assert store.jobs.claim(NOW, ["thread"]) is None
    assert [job.attempts for job in store.jobs.pending("T1", "from-the-future")] == [0]


def test_a_claimed_job_is_nobody_elses_until_its_lease_ends(store: Store) -> None:
    store.jobs.arm("T1", "thread", "thread:1", NOW)
    first = claimed(store)
    assert store.jobs.claim(NOW, ["thread"]) is None
    second = claimed(store, NOW + LEASE)
    assert second.may_have_run_before and not first.may_have_run_before


def test_whoever_outlived_the_lease_changes_nothing(store: Store) -> None:
    store.jobs.arm("T1", "thread", "thread:1", NOW)
    slow = claimed(store)
    claimed(store, NOW + LEASE)
    store.jobs.finish(slow, NOW + LEASE)
    store.jobs.postpone(slow, NOW, "slow")
    store.jobs.park(slow, NOW, "slow")
    assert len(store.jobs.pending("T1", "thread")) == 1
    assert store.jobs.claim(NOW + LEASE, ["thread"]) is None


def test_finished_work_is_done(store: Store) -> None:
    store.jobs.arm("T1", "thread", "thread:1", NOW)
    store.jobs.finish(claimed(store), NOW)
    assert store.jobs.claim(LATER, ["thread"]) is None


def test_work_asked_for_again_while_it_ran_stays_due(store: Store) -> None:
    store.jobs.arm("T1", "thread", "thread:1", NOW)
    running = claimed(store)
    store.jobs.arm("T1", "thread", "thread:1", NOW, {"entry": "again"})
    store.jobs.finish(running, NOW)
    assert claimed(store).payload == {"entry": "again"}


def test_work_asked_for_again_while_it_failed_keeps_its_earlier_hour(store: Store) -> None:
    store.jobs.arm("T1", "thread", "thread:1", NOW)
    running = claimed(store)
    store.jobs.arm("T1", "thread", "thread:1", NOW)
    store.jobs.postpone(running, LATER, "rate limited")
    assert claimed(store).key == "thread:1"


def test_work_asked_for_again_while_it_was_given_up_stays_due(store: Store) -> None:
    store.jobs.arm("T1", "thread", "thread:1", NOW)
    running = claimed(store)
    store.jobs.arm("T1", "thread", "thread:1", NOW)
    store.jobs.park(running, NOW, "archived")
    assert store.jobs.parked("T1") == []
    assert claimed(store).key == "thread:1"


def test_asking_again_after_it_was_done_makes_it_due_once_more(store: Store) -> None:
    store.jobs.arm("T1", "thread", "thread:1", NOW)
    store.jobs.finish(claimed(store), NOW)
    store.jobs.arm("T1", "thread", "thread:1", LATER)
    assert claimed(store, LATER).key == "thread:1"


def test_postponed_work_counts_its_failures(store: Store) -> None:
    store.jobs.arm("T1", "thread", "thread:1", NOW)
    store.jobs.postpone(claimed(store), LATER, "no answer")
    assert store.jobs.claim(NOW, ["thread"]) is None
    assert claimed(store, LATER).failures == 1


def test_parked_work_waits_for_a_person(store: Store) -> None:
    store.jobs.arm("T1", "thread", "thread:1", NOW)
    store.jobs.park(claimed(store), NOW, "the channel is archived")
    assert store.jobs.claim(LATER, ["thread"]) is None
    [(job, reason)] = store.jobs.parked("T1")
    assert (job.key, reason) == ("thread:1", "the channel is archived")


def test_one_job_can_be_claimed_by_its_key(store: Store) -> None:
    store.jobs.arm("T1", "thread", "thread:1", NOW - timedelta(hours=1))
    store.jobs.arm("T1", "thread", "thread:2", NOW)
    job = store.jobs.claim(NOW, ["thread"], key="thread:2")
    assert job is not None and job.key == "thread:2"


def test_eight_workers_claim_forty_jobs_once_each(store: Store) -> None:
    for number in range(40):
        store.jobs.arm("T1", "thread", f"thread:{number}", NOW)

    def work(_: int) -> list[str]:
        mine = []
        while job := store.jobs.claim(NOW, ["thread"]):
            mine.append(job.key)
        return mine

    with ThreadPoolExecutor(8) as workers:
        claims = [key for keys in workers.map(work, range(8)) for key in keys]
    assert sorted(claims) == sorted(f"thread:{number}" for number in range(40))


def test_done_work_is_forgotten_after_a_while(store: Store) -> None:
    store.jobs.arm("T1", "thread", "thread:1", NOW)
    store.jobs.finish(claimed(store), NOW)
    assert store.jobs.forget_done(NOW) == 0
    assert store.jobs.forget_done(LATER) == 1
