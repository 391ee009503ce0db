"""`python -m workspace demo` starts, says where to look, and leaves nothing behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BOT = """
import os, sys, time
from pathlib import Path
from slack_sdk import WebClient
import websocket

if sys.argv[1] == "seed":
    sys.exit("nothing to make up" if os.environ.get("NO_SEED") else 0)
Path(os.environ["MEND_DATABASE_URL"].removeprefix("sqlite:///")).write_text("a database")
client = WebClient(os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"])
opened = client.apps_connections_open(app_token=os.environ["SLACK_APP_TOKEN"])
connection = websocket.create_connection(opened["url"])
print("about to fail")
connection.recv()
if os.environ.get("FAIL_SOON"):
    raise SystemExit("no reason")
time.sleep(60)
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    yield from started(tmp_path, free_port())


def started(folder: Path, port: int, **more: str) -> Iterator[subprocess.Popen[str]]:
    script = folder / "small_bot.py"
    script.write_text(BOT)
    main = f"demo.main(({sys.executable!r}, {str(script)!r}), {port})"
    process = subprocess.Popen(
        [sys.executable, "-c", f"import sys; from workspace import demo; sys.exit({main})"],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(folder), **more},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    with process:
        yield process
        process.kill()


def line(process: subprocess.Popen[str]) -> str:
    """The next line it says, but for the one that asks for patience."""
    assert process.stdout
    said = process.stdout.readline()
    return process.stdout.readline() if said.startswith("Making up") else said


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_says_where_to_look_and_stops_clean(
    demo: subprocess.Popen[str], tmp_path: Path, number: signal.Signals
) -> None:
    assert line(demo).startswith("Open http://127.0.0.1:")
    assert list(tmp_path.glob("mend-demo-*/mend.db"))
    demo.send_signal(number)
    rest, _ = demo.communicate(timeout=5)
    assert (rest.strip(), demo.returncode) == ("Stopped.", 0)
    assert list(tmp_path.glob("mend-demo-*")) == []


def test_a_taken_port_is_told_and_the_next_one_used(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = int(taken.getsockname()[1])
        for process in started(tmp_path, port):
            assert line(process).startswith(f"Port {port} is taken; using ")
            assert line(process).startswith("Open ")
            process.terminate()
            process.communicate(timeout=5)


def test_the_port_may_be_chosen(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        with subprocess.Popen(
            [sys.executable, "-m", "workspace", "demo", "--port", port],
            cwd=ROOT,
            env={**os.environ, "TMPDIR": str(tmp_path)},
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            assert line(process).startswith(f"Port {port} is taken; using ")
            process.terminate()


@pytest.mark.parametrize("command", [["--help"], ["demo", "--help"]])
def test_asked_for_help_it_says_what_there_is(command: list[str]) -> None:
    asked = run(*command)
    assert (asked.returncode, asked.stderr) == (0, "")
    assert "python -m workspace" in asked.stdout and "demo" in asked.stdout


@pytest.mark.parametrize("port", ["0", "65536", "-1", "eight"])
def test_what_is_no_port_is_refused_by_name(port: str) -> None:
    refused = run("demo", f"--port={port}")
    assert refused.returncode == 2 and "--port" in refused.stderr.splitlines()[-1]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "workspace", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )


def test_a_bot_that_ends_is_told_with_its_last_lines(tmp_path: Path) -> None:
    for process in started(tmp_path, free_port(), FAIL_SOON="1"):
        out, _ = process.communicate(timeout=10)
        assert "The bot ended. Its last lines:" in out
        assert "about to fail" in out and "no reason" in out
        assert process.returncode == 1
        assert list(tmp_path.glob("mend-demo-*")) == []


def test_started_twice_both_run(tmp_path: Path) -> None:
    port = free_port()
    for first in started(tmp_path, port):
        assert line(first).startswith(f"Open http://127.0.0.1:{port}/")
        for second in started(tmp_path, port):
            assert line(second).startswith(f"Port {port} is taken; using ")
            assert line(second).startswith("Open ")


def test_without_a_folder_to_write_to_it_says_which_and_what_to_do(tmp_path: Path) -> None:
    script = "import sys; from workspace import demo; sys.exit(demo.main(port=0))"
    refused = subprocess.run(
        [sys.executable, "-c", f"import tempfile; tempfile.tempdir = '/nowhere'; {script}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    assert refused.returncode == 1
    assert "The demo cannot write in /nowhere" in refused.stdout
    assert "Set TMPDIR" in refused.stdout
    assert refused.stderr == ""


def test_a_proxy_that_is_set_is_not_asked(tmp_path: Path) -> None:
    dead = f"http://127.0.0.1:{free_port()}"
    for process in started(tmp_path, free_port(), HTTP_PROXY=dead, https_proxy=dead):
        assert line(process).startswith("Open ")


def test_without_made_up_weeks_it_says_so_and_goes_on(tmp_path: Path) -> None:
    for process in started(tmp_path, free_port(), NO_SEED="1"):
        assert line(process) == "(Without made-up weeks: `bot.py seed` failed.)\n"
        assert line(process).startswith("Open ")
