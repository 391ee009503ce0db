"""Signed HTTP: Slack's requests at /slack/events, and /healthz for whoever watches the bot.

Bolt refuses a wrong signature and a timestamp more than five minutes old. A request that is sent
again within that time, signature and all, is refused here. Events are let through: Slack itself
sends them again, and a repeated event changes nothing (it is kept under its message's own id).
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.wsgi import SlackRequestHandler

EVENTS_PATH = "/slack/events"
HEALTH_PATH = "/healthz"
REMEMBERED = 10_000  # signatures; far more than Slack sends one workspace in five minutes
REPLAY_SECONDS = 600

Environ = dict[str, Any]
StartResponse = Callable[..., Any]


class Replays:
    """Signatures seen lately."""

    def __init__(self) -> None:
        self._seen: OrderedDict[str, float] = OrderedDict()
        self._lock = threading.Lock()

    def is_repeated(self, signature: str, now: float) -> bool:
        with self._lock:
            while self._seen and (
                len(self._seen) >= REMEMBERED
                or next(iter(self._seen.values())) < now - REPLAY_SECONDS
            ):
                self._seen.popitem(last=False)
            if signature in self._seen:
                return True
            self._seen[signature] = now
            return False


def wsgi(
    app: App, is_healthy: Callable[[], bool]
) -> Callable[[Environ, StartResponse], Iterable[bytes]]:
    """The WSGI application to put behind a production server."""
    slack = SlackRequestHandler(app, path=EVENTS_PATH)
    replays = Replays()

    def application(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] == HEALTH_PATH:
            healthy = is_healthy()
            status = "200 OK" if healthy else "503 Service Unavailable"
            return _plain(start_response, status, "ok" if healthy else "not ok")
        signature = str(environ.get("HTTP_X_SLACK_SIGNATURE", ""))
        is_event = str(environ.get("CONTENT_TYPE", "")).startswith("application/json")
        if signature and not is_event and replays.is_repeated(signature, time.monotonic()):
            return _plain(start_response, "401 Unauthorized", "this request was made before")
        return slack(environ, start_response)

    return application


def _plain(start_response: StartResponse, status: str, text: str) -> Iterable[bytes]:
    body = text.encode()
    headers = [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))]
    start_response(status, headers)
    return [body]
