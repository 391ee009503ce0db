"""What any store of due work must do; names no engine."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

from mend.db.engine import Database
from mend.db.jobs import Jobs
from mend.db.model import AFTER_UNKNOWN, LEASE, Job
from mend.db.schema import opened
from mend.settings.address import Server
from mend.slack.model import Failure
from mend.slack.store import Posts

NOW = datetime(2026, 11, 24, 14, 30, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)


def claimed(db: Database, at: datetime = NOW) -> Job:
    job = Jobs(db).claim(at, ["thread"])
    assert job is not None
    return job


def test_nothing_is_claimed_before_it_is_due(db: Database) -> None:
    Jobs(db).schedule("thread", "thread:1", LATER)
    assert Jobs(db).claim(NOW, ["thread"]) is None
    assert claimed(db, LATER).key == "thread:1"


def test_half_a_second_is_not_lost_in_comparing(db: Database) -> None:
    Jobs(db).schedule("thread", "thread:1", NOW + timedelta(milliseconds=500))
    assert Jobs(db).claim(NOW, ["thread"]) is None


def test_what_waits_longest_comes_first(db: Database) -> None:
    Jobs(db).schedule("thread", "younger", NOW)
    Jobs(db).schedule("thread", "older", NOW - timedelta(hours=1))
    assert [claimed(db).key, claimed(db).key] == ["older", "younger"]


def test_a_kind_nobody_here_knows_stays_untouched(db: Database) -> None:
    Jobs(db).schedule("from-the-future", "x", NOW)
    assert Jobs(db).claim(NOW, ["thread"]) is None
    assert [job.attempts for job in Jobs(db).pending("from-the-future")] == [0]


def test_a_claimed_job_is_nobody_elses_until_its_lease_ends(db: Database) -> None:
    Jobs(db).schedule("thread", "thread:1", NOW)
    first = claimed(db)
    assert Jobs(db).claim(NOW, ["thread"]) is None
    second = claimed(db, NOW + LEASE)
    assert (first.attempts, second.attempts) == (1, 2)


def test_whoever_outlived_the_lease_changes_nothing(db: Database) -> None:
    Jobs(db).schedule("thread", "thread:1", NOW)
    slow = claimed(db)
    claimed(db, NOW + LEASE)
    Jobs(db).finish(slow, NOW + LEASE)
    Jobs(db).postpone(slow, NOW, NOW, "slow")
    Jobs(db).dead_letter(slow, NOW, "slow")
    assert len(Jobs(db).pending("thread")) == 1
    assert Jobs(db).claim(NOW + LEASE, ["thread"]) is None


def test_finished_work_is_done(db: Database) -> None:
    Jobs(db).schedule("thread", "thread:1", NOW)
    Jobs(db).finish(claimed(db), NOW)
    assert Jobs(db).claim(LATER, ["thread"]) is None


def test_work_asked_for_again_while_it_ran_stays_due(db: Database) -> None:
    Jobs(db).schedule("thread", "thread:1", NOW)
    running = claimed(db)
    Jobs(db).schedule("thread", "thread:1", NOW, {"note": "again"})
    Jobs(db).finish(running, NOW)
    assert claimed(db).payload == {"note": "again"}


def test_work_asked_for_again_while_it_failed_keeps_its_earlier_hour(db: Database) -> None:
    Jobs(db).schedule("thread", "thread:1", NOW)
    running = claimed(db)
    Jobs(db).schedule("thread", "thread:1", NOW)
    Jobs(db).postpone(running, NOW, LATER, "rate limited")
    assert claimed(db).key == "thread:1"


def test_work_asked_for_again_while_it_was_refused_stays_due(db: Database) -> None:
    Jobs(db).schedule("thread", "thread:1", NOW)
    running = claimed(db)
    Jobs(db).schedule("thread", "thread:1", NOW)
    Jobs(db).dead_letter(running, NOW, "archived")
    assert Jobs(db).dead_letters() == []
    assert claimed(db).key == "thread:1"


def test_asking_again_after_it_was_done_makes_it_due_once_more(db: Database) -> None:
    Jobs(db).schedule("thread", "thread:1", NOW)
    Jobs(db).finish(claimed(db), NOW)
    Jobs(db).schedule("thread", "thread:1", LATER)
    assert claimed(db, LATER).key == "thread:1"


def test_postponed_work_counts_its_failures(db: Database) -> None:
    Jobs(db).schedule("thread", "thread:1", NOW)
    Jobs(db).postpone(claimed(db), NOW, LATER, "no answer")
    assert Jobs(db).claim(NOW, ["thread"]) is None
    assert claimed(db, LATER).failures == 1


def test_it_is_known_since_when_work_fails(db: Database) -> None:
    Jobs(db).schedule("thread", "thread:1", NOW)
    for moment in (NOW, LATER):
        Jobs(db).postpone(claimed(db, moment), moment, moment, "no answer")
    assert claimed(db, LATER).failing_since == NOW
    Jobs(db).schedule("thread", "thread:1", LATER)
    assert claimed(db, LATER + LEASE).failing_since is None


def test_parked_work_waits_until_somebody_looks_again(db: Database) -> None:
    Jobs(db).schedule("thread", "thread:1", NOW)
    Jobs(db).dead_letter(claimed(db), NOW, "the channel is archived")
    assert Jobs(db).claim(LATER, ["thread"]) is None
    [(job, reason)] = Jobs(db).dead_letters()
    assert (job.key, reason) == ("thread:1", "the channel is archived")
    assert [each.key for each in Jobs(db).pending("thread")] == ["thread:1"]
    assert Jobs(db).look_again() == 1
    assert claimed(db, LATER).due_at == NOW


def test_only_what_is_to_stand_in_a_channel_is_looked_at_with_it(db: Database) -> None:
    for key, channel in (("thread:1", "C1"), ("thread:2", "C2")):
        Posts(db).ensure(key, channel, NOW)
        Jobs(db).schedule("thread", key, NOW)
        Jobs(db).dead_letter(claimed(db), NOW, "Mend is not in the channel")
    assert Jobs(db).look_again_in("C2") == 1
    assert claimed(db).key == "thread:2" and Jobs(db).claim(NOW, ["thread"]) is None


def test_what_failed_can_be_hastened_but_not_what_was_asked_to_wait(db: Database) -> None:
    for key, reason in (("thread:1", "no answer"), ("thread:2", "rate limited")):
        Jobs(db).schedule("thread", key, NOW)
        Jobs(db).postpone(claimed(db), NOW, LATER, reason)
    Jobs(db).schedule("thread", "thread:3", LATER)
    assert Jobs(db).hasten(NOW, but="rate limited") == 1
    assert claimed(db).key == "thread:1" and Jobs(db).claim(NOW, ["thread"]) is None


def test_one_job_can_be_claimed_by_its_key(db: Database) -> None:
    Jobs(db).schedule("thread", "thread:1", NOW - timedelta(hours=1))
    Jobs(db).schedule("thread", "thread:2", NOW)
    job = Jobs(db).claim(NOW, ["thread"], key="thread:2")
    assert job is not None and job.key == "thread:2"


def test_eight_workers_claim_forty_jobs_once_each(db: Database) -> None:
    for number in range(40):
        Jobs(db).schedule("thread", f"thread:{number}", NOW)

    def work(_: int) -> list[str]:
        mine = []
        while job := Jobs(db).claim(NOW, ["thread"]):
            mine.append(job.key)
        return mine

    with ThreadPoolExecutor(8) as workers:
        claims = [key for keys in workers.map(work, range(8)) for key in keys]
    assert sorted(claims) == sorted(f"thread:{number}" for number in range(40))


def test_done_work_is_forgotten_after_a_while(db: Database) -> None:
    Jobs(db).schedule("thread", "thread:1", NOW)
    Jobs(db).finish(claimed(db), NOW)
    assert Jobs(db).forget_done(NOW) == 0
    assert Jobs(db).forget_done(LATER) == 1


def test_what_another_workspace_owes_is_left_to_its_own_bot(
    db: Database, place: Path | Server
) -> None:
    elsewhere = opened(place, "T2")
    Jobs(elsewhere).schedule("notice", "notice:1", NOW)
    assert Jobs(db).claim(NOW, ["notice"]) is None
    assert Jobs(db).claim(NOW, ["notice"], "notice:1") is None
    assert Jobs(elsewhere).claim(NOW, ["notice"]) is not None
    elsewhere.close()


def test_asked_for_again_right_after_no_answer_came_it_waits_for_what_may_be_on_its_way(
    db: Database,
) -> None:
    Jobs(db).schedule("thread", "thread:1", NOW)
    Jobs(db).postpone(claimed(db), NOW, NOW + timedelta(minutes=9), Failure.UNKNOWN.value)
    for _ in range(2):
        Jobs(db).schedule("thread", "thread:1", NOW)
        assert Jobs(db).claim(NOW, ["thread"]) is None
    Jobs(db).finish(claimed(db, NOW + AFTER_UNKNOWN), NOW)
    Jobs(db).schedule("thread", "thread:1", NOW + AFTER_UNKNOWN)
    assert claimed(db, NOW + AFTER_UNKNOWN)
