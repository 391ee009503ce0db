"""Signed HTTP: Slack's requests at /slack/events, and whether the bot is well.

A wrong signature, or a timestamp more than five minutes old, is refused before anything is read;
a request that is sent again within that time, signature and all, is refused too. Events are let
through: Slack itself sends them again, and a repeated event changes nothing (it is kept under its
message's own id).
"""

from __future__ import annotations

import errno
import io
import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qs

from slack_bolt import App
from slack_bolt.adapter.wsgi import SlackRequestHandler

from mend.serve.listening import listen
from mend.serve.process import Stop
from mend.serve.signatures import Signatures
from mend.serve.watching import Application, Environ, StartResponse, Watched, plain
from mend.settings import BadSettings, Settings

EVENTS_PATH = "/slack/events"
THREADS, WATCHERS = 16, 2
DEEPEST = 100  # levels of JSON; Slack's own forms have a fifth of it


def wsgi(app: App, signatures: Signatures, watched: Watched) -> Application:
    """The WSGI application to put behind a production server."""
    slack = SlackRequestHandler(app, path=EVENTS_PATH)

    def application(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if found := watched.answer(environ["PATH_INFO"]):
            return plain(start_response, *found)
        if environ["PATH_INFO"] != EVENTS_PATH or environ["REQUEST_METHOD"] != "POST":
            return plain(start_response, "404 Not Found", "there is nothing here")
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = io.BytesIO(body)
        signature = str(environ.get("HTTP_X_SLACK_SIGNATURE", ""))
        timestamp = str(environ.get("HTTP_X_SLACK_REQUEST_TIMESTAMP", ""))
        is_event = str(environ.get("CONTENT_TYPE", "")).startswith("application/json")
        if not signatures.fits(body, timestamp, signature):
            return plain(start_response, "401 Unauthorized", "not signed by Slack just now")
        if not _is_readable(body, is_event):
            return plain(start_response, "400 Bad Request", "this cannot be read")
        if not is_event and signatures.is_repeated(signature):
            return plain(start_response, "401 Unauthorized", "this request was made before")
        return slack(environ, start_response)

    return application


def _is_readable(body: bytes, is_event: bool) -> bool:
    """Whether Bolt could parse it: a JSON object, or a form whose payload is one."""
    try:
        text = body.decode()
        if not is_event:
            payloads = parse_qs(text, strict_parsing=bool(text)).get("payload")
            text = payloads[0] if payloads else "{}"
        read = json.loads(text)
        return isinstance(read, dict) and not _is_deeper(read, DEEPEST)
    except (ValueError, RecursionError):
        return False


def _is_deeper(value: Any, most: int) -> bool:
    level = [value]
    for _ in range(most):
        inside = (each.values() if isinstance(each, dict) else each for each in level)
        level = [item for each in inside for item in each if isinstance(item, dict | list)]
        if not level:
            return False
    return True


def serve_http(app: App, settings: Settings, watched: Watched) -> Stop:
    """Raises BadSettings where the address or the port cannot be had."""
    signatures = Signatures(settings.slack_signing_secret)
    watched.refused = signatures.lately_refused
    application = wsgi(app, signatures, watched)
    stop = _listen(application, settings.mend_host, "MEND_PORT", settings.mend_port, THREADS)
    watched.needs["Slack"] = lambda: True  # it may call from now on
    return stop


def serve_watchers(settings: Settings, watched: Watched) -> Stop:
    """/healthz, /readyz and /metrics at MEND_METRICS_PORT; raises BadSettings as serve_http."""
    port = settings.mend_metrics_port
    return _listen(watched.application(), settings.mend_host, "MEND_METRICS_PORT", port, WATCHERS)


def _listen(application: Application, host: str, key: str, port: int, threads: int) -> Stop:
    try:
        return listen(application, host, port, threads)
    except OSError as wrong:
        if wrong.errno in (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT):
            raise BadSettings(
                [f"MEND_HOST={host} is no address of this machine. 0.0.0.0 stands for all."]
            ) from None
        raise BadSettings(
            [f"{key}={port} cannot be used: {wrong.strerror}. Set another one."]
        ) from None
