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
import os, time
from pathlib import Path
from slack_sdk import WebClient
import websocket

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
    assert process.stdout
    return process.stdout.readline()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_says_one_line_and_stops_clean(
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


def test_a_bot_that_ends_is_told_with_its_last_lines(tmp_path: Path) -> None:
    for process in started(tmp_path, free_port(), FAIL_SOON="1"):
        out, _ = process.communicate(timeout=10)
        assert "The bot ended. Its last lines:" in out
        assert "about to fail" in out and "no reason" in out
        assert process.returncode == 1
        assert list(tmp_path.glob("mend-demo-*")) == []
