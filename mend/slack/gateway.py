"""What Mend asks of Slack, and what it reads in the answers. Nothing else calls Slack."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cached_property
from typing import Any

from slack_sdk import WebClient
from slack_sdk.web import SlackResponse

from mend.people.model import Profile
from mend.slack.calls import Calls
from mend.slack.model import (
    Channel,
    Content,
    DirectoryPage,
    Failure,
    Identity,
    Json,
    NotSent,
    Sent,
    message_fault,
)
from mend.slack.own_posts import METADATA_EVENT, find
from mend.slack.reading import profile_of
from mend.slack.sharing import Sharing, is_shared

DIRECTORY_PAGE = 1000
PAGES_OF_MEMBERS = 10

CHART = "data_visualization"
VIEW_BLOCKS = 100


@dataclass(frozen=True)
class SlackGateway:
    """`now` gives the moment that Slack's own clock is compared with."""

    client: WebClient
    now: Callable[[], datetime]
    _no_charts: threading.Event = field(default_factory=threading.Event)  # once it refused one
    _sharing: Sharing = field(default_factory=Sharing)

    @cached_property
    def calls(self) -> Calls:
        """How it asks."""
        return Calls(self.client)

    def listen(self, accepted: Callable[[str], None]) -> None:
        """`accepted` hears of each call that Slack did, and of the channel, where it was for one.

        "" stands for none.
        """
        self.calls.listeners.append(accepted)

    def count(self, each: Callable[[str, Failure | None], None]) -> None:
        """`each` hears the method of every call, and why it was not done."""
        self.calls.counters.append(each)

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

        return self.calls.make("auth.test", lambda: self.client.auth_test(), read)

    def _clock_ahead(self, date_header: object) -> float:
        try:
            theirs = parsedate_to_datetime(str(date_header)).astimezone(UTC)
        except ValueError:
            return 0.0
        return (self.now() - theirs).total_seconds()

    def socket_url(self, app_token: str) -> str | NotSent:
        return self.calls.make(
            "apps.connections.open",
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

        return self.calls.make(
            "conversations.info", lambda: self.client.conversations_info(channel=channel), read
        )

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

        return self.calls.make(
            "conversations.members",
            lambda: self.client.conversations_members(
                channel=channel, limit=1000, cursor=cursor or None
            ),
            read,
        )

    def profile(self, person: str) -> Profile | NotSent:
        return self.calls.make(
            "users.info",
            lambda: self.client.users_info(user=person),
            lambda answer: profile_of(answer["user"]),
        )

    def directory(self, cursor: str) -> DirectoryPage | NotSent:
        def read(answer: SlackResponse) -> DirectoryPage:
            people = [profile_of(member) for member in answer["members"]]
            following = (answer.get("response_metadata") or {}).get("next_cursor") or ""
            return DirectoryPage(people, str(following))

        return self.calls.make(
            "users.list",
            lambda: self.client.users_list(limit=DIRECTORY_PAGE, cursor=cursor or None),
            read,
        )

    def group(self, group: str) -> list[str] | NotSent:
        return self.calls.make(
            "usergroups.users.list",
            lambda: self.client.usergroups_users_list(usergroup=group),
            lambda answer: [str(member) for member in answer["users"]],
        )

    def direct_channel(self, person: str) -> str | NotSent:
        return self.calls.make(
            "conversations.open",
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
        sent = self.calls.make(
            "chat.postMessage",
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
        return self.calls.make(
            "chat.postEphemeral",
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
        """Where the message with this key stands, that was posted at `since` or later, or None."""
        return find(self.calls, self._clock_ahead, channel, key, since, thread)

    def said_at(self, channel: str, ts: str, person: str) -> str | NotSent:
        """What this person wrote there, as it reads now; empty where it is gone."""

        def read(page: SlackResponse) -> str:
            found = (message for message in page["messages"] if message.get("user") == person)
            return next((str(message["text"]) for message in found), "")

        bounds: dict[str, Any] = {"oldest": ts, "latest": ts, "inclusive": True, "limit": 1}
        return self.calls.make(
            "conversations.history",
            lambda: self.client.conversations_history(channel=channel, **bounds),
            read,
        )

    def permalink(self, channel: str, ts: str) -> str | NotSent:
        return self.calls.make(
            "chat.getPermalink",
            lambda: self.client.chat_getPermalink(channel=channel, message_ts=ts),
            lambda answer: str(answer["permalink"]),
        )

    def update(self, channel: str, ts: str, content: Content) -> Sent | NotSent:
        fault = message_fault(content)
        if fault:
            return NotSent(Failure.INVALID_CONTENT, fault)
        return self.calls.make(
            "chat.update",
            lambda: self.client.chat_update(
                channel=channel, ts=ts, text=content.text, blocks=_plain(content.blocks)
            ),
            _where,
            channel,
        )

    def delete(self, channel: str, ts: str) -> Sent | NotSent:
        return self.calls.make(
            "chat.delete", lambda: self.client.chat_delete(channel=channel, ts=ts), _where, channel
        )

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
        return self.calls.answer(response_url, body)

    def open_form(self, trigger: str, form: Json) -> Sent | NotSent:
        return self.calls.make(
            "views.open",
            lambda: self.client.views_open(trigger_id=trigger, view=dict(form)),
            _nothing,
        )

    def update_form(self, form_id: str, form: Json) -> Sent | NotSent:
        return self.calls.make(
            "views.update",
            lambda: self.client.views_update(view_id=form_id, view=dict(form)),
            _nothing,
        )

    def publish_home(self, person: str, home: Json) -> Sent | NotSent:
        blocks = home.get("blocks")
        if isinstance(blocks, Sequence) and len(blocks) > VIEW_BLOCKS:
            return NotSent(Failure.INVALID_CONTENT, f"{len(blocks)} blocks")
        return self.calls.make(
            "views.publish",
            lambda: self.client.views_publish(user_id=person, view=dict(home)),
            _nothing,
        )


def _where(answer: SlackResponse) -> Sent:
    return Sent(str(answer.get("channel", "")), str(answer.get("ts", "")))


def _nothing(answer: SlackResponse) -> Sent:
    return Sent()


def _plain(blocks: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [dict(block) for block in blocks]
