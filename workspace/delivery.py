"""Carries commands, interactions and events to the bot, by Socket Mode or signed HTTP."""

import hashlib
import hmac
import http.client
import itertools
import json
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Any
from urllib.parse import urlencode, urlsplit

from websockets.exceptions import ConnectionClosed
from websockets.sync.server import Server, ServerConnection, serve

from workspace.blocks import Json
from workspace.state import APP, Message, State

ACK_WITHIN = 3.0  # seconds
UNDER_WAY = "under way"
TROUBLE = "We had some trouble connecting. Try again?"
SHOWN = {"dispatch_failed": TROUBLE}
SHOWN["operation_timeout"] = "Operation timed out. Apps need to respond within 3 seconds."
RETRY_REASONS = {"operation_timeout": "http_timeout", "dispatch_failed": "connection_failed"}


@dataclass(eq=False)
class Delivery:
    """One thing sent to the bot, and what came of it.

    `kind` is Slack's envelope type: slash_commands, interactive or events_api. `failure` is
    UNDER_WAY at first, None when it was acked, else operation_timeout, dispatch_failed or
    http_status_NNN; `error` is what Slack shows the person then.
    """

    kind: str
    payload: Json
    retry: int = 0
    retry_reason: str = ""
    at: float = 0.0
    packed: str = ""  # the frame or body as it is sent
    headers: dict[str, str] = field(default_factory=dict)
    status: int | None = None
    seconds: float = 0.0
    body: Any = None  # of the ack
    may_retry: bool = True
    failure: str | None = UNDER_WAY
    error: str | None = None
    message: Message | None = None  # the message that the ack of a command itself carried

    @property
    def acked(self) -> bool:
        return self.failure is None


class Line:
    """The line to the bot. Without `urls` it is Socket Mode."""

    def __init__(self, state: State, signing_secret: str) -> None:
        self._state, self.signing_secret = state, signing_secret
        self.urls: Sequence[str] = ()
        self._turns = itertools.count()
        self.sockets: list[ServerConnection] = []
        self.deliveries: list[Delivery] = []
        self._waiting: dict[str, tuple[Delivery, ServerConnection, threading.Event]] = {}
        self._background = ThreadPoolExecutor(16, thread_name_prefix="events")
        self._server: Server | None = None
        self.socket_url = ""

    def start(self) -> None:
        self._server = serve(self._serve, "127.0.0.1", 0, close_timeout=1)
        self.socket_url = f"ws://127.0.0.1:{self._server.socket.getsockname()[1]}/"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        if self._server:
            self._server.shutdown()
        self._background.shutdown(cancel_futures=True)

    def send(self, kind: str, payload: Json, retry: int = 0, reason: str = "") -> Delivery:
        """Deliver once and wait, at most three seconds, for the ack."""
        copy = json.loads(json.dumps(payload))
        delivery = Delivery(kind, copy, retry, reason, at=self._state.now())
        (self._sign if self.urls else self._wrap)(delivery)
        with self._state.changed:
            self.deliveries.append(delivery)
        self.carry(delivery)
        return delivery

    def event(self, payload: Json) -> Delivery:
        """Deliver an event; once more, at once, if it was not acked. Returns the last attempt."""
        first = self.send("events_api", payload)
        if first.acked or not first.may_retry:
            return first
        reason = RETRY_REASONS.get(first.failure or "", "http_error")
        return self.send("events_api", payload, 1, reason)

    def later(self, payload: Json) -> None:
        """Deliver an event that nobody waits for."""
        self._background.submit(self.event, payload)

    def carry(self, delivery: Delivery) -> None:
        """Send what is packed, byte for byte."""
        started = time.monotonic()
        # As it was packed: where it is delivered to may have changed meanwhile.
        over = self._over_http if delivery.headers else self._over_socket
        failure = over(delivery)
        with self._state.change():
            delivery.seconds, delivery.failure = time.monotonic() - started, failure
            if failure:
                code = failure.removeprefix("http_status_")
                delivery.error = SHOWN.get(code, f"This app responded with Status Code {code}.")

    # --- Socket Mode

    def _serve(self, connection: ServerConnection) -> None:
        """Greet a new connection and take its acks until it ends."""
        hello = {"type": "hello", "num_connections": len(self.sockets) + 1}
        with suppress(ConnectionClosed):
            connection.send(json.dumps(hello | {"connection_info": {"app_id": APP}}))
            with self._state.change():
                self.sockets.append(connection)
            for text in connection:
                self._acked(json.loads(text))
        with self._state.change():
            self.sockets = [other for other in self.sockets if other is not connection]
            for _, used, done in list(self._waiting.values()):
                if used is connection:
                    done.set()

    def _acked(self, answer: Json) -> None:
        delivery, _, done = self._waiting.get(answer.get("envelope_id", ""), (None, None, None))
        if delivery and done:
            delivery.status, delivery.body = 200, answer.get("payload")
            done.set()

    def _wrap(self, it: Delivery) -> None:
        envelope: Json = {"envelope_id": token_hex(16), "type": it.kind, "payload": it.payload}
        envelope["accepts_response_payload"] = it.kind != "events_api"
        if it.kind == "events_api":
            envelope |= {"retry_attempt": it.retry, "retry_reason": it.retry_reason}
        it.packed = json.dumps(envelope)

    def _over_socket(self, delivery: Delivery) -> str | None:
        key, done = json.loads(delivery.packed)["envelope_id"], threading.Event()
        with self._state.changed:
            if not self.sockets:
                return "dispatch_failed"
            connection = self.sockets[len(self.deliveries) % len(self.sockets)]
            self._waiting[key] = (delivery, connection, done)
        try:
            connection.send(delivery.packed)
            done.wait(ACK_WITHIN)
        except ConnectionClosed:
            return "dispatch_failed"
        finally:
            del self._waiting[key]
        return None if delivery.status else "operation_timeout"

    def warn(self) -> None:
        """Ask every connection to come back; what comes meanwhile may still go to any of them."""
        for connection in list(self.sockets):
            connection.send(json.dumps({"type": "disconnect", "reason": "warning"}))

    def disconnect(self) -> None:
        """Ask every connection to come back, use it no more, and close it."""
        with self._state.change():
            leaving, self.sockets = self.sockets, []
        for connection in leaving:
            connection.send(json.dumps({"type": "disconnect", "reason": "refresh_requested"}))
            self._background.submit(connection.close)

    # --- signed HTTP

    def _sign(self, it: Delivery) -> None:
        kind, it.packed = "application/x-www-form-urlencoded", urlencode(it.payload)
        if it.kind == "events_api":
            kind, it.packed = "application/json", json.dumps(it.payload)
        elif it.kind == "interactive":
            it.packed = urlencode({"payload": json.dumps(it.payload)})
        # Real time, whatever the workspace's clock says: the bot compares it with its own.
        stamp = str(int(time.time()))
        signed = f"v0:{stamp}:{it.packed}".encode()
        digest = hmac.new(self.signing_secret.encode(), signed, hashlib.sha256).hexdigest()
        it.headers = {"Content-Type": kind, "X-Slack-Request-Timestamp": stamp}
        it.headers["X-Slack-Signature"] = f"v0={digest}"
        if it.retry:
            it.headers["X-Slack-Retry-Num"] = str(it.retry)
            it.headers["X-Slack-Retry-Reason"] = it.retry_reason

    def _over_http(self, delivery: Delivery) -> str | None:
        first = next(self._turns)
        for turn in range(len(self.urls)):
            to = urlsplit(self.urls[(first + turn) % len(self.urls)])
            connection = http.client.HTTPConnection(to.hostname or "", to.port, timeout=ACK_WITHIN)
            with suppress(OSError):
                connection.connect()
                break
        try:
            connection.request("POST", to.path, delivery.packed.encode(), delivery.headers)
            response = connection.getresponse()
            text = response.read().decode()
        except TimeoutError:
            return "operation_timeout"
        except (OSError, http.client.HTTPException):
            return "dispatch_failed"
        finally:
            connection.close()
        delivery.status = response.status
        delivery.may_retry = response.headers.get("X-Slack-No-Retry") != "1"
        if text:
            is_json = response.headers.get_content_type() == "application/json"
            delivery.body = json.loads(text) if is_json else {"text": text}
        return None if 200 <= response.status < 300 else f"http_status_{response.status}"
