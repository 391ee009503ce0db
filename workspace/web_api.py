"""The door the bot's calls come through: the record of them, failures on order, response_urls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from workspace.blocks import Json
from workspace.installation import Installation
from workspace.limits import Refused
from workspace.methods import Methods, content, give
from workspace.state import Message


@dataclass(eq=False)
class Call:
    """A call the bot made; method "response_url" is a POST to one of those addresses."""

    method: str
    args: Json
    response: Json
    at: float  # seconds since the epoch, by the workspace's clock


@dataclass
class Failure:
    """What the next `times` calls of a method get instead of their answer."""

    error: str
    times: int
    retry_after: int
    after_applying: bool


class WebApi:
    def __init__(self, ws: Installation) -> None:
        self._ws, self._methods = ws, Methods(ws)
        self.calls: list[Call] = []
        self.failures: dict[str, Failure] = {}
        self.limit: Callable[[str, Json], int] = lambda method, args: 0  # seconds to wait, or none

    def call(self, name: str, token: str, args: Json) -> tuple[int, Json] | None:
        """(HTTP status, answer) of a Web API call; None when the connection is to be dropped."""
        return self._answered(name, args, lambda: (200, self._methods.call(name, token, args)))

    def response_url(self, key: str, body: Json) -> tuple[int, Json] | None:
        """The same of a POST to a response_url."""
        return self._answered("response_url", body, lambda: self._respond(key, body))

    def _answered(
        self, name: str, args: Json, run: Callable[[], tuple[int, Json]]
    ) -> tuple[int, Json] | None:
        with self._ws.change():
            call = Call(name, args, {}, self._ws.now())
            self.calls.append(call)
            if seconds := self.limit(name, args):
                call.response = {"ok": False, "error": "ratelimited", "retry_after": seconds}
                return 429, call.response
            failure = self.failures.get(name)
            if not failure or failure.after_applying:
                status, call.response = run()
            if not failure:
                return status, call.response
            failure.times -= 1
            if not failure.times:
                del self.failures[name]
            call.response = {"ok": False, "error": failure.error}
            if failure.error in ("timeout", "lost"):
                return None
            if failure.error == "ratelimited":
                call.response["retry_after"] = failure.retry_after
            return {"ratelimited": 429, "http_500": 500}.get(failure.error, 200), call.response

    def _respond(self, key: str, body: Json) -> tuple[int, Json]:
        url = self._ws.tickets.get(key)
        if url is None or url.where is None or self._ws.now() > url.expires:
            return 404, {"ok": False, "error": "expired_url"}
        if not url.uses:
            return 404, {"ok": False, "error": "used_url"}
        url.uses -= 1
        stands = isinstance(url.source, Message) and not url.source.deleted
        original = url.source if stands and isinstance(url.source, Message) else None
        try:
            if body.get("delete_original"):
                if original is None:
                    raise Refused("message_not_found")
                self._ws.delete(original)
            elif body.get("replace_original") and original:
                self._ws.edit(original, **content(body))
            else:
                give(self._ws, body, url.user, url.where)
        except Refused as refused:
            return 400, refused.answer
        return 200, {"ok": True}
