"""The bot's app in the workspace: what it may do, the line to it, and what it is told."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from workspace import payloads
from workspace.blocks import Json
from workspace.delivery import Delivery, Line
from workspace.state import BOT_USER, Channel, Message, State, User

SCOPES = (
    "channels:history channels:read chat:write commands groups:history groups:read im:history "
    "im:read im:write reactions:read usergroups:read users:read"
)


class Installation(State):
    """What stands, told to the bot as it changes.

    `scopes` may be set at any time. `should_escape` is the manifest's setting of that name;
    `install` takes both and the events from a manifest.
    """

    bot_token, app_token = "xoxb-local-workspace", "xapp-1-local-workspace"
    signing_secret = "local-workspace-signing-secret"

    def __init__(self, port: int) -> None:
        super().__init__()
        self.port = port
        self.scopes = set(SCOPES.split())
        self.should_escape = False
        self.manifest: Json = {}
        self.stopped = False
        self.line = Line(self, self.signing_secret)
        self.deliveries = self.line.deliveries
        self.users[BOT_USER] = User(BOT_USER, "mend")

    def install(self, manifest: Path) -> None:
        """Install the app of this manifest: its scopes and events, its commands on the page."""
        self.manifest = json.loads(manifest.read_text())
        self.scopes = set(self.manifest["oauth_config"]["scopes"]["bot"])
        commands = self.manifest["features"].get("slash_commands", [])
        self.should_escape = any(command.get("should_escape") for command in commands)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    @property
    def connected(self) -> int:
        """Socket Mode connections alive now."""
        return len(self.line.sockets)

    # --- what changes, and the bot is told of

    def post(self, message: Message, by: User | None = None) -> Message:
        """`by` a person, who waits until the bot knows; by default it is the bot's own."""
        super().post(message)
        if not message.ephemeral_for:
            self.tell(message.channel, payloads.posted(message), by)
        return message

    def edit(self, message: Message, by: User | None = None, **new: Any) -> None:
        """Change what a message says."""
        before, ts = payloads.message(message), self.new_ts()
        self.change_message(message, ts, **new)
        if not message.ephemeral_for:
            self.tell(message.channel, payloads.changed(message, before, ts), by)

    def delete(self, message: Message, by: User | None = None) -> None:
        before, ts = payloads.message(message), self.new_ts()
        self.remove(message)
        if not message.ephemeral_for:
            self.tell(message.channel, payloads.changed(message, before, ts), by)

    def tell(self, channel: Channel, event: Json, by: User | None) -> Delivery | None:
        """Tell the bot of something in a channel it is in; of its own acts without waiting."""
        if channel.bot_in and self._hears(event):
            payload = payloads.event(self.now(), event, by)
            if by:
                return self.line.event(payload)
            self.line.later(payload)
        return None

    def _hears(self, event: Json) -> bool:
        """Whether the bot is subscribed to this event; to all, while no manifest says else."""
        kinds = {"im": "im", "group": "groups", "channel": "channels"}
        name = event["type"]
        if name == "message":
            name = f"message.{kinds[event['channel_type']]}"
        subscribed = self.manifest.get("settings", {}).get("event_subscriptions")
        return subscribed is None or name in subscribed.get("bot_events", [])

    def wait(self, condition: Callable[[], Any], timeout: float = 5) -> Any:
        """Wait until `condition` holds, at most `timeout` seconds; returns what it gave last.

        It is asked again at every change here, and twenty times a second for what changes
        elsewhere.
        """
        end = time.monotonic() + timeout
        with self.changed:
            while not (result := condition()) and time.monotonic() < end:
                self.changed.wait(0.05)
        return result
