"""What one process tells the others on the same server, and that each job is one process's."""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from queue import Empty, Queue

import pytest

from mend.db.engine import Database
from mend.db.jobs import Jobs
from mend.db.model import Topic
from mend.db.schema import opened
from mend.settings.address import Server
from tests.db.server import Cluster, what_is_missing

pytestmark = pytest.mark.skipif(bool(what_is_missing()), reason=what_is_missing())

NOW = datetime(2026, 11, 24, 14, 30, tzinfo=UTC)
EVERYTHING = {(topic, "") for topic in Topic}


class Listener:
    """Another process, as far as it hears."""

    def __init__(self, server: Server, workspace: str = "T1") -> None:
        self.db = opened(server, workspace)
        self.heard: Queue[tuple[Topic, str]] = Queue()
        self.stop = threading.Event()
        self.thread = threading.Thread(
            target=self.db.listen, args=(lambda *said: self.heard.put(said), self.stop)
        )
        self.thread.start()

    def next(self, seconds: float = 10) -> tuple[Topic, str]:
        return self.heard.get(timeout=seconds)

    def all_topics(self) -> set[tuple[Topic, str]]:
        return {self.next() for _ in Topic}

    def close(self) -> None:
        self.stop.set()
        self.thread.join()
        self.db.close()


@pytest.fixture
def server(cluster: Cluster) -> Iterator[Server]:
    address = cluster.fresh()
    yield address
    cluster.give_back(address)


def test_what_is_owed_is_heard_with_the_commit_by_the_same_workspace_alone(server: Server) -> None:
    with ExitStack() as ending:
        ada_s, other, elsewhere = (
            ending.enter_context(closing(Listener(server, name))) for name in ("T1", "T1", "T2")
        )
        for each in (ada_s, other, elsewhere):
            assert each.all_topics() == EVERYTHING
        with ada_s.db.transaction():
            Jobs(ada_s.db).schedule("thread", "one", NOW)
            ada_s.db.tell(Topic.PAGE, "UADA")
            with pytest.raises(Empty):  # not committed yet
                other.next(0.2)
        assert {other.next(), other.next()} == {(Topic.JOBS, ""), (Topic.PAGE, "UADA")}
        assert ada_s.heard.empty() and elsewhere.heard.empty()


def test_after_a_restart_of_the_server_it_hears_again_and_looks_at_everything(
    server: Server, cluster: Cluster
) -> None:
    with closing(Listener(server)) as other, closing(opened(server, "T1")) as db:
        assert other.all_topics() == EVERYTHING
        cluster.stop()
        cluster.start()
        assert other.all_topics() == EVERYTHING
        db.tell(Topic.PHRASES)
        assert other.next() == (Topic.PHRASES, "")


def test_of_400_jobs_each_is_claimed_by_one_of_three_processes(server: Server) -> None:
    with ExitStack() as ending:
        processes = [ending.enter_context(closing(opened(server, "T1"))) for _ in range(3)]
        with processes[0].transaction():
            for number in range(400):
                Jobs(processes[0]).schedule("thread", f"thread:{number}", NOW)
        started = time.monotonic()
        with ThreadPoolExecutor(12) as workers:
            found = list(workers.map(_all_claimed, processes * 4))
        seconds = time.monotonic() - started
    claimed = Counter(key for keys in found for key in keys)
    print(f"400 jobs claimed by three processes in {seconds:.2f} s")
    assert len(claimed) == 400 and set(claimed.values()) == {1}


def _all_claimed(db: Database) -> list[str]:
    keys = []
    while job := Jobs(db).claim(NOW, ["thread"]):
        keys.append(job.key)
    return keys
