"""A Slack workspace of one's own, on this machine: start it, act in it, look at it."""

from __future__ import annotations

import socket
import threading

from workspace.blocks import Json
from workspace.delivery import Delivery
from workspace.installation import Installation
from workspace.page_api import Page
from workspace.people import Person
from workspace.server import Server
from workspace.state import BOT_USER, OTHER_TEAM, TEAM, Channel, User
from workspace.web_api import Failure, WebApi

CAST = {"ada": "agent", "ben": "agent", "cam": "supervisor", "dee": "admin", "eve": "agent"}


class Workspace(Installation):
    """A local Slack. Use as a context manager, or call start() and stop().

    `now` (seconds since the epoch) may be set at any time.
    """

    id, bot_user = TEAM, BOT_USER

    def __init__(self, port: int = 0) -> None:
        super().__init__(port)
        self._server: Server | None = None
        self.state = self
        self.web_api = WebApi(self)
        self.calls = self.web_api.calls
        self.people: dict[str, Person] = {}
        self.page = Page(self, self.web_api, self.people)
        self.extras = self.page.extras
        self.tour = self.page.tour
        for name, role in CAST.items():
            self.add_person(name, role, OTHER_TEAM if name == "eve" else TEAM)
        self.add_channel("support")
        self.add_channel("random", bot_in=False)

    def start(self) -> Workspace:
        """Raises OSError where the port is taken."""
        self._server = Server(self, self.web_api, self.page)
        self.port = self._server.server_port
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

    @property
    def api_url(self) -> str:
        """What the bot gets as SLACK_API_URL."""
        return f"{self.url}api/"

    # --- people and channels

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

    # --- the line to the bot

    def deliver_to(self, *urls: str | None) -> None:
        """Deliver by signed HTTP to `urls` in turn from now on, as a balancer does that passes over

        what takes no connection; None is Socket Mode.
        """
        self.line.urls = [url for url in urls if url]

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
