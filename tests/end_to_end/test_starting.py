"""Starting: into a Slack that is not there yet, and with settings that cannot work."""

import sqlite3
import time
from pathlib import Path
from typing import Any

import pytest

from mend.db.schema import opened
from tests.conftest import free_port
from tests.end_to_end.process import Process, usual_settings
from workspace import Workspace


def refused(process: Process, **changed: str) -> str:
    """What a start with these settings says before it gives up."""
    process.start(**changed)
    assert process.end() == 2, process.said
    assert "Traceback" not in process.said, process.said
    return process.said


# --- Slack is not there ----------------------------------------------------------------------


@pytest.fixture
def absent(tmp_path: Path, playbooks: Path) -> tuple[Workspace, Process]:
    """A workspace that is not up yet, and a bot that is to join it."""
    ws = Workspace(port=free_port())
    return ws, Process(ws, tmp_path, usual_settings(ws, tmp_path, playbooks))


def test_started_before_slack_it_connects_when_slack_comes_up(
    absent: tuple[Workspace, Process],
) -> None:
    ws, process = absent
    process.start()
    assert ws.wait(lambda: "Slack could not be reached" in process.said, 10)
    with ws:
        assert ws.wait_connected(10), process.said
        assert ws.person("ada").command("/repair", "late refund").acked
        process.kill()
    assert "Traceback" not in process.said


def test_while_slack_is_not_there_it_can_be_stopped(absent: tuple[Workspace, Process]) -> None:
    ws, process = absent
    process.start()
    assert ws.wait(lambda: "Slack could not be reached" in process.said, 10)
    code, seconds = process.stop()
    assert code == 0 and seconds < 2


def test_a_slack_in_trouble_at_the_start_is_waited_for(
    process: Process, ws: Workspace, ada: Any
) -> None:
    ws.fail("auth.test", retry_after=1)
    ws.fail("apps.connections.open", error="lost")
    process.start_and_wait()
    assert ada.command("/repair", "late refund").acked
    assert "Traceback" not in process.said


# --- tokens ----------------------------------------------------------------------------------


def test_a_wrong_bot_token_is_said_in_one_sentence(process: Process) -> None:
    [line] = refused(process, SLACK_BOT_TOKEN="xoxb-wrong").strip().splitlines()
    assert "SLACK_BOT_TOKEN" in line and "xoxb-wrong" not in line


def test_a_wrong_app_token_is_said_in_one_sentence(process: Process) -> None:
    said = refused(process, SLACK_APP_TOKEN="xapp-wrong").strip().splitlines()
    assert "SLACK_APP_TOKEN" in said[-1] and "xapp-wrong" not in said[-1]


def test_a_missing_token_is_named_with_where_to_find_it(process: Process) -> None:
    [line] = refused(process, SLACK_APP_TOKEN="").strip().splitlines()
    assert line.startswith("SLACK_APP_TOKEN is not set, and MEND_MODE=socket needs it. Basic")


# --- what else is in the way -----------------------------------------------------------------


@pytest.mark.sqlite
def test_a_database_that_another_program_holds_is_said(process: Process) -> None:
    opened(process.database, "T1").close()
    database = sqlite3.connect(process.database, isolation_level=None)
    database.execute("begin immediate")
    started = time.monotonic()
    said = refused(process)
    assert "database is locked" in said
    assert time.monotonic() - started < 10
    database.close()


def test_a_port_that_is_taken_is_said(process: Process, ws: Workspace) -> None:
    taken = ws.url.rstrip("/").rsplit(":", 1)[1]
    said = refused(process, MEND_MODE="http", MEND_PORT=taken).strip().splitlines()
    assert "MEND_PORT" in said[-1] and taken in said[-1]
