"""Answers what the bot asks: tokens, scopes, failures on order, and the record of calls."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from workspace import lookups as _lookups  # noqa: F401  (adds its methods to the table)
from workspace import payloads, responses
from workspace import views as _views  # noqa: F401  (the same)
from workspace.methods import METHODS, need_scope
from workspace.state import Call

if TYPE_CHECKING:
    from workspace.workspace import Workspace

Json = dict[str, Any]


@dataclass
class Failure:
    error: str
    times: int
    retry_after: int
    after_applying: bool


class WebApi:
    def __init__(self, ws: Workspace) -> None:
        self._ws = ws
        self.failures: dict[str, Failure] = {}
        self._tickets: set[str] = set()

    def call(self, name: str, token: str, args: Json) -> Json | None:
        """One Web API call: the answer, or None when the connection is to be dropped."""
        return self._answered(name, args, lambda: self._run(name, token, args))

    def response_url(self, key: str, body: Json) -> tuple[int, Json]:
        status = 200

        def run() -> Json:
            nonlocal status
            with self._ws.state.changed:
                status, answer, message, became = responses.respond(self._ws.state, key, body)
            if message and not message.ephemeral_for and became == "posted":
                self._ws.announce(message.channel, payloads.posted(message))
            return answer

        answer = self._answered("response_url", body, run)
        return (status, answer) if answer is not None else (500, {})

    def _answered(self, name: str, args: Json, run: Callable[[], Json]) -> Json | None:
        call = Call(name, args, {}, self._ws.state.now())
        with self._ws.state.changed:
            self._ws.state.calls.append(call)
            failure = self.failures.get(name)
            if failure:
                failure.times -= 1
                if not failure.times:
                    del self.failures[name]
        if failure is None:
            call.response = run()
        else:
            if failure.after_applying:
                run()
            call.response = {"ok": False, "error": failure.error}
            if failure.error == "ratelimited":
                call.response["retry_after"] = failure.retry_after
        self._ws.state.touch()
        dropped = failure and failure.error in ("timeout", "lost")
        return None if dropped else dict(call.response)

    def _run(self, name: str, token: str, args: Json) -> Json:
        if name not in METHODS:
            return {"ok": False, "error": "unknown_method"}
        scope, function = METHODS[name]
        wanted = self._ws.app_token if name == "apps.connections.open" else self._ws.bot_token
        if not token:
            return {"ok": False, "error": "not_authed"}
        if token != wanted:
            other = token in (self._ws.app_token, self._ws.bot_token)
            return {"ok": False, "error": "not_allowed_token_type" if other else "invalid_auth"}
        try:
            if scope:
                need_scope(self._ws.state, scope)
            return {"ok": True, **function(self._ws, args)}
        except responses.Refused as refused:
            return refused.answer

    def socket_url(self) -> str:
        """An address for one Socket Mode connection."""
        ticket = f"{len(self._tickets)}-{time.monotonic_ns()}"
        self._tickets.add(ticket)
        return f"ws://{urlsplit(self._ws.url).netloc}/link/?ticket={ticket}"

    def admit(self, ticket: str) -> bool:
        """Whether a connection may be made with this ticket, which is good once."""
        with self._ws.state.changed:
            known = ticket in self._tickets
            self._tickets.discard(ticket)
        return known
