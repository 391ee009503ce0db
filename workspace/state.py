"""What stands in the workspace: people, channels, messages and views."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Any

from workspace import blocks as block_kit
from workspace.blocks import Json, Values

TEAM, OTHER_TEAM = "T0MENDWS001", "T0PARTNER01"
APP, BOT, BOT_USER = "A0MENDAPP01", "B0MENDBOT01", "U0MENDBOT01"
TOMBSTONE = "This message was deleted."


@dataclass(eq=False)
class User:
    id: str
    name: str
    team_id: str = TEAM
    role: str = "agent"
    tz: str = "UTC"
    is_guest: bool = False
    is_deactivated: bool = False


@dataclass(eq=False)
class Channel:
    id: str
    name: str
    bot_in: bool = True
    archived: bool = False
    private: bool = False
    shared: bool = False
    invites: bool = False  # another company, which has not accepted yet
    im_with: str | None = None
    without: list[str] = field(default_factory=list)  # the people who are not in it

    @property
    def kind(self) -> str:
        """Slack's channel_type: im, group (a private channel) or channel."""
        return "im" if self.im_with else "group" if self.private else "channel"


class Shown:
    """What a person has before them."""

    blocks: list[Json]

    @property
    def buttons(self) -> list[str]:
        return block_kit.buttons(self.blocks)

    @property
    def choices(self) -> list[str]:
        """What stands in its ⋯ menus."""
        every = (element for _, element in block_kit.elements(self.blocks))
        return [label for element in every for label in block_kit.choices(element)]


@dataclass(eq=False)
class Message(Shown):
    """A message as it stands now: an update changes this same object."""

    channel: Channel
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)  # as other bots still write
    ts: str = ""
    thread_ts: str | None = None
    bot: bool = False
    metadata: Json | None = None
    ephemeral_for: str | None = None
    deleted: bool = False
    edited: str | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)
    reply_users: list[str] = field(default_factory=list)
    values: dict[str, Values] = field(default_factory=dict)

    @property
    def is_root(self) -> bool:
        return self.thread_ts in (None, self.ts)

    @property
    def reply_count(self) -> int:
        return len(self.reply_users)

    def values_for(self, user_id: str) -> Values:
        """What this person chose in it; after an update it stays where the ids are the same."""
        self.values[user_id] = block_kit.initial(self.blocks, self.values.get(user_id))
        return self.values[user_id]

    @property
    def visible(self) -> str:
        """All text a person sees: that of the blocks, or `text` where there are none."""
        return block_kit.visible(self.blocks) if self.blocks else self.text


class View(Shown):
    """A modal or a published Home, as it stands now: an update changes this same object."""

    def __init__(self, user: str, body: Json, on: View | None = None) -> None:
        self.id = f"V{token_hex(5).upper()}"
        self.user = user
        self.root_id: str = on.root_id if on else self.id
        self.previous_id = on.id if on else None
        self.values: Values = {}
        self.show(body)

    def show(self, body: Json) -> None:
        """Show `body`; what was typed stays where block and action ids are the same."""
        self.blocks = block_kit.with_ids(body["blocks"])
        self.body = {**body, "blocks": self.blocks}
        self.errors: dict[str, str] = {}
        self.hash = f"{int(time.time())}.{token_hex(4)}"
        self.values = block_kit.initial(self.blocks, self.values)

    def values_for(self, user_id: str) -> Values:
        return self.values

    @property
    def title(self) -> str:
        return str(self.body.get("title", {}).get("text", ""))

    @property
    def text(self) -> str:
        """All text a person sees in it."""
        ends = [self.body[key]["text"] for key in ("submit", "close") if self.body.get(key)]
        return "\n".join([self.title, block_kit.visible(self.blocks), *ends]).strip()

    visible = text


@dataclass(eq=False)
class Ticket:
    """What lets the bot open or answer something: a trigger_id or a response_url."""

    user: str
    where: Channel | None
    source: Message | View | None
    expires: float
    uses: int


class State:
    """Everything that stands. Whoever waits for something waits on `changed`."""

    def __init__(self) -> None:
        self.changed = threading.Condition(threading.RLock())
        self.version = 0
        self.now: Callable[[], float] = time.time
        self.users: dict[str, User] = {}
        self.user_groups: dict[str, list[str]] = {}
        self.channels: dict[str, Channel] = {}
        self.timeline: dict[str, list[Message]] = {}  # channel id -> messages, oldest first
        self.modals: dict[str, list[View]] = {}  # user id -> stack, top last
        self.homes: dict[str, View] = {}
        self.tickets: dict[str, Ticket] = {}
        self._last_ts = 0

    @contextmanager
    def change(self) -> Iterator[None]:
        """Nothing else changes meanwhile; at the end whoever waits looks again."""
        with self.changed:
            yield
            self.version += 1
            self.changed.notify_all()

    def new_ts(self) -> str:
        """A message timestamp later than every other, even when the clock stands still."""
        with self.changed:
            self._last_ts = max(self._last_ts + 1, int(self.now() * 1_000_000))
            return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    # --- channels and messages

    def add(self, channel: Channel) -> Channel:
        with self.change():
            self.channels[channel.id], self.timeline[channel.id] = channel, []
        return channel

    def im(self, user_id: str) -> Channel:
        """The direct-message channel between the bot and this person."""
        with self.changed:
            made = Channel(f"D{user_id[1:]}", "directmessage", im_with=user_id)
            return self.channels.get(made.id) or self.add(made)

    def channel(self, which: Channel | str) -> Channel:
        """The channel of this name or id."""
        if isinstance(which, Channel):
            return which
        named = {c.name: c for c in self.channels.values() if not c.im_with}
        return named.get(which) or self.channels[which]

    def messages(self, channel: Channel | str) -> list[Message]:
        """Every public message that stands there, roots and replies, oldest first."""
        with self.changed:
            return [m for m in self.timeline[self.channel(channel).id] if not m.ephemeral_for]

    def find(self, channel: Channel, ts: str | None) -> Message | None:
        """The public message with this timestamp."""
        return next((m for m in self.messages(channel) if m.ts == ts), None)

    def thread(self, message: Message) -> list[Message]:
        """The root and its replies."""
        key = message.thread_ts or message.ts
        return [m for m in self.messages(message.channel) if key in (m.ts, m.thread_ts)]

    def post(self, message: Message) -> Message:
        """Add a message; a reply to a reply joins its thread, a reply to nothing stands alone."""
        with self.change():
            message.ts = self.new_ts()
            message.blocks = block_kit.with_ids(message.blocks)
            if message.thread_ts and not message.ephemeral_for:
                parent = self.find(message.channel, message.thread_ts)
                root = parent and self.find(message.channel, parent.thread_ts or parent.ts)
                message.thread_ts = root.ts if root else None
                if root:
                    root.thread_ts = root.ts
                    root.reply_users.append(message.user)
            self.timeline[message.channel.id].append(message)
        return message

    def change_message(self, message: Message, ts: str, **new: Any) -> None:
        with self.change():
            if "blocks" in new:
                new["blocks"] = block_kit.with_ids(new["blocks"])
            vars(message).update(new, values={}, edited=None if message.ephemeral_for else ts)

    def remove(self, message: Message) -> None:
        """Delete; a root that has replies leaves a tombstone, which still stands."""
        with self.change():
            message.deleted = True
            if message.is_root and message.reply_count:
                message.text, message.blocks, message.metadata = TOMBSTONE, [], None
                message.user, message.bot = "USLACKBOT", False
                return
            self.timeline[message.channel.id].remove(message)
            root = self.find(message.channel, message.thread_ts)
            if root and message.user in root.reply_users:
                root.reply_users.remove(message.user)
                if not root.reply_count:
                    root.thread_ts = None
                    if root.deleted:
                        self.timeline[root.channel.id].remove(root)

    # --- views, and what lets the bot open or answer something

    def view(self, view_id: str | None) -> View | None:
        """The view that stands under this id."""
        with self.changed:
            stacks = [*self.modals.values(), list(self.homes.values())]
            return next((v for stack in stacks for v in stack if v.id == view_id), None)

    def new_trigger(self, user_id: str, view: View | None = None) -> str:
        """A trigger_id: good once, for three seconds."""
        return self._ticket(Ticket(user_id, None, view, self.now() + 3, 1))

    def new_response_url(self, user_id: str, channel: Channel, of: Message | None = None) -> str:
        """The path of a response_url, `of` a message: five uses in thirty minutes."""
        ticket = Ticket(user_id, channel, of, self.now() + 1800, 5)
        return f"/actions/{TEAM}/{self._ticket(ticket)}"

    def _ticket(self, ticket: Ticket) -> str:
        key = token_hex(16)
        with self.changed:
            self.tickets[key] = ticket
        return key
