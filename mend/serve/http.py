"""Signed HTTP: Slack's requests at /slack/events, and /healthz for whoever watches the bot.

A wrong signature, or a timestamp more than five minutes old, is refused before anything is read;
a request that is sent again within that time, signature and all, is refused too. Events are let
through: Slack itself sends them again, and a repeated event changes nothing (it is kept under its
message's own id).
"""

from __future__ import annotations

import contextlib
import io
import json
import re
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs

import waitress
from slack_bolt import App
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_sdk.signature import SignatureVerifier
from waitress import wasyncore

from mend.serve.process import Stop, background
from mend.settings import BadSettings, Settings

EVENTS_PATH = "/slack/events"
HEALTH_PATH = "/healthz"
REMEMBERED = 10_000  # signatures; far more than Slack sends one workspace in five minutes
REPLAY_SECONDS = 600
HTTP_THREADS = 16
LARGEST_BODY = 1_000_000  # bytes; Slack's largest payloads are a tenth of it

_TIMESTAMP = re.compile(r"\d{1,12}", re.ASCII)

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
    app: App, is_signed: Callable[[str, str, str], bool], is_healthy: Callable[[], bool]
) -> Callable[[Environ, StartResponse], Iterable[bytes]]:
    """The WSGI application to put behind a production server.

    `is_signed(body, timestamp, signature)` is asked before anything of a request is read.
    """
    slack = SlackRequestHandler(app, path=EVENTS_PATH)
    replays = Replays()

    def application(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] == HEALTH_PATH:
            healthy = is_healthy()
            status = "200 OK" if healthy else "503 Service Unavailable"
            return _plain(start_response, status, "ok" if healthy else "not ok")
        if environ["PATH_INFO"] != EVENTS_PATH or environ["REQUEST_METHOD"] != "POST":
            return _plain(start_response, "404 Not Found", "there is nothing here")
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = io.BytesIO(body)
        signature = str(environ.get("HTTP_X_SLACK_SIGNATURE", ""))
        timestamp = str(environ.get("HTTP_X_SLACK_REQUEST_TIMESTAMP", ""))
        is_event = str(environ.get("CONTENT_TYPE", "")).startswith("application/json")
        text = body.decode(errors="replace")
        if not _TIMESTAMP.fullmatch(timestamp) or not is_signed(text, timestamp, signature):
            return _plain(start_response, "401 Unauthorized", "not signed by Slack just now")
        if not _is_readable(text, is_event):
            return _plain(start_response, "400 Bad Request", "this cannot be read")
        if not is_event and replays.is_repeated(signature, time.monotonic()):
            return _plain(start_response, "401 Unauthorized", "this request was made before")
        return slack(environ, start_response)

    return application


def _is_readable(text: str, is_event: bool) -> bool:
    """Whether Bolt could parse it: a JSON object, or a form whose payload is one."""
    try:
        if not is_event:
            payloads = parse_qs(text, strict_parsing=bool(text)).get("payload")
            text = payloads[0] if payloads else "{}"
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False


def _plain(start_response: StartResponse, status: str, text: str) -> Iterable[bytes]:
    body = text.encode()
    headers = [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))]
    start_response(status, headers)
    return [body]


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


def serve_http(
    app: App, settings: Settings, is_healthy: Callable[[], bool], host: str = "0.0.0.0"
) -> Stop:
    """Raises BadSettings where the port cannot be had."""
    verifier = SignatureVerifier(settings.slack_signing_secret)
    application = wsgi(app, verifier.is_valid, is_healthy)
    try:
        return over_http(application, host, settings.mend_port)
    except OSError as wrong:
        raise BadSettings(
            [f"MEND_PORT={settings.mend_port} cannot be used: {wrong.strerror}. Set another one."]
        ) from None
