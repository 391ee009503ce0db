"""The two lines on which Slack reaches the bot, and how each is let go.

A `Stop` takes no more work at once and waits for what was taken until a moment (monotonic
seconds), no longer: whoever asked the process to end will not wait for ever.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import waitress
from slack_bolt import App
from waitress import wasyncore

from mend.slack.model import NotSent
from mend.socket_mode import Line

Stop = Callable[[float], None]

HTTP_THREADS = 16
LARGEST_BODY = 1_000_000  # bytes; Slack's largest payloads are a tenth of it


def over_socket(app: App, ask: Callable[[], str | NotSent], threads: int) -> Stop | NotSent:
    """Listen over Socket Mode; `ask` gives an address that is good for one connection."""
    line = Line(app, ask, threads)
    lost = line.open()
    if lost:
        return lost
    background(line.keep, "line")

    def stop(until: float) -> None:
        line.take_no_more()
        finish(line.workers, until)
        line.hang_up()

    return stop


def over_http(application: Callable[..., Any], host: str, port: int) -> Stop:
    """Listen for signed HTTP behind a production server; raises OSError where the port is taken."""
    server = waitress.create_server(
        application,
        host=host,
        port=port,
        threads=HTTP_THREADS,
        max_request_body_size=LARGEST_BODY,
        ident="",
    )
    loop = background(server.run, "http")

    def stop(until: float) -> None:
        left = max(0.0, until - time.monotonic())
        server.task_dispatcher.shutdown(cancel_pending=False, timeout=left)
        # In the loop's own thread, or the loop would wait on sockets that are gone.
        with contextlib.suppress(OSError):  # it was awake already, and is gone
            server.trigger.pull_trigger(lambda: wasyncore.close_all(server._map))
        loop.join(1.0)

    return stop


def background(task: Callable[[], object], name: str) -> threading.Thread:
    thread = threading.Thread(target=task, name=name, daemon=True)
    thread.start()
    return thread


def finish(executor: ThreadPoolExecutor, until: float) -> None:
    """Wait for those who are still at work."""
    for thread in list(executor._threads):
        thread.join(max(0.0, until - time.monotonic()))
