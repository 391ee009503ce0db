"""How fast Mend answers, beside a slack-bolt app that only acknowledges; its start; its memory.

Both are real processes on local workspaces of their own, over the same transport with the same
adapter, asked in turn: what slows the machine down slows both.
"""

from __future__ import annotations

import contextlib
import functools
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.end_to_end.process import PATIENCE, PROJECT, Process, usual_settings
from workspace import Workspace

SAMPLES = 100
WARM_UP = 10
STARTS = 3
COMPLAINTS = (
    "they charged me twice",
    "my parcel never came",
    "the promo code did not work",
    "agent hung up on me",
    "sinabi nila na may refund pero wala pa rin",
)


def report() -> None:
    """Prints all figures of this module; takes about two minutes."""
    for mode in ("socket", "http"):
        with both(mode) as (mend, bare):
            report_answers(mode, mend, bare)
    report_starts()
    report_memory()


class Bare:
    """A process that answers every command with ack() and nothing else."""

    def __init__(self, ws: Workspace, folder: Path) -> None:
        self.ws = ws
        self._settings = usual_settings(ws, folder, PROJECT / "playbooks")

    def start_and_wait(self, mode: str) -> Bare:
        given = self._settings | {"MEND_MODE": mode}
        self.running = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.bare_app"],
            cwd=PROJECT,
            env=os.environ | given,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        if mode == "http":
            self.ws.deliver_to(f"http://127.0.0.1:{given['MEND_PORT']}/slack/events")
            assert self.ws.wait(self.ws.verify_url, PATIENCE)
        else:
            assert self.ws.wait_connected(PATIENCE)
        return self

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._settings['MEND_PORT']}"

    def kill(self) -> None:
        self.running.kill()
        self.running.wait()


@contextlib.contextmanager
def workspace() -> Iterator[tuple[Workspace, Path]]:
    with tempfile.TemporaryDirectory(prefix="mend-bench-") as folder, Workspace() as ws:
        ws.should_escape = True
        yield ws, Path(folder)


@contextlib.contextmanager
def mend_process() -> Iterator[Process]:
    """Mend with its sentence model and an empty database, not started."""
    with workspace() as (ws, folder):
        settings = usual_settings(ws, folder, PROJECT / "playbooks")
        yield Process(ws, folder, settings | {"MEND_MODEL": "installed"})


@contextlib.contextmanager
def both(mode: str) -> Iterator[tuple[Process, Bare]]:
    with mend_process() as mend, workspace() as (ws, folder):
        mend.start_and_wait(MEND_MODE=mode)
        wait_until_idle(mend.running.pid)
        bare = Bare(ws, folder).start_and_wait(mode)
        try:
            yield mend, bare
        finally:
            bare.kill()
            mend.kill()


# --- answers ---------------------------------------------------------------------------------


def report_answers(mode: str, mend: Process, bare: Bare) -> None:
    ada, other = mend.ws.person("ada"), bare.ws.person("ada")
    print(
        f"{mode}: milliseconds from sending a request to its acknowledgement, {SAMPLES} of each in"
        " turn, one at a time.\nMend's acknowledgement of a command carries the whole answer."
    )
    print(f"{'':34}{'p50':>7}{'p95':>7}   {'bare p50':>9}{'p95':>7}   ratio of p50")
    asked: dict[str, Callable[[Any, int], Any]] = {
        "/repair, answered": lambda person, n: person.command(
            "/repair", COMPLAINTS[n % len(COMPLAINTS)]
        ),
        "/ownit, saved with its receipt": lambda person, n: person.command(
            "/ownit", f"told caller {n} the wrong date and called back"
        ),
    }
    for name, ask in asked.items():
        mine: list[float] = []
        theirs: list[float] = []
        for number in range(-WARM_UP, SAMPLES):
            answer, nothing = ask(ada, number), ask(other, number)
            assert answer.acked and answer.message is not None, answer.error
            assert nothing.acked and nothing.message is None, nothing.error
            if number >= 0:
                mine.append(answer.seconds * 1000)
                theirs.append(nothing.seconds * 1000)
        ratio = statistics.median(mine) / statistics.median(theirs)
        print(
            f"{name:34}{percentile(mine, 50):7.1f}{percentile(mine, 95):7.1f}   "
            f"{percentile(theirs, 50):9.1f}{percentile(theirs, 95):7.1f}   {ratio:12.2f}"
        )
    shown = [seconds_to_thread(mend.ws, ada, number) * 1000 for number in range(30)]
    print(
        f"{'Post as me, thread in channel (30)':34}{percentile(shown, 50):7.1f}"
        f"{percentile(shown, 95):7.1f}\n",
        flush=True,
    )


def seconds_to_thread(ws: Workspace, person: Any, number: int) -> float:
    """From the press to the thread standing in the channel."""
    receipt = person.command("/ownit", f"forgot to log call {number} of the morning").message
    before = len(ws.messages("support"))
    started = time.monotonic()
    person.press(receipt, "Post as me")
    assert ws.wait(lambda: len(ws.messages("support")) > before)
    return time.monotonic() - started


def percentile(values: list[float], percent: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


# --- start and memory ------------------------------------------------------------------------


def report_starts() -> None:
    print(
        "Seconds from starting the process to the first acknowledged /repair (Socket Mode),"
        f" median of {STARTS}, slowest in brackets"
    )
    first: list[float] = []
    again: list[float] = []
    bare: list[float] = []
    for _ in range(STARTS):
        with mend_process() as mend:
            first.append(seconds_to_first_answer(mend.ws, mend.start_and_wait))
            wait_until_idle(mend.running.pid)
            mend.kill()
            assert wait_until_gone(mend.ws)
            again.append(seconds_to_first_answer(mend.ws, mend.start_and_wait))
            mend.kill()
        with workspace() as (ws, folder):
            other = Bare(ws, folder)
            bare.append(
                seconds_to_first_answer(ws, functools.partial(other.start_and_wait, "socket"))
            )
            other.kill()
    for name, found in {
        "Mend, first start on an empty folder": first,
        "Mend, started again": again,
        "bare slack-bolt": bare,
    }.items():
        print(f"{name:38}{statistics.median(found):6.2f}  ({max(found):.2f})")
    print(flush=True)


def wait_until_gone(ws: Workspace) -> bool:
    return bool(ws.wait(lambda: ws.connected == 0))


def seconds_to_first_answer(ws: Workspace, start: Callable[[], object]) -> float:
    started = time.monotonic()
    start()
    assert ws.person("ada").command("/repair", COMPLAINTS[0]).acked
    return time.monotonic() - started


def report_memory() -> None:
    print("Resident memory in MB (VmRSS), sentence model on, the shipped playbooks")
    with mend_process() as mend:
        mend.start_and_wait()
        time.sleep(5)
        print(f"{'5 s after the start':38}{megabytes(mend.running.pid):6.0f}")
        wait_until_idle(mend.running.pid)
        print(f"{'when all playbooks are encoded':38}{megabytes(mend.running.pid):6.0f}")
        for number in range(100):
            mend.ws.person("ada").command("/repair", COMPLAINTS[number % len(COMPLAINTS)])
        print(f"{'after 100 /repair':38}{megabytes(mend.running.pid):6.0f}")
        mend.kill()
    with workspace() as (ws, folder):
        bare = Bare(ws, folder).start_and_wait("socket")
        time.sleep(5)
        print(f"{'bare slack-bolt, 5 s after the start':38}{megabytes(bare.running.pid):6.0f}")
        bare.kill()


def megabytes(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    assert found
    return int(found[1]) / 1024


def wait_until_idle(pid: int, limit: float = 30.0) -> None:
    """Until the process used less than a twentieth of a core for a second."""
    end = time.monotonic() + limit
    before = cpu_seconds(pid)
    while time.monotonic() < end:
        time.sleep(1.0)
        now = cpu_seconds(pid)
        if now - before < 0.05:
            return
        before = now


def cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
