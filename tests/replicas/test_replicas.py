"""Three processes on one database: nothing acknowledged is lost, nothing is there twice."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mend.repair.store import LearningStore
from mend.settings.address import Server
from tests.db.server import Cluster
from tests.end_to_end.process import PATIENCE
from tests.end_to_end.test_running import save_playbook
from tests.replicas.fleet import Fleet
from workspace import Workspace

SEEN_SECONDS = 2


@pytest.fixture
def fleet(tmp_path: Path, place: Path | Server, request: pytest.FixtureRequest) -> Iterator[Fleet]:
    if not isinstance(place, Server):
        pytest.skip("a file is for one process; make test-postgres")
    cluster: Cluster = request.getfixturevalue("cluster")
    ws = Workspace()
    ws.should_escape = True
    with ws:
        made = Fleet(ws, tmp_path, place, cluster)
        yield made
        made.end()


def test_restarted_in_turn_killed_each_second_and_without_its_database_nothing_is_lost(
    fleet: Fleet, capsys: pytest.CaptureFixture[str]
) -> None:
    fleet.start()
    fleet.use()
    fleet.restart_each()
    fleet.kill_each_second(4)
    fleet.cluster.stop()
    fleet.cluster.start()
    kept = fleet.kept()
    assert fleet.ws.wait(lambda: fleet.kept() > kept, PATIENCE)
    result = fleet.count()
    with capsys.disabled():
        print(f"\nthree processes: {result}")
    assert result.faults == 0 and result.kept > 10, result


def test_what_one_process_learns_or_publishes_the_others_serve_within_two_seconds(
    fleet: Fleet,
) -> None:
    first, second = fleet.processes = fleet.processes[:2]
    fleet.start()
    ws, ada = fleet.ws, fleet.ws.person("ada")
    db = first.opened()

    def finds(words: str, title: str) -> bool:
        """Whether both do: people's commands go to each in turn."""
        found = [ada.command("/repair", words).message for _ in fleet.processes]
        return all(message and title in message.visible for message in found)

    assert not finds("wobbly invoice", "charged me twice")
    for person in ("UBEN", "UCAM"):  # as a third process does it
        LearningStore(db).learn("double-charge", "wobbly invoice", person, datetime.now(UTC))
    assert ws.wait(lambda: finds("wobbly invoice", "charged me twice"), SEEN_SECONDS)
    save_playbook(fleet.playbooks, "zebra", "The zebra escaped")
    assert ws.wait(lambda: finds("the zebra escaped", "The zebra escaped"), SEEN_SECONDS)
    db.close()


def test_a_request_that_is_replayed_to_another_process_changes_nothing(fleet: Fleet) -> None:
    fleet.processes = fleet.processes[:2]
    fleet.start()
    ada = fleet.ws.person("ada")
    receipt = ada.command("/ownit", "sent it twice").message
    ada.press(receipt, "Post as me")
    assert fleet.ws.wait(lambda: fleet.ws.messages("support"), PATIENCE)
    for delivery in list(fleet.ws.deliveries):
        for _ in fleet.processes:
            fleet.ws.replay(delivery)
    db = fleet.processes[0].opened()
    assert [row["text"] for row in db.rows("select text from notes")] == ["sent it twice"]
    assert len([each for each in fleet.ws.messages("support") if each.is_root]) == 1
    db.close()
