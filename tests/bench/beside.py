"""This version beside an older one, both as processes, asked in turn: nothing may be slower.

The older one is taken out of this repository's history into a folder of its own, with its own
packages (`make setup` there, which needs the package index the first time).
"""

from __future__ import annotations

import contextlib
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.bench.answering import (
    COMPLAINTS,
    PROJECT,
    megabytes,
    percentile,
    seconds_to_first_answer,
    seconds_to_thread,
    wait_until_idle,
    workspace,
)
from tests.end_to_end.process import Process, usual_settings

OLD = "cb2c2d9"
SAMPLES = 60
WARM_UP = 10
POST = "Post as me"


def report() -> None:
    """Prints the figures; takes about four minutes, once the older version is set up."""
    with older() as home, running(home) as old, running(PROJECT) as new:
        started = [seconds_to_first_answer(each.ws, each.start_and_wait) for each in (old, new)]
        for each in (old, new):
            wait_until_idle(each.running.pid)
        print(
            f"{OLD} and this version, Socket Mode, {SAMPLES} of each in turn: milliseconds (p50,"
            " p95) to the\nacknowledgement, or to the thread in the channel"
        )
        print(f"{'':34}{OLD:>16}{'now':>16}   now : {OLD}")
        for name, ask in {
            "/repair, answered": asking("/repair", COMPLAINTS),
            "/ownit, saved with its receipt": asking("/ownit", ("told caller {} the wrong date",)),
            "/mend help": asking("/mend", ("help",)),
            "App Home opened": opening_home,
            f"{POST}, thread in channel": posting,
        }.items():
            compared(name, old, new, ask)
        line("start to first answer, ms", [[seconds * 1000] for seconds in started])
        line("resident memory, MB", [[megabytes(each.running.pid)] for each in (old, new)])


@contextlib.contextmanager
def older() -> Iterator[Path]:
    """A checkout of the older version, set up."""
    with tempfile.TemporaryDirectory(prefix="mend-older-") as folder:
        packed = subprocess.run(
            ["git", "archive", OLD], cwd=PROJECT, capture_output=True, check=True
        )
        subprocess.run(["tar", "-x", "-C", folder], input=packed.stdout, check=True)
        subprocess.run(["make", "--silent", "setup"], cwd=folder, check=True)
        yield Path(folder)


@contextlib.contextmanager
def running(home: Path) -> Iterator[Process]:
    """The version that lies in `home`, not started, on a workspace and a database of its own."""
    with workspace() as (ws, folder):
        settings = usual_settings(ws, folder, home / "playbooks") | {"MEND_MODEL": "installed"}
        process = Process(ws, folder, settings, home=home)
        yield process
        if process.is_running():
            process.kill()


def asking(command: str, texts: tuple[str, ...]) -> Callable[[Any, int], float]:
    def ask(ws: Any, number: int) -> float:
        answer = ws.person("ada").command(command, texts[number % len(texts)].format(number))
        assert answer.acked and answer.message is not None, answer.error
        return float(answer.seconds)

    return ask


def opening_home(ws: Any, number: int) -> float:
    """Until the page is there, which comes after the acknowledgement."""
    ada = ws.person("ada")
    before = ada.home
    started = time.monotonic()
    ada.open_home()
    assert ws.wait(lambda: ada.home is not None and ada.home is not before)
    return time.monotonic() - started


def posting(ws: Any, number: int) -> float:
    return seconds_to_thread(ws, ws.person("ada"), number)


def compared(name: str, old: Process, new: Process, ask: Callable[[Any, int], float]) -> None:
    found: list[list[float]] = [[], []]
    for number in range(WARM_UP + SAMPLES):
        for each, process in zip(found, (old, new), strict=True):
            seconds = ask(process.ws, number)
            if number >= WARM_UP:
                each.append(seconds * 1000)
    line(name, found)


def line(name: str, found: list[list[float]]) -> None:
    shown = [
        f"{percentile(each, 50):8.1f}{percentile(each, 95):8.1f}"
        if len(each) > 1
        else f"{each[0]:8.0f}{'':8}"
        for each in found
    ]
    ratio = statistics.median(found[1]) / statistics.median(found[0])
    print(f"{name:34}{shown[0]}{shown[1]}   {ratio:11.2f}", flush=True)
