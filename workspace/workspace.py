"""A Slack workspace of one's own, on this machine: start it, act in it, look at it."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from workspace import payloads
from workspace.delivery import Delivery, Line
from workspace.outcome import Outcome
from workspace.people import Person
from workspace.server import Server
from workspace.state import BOT_USER, OTHER_TEAM, TEAM, Call, Channel, Message, State, User
from workspace.web_api import Failure, WebApi

Json = dict[str, Any]
CAST = {"ada": "agent", "ben": "agent", "cam": "supervisor", "dee": "admin", "eve": "agent"}


class Workspace:
    """A local Slack. Use as a context manager, or call start() and stop().

    `now` (seconds since the epoch), `scopes` and `charts` may be set at any time.
    `should_escape` is the manifest's setting of that name; `install` sets it from a manifest.
    """

    bot_token, app_token = "xoxb-local-workspace", "xapp-1-local-workspace"
    signing_secret = "local-workspace-signing-secret"
    id, bot_user = TEAM, BOT_USER

    def __init__(self, port: int = 0) -> None:
        self._port = port
        self.state = State()
        self.line = Line(self.state, self.signing_secret)
        self.people: dict[str, Person] = {}
        self.should_escape = False
        self.manifest: Json = {}
        self.stopped = False
        self.web_api = WebApi(self)
        self._server: Server | None = None
        self.state.add_user(User(BOT_USER, "mend", is_bot=True))
        for name, role in CAST.items():
            self.add_person(name, role=role, team_id=OTHER_TEAM if name == "eve" else TEAM)
        self.add_channel("support")
        self.add_channel("random", bot_in=False)

    def start(self) -> Workspace:
        self._server = Server(self._port, self)
        self._port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def stop(self) -> None:
        self.stopped = True
        self.state.touch()
        self.line.stop()
        if self._server:
            self._server.shutdown()
            self._server.server_close()

    def __enter__(self) -> Workspace:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    # --- addresses

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}/"

    @property
    def api_url(self) -> str:
        """What the bot gets as SLACK_API_URL."""
        return f"{self.url}api/"

    def deliver_to(self, url: str | None) -> None:
        """Deliver by signed HTTP to `url` from now on; None is Socket Mode."""
        self.line.url = url

    def verify_url(self) -> bool:
        """Whether the bot answers the url_verification challenge, as when Slack is set up."""
        body = {"token": "verification", "challenge": "c0ffee", "type": "url_verification"}
        answer = self.line.send("events_api", body).ack_body
        return bool(answer) and "c0ffee" in (answer.get("challenge"), answer.get("text"))

    def install(self, manifest: Path) -> None:
        """Install the app of this manifest: its scopes and events, its commands on the page."""
        self.manifest = json.loads(manifest.read_text())
        self.scopes = set(self.manifest["oauth_config"]["scopes"]["bot"])
        commands = self.manifest["features"].get("slash_commands", [])
        self.should_escape = any(command.get("should_escape") for command in commands)

    # --- people and channels

    def add_person(
        self, name: str, role: str = "agent", team_id: str = TEAM, guest: bool = False
    ) -> Person:
        key = name.lower()
        number = len(self.state.users)
        user_id = (
            f"U0{''.join(c for c in key.upper() if c.isascii() and c.isalnum()):0<6}{number:03d}"
        )
        user = User(user_id, key, team_id, role, is_guest=guest)
        self.people[key] = Person(self, self.state.add_user(user))
        return self.people[key]

    def person(self, name: str) -> Person:
        return self.people[name.lower()]

    def add_channel(
        self, name: str, bot_in: bool = True, archived: bool = False, private: bool = False
    ) -> Channel:
        stem = "".join(c for c in name.upper() if c.isascii() and c.isalnum())
        channel_id = f"C0{stem:0<6}{len(self.state.channels):03d}"
        return self.state.add_channel(Channel(channel_id, name, bot_in, archived, private))

    def channel(self, name: str) -> Channel:
        """The channel of this name or id."""
        for channel in self.state.channels.values():
            if name in (channel.id, channel.name) and not channel.im_with:
                return channel
        return self.state.channels[name]

    # --- looking

    @property
    def calls(self) -> list[Call]:
        return self.state.calls

    @property
    def deliveries(self) -> list[Delivery]:
        return self.line.deliveries

    def messages(self, channel: Channel | str) -> list[Message]:
        """Every public message that stands there, roots and replies, oldest first."""
        return self.state.public(self.channel(channel) if isinstance(channel, str) else channel)

    def thread(self, message: Message) -> list[Message]:
        """The root and its replies."""
        return self.state.thread(message)

    def wait(self, condition: Callable[[], Any], timeout: float = 5) -> Any:
        """Wait until `condition` holds, at most `timeout` seconds; returns what it gave last.

        It is asked again at every change here, and twenty times a second for what changes
        elsewhere.
        """
        end = time.monotonic() + timeout
        with self.state.changed:
            while not (result := condition()) and time.monotonic() < end:
                self.state.changed.wait(0.05)
        return result

    # --- the line to the bot

    @property
    def connected(self) -> int:
        """Socket Mode connections alive now."""
        return len(self.line.sockets)

    def wait_connected(self, timeout: float = 5) -> bool:
        return bool(self.wait(lambda: self.connected, timeout))

    def socket_cut(self) -> None:
        """Drop every TCP connection, without a close frame."""
        for connection in list(self.line.sockets):
            connection.cut()

    def socket_disconnect(self) -> None:
        """Ask politely, as Slack does every few hours, and close."""
        for connection in list(self.line.sockets):
            connection.send(json.dumps({"type": "disconnect", "reason": "refresh_requested"}))
            connection.close()

    def hears(self, event: Json) -> bool:
        """Whether the bot is subscribed to this event; to all, while no manifest says else."""
        kinds = {"im": "im", "group": "groups", "channel": "channels"}
        name = event["type"]
        if name == "message":
            name = f"message.{kinds[event['channel_type']]}"
        subscribed = self.manifest.get("settings", {}).get("event_subscriptions")
        return subscribed is None or name in subscribed.get("bot_events", [])

    def announce(self, channel: Channel, event: Json, user: User | None = None) -> None:
        """Tell the bot of something in a channel it is in; nobody waits for the ack."""
        if channel.bot_in and self.hears(event):
            self.line.later(payloads.event(self.state, event, user))

    def resend(self, delivery: Delivery, attempt: int = 1) -> Outcome:
        """Deliver the same event again, marked as Slack's retry number `attempt`."""
        again = self.line.send(delivery.kind, delivery.payload, attempt, "http_timeout")
        return Outcome.of(again)

    def replay(self, delivery: Delivery) -> int | None:
        """Send the identical bytes again, as an eavesdropper would; the status, None if no ack."""
        again = Delivery(delivery.kind, delivery.payload, at=self.state.now())
        again.envelope, again.request = delivery.envelope, delivery.request
        self.line.carry(again)
        return again.status

    # --- what the bot asks

    @property
    def now(self) -> Callable[[], float]:
        return self.state.now

    @now.setter
    def now(self, clock: Callable[[], float]) -> None:
        self.state.now = clock

    @property
    def scopes(self) -> set[str]:
        return self.state.scopes

    @scopes.setter
    def scopes(self, scopes: set[str]) -> None:
        self.state.scopes = set(scopes)

    @property
    def charts(self) -> bool:
        return self.state.charts

    @charts.setter
    def charts(self, on: bool) -> None:
        self.state.charts = on

    def fail(
        self,
        method: str,
        error: str = "ratelimited",
        times: int = 1,
        retry_after: int = 3,
        after_applying: bool = False,
    ) -> None:
        """Let the next `times` calls of `method` fail.

        "ratelimited" is a 429, "http_500" a 500; "timeout" and "lost" drop the connection
        without an answer; any other error is Slack's own string. With `after_applying` the call
        takes effect first.
        """
        self.web_api.failures[method] = Failure(error, times, retry_after, after_applying)
