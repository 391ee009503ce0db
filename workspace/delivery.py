"""Carries commands, interactions and events to the bot, by Socket Mode or signed HTTP."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from secrets import token_hex
from typing import Any
from urllib.parse import urlencode, urlsplit

from workspace.frames import Socket
from workspace.state import APP, State

Json = dict[str, Any]
ACK_WITHIN = 3.0  # seconds


@dataclass(eq=False)
class Delivery:
    """One thing sent to the bot, and what came back.

    `kind` is Slack's envelope type: slash_commands, interactive or events_api. `error` is None
    when it was acked, else operation_timeout, dispatch_failed or http_status_NNN.
    """

    kind: str
    payload: Json
    retry: int = 0
    retry_reason: str = ""
    at: float = 0.0
    status: int | None = None
    ack_body: Any = None
    seconds: float = 0.0
    error: str | None = "operation_timeout"
    may_retry: bool = True
    envelope: str = ""  # Socket Mode: the frame
    request: tuple[bytes, dict[str, str]] | None = None  # HTTP: body and headers

    @property
    def acked(self) -> bool:
        return self.error is None


class Line:
    """The line to the bot. Without a `url` it is Socket Mode."""

    def __init__(self, state: State, signing_secret: str) -> None:
        self.state, self.signing_secret = state, signing_secret
        self.url: str | None = None
        self.sockets: list[Socket] = []
        self.deliveries: list[Delivery] = []
        self._turn = 0
        self._waiting: dict[str, tuple[Delivery, Socket, threading.Event]] = {}
        self._background = ThreadPoolExecutor(16, thread_name_prefix="events")

    def send(self, kind: str, payload: Json, retry: int = 0, reason: str = "") -> Delivery:
        """Deliver once and wait, at most three seconds, for the ack."""
        copy = json.loads(json.dumps(payload))
        delivery = Delivery(kind, copy, retry, reason, at=self.state.now())
        if self.url:
            self._make_request(delivery)
        else:
            self._make_envelope(delivery)
        with self.state.changed:
            self.deliveries.append(delivery)
        self.carry(delivery)
        return delivery

    def event(self, payload: Json) -> Delivery:
        """Deliver an event; once more, at once, if it was not acked. Returns the last attempt."""
        first = self.send("events_api", payload)
        if first.acked or not first.may_retry:
            return first
        return self.send("events_api", payload, 1, reason_of(first))

    def later(self, payload: Json) -> None:
        """Deliver an event that nobody waits for."""
        self._background.submit(self.event, payload)

    def carry(self, delivery: Delivery) -> None:
        """Send the request or envelope that `delivery` holds, byte for byte."""
        started = time.monotonic()
        if delivery.request:
            self._carry_http(delivery, *delivery.request)
        else:
            self._carry_socket(delivery)
        delivery.seconds = time.monotonic() - started
        self.state.touch()

    def stop(self) -> None:
        for connection in list(self.sockets):
            connection.close()
        self._background.shutdown(cancel_futures=True)

    # --- Socket Mode

    def serve(self, connection: Socket) -> None:
        """Greet a new connection and take its acks until it ends."""
        with self.state.changed:
            self.sockets.append(connection)
            count = len(self.sockets)
        try:
            hello = {"type": "hello", "num_connections": count}
            hello |= {"connection_info": {"app_id": APP}, "debug_info": {"host": "workspace"}}
            connection.send(json.dumps(hello))
            self.state.touch()
            while (text := connection.read()) is not None:
                self._acked(json.loads(text))
        except OSError:
            pass  # it went away before the greeting
        finally:
            with self.state.changed:
                self.sockets.remove(connection)
                for _, used, done in self._waiting.values():
                    if used is connection:
                        done.set()
            self.state.touch()

    def _acked(self, answer: Json) -> None:
        waiting = self._waiting.pop(answer.get("envelope_id", ""), None)
        if waiting:
            delivery, _, done = waiting
            delivery.status, delivery.error = 200, None
            delivery.ack_body = answer.get("payload")
            done.set()

    def _make_envelope(self, delivery: Delivery) -> None:
        envelope: Json = {"envelope_id": token_hex(16), "type": delivery.kind}
        envelope["payload"] = delivery.payload
        envelope["accepts_response_payload"] = delivery.kind != "events_api"
        if delivery.kind == "events_api":
            envelope["retry_attempt"] = delivery.retry
            envelope["retry_reason"] = delivery.retry_reason
        delivery.envelope = json.dumps(envelope)

    def _carry_socket(self, delivery: Delivery) -> None:
        done = threading.Event()
        key = json.loads(delivery.envelope)["envelope_id"]
        with self.state.changed:
            if not self.sockets:
                delivery.error = "dispatch_failed"
                return
            self._turn += 1
            connection = self.sockets[self._turn % len(self.sockets)]
            self._waiting[key] = (delivery, connection, done)
        try:
            connection.send(delivery.envelope)
        except OSError:
            delivery.error = "dispatch_failed"
        else:
            done.wait(ACK_WITHIN)
        self._waiting.pop(key, None)

    # --- signed HTTP

    def _make_request(self, delivery: Delivery) -> None:
        kind = "application/x-www-form-urlencoded"
        if delivery.kind == "events_api":
            kind, body = "application/json", json.dumps(delivery.payload)
        elif delivery.kind == "interactive":
            body = urlencode({"payload": json.dumps(delivery.payload)})
        else:
            body = urlencode(delivery.payload)
        # Real time, whatever the workspace's clock says: the bot compares it with its own.
        stamp = str(int(time.time()))
        signed = hmac.new(
            self.signing_secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256
        )
        headers = {"Content-Type": kind, "X-Slack-Request-Timestamp": stamp}
        headers["X-Slack-Signature"] = f"v0={signed.hexdigest()}"
        if delivery.retry:
            headers["X-Slack-Retry-Num"] = str(delivery.retry)
            headers["X-Slack-Retry-Reason"] = delivery.retry_reason
        delivery.request = (body.encode(), headers)

    def _carry_http(self, delivery: Delivery, body: bytes, headers: dict[str, str]) -> None:
        to = urlsplit(self.url or "")
        connection = http.client.HTTPConnection(to.hostname or "", to.port, timeout=ACK_WITHIN)
        try:
            connection.request("POST", to.path or "/", body, headers)
            response = connection.getresponse()
            text = response.read().decode()
        except TimeoutError:
            return
        except (OSError, http.client.HTTPException):
            delivery.error = "dispatch_failed"
            return
        finally:
            connection.close()
        delivery.status = response.status
        delivery.may_retry = response.headers.get("X-Slack-No-Retry") != "1"
        is_json = (response.headers.get("Content-Type") or "").startswith("application/json")
        delivery.ack_body = (
            json.loads(text) if text and is_json else {"text": text} if text else None
        )
        delivery.error = None if 200 <= response.status < 300 else f"http_status_{response.status}"


def reason_of(failed: Delivery) -> str:
    """Slack's word for why an event is sent again."""
    names = {"operation_timeout": "http_timeout", "dispatch_failed": "connection_failed"}
    return names.get(failed.error or "", "http_error")
