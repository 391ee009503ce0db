"""The only code that calls Slack. It never raises for what Slack or the network does, nor waits.

It does not repeat a call by itself either (`retry_handlers=[]`): Slack's own handlers would post
twice when an answer is lost. Whoever needs a second try is a job, and jobs look before they repeat.
"""

from __future__ import annotations

import http.client
import re
import threading
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, TypeVar
from urllib.parse import urlsplit

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web import SlackResponse
from slack_sdk.webhook import WebhookClient

from mend.people.model import Profile
from mend.slack.lost import lost, unreadable
from mend.slack.model import (
    Channel,
    Content,
    DirectoryPage,
    Failure,
    Identity,
    Json,
    NotSent,
    Sent,
)
from mend.slack.sharing import Sharing, is_shared

TIMEOUT_SECONDS = 8
DIRECTORY_PAGE = 1000
PAGES_LOOKED_AT = 2  # of 200 messages each: with the timeout, within the budget of 20 s a job has
PAGES_OF_MEMBERS = 10
CLOCKS_MAY_DIFFER = timedelta(minutes=5)  # beyond what Slack's answer says of it
CLOCKS_MAY_BE_WRONG = timedelta(hours=2)  # where it was put right since
METADATA_EVENT = "mend_post"

CHART = "data_visualization"
MESSAGE_BLOCKS = 50  # docs.slack.dev, chat.postMessage
VIEW_BLOCKS = 100
TEXT_LENGTH = 4000  # advised; longer texts were seen to be split into several messages

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
class SlackGateway:
    """`now` gives the moment that Slack's own clock is compared with."""

    client: WebClient
    now: Callable[[], datetime]
    _listeners: list[Callable[[str], None]] = field(default_factory=list)
    _no_charts: threading.Event = field(default_factory=threading.Event)  # once it refused one
    _sharing: Sharing = field(default_factory=Sharing)

    def listen(self, accepted: Callable[[str], None]) -> None:
        """`accepted` hears of each call that Slack did, and of the channel, where it was for one.

        "" stands for none.
        """
        self._listeners.append(accepted)

    def identity(self) -> Identity | NotSent:
        def read(answer: SlackResponse) -> Identity:
            headers = {name.lower(): value for name, value in answer.headers.items()}
            scopes = headers.get("x-oauth-scopes")
            is_org_wide = answer.get("is_enterprise_install") is True
            workspace, bot_user = answer.get("team_id"), answer.get("user_id")
            if not (workspace and bot_user) and not is_org_wide:
                raise ValueError("an identity without a workspace")
            return Identity(
                workspace=str(workspace),
                workspace_name=str(answer.get("team", "")),
                bot_user=str(bot_user),
                scopes=None if scopes is None else frozenset(re.findall(r"[^\s,]+", str(scopes))),
                is_org_wide=is_org_wide,
                clock_ahead_seconds=self._clock_ahead(headers.get("date")),
                url=str(answer.get("url", "")),
            )

        return self._call(lambda: self.client.auth_test(), read)

    def _clock_ahead(self, date_header: object) -> float:
        try:
            theirs = parsedate_to_datetime(str(date_header)).astimezone(UTC)
        except ValueError:
            return 0.0
        return (self.now() - theirs).total_seconds()

    def socket_url(self, app_token: str) -> str | NotSent:
        return self._call(
            lambda: self.client.apps_connections_open(app_token=app_token),
            lambda answer: str(answer["url"]),
        )

    def channel(self, channel: str) -> Channel | NotSent:
        def read(answer: SlackResponse) -> Channel:
            found: dict[str, Any] = answer["channel"]
            return Channel(
                id=str(found["id"]),
                name=str(found.get("name", "")),
                is_archived=bool(found.get("is_archived")),
                is_member=bool(found.get("is_member")),
                is_shared=is_shared(found),
            )

        return self._call(lambda: self.client.conversations_info(channel=channel), read)

    def members(self, channel: str) -> list[str] | NotSent:
        """Whoever is in the channel; of a huge one the first ten thousand."""
        found: list[str] = []
        cursor = ""
        for _ in range(PAGES_OF_MEMBERS):
            page = self._members(channel, cursor)
            if isinstance(page, NotSent):
                return page
            members, cursor = page
            found += members
            if not cursor:
                break
        return found

    def _members(self, channel: str, cursor: str) -> tuple[list[str], str] | NotSent:
        def read(page: SlackResponse) -> tuple[list[str], str]:
            following = (page.get("response_metadata") or {}).get("next_cursor") or ""
            return [str(member) for member in page["members"]], str(following)

        return self._call(
            lambda: self.client.conversations_members(
                channel=channel, limit=1000, cursor=cursor or None
            ),
            read,
        )

    def profile(self, person: str) -> Profile | NotSent:
        return self._call(
            lambda: self.client.users_info(user=person), lambda answer: profile_of(answer["user"])
        )

    def directory(self, cursor: str) -> DirectoryPage | NotSent:
        def read(answer: SlackResponse) -> DirectoryPage:
            people = [profile_of(member) for member in answer["members"]]
            following = (answer.get("response_metadata") or {}).get("next_cursor") or ""
            return DirectoryPage(people, str(following))

        return self._call(
            lambda: self.client.users_list(limit=DIRECTORY_PAGE, cursor=cursor or None), read
        )

    def group(self, group: str) -> list[str] | NotSent:
        return self._call(
            lambda: self.client.usergroups_users_list(usergroup=group),
            lambda answer: [str(member) for member in answer["users"]],
        )

    def direct_channel(self, person: str) -> str | NotSent:
        return self._call(
            lambda: self.client.conversations_open(users=person),
            lambda answer: str(answer["channel"]["id"]),
        )

    def post(
        self, channel: str, content: Content, *, key: str, thread: str | None = None
    ) -> Sent | NotSent:
        fault = message_fault(content)
        if fault:
            return NotSent(Failure.INVALID_CONTENT, fault)
        if outside := self.leaves_company(channel):
            return outside
        blocks = [block for block in _plain(content.blocks) if not self._is_refused(block)]
        sent = self._call(
            lambda: self.client.chat_postMessage(
                channel=channel,
                text=content.text,
                blocks=blocks,
                thread_ts=thread,
                metadata={"event_type": METADATA_EVENT, "event_payload": {"key": key}},
                unfurl_links=False,
                unfurl_media=False,
            ),
            _where,
            channel,
        )
        has_chart = any(block["type"] == CHART for block in blocks)
        if has_chart and isinstance(sent, NotSent) and sent.reason is Failure.INVALID_CONTENT:
            self._no_charts.set()  # Slack rolls charts out in phases; their figures are in the text
            return self.post(channel, content, key=key, thread=thread)
        return sent

    def whisper(self, channel: str, thread: str, person: str, content: Content) -> Sent | NotSent:
        """Say it in a thread, for this person alone."""
        fault = message_fault(content)
        if fault:
            return NotSent(Failure.INVALID_CONTENT, fault)
        return self._call(
            lambda: self.client.chat_postEphemeral(
                channel=channel,
                user=person,
                text=content.text,
                blocks=_plain(content.blocks),
                thread_ts=thread,
            ),
            _nothing,
            channel,
        )

    def leaves_company(self, channel: str) -> NotSent | None:
        """Why nothing more may be said there, as far as Slack said within the last minutes."""
        return self._sharing.refusal(channel, self.channel, self.now())

    def _is_refused(self, block: Json) -> bool:
        return block["type"] == CHART and self._no_charts.is_set()

    def find(
        self, channel: str, key: str, since: datetime, thread: str | None = None
    ) -> Sent | NotSent | None:
        """Where the message with this key stands, that was posted at `since` or later; None where

        it does not. By whose clock that was is not known: it is looked for far before, and it is
        sure not to be there only where all was seen since then, by Slack's clock.
        """
        oldest = f"{(since - CLOCKS_MAY_BE_WRONG).timestamp():.6f}"
        cursor = ""
        for _ in range(PAGES_LOOKED_AT):
            page = self._page(channel, oldest, cursor, thread)
            if isinstance(page, NotSent):
                return page
            messages: list[dict[str, Any]] = page.get("messages", [])
            for message in messages:
                mark = message.get("metadata") or {}
                is_ours = mark.get("event_type") == METADATA_EVENT
                if is_ours and mark.get("event_payload", {}).get("key") == key:
                    return Sent(channel, str(message["ts"]))
            cursor = (page.get("response_metadata") or {}).get("next_cursor", "")
            ahead = timedelta(seconds=max(0.0, self._clock_ahead(_date(page))))
            begins = (since - ahead - CLOCKS_MAY_DIFFER).timestamp()
            saw_all = not thread and messages and float(messages[-1]["ts"]) < begins
            if not cursor or saw_all:
                return None
        return NotSent(Failure.REFUSED, "too many messages since to be sure that it is not there")

    def _page(
        self, channel: str, oldest: str, cursor: str, thread: str | None
    ) -> SlackResponse | NotSent:
        bounds: dict[str, Any] = {
            "channel": channel,
            "oldest": oldest,
            "limit": 200,
            "include_all_metadata": True,
            **({"cursor": cursor} if cursor else {}),
        }
        if thread:
            return self._call(
                lambda: self.client.conversations_replies(ts=thread, **bounds), lambda page: page
            )
        return self._call(lambda: self.client.conversations_history(**bounds), lambda page: page)

    def said_at(self, channel: str, ts: str, person: str) -> str | NotSent:
        """What this person wrote there, as it reads now; empty where it is gone."""

        def read(page: SlackResponse) -> str:
            found = (message for message in page["messages"] if message.get("user") == person)
            return next((str(message["text"]) for message in found), "")

        bounds: dict[str, Any] = {"oldest": ts, "latest": ts, "inclusive": True, "limit": 1}
        return self._call(
            lambda: self.client.conversations_history(channel=channel, **bounds), read
        )

    def permalink(self, channel: str, ts: str) -> str | NotSent:
        return self._call(
            lambda: self.client.chat_getPermalink(channel=channel, message_ts=ts),
            lambda answer: str(answer["permalink"]),
        )

    def update(self, channel: str, ts: str, content: Content) -> Sent | NotSent:
        fault = message_fault(content)
        if fault:
            return NotSent(Failure.INVALID_CONTENT, fault)
        return self._call(
            lambda: self.client.chat_update(
                channel=channel, ts=ts, text=content.text, blocks=_plain(content.blocks)
            ),
            _where,
            channel,
        )

    def delete(self, channel: str, ts: str) -> Sent | NotSent:
        return self._call(lambda: self.client.chat_delete(channel=channel, ts=ts), _where, channel)

    def respond(
        self, response_url: str, content: Content | None, *, replace: bool
    ) -> Sent | NotSent:
        body: dict[str, Any] = {"response_type": "ephemeral", "replace_original": replace}
        if content and (fault := message_fault(content)):
            return NotSent(Failure.INVALID_CONTENT, fault)
        if content is None:
            body = {"delete_original": True}
        else:
            body |= {"text": content.text, "blocks": _plain(content.blocks)}
        webhook = WebhookClient(response_url, timeout=TIMEOUT_SECONDS, retry_handlers=[])
        try:
            answer = webhook.send_dict(body)
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

    def open_form(self, trigger: str, form: Json) -> Sent | NotSent:
        return self._call(
            lambda: self.client.views_open(trigger_id=trigger, view=dict(form)), _nothing
        )

    def update_form(self, form_id: str, form: Json) -> Sent | NotSent:
        return self._call(
            lambda: self.client.views_update(view_id=form_id, view=dict(form)), _nothing
        )

    def publish_home(self, person: str, home: Json) -> Sent | NotSent:
        blocks = home.get("blocks")
        if isinstance(blocks, Sequence) and len(blocks) > VIEW_BLOCKS:
            return NotSent(Failure.INVALID_CONTENT, f"{len(blocks)} blocks")
        return self._call(
            lambda: self.client.views_publish(user_id=person, view=dict(home)), _nothing
        )

    def _call(
        self,
        call: Callable[[], SlackResponse],
        read: Callable[[SlackResponse], T],
        channel: str = "",
    ) -> T | NotSent:
        try:
            answer = read(call())
        except SlackApiError as refused:
            return _refusal(refused, self._proxy)
        except (OSError, http.client.HTTPException, SlackClientError) as wrong:
            return lost(wrong, self._proxy)
        except (KeyError, TypeError, ValueError):  # an answer, but not one of Slack's
            return unreadable(200, self._proxy)
        for accepted in self._listeners:
            accepted(channel)
        return answer

    @property
    def _proxy(self) -> str | None:
        """The proxy that calls go through, if they do."""
        host = urlsplit(self.client.base_url).hostname or ""
        is_passed_by = urllib.request.proxy_bypass(host)
        return None if is_passed_by else self.client.proxy


def message_fault(content: Content) -> str:
    """What Slack would refuse and slack_sdk's models let pass; empty where nothing is wrong."""
    if not content.text:
        return "no text for notifications and screen readers"
    if len(content.text) > TEXT_LENGTH:
        return f"text of {len(content.text)} characters"
    if len(content.blocks) > MESSAGE_BLOCKS:
        return f"{len(content.blocks)} blocks"
    for block in content.blocks:
        elements = block.get("elements")
        ids = [
            element["action_id"]
            for element in (elements if isinstance(elements, list) else [])
            if isinstance(element, dict) and "action_id" in element
        ]
        if len(ids) != len(set(ids)):
            return "an action id stands twice in one block"
    return ""


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


def _date(answer: SlackResponse) -> str:
    """Slack's own time, as its answer says it."""
    return next(
        (str(value) for name, value in answer.headers.items() if name.lower() == "date"), ""
    )


def _seconds(header: object) -> float:
    text = str(header or "")
    return float(text) if text.replace(".", "", 1).isdigit() else 0.0


def profile_of(user: Mapping[str, Any]) -> Profile:
    """In a company of several workspaces a person may belong to more than the one they are of."""
    profile, company = user.get("profile") or {}, user.get("enterprise_user") or {}
    homes = [user.get("team_id"), company.get("enterprise_id"), *company.get("teams", ())]
    names = [profile.get("real_name") or user.get("real_name"), profile.get("display_name")]
    return Profile(
        id=str(user["id"]),
        names=tuple(str(name) for name in names if name),
        workspaces=frozenset(str(home) for home in homes if home),
        is_guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
        is_deactivated=bool(user.get("deleted")),
        is_bot=bool(user.get("is_bot")) or user["id"] == "USLACKBOT",
    )


def _where(answer: SlackResponse) -> Sent:
    return Sent(str(answer.get("channel", "")), str(answer.get("ts", "")))


def _nothing(answer: SlackResponse) -> Sent:
    return Sent()


def _plain(blocks: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [dict(block) for block in blocks]
