"""Three processes on one database: nothing acknowledged is lost, nothing is there twice."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.db.server import Cluster, what_is_missing
from tests.replicas.fleet import Fleet
from workspace import Workspace

pytestmark = pytest.mark.skipif(bool(what_is_missing()), reason=what_is_missing())


@pytest.fixture
def fleet(tmp_path: Path, cluster: Cluster) -> Iterator[Fleet]:
    server, ws = cluster.fresh(), Workspace()
    ws.should_escape = True
    with ws:
        made = Fleet(ws, tmp_path, server, cluster)
        yield made
        made.end()
    cluster.give_back(server)


def test_restarted_in_turn_killed_each_second_and_without_its_database_nothing_is_lost(
    fleet: Fleet, capsys: pytest.CaptureFixture[str]
) -> None:
    fleet.start()
    fleet.use()
    fleet.restart_each()
    fleet.kill_each_second(6)
    fleet.cluster.stop()
    fleet.cluster.start()
    result = fleet.count()
    with capsys.disabled():
        print(f"\nthree processes: {result}")
    assert result.faults == 0 and result.kept > 10, result
