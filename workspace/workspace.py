"""A Slack workspace of one's own, on this machine: start it, act in it, look at it."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from workspace import payloads
from workspace.blocks import Json
from workspace.delivery import Delivery, Line
from workspace.people import Person
from workspace.server import Server
from workspace.state import BOT_USER, OTHER_TEAM, TEAM, Channel, Message, State, User
from workspace.web_api import Failure, WebApi

CAST = {"ada": "agent", "ben": "agent", "cam": "supervisor", "dee": "admin", "eve": "agent"}
SCOPES = (
    "channels:history channels:read chat:write commands groups:history groups:read im:history "
    "im:read im:write reactions:read usergroups:read users:read"
)


class Workspace(State):
    """A local Slack. Use as a context manager, or call start() and stop().

    `now` (seconds since the epoch) and `scopes` may be set at any time. `should_escape` is the
    manifest's setting of that name; `install` takes both and the events from a manifest.
    """

    bot_token, app_token = "xoxb-local-workspace", "xapp-1-local-workspace"
    signing_secret = "local-workspace-signing-secret"
    id, bot_user = TEAM, BOT_USER

    def __init__(self, port: int = 0) -> None:
        super().__init__()
        self._port = port
        self._server: Server | None = None
        self.scopes = set(SCOPES.split())
        self.should_escape = False
        self.manifest: Json = {}
        self.extras: dict[str, Callable[[], str]] = {}  # buttons on the page; what went wrong
        self.stopped = False
        self.line = Line(self, self.signing_secret)
        self.deliveries, self.state = self.line.deliveries, self
        self.web_api = WebApi(self)
        self.calls = self.web_api.calls
        self.users[BOT_USER] = User(BOT_USER, "mend")
        self.people: dict[str, Person] = {}
        for name, role in CAST.items():
            self.add_person(name, role, OTHER_TEAM if name == "eve" else TEAM)
        self.add_channel("support")
        self.add_channel("random", bot_in=False)

    def start(self) -> Workspace:
        """Raises OSError where the port is taken."""
        self._server = Server(self._port, self)
        self._port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        self.line.start()
        return self

    def stop(self) -> None:
        with self.change():
            self.stopped = True
        self.line.stop()
        if self._server:
            self._server.shutdown()
            self._server.server_close()

    def __enter__(self) -> Workspace:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def install(self, manifest: Path) -> None:
        """Install the app of this manifest: its scopes and events, its commands on the page."""
        self.manifest = json.loads(manifest.read_text())
        self.scopes = set(self.manifest["oauth_config"]["scopes"]["bot"])
        commands = self.manifest["features"].get("slash_commands", [])
        self.should_escape = any(command.get("should_escape") for command in commands)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}/"

    @property
    def api_url(self) -> str:
        """What the bot gets as SLACK_API_URL."""
        return f"{self.url}api/"

    # --- people, channels and messages

    def add_person(self, name: str, role: str = "agent", team_id: str = TEAM) -> Person:
        key = name.lower()
        user = User(f"U0{key.upper():0<6}{len(self.users):03d}", key, team_id, role)
        self.users[user.id], self.people[key] = user, Person(self, user)
        return self.people[key]

    def person(self, name: str) -> Person:
        return self.people[name.lower()]

    def add_channel(
        self, name: str, bot_in: bool = True, archived: bool = False, private: bool = False
    ) -> Channel:
        channel_id = f"C0{name.upper():0<6}{len(self.channels):03d}"
        return self.add(Channel(channel_id, name, bot_in, archived, private))

    def invite_bot(self, channel: Channel | str, by: Person) -> None:
        """`by` invites the bot to a channel."""
        there = self.channel(channel)
        with self.change():
            there.bot_in = True
        event: Json = {"type": "member_joined_channel", "user": BOT_USER, "channel": there.id}
        event |= {"channel_type": "C", "team": TEAM, "inviter": by.id, "event_ts": self.new_ts()}
        self.tell(there, event, by.user)

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

    # --- the line to the bot

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

    def deliver_to(self, url: str | None) -> None:
        """Deliver by signed HTTP to `url` from now on; None is Socket Mode."""
        self.line.url = url

    @property
    def connected(self) -> int:
        """Socket Mode connections alive now."""
        return len(self.line.sockets)

    def wait_connected(self, timeout: float = 5) -> bool:
        return bool(self.wait(lambda: self.connected, timeout))

    def socket_cut(self) -> None:
        """Drop every TCP connection, without a close frame."""
        for connection in list(self.line.sockets):
            connection.socket.shutdown(socket.SHUT_RDWR)

    def socket_warn(self) -> None:
        """Say that another connection is wanted, as Slack does some seconds before it closes."""
        self.line.warn()

    def socket_disconnect(self) -> None:
        """Ask politely, as Slack does every few hours, and close."""
        self.line.disconnect()

    def verify_url(self) -> bool:
        """Whether the bot answers the url_verification challenge, as when Slack is set up."""
        body = {"token": "verification", "challenge": "c0ffee", "type": "url_verification"}
        answer = self.line.send("events_api", body).body
        return bool(answer) and "c0ffee" in (answer.get("challenge"), answer.get("text"))

    def resend(self, delivery: Delivery, attempt: int = 1) -> Delivery:
        """Deliver the same event again, marked as Slack's retry number `attempt`."""
        return self.line.send(delivery.kind, delivery.payload, attempt, "http_timeout")

    def replay(self, delivery: Delivery) -> int | None:
        """Send the identical bytes again, as an eavesdropper would; the status, None if no ack."""
        again = Delivery(delivery.kind, delivery.payload)
        again.packed, again.headers = delivery.packed, delivery.headers
        self.line.carry(again)
        return again.status

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

    def fail(
        self,
        method: str,
        error: str = "ratelimited",
        times: int = 1,
        retry_after: int = 3,
        after_applying: bool = False,
    ) -> None:
        """Let the next `times` calls of `method` ("response_url" too) fail.

        "ratelimited" is a 429, "http_500" a 500; "timeout" and "lost" drop the connection
        without an answer; any other error is Slack's own string. With `after_applying` the call
        takes effect first.
        """
        self.web_api.failures[method] = Failure(error, times, retry_after, after_applying)
