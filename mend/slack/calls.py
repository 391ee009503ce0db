"""How a call to Slack is made and what its answer means. It never raises for what Slack or the

network does, nor waits, nor repeats (`retry_handlers=[]`): Slack's own handlers would post twice
when an answer is lost. Whoever needs a second try is a job, and jobs look before they repeat.
"""

from __future__ import annotations

import http.client
import re
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import urlsplit

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web import SlackResponse
from slack_sdk.webhook import WebhookClient

from mend.slack.lost import lost, unreadable
from mend.slack.model import Failure, NotSent, Sent

TIMEOUT_SECONDS = 8

_FAILURES = {
    "ratelimited": Failure.RATE_LIMITED,
    "rate_limited": Failure.RATE_LIMITED,
    "channel_not_found": Failure.CHANNEL_NOT_FOUND,
    "user_not_found": Failure.CHANNEL_NOT_FOUND,
    "not_in_channel": Failure.NOT_IN_CHANNEL,
    "is_archived": Failure.ARCHIVED,
    "restricted_action": Failure.RESTRICTED,
    "restricted_action_read_only_channel": Failure.RESTRICTED,
    "restricted_action_thread_only_channel": Failure.RESTRICTED,
    "restricted_action_non_threadable_channel": Failure.RESTRICTED,
    "posting_to_general_channel_denied": Failure.RESTRICTED,
    "token_revoked": Failure.TOKEN_REVOKED,
    "token_expired": Failure.TOKEN_REVOKED,
    "invalid_auth": Failure.TOKEN_REVOKED,
    "not_authed": Failure.TOKEN_REVOKED,
    "account_inactive": Failure.TOKEN_REVOKED,
    "missing_scope": Failure.MISSING_SCOPE,
    "invalid_blocks": Failure.INVALID_CONTENT,
    "invalid_blocks_format": Failure.INVALID_CONTENT,
    "msg_too_long": Failure.INVALID_CONTENT,
    "no_text": Failure.INVALID_CONTENT,
    "view_too_large": Failure.INVALID_CONTENT,
    "message_not_found": Failure.GONE,
    "thread_not_found": Failure.GONE,
    "not_found": Failure.GONE,
    "expired_trigger_id": Failure.EXPIRED,
    "exchanged_trigger_id": Failure.EXPIRED,
    "internal_error": Failure.UNKNOWN,
    "fatal_error": Failure.UNKNOWN,
    "service_unavailable": Failure.UNAVAILABLE,
    "request_timeout": Failure.UNKNOWN,
}

T = TypeVar("T")


def web_client(token: str, api_url: str) -> WebClient:
    """A Web API client that repeats nothing by itself."""
    return WebClient(token, base_url=api_url, timeout=TIMEOUT_SECONDS, retry_handlers=[])


@dataclass(frozen=True)
class Calls:
    """Each of `listeners` hears of a call that Slack did, and for which channel, "" for none.

    `counters` hear of every call: its method, and why it was not done.
    """

    client: WebClient
    listeners: list[Callable[[str], None]] = field(default_factory=list)
    counters: list[Callable[[str, Failure | None], None]] = field(default_factory=list)

    def make(
        self,
        method: str,
        call: Callable[[], SlackResponse],
        read: Callable[[SlackResponse], T],
        channel: str = "",
    ) -> T | NotSent:
        answer = self._counted(method, self._made(call, read))
        if not isinstance(answer, NotSent):
            for accepted in self.listeners:
                accepted(channel)
        return answer

    def _counted(self, method: str, answer: T | NotSent) -> T | NotSent:
        for count in self.counters:
            count(method, answer.reason if isinstance(answer, NotSent) else None)
        return answer

    def _made(
        self, call: Callable[[], SlackResponse], read: Callable[[SlackResponse], T]
    ) -> T | NotSent:
        try:
            return read(call())
        except SlackApiError as refused:
            return _refusal(refused, self._proxy)
        except (OSError, http.client.HTTPException, SlackClientError) as wrong:
            return lost(wrong, self._proxy)
        except (KeyError, TypeError, ValueError):  # an answer, but not one of Slack's
            return unreadable(200, self._proxy)

    def answer(self, response_url: str, body: Mapping[str, Any]) -> Sent | NotSent:
        """Send to the address that came with what a person pressed or typed."""
        return self._counted("response_url", self._answered(response_url, body))

    def _answered(self, response_url: str, body: Mapping[str, Any]) -> Sent | NotSent:
        webhook = WebhookClient(response_url, timeout=TIMEOUT_SECONDS, retry_handlers=[])
        try:
            answer = webhook.send_dict(dict(body))
        except (OSError, http.client.HTTPException, SlackClientError) as wrong:
            return lost(wrong, self._proxy)
        if answer.status_code == 200:
            return Sent()
        if answer.status_code == 429:
            headers = {name.lower(): value for name, value in answer.headers.items()}
            retry_after = _seconds(headers.get("retry-after"))
            return NotSent(Failure.RATE_LIMITED, answer.body, retry_after)
        if answer.status_code >= 500:
            return NotSent(Failure.UNKNOWN, f"HTTP {answer.status_code}")
        return NotSent(Failure.GONE if answer.status_code == 404 else Failure.REFUSED, answer.body)

    @property
    def _proxy(self) -> str | None:
        """The proxy that calls go through, if they do."""
        host = urlsplit(self.client.base_url).hostname or ""
        is_passed_by = urllib.request.proxy_bypass(host)
        return None if is_passed_by else self.client.proxy


def _refusal(refused: SlackApiError, proxy: str | None) -> NotSent:
    answer = refused.response
    if not isinstance(answer, SlackResponse):  # a status or a body that is not Slack's JSON
        return unreadable(int(answer.get("status") or 0), proxy)
    headers = {name.lower(): value for name, value in answer.headers.items()}
    data = answer.data if isinstance(answer.data, dict) else {}
    error = str(data.get("error", ""))
    if answer.status_code == 429:
        return NotSent(Failure.RATE_LIMITED, error, _seconds(headers.get("retry-after")))
    if answer.status_code >= 500:
        return NotSent(Failure.UNKNOWN, error)
    if not re.fullmatch(r"[a-z0-9_]+", error):  # a proxy's page, a portal's sign-in
        return unreadable(answer.status_code, proxy)
    reason = _FAILURES.get(error, Failure.REFUSED)
    if reason is Failure.MISSING_SCOPE:
        error = f"needs the scope {data.get('needed', '?')}"
    return NotSent(reason, error, _seconds(headers.get("retry-after")))


def _seconds(header: object) -> float:
    text = str(header or "")
    return float(text) if text.replace(".", "", 1).isdigit() else 0.0
