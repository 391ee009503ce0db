"""The two lines on which Slack reaches the bot, and how each is let go.

A `Stop` takes no more work at once and waits for what was taken until a moment (monotonic
seconds), no longer: whoever asked the process to end will not wait for ever.
"""

from __future__ import annotations

import contextlib
import http.client
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import waitress
from slack_bolt import App
from slack_bolt.adapter.socket_mode.websocket_client import SocketModeHandler
from slack_bolt.error import BoltError
from waitress import wasyncore
from websocket import WebSocketException

from mend.slack.model import Failure, NotSent

Stop = Callable[[float], None]

HTTP_THREADS = 16
LARGEST_BODY = 1_000_000  # bytes; Slack's largest payloads are a tenth of it


def over_socket(app: App, app_token: str, threads: int) -> Stop | NotSent:
    """Listen over Socket Mode.

    The websocket_client adapter is back half a second after a cut line; slack_sdk's built-in one
    is deaf for a minute (docs/decisions.md).
    """
    handler = SocketModeHandler(app, app_token, concurrency=threads)
    client = handler.client
    try:
        handler.connect()  # type: ignore[no-untyped-call]
    except (OSError, http.client.HTTPException, WebSocketException, BoltError) as lost:
        return NotSent(Failure.UNAVAILABLE, type(lost).__name__)

    def stop(until: float) -> None:
        # The library's own close() joins a reader that may sit in select() for ten seconds.
        client.closed = True
        client.auto_reconnect_enabled = client.default_auto_reconnect_enabled = False
        client.message_workers.shutdown(wait=False)
        finish(client.message_workers, until)
        background(client.disconnect, "disconnect").join(1.0)

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
