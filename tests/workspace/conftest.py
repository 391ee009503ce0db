"""A small bot, made with slack-bolt, that talks to the workspace over either transport."""

from __future__ import annotations

import json
import logging
import re
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
import websocket
from slack_bolt import App
from slack_bolt.adapter.socket_mode.internals import run_bolt_app, send_response
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_sdk import WebClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from workspace import Workspace

MODAL = {
    "type": "modal",
    "callback_id": "note",
    "title": {"type": "plain_text", "text": "A note"},
    "submit": {"type": "plain_text", "text": "Save"},
    "blocks": [
        {
            "type": "input",
            "block_id": "what",
            "label": {"type": "plain_text", "text": "What happened?"},
            "element": {"type": "plain_text_input", "action_id": "text", "max_length": 50},
        },
        {
            "type": "input",
            "block_id": "who",
            "optional": True,
            "label": {"type": "plain_text", "text": "Who sees it?"},
            "element": {
                "type": "radio_buttons",
                "action_id": "who",
                "options": [
                    {"text": {"type": "plain_text", "text": "Only me"}, "value": "me"},
                    {"text": {"type": "plain_text", "text": "The team"}, "value": "team"},
                ],
                "initial_option": {
                    "text": {"type": "plain_text", "text": "Only me"},
                    "value": "me",
                },
            },
        },
    ],
}


def answer_with_button(text: str) -> dict[str, Any]:
    """The message that the small bot answers a command with."""
    button = {"type": "button", "action_id": "worked", "value": "7"}
    button["text"] = {"type": "plain_text", "text": "It worked"}  # type: ignore[assignment]
    section = {"type": "section", "text": {"type": "mrkdwn", "text": text}}
    return {"text": text, "blocks": [section, {"type": "actions", "elements": [button]}]}


class SmallBot:
    """Answers /say, opens /form, and writes down what it was told."""

    def __init__(self, ws: Workspace) -> None:
        self.heard: list[dict[str, Any]] = []
        client = WebClient(ws.bot_token, base_url=ws.api_url)
        self.app = App(client=client, signing_secret=ws.signing_secret)
        self.app.command("/say")(lambda ack, command: ack(**answer_with_button(command["text"])))
        self.app.command("/form")(self._form)
        self.app.action("worked")(self._worked)
        self.app.view("note")(self._submitted)
        self.app.shortcut("own_this")(self._shortcut)
        self.app.options("pick")(self._options)
        self.app.event("app_home_opened")(self._home)
        self.app.action("pick")(lambda ack: ack())
        self.app.event(re.compile(".*"))(lambda body: self.heard.append(body))

    def _form(self, ack: Callable[..., None], body: dict[str, Any], client: WebClient) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=MODAL)

    def _worked(self, ack: Callable[..., None], body: dict[str, Any], respond: Any) -> None:
        ack()
        self.heard.append(body)
        respond(text="Glad it did.", replace_original=True)

    def _submitted(self, ack: Callable[..., None], view: dict[str, Any]) -> None:
        if view["state"]["values"]["what"]["text"]["value"] == "nothing":
            ack(response_action="errors", errors={"what": "Say what."})
            return
        self.heard.append(view)
        ack()

    def _shortcut(self, ack: Callable[..., None], body: dict[str, Any]) -> None:
        self.heard.append(body)
        ack()

    def _options(self, ack: Callable[..., None], payload: dict[str, Any]) -> None:
        label = f"{payload['value']} twice"
        ack(options=[{"text": {"type": "plain_text", "text": label}, "value": "twice"}])

    def _home(self, event: dict[str, Any], client: WebClient) -> None:
        text = {"type": "plain_text", "text": "Good morning"}
        view = {"type": "home", "blocks": [{"type": "header", "text": text}]}
        client.views_publish(user_id=event["user"], view=view)


class SocketClient:
    """Bolt's own dispatch on a plain connection, which ends at once when it is told to."""

    logger = logging.getLogger("tests.socket")

    def __init__(self, bot: SmallBot, ws: Workspace) -> None:
        self._app = bot.app
        url = bot.app.client.apps_connections_open(app_token=ws.app_token)["url"]
        self._connection = websocket.create_connection(url)
        self._workers = ThreadPoolExecutor()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def send_socket_mode_response(self, response: SocketModeResponse) -> None:
        with suppress(websocket.WebSocketConnectionClosedException, OSError):
            self._connection.send(json.dumps(response.to_dict()))

    def close(self) -> None:
        self._connection.close(timeout=0.1)
        self._reader.join()
        self._workers.shutdown()

    def _read(self) -> None:
        with suppress(websocket.WebSocketConnectionClosedException, OSError):
            while text := self._connection.recv():
                request = SocketModeRequest.from_dict(json.loads(text))
                if request:
                    self._workers.submit(self._answer, request)

    def _answer(self, request: SocketModeRequest) -> None:
        client: Any = self
        send_response(client, request, run_bolt_app(self._app, request), time.time())


@contextmanager
def over_socket(bot: SmallBot, ws: Workspace) -> Iterator[None]:
    client = SocketClient(bot, ws)
    assert ws.wait_connected()
    yield
    client.close()


class ThreadingWSGIServer(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class QuietHandler(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


@contextmanager
def over_http(bot: SmallBot, ws: Workspace) -> Iterator[None]:
    server = make_server(
        "127.0.0.1", 0, SlackRequestHandler(bot.app), ThreadingWSGIServer, QuietHandler
    )
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    ws.deliver_to(f"http://127.0.0.1:{server.server_port}/slack/events")
    yield
    server.shutdown()
    server.server_close()


@pytest.fixture
def ws() -> Iterator[Workspace]:
    with Workspace() as workspace:
        yield workspace


@pytest.fixture
def client(ws: Workspace) -> WebClient:
    """The Web API as a bot calls it."""
    return WebClient(ws.bot_token, base_url=ws.api_url, retry_handlers=[])


@pytest.fixture
def small_bot(ws: Workspace) -> SmallBot:
    """The small bot, not connected."""
    return SmallBot(ws)


@pytest.fixture(params=["socket", "http"])
def bot(request: pytest.FixtureRequest, ws: Workspace, small_bot: SmallBot) -> Iterator[SmallBot]:
    """The small bot, connected: every test that asks for it runs over both transports."""
    with (over_socket if request.param == "socket" else over_http)(small_bot, ws):
        yield small_bot
