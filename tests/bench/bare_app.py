"""The app Mend is measured against: slack-bolt that acknowledges commands and does nothing."""

from __future__ import annotations

import os
import re
from concurrent.futures import ThreadPoolExecutor

import waitress
from slack_bolt import App
from slack_bolt.adapter.socket_mode.websocket_client import SocketModeHandler
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_sdk import WebClient

THREADS = 40  # as many listeners as Mend has


def serve() -> None:
    given = os.environ
    app = App(
        client=WebClient(given["SLACK_BOT_TOKEN"], base_url=given["SLACK_API_URL"]),
        signing_secret=given["SLACK_SIGNING_SECRET"],
        token_verification_enabled=False,
        listener_executor=ThreadPoolExecutor(THREADS),
    )
    app.command(re.compile(".*"))(lambda ack: ack())
    if given["MEND_MODE"] == "http":
        port = int(given["MEND_PORT"])
        waitress.serve(SlackRequestHandler(app), host="127.0.0.1", port=port, _quiet=True)
    handler = SocketModeHandler(app, given["SLACK_APP_TOKEN"], concurrency=THREADS)
    handler.start()  # type: ignore[no-untyped-call]


if __name__ == "__main__":
    serve()
