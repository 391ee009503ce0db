"""What a running process is made of: threads, signals, patience with Slack, an end in time."""

from __future__ import annotations

import logging
import signal
import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from mend.doctor.remedies import remedy, said
from mend.settings import SETTINGS, BadSettings
from mend.slack.model import NotSent

Stop = Callable[[float], None]
"""Takes no more work at once and waits for what was taken until a moment (monotonic seconds), no
longer: whoever asked the process to end will not wait for ever."""

T = TypeVar("T")

log = logging.getLogger(__name__)


def told_to_stop() -> threading.Event:
    """Set on SIGTERM or Ctrl-C.

    The signal wakes a thread through a socket: a handler that runs in the main thread, which is
    itself about to wait for the event, was seen to be lost about once in ten stops.
    """
    stop = threading.Event()
    told, tell = socket.socketpair()
    tell.setblocking(False)
    signal.set_wakeup_fd(tell.fileno())
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda number, frame: None)

    def wait() -> None:
        told.recv(1)
        stop.set()
        tell.close()

    background(wait, "signals")
    return stop


def patiently(ask: Callable[[], T | NotSent], token: str, stop: threading.Event) -> T | None:
    """Ask Slack again and again while it cannot be reached; None where told to stop.

    Raises BadSettings, naming the token, where Slack says no.
    """
    wait = 1.0
    while not stop.is_set():
        answer = ask()
        if not isinstance(answer, NotSent):
            return answer
        if not answer.reason.is_passing:
            raise BadSettings(
                [
                    f"Slack refused {token} ({answer.detail}). Copy it again from the app's"
                    f" settings. {next(row.help for row in SETTINGS if row.key == token)}"
                ]
            )
        log.warning("%s. %s Trying again in %.0f s.", said(answer), remedy(answer), wait)
        stop.wait(max(wait, answer.retry_after))
        wait = min(wait * 2, 60.0)
    return None


def background(task: Callable[[], object], name: str) -> threading.Thread:
    thread = threading.Thread(target=task, name=name, daemon=True)
    thread.start()
    return thread


def finish(executor: ThreadPoolExecutor, until: float) -> None:
    """Wait for those who are still at work."""
    for thread in list(executor._threads):
        thread.join(max(0.0, until - time.monotonic()))
