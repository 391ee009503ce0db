"""What stands in the workspace: people, channels, messages and views, and what the bot was told."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Any

from workspace import forms, reading

Json = dict[str, Any]

TEAM, OTHER_TEAM = "T0MENDWS001", "T0PARTNER01"
APP, BOT, BOT_USER = "A0MENDAPP01", "B0MENDBOT01", "U0MENDBOT01"
SCOPES = (
    "channels:history channels:read chat:write commands groups:history groups:read im:history "
    "im:read im:write reactions:read usergroups:read users:read"
)
TOMBSTONE = "This message was deleted."


@dataclass(eq=False)
class User:
    id: str
    name: str
    team_id: str = TEAM
    role: str = "agent"
    tz: str = "UTC"
    is_guest: bool = False
    is_bot: bool = False


@dataclass(eq=False)
class Channel:
    id: str
    name: str
    bot_in: bool = True
    archived: bool = False
    private: bool = False
    im_with: str | None = None

    @property
    def kind(self) -> str:
        """Slack's channel_type: im, group (a private channel) or channel."""
        return "im" if self.im_with else "group" if self.private else "channel"


@dataclass(eq=False)
class Message:
    """A message as it stands now: an update changes this same object."""

    channel: Channel
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    ts: str = ""
    thread_ts: str | None = None
    bot: bool = False
    metadata: Json | None = None
    ephemeral_for: str | None = None
    deleted: bool = False
    edited: str | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)
    reply_users: list[str] = field(default_factory=list)
    values: dict[str, forms.Values] = field(
        default_factory=dict
    )  # user id -> what they chose in it

    @property
    def is_root(self) -> bool:
        return self.thread_ts in (None, self.ts)

    @property
    def reply_count(self) -> int:
        return len(self.reply_users)

    @property
    def visible(self) -> str:
        """All text a person sees: that of the blocks, or `text` where there are none."""
        return reading.visible(self.blocks) if self.blocks else self.text

    @property
    def buttons(self) -> list[str]:
        return reading.buttons(self.blocks)


@dataclass(eq=False)
class View:
    """A modal or a published Home, as it stands now."""

    id: str
    user: str
    body: Json  # the view as the bot gave it
    root_id: str
    previous_id: str | None = None
    hash: str = field(default_factory=lambda: f"{int(time.time())}.{token_hex(4)}")
    values: forms.Values = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def blocks(self) -> list[Json]:
        return list(self.body["blocks"])

    @property
    def title(self) -> str:
        return str(self.body.get("title", {}).get("text", ""))

    @property
    def callback_id(self) -> str:
        return str(self.body.get("callback_id") or "")

    @property
    def text(self) -> str:
        """All text a person sees in it."""
        ends = [self.body[key]["text"] for key in ("submit", "close") if self.body.get(key)]
        return "\n".join([self.title, reading.visible(self.blocks), *ends]).strip()

    visible = text

    @property
    def buttons(self) -> list[str]:
        return reading.buttons(self.blocks)

    def replace(self, body: Json) -> None:
        """Show `body` instead; what was typed stays where block and action ids are the same."""
        self.body, self.errors = body, {}
        self.hash = f"{int(time.time())}.{token_hex(4)}"
        self.values = forms.carried_over(self.values, body["blocks"])


@dataclass(eq=False)
class Call:
    """A call the bot made; method "response_url" is a POST to one of those addresses."""

    method: str
    args: Json
    response: Json
    at: float  # seconds since the epoch, by the workspace's clock


@dataclass(eq=False)
class Trigger:
    user: str
    expires: float
    view: str | None = None  # the modal it came from, if any
    used: bool = False


@dataclass(eq=False)
class ResponseUrl:
    user: str
    channel: Channel
    original: Message | None
    expires: float
    left: int = 5


class State:
    """Everything that stands. Whoever reads or writes more than one thing holds `changed`."""

    def __init__(self) -> None:
        self.changed = threading.Condition(threading.RLock())
        self.version = 0
        self.now: Callable[[], float] = time.time
        self.scopes = set(SCOPES.split())
        self.charts = True
        self.users: dict[str, User] = {}
        self.user_groups: dict[str, list[str]] = {}
        self.channels: dict[str, Channel] = {}
        self.timeline: dict[str, list[Message]] = {}  # channel id -> messages, oldest first
        self.modals: dict[str, list[View]] = {}  # user id -> stack, top last
        self.homes: dict[str, View] = {}
        self.triggers: dict[str, Trigger] = {}
        self.response_urls: dict[str, ResponseUrl] = {}
        self.calls: list[Call] = []
        self._last_ts = 0

    def touch(self) -> None:
        """Say that something changed."""
        with self.changed:
            self.version += 1
            self.changed.notify_all()

    def new_ts(self) -> str:
        """A message timestamp later than every other, even when the clock stands still."""
        with self.changed:
            self._last_ts = max(self._last_ts + 1, int(self.now() * 1_000_000))
            return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def add_user(self, user: User) -> User:
        with self.changed:
            self.users[user.id] = user
        return user

    def add_channel(self, channel: Channel) -> Channel:
        with self.changed:
            self.channels[channel.id] = channel
            self.timeline[channel.id] = []
        self.touch()
        return channel

    def im(self, user_id: str) -> Channel:
        """The direct-message channel between the bot and this person."""
        with self.changed:
            found = [c for c in self.channels.values() if c.im_with == user_id]
            return (
                found[0]
                if found
                else self.add_channel(Channel(f"D{user_id[1:]}", "directmessage", im_with=user_id))
            )

    def find(self, channel_id: str, ts: str) -> Message | None:
        """The public message with this timestamp."""
        with self.changed:
            for message in self.timeline.get(channel_id, ()):
                if message.ts == ts and not message.ephemeral_for:
                    return message
        return None

    def public(self, channel: Channel) -> list[Message]:
        with self.changed:
            return [m for m in self.timeline[channel.id] if not m.ephemeral_for]

    def thread(self, root: Message) -> list[Message]:
        key = root.thread_ts or root.ts
        return [m for m in self.public(root.channel) if key in (m.ts, m.thread_ts)]

    def post(self, message: Message) -> Message:
        """Add a message; a reply to a reply joins its thread, a reply to nothing stands alone."""
        with self.changed:
            message.ts = self.new_ts()
            message.blocks = reading.with_block_ids(message.blocks)
            if message.thread_ts and not message.ephemeral_for:
                parent = self.find(message.channel.id, message.thread_ts)
                root_ts = (parent.thread_ts or parent.ts) if parent else None
                root = self.find(message.channel.id, root_ts) if root_ts else None
                message.thread_ts = root.ts if root else None
                if root:
                    root.thread_ts = root.ts
                    root.reply_users.append(message.user)
            self.timeline[message.channel.id].append(message)
        self.touch()
        return message

    def change(self, message: Message, **new: Any) -> None:
        with self.changed:
            for key, value in new.items():
                setattr(message, key, reading.with_block_ids(value) if key == "blocks" else value)
            message.values = {}
        self.touch()

    def remove(self, message: Message) -> None:
        """Delete; a root that has replies leaves a tombstone, which still stands."""
        with self.changed:
            message.deleted = True
            if message.is_root and message.reply_count:
                message.text, message.blocks, message.metadata = TOMBSTONE, [], None
                message.user, message.bot = "USLACKBOT", False
            else:
                self.timeline[message.channel.id].remove(message)
                root = self.find(message.channel.id, message.thread_ts or "")
                if root and message.user in root.reply_users:
                    root.reply_users.remove(message.user)
                if root and not root.reply_count:
                    root.thread_ts = None
                    if root.deleted:
                        self.timeline[root.channel.id].remove(root)
        self.touch()

    def find_view(self, view_id: str | None, external_id: str | None = None) -> View | None:
        with self.changed:
            every = [view for stack in self.modals.values() for view in stack]
            for view in [*every, *self.homes.values()]:
                if (view_id and view.id == view_id) or (
                    external_id and view.body.get("external_id") == external_id
                ):
                    return view
        return None

    def new_trigger(self, user_id: str, view_id: str | None = None) -> str:
        """A trigger_id: good once, for three seconds."""
        trigger = f"{int(self.now())}.{len(self.triggers)}.{token_hex(16)}"
        with self.changed:
            self.triggers[trigger] = Trigger(user_id, self.now() + 3, view_id)
        return trigger

    def new_response_url(self, user_id: str, channel: Channel, original: Message | None) -> str:
        """The path of a response_url: five uses in thirty minutes."""
        key = token_hex(12)
        with self.changed:
            self.response_urls[key] = ResponseUrl(user_id, channel, original, self.now() + 1800)
        return f"/actions/{TEAM}/{key}"
