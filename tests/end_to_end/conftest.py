"""The cast, and a bot that runs beside them in a process and in time of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from mend.settings.address import Server
from tests.conftest import PLAYBOOKS
from tests.end_to_end.process import Process, usual_settings
from workspace import Workspace


@pytest.fixture
def ws() -> Iterator[Workspace]:
    """Real time: the process has no other clock."""
    workspace = Workspace()
    workspace.should_escape = True
    with workspace:
        yield workspace


@pytest.fixture
def playbooks(tmp_path: Path) -> Path:
    """A copy of the playbooks that a test may write into."""
    return Path(shutil.copytree(PLAYBOOKS, tmp_path / "playbooks"))


@pytest.fixture
def process(
    ws: Workspace, tmp_path: Path, playbooks: Path, place: Path | Server
) -> Iterator[Process]:
    """Not started yet; what still runs at the end of the test must stop when it is told to."""
    settings = usual_settings(ws, tmp_path, playbooks)
    if isinstance(place, Server):
        settings["MEND_DATABASE_URL"] = place.url
    made = Process(ws, tmp_path, settings)
    yield made
    if made.is_running():
        code, seconds = made.stop()
        assert code == 0 and seconds < 5, (code, seconds, made.said)


@pytest.fixture(params=["socket", "http"])
def running(request: pytest.FixtureRequest, process: Process) -> Process:
    """Started and reachable: every test that asks for it runs over both transports."""
    return process.start_and_wait(MEND_MODE=request.param)
