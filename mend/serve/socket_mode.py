"""Slack's Socket Mode: requests come down a connection that the bot opens, answers go up it.

Every few hours Slack asks for another connection, and lines break. slack_sdk's own clients are
deaf meanwhile, for half a second or ten (docs/decisions.md), and whoever presses a button then is
shown an error. Here the next connection is open before the last is left, and each is read and
closed by one thread: closed by another, it would leave its reader asleep.
"""

from __future__ import annotations

import contextlib
import json
import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import Any

import websocket
from slack_bolt import App
from slack_bolt.request import BoltRequest
from slack_bolt.response import BoltResponse
from websocket import ABNF, WebSocket, WebSocketException, WebSocketTimeoutException

from mend.doctor.remedies import said
from mend.serve.process import background, finish
from mend.slack.lost import lost
from mend.slack.model import Failure, NotSent

QUIET = 10.0  # seconds without a word before a connection is asked for one
FIRST_WAIT, LONGEST_WAIT = 0.5, 60.0  # seconds, while there is no connection to be had
ACK_SECONDS = 3.0  # Slack waits no longer for an answer

SHUT_OUT = (
    "Slack opens no line to Mend any more, so nobody is answered. Switch Socket Mode on in the"
    " app's settings, or put a new app-level token (connections:write) into SLACK_APP_TOKEN and"
    " restart. Until then Mend tries once a minute."
)

log = logging.getLogger(__name__)


class Line:
    """The connection there is now. `workers` answer what comes down it.

    `ask` gives an address that is good for one connection, `quiet` is QUIET. `shut_out` is called
    once when Slack refuses the next connection for good, until it grants one again.
    """

    def __init__(
        self,
        app: App,
        ask: Callable[[], str | NotSent],
        threads: int,
        *,
        quiet: float = QUIET,
        shut_out: Callable[[NotSent], None] = lambda refusal: None,
    ) -> None:
        self._app, self._ask, self._quiet, self._shut_out = app, ask, quiet, shut_out
        self.workers = ThreadPoolExecutor(threads, "request")
        self._lock = threading.Lock()
        self._current: WebSocket | None = None
        self._replaced: WebSocket | None = None  # the last in whose place another is opened
        self._reader: threading.Thread | None = None
        self._wait = 0.0  # before the next connection
        self._is_shut_out = False
        self._is_open, self._is_due, self._stopped = (threading.Event() for _ in range(3))

    def open(self) -> NotSent | None:
        """Open a connection and use it from now on; why not, where there is none to be had."""
        url = self._ask()
        if isinstance(url, NotSent):
            return url
        try:
            opened = websocket.create_connection(url, timeout=self._quiet)
        except (OSError, ValueError, WebSocketException) as wrong:
            return replace(lost(wrong), reason=Failure.UNAVAILABLE)
        reader = threading.Thread(target=self._read, args=(opened,), name="socket", daemon=True)
        with self._lock:
            if self._stopped.is_set():
                opened.shutdown()  # type: ignore[no-untyped-call]
                return None
            self._current, self._reader = opened, reader
            self._is_open.set()
            reader.start()
        return None

    def keep(self) -> None:
        """Open another connection whenever one is due, until told to take no more."""
        while self._is_due.wait() and not self._stopped.wait(self._wait):
            self._is_due.clear()
            self._wait = min(max(FIRST_WAIT, 2 * self._wait), LONGEST_WAIT)
            refused = self.open()
            if refused:
                self._wait = max(self._wait, refused.retry_after)
                self._is_due.set()
            self._say(refused)

    def _say(self, refused: NotSent | None) -> None:
        """One line each time the network is to blame, one for as long as Slack does not want us."""
        if refused and refused.reason.is_passing:
            log.warning("%s. Connecting again in %.1f s.", said(refused), self._wait)
        elif refused and not self._is_shut_out:
            self._is_shut_out = True
            log.error("%s %s", said(refused), SHUT_OUT)
            background(partial(self._shut_out, refused), "shut out")
        elif self._is_shut_out and not refused:
            self._is_shut_out = False
            log.warning("Slack lets Mend in again.")

    def is_open(self) -> bool:
        return self._is_open.is_set()

    def stop(self, until: float) -> None:
        """See Stop."""
        self.take_no_more()
        finish(self.workers, until)
        self.hang_up()

    def take_no_more(self) -> None:
        self._stopped.set()
        self._is_due.set()
        self.workers.shutdown(wait=False)

    def hang_up(self) -> None:
        with self._lock:
            leaving, reader = self._current, self._reader
        if leaving and reader:
            with contextlib.suppress(OSError, WebSocketException):  # it is gone already
                leaving.send_close()
            reader.join(1.0)

    def _read(self, connection: WebSocket) -> None:
        """Take what comes until it ends; Slack ends those it asked to replace itself."""
        try:
            was_asked = False
            while True:
                try:
                    kind, frame = connection.recv_data_frame(control_frame=True)
                except WebSocketTimeoutException:
                    if was_asked:
                        break
                    connection.ping()
                    was_asked = True
                    continue
                was_asked = False
                if kind == ABNF.OPCODE_CLOSE:
                    break
                if kind == ABNF.OPCODE_TEXT:
                    self._take(json.loads(frame.data), connection)
        except (OSError, WebSocketException):
            pass  # cut: the next connection is due, as after every other end
        finally:
            connection.shutdown()  # type: ignore[no-untyped-call]
            with self._lock:
                if connection is self._current:
                    self._is_open.clear()
            self._replace(connection)

    def _replace(self, connection: WebSocket) -> None:
        """Have another opened: once, though Slack first asks for it and then ends this one."""
        with self._lock:
            if connection is self._current and connection is not self._replaced:
                self._replaced = connection
                self._is_due.set()

    def _take(self, message: dict[str, Any], connection: WebSocket) -> None:
        if message.get("type") == "hello":
            self._wait = 0.0
        elif message.get("type") == "disconnect":
            self._replace(connection)
        elif "envelope_id" in message:
            with contextlib.suppress(RuntimeError):  # told to take no more
                self.workers.submit(self._answer, message).add_done_callback(_say_what_failed)

    def _answer(self, envelope: dict[str, Any]) -> None:
        request = BoltRequest(mode="socket_mode", body=envelope["payload"])
        response = self._app.dispatch(request)
        if response.status != 200:
            return  # no answer is Slack's sign to send an event once more
        answer = json.dumps({"envelope_id": envelope["envelope_id"], **_payload(response)})
        current = self._current if self._is_open.wait(ACK_SECONDS) else None
        if current:
            current.send(answer)


def _payload(response: BoltResponse) -> dict[str, Any]:
    if not response.body:
        return {}
    is_json = response.first_headers().get("content-type", "").startswith("application/json")
    return {"payload": json.loads(response.body) if is_json else {"text": response.body}}


def _say_what_failed(answering: Future[None]) -> None:
    if wrong := answering.exception():
        log.error("a request was not answered", exc_info=wrong)


def over_socket(
    app: App,
    ask: Callable[[], str | NotSent],
    threads: int,
    shut_out: Callable[[NotSent], None] = lambda refusal: None,
) -> Line | NotSent:
    """Listen over Socket Mode; see Line."""
    line = Line(app, ask, threads, shut_out=shut_out)
    refused = line.open()
    if refused:
        return refused
    background(line.keep, "line")
    return line
