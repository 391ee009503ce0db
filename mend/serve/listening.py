"""Listening for HTTP, with room for whoever has something to say.

Anybody can open connections and be silent. Waitress itself takes no more than a hundred and then
closes the door for two minutes; here the oldest that waits gives way to the newest, so that Slack,
which speaks at once, is always heard.
"""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Callable
from typing import Any

from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher

from mend.serve.process import Stop, background

CONNECTIONS = 400  # below the 1,024 open files that a process commonly may have
ACCEPTED_AT_ONCE = 64
BACKLOG = 1024
LARGEST_BODY = 1_000_000  # bytes; Slack's largest payloads are a tenth of it


class Server(TcpWSGIServer):  # type: ignore[misc]  # waitress has no types
    """One listening socket, and at most CONNECTIONS taken from it."""

    def handle_accept(self) -> None:
        for _ in range(ACCEPTED_AT_ONCE):
            before = len(self.active_channels)
            super().handle_accept()
            if len(self.active_channels) == before:  # nobody else waits
                break
        self._make_room()

    def _make_room(self) -> None:
        """Let go of those that have waited longest with no request in work."""
        staying = [each for each in self.active_channels.values() if not each.will_close]
        waiting = [each for each in staying if not each.requests]
        for channel in waiting[: max(0, len(staying) - CONNECTIONS)]:
            channel.will_close = True  # the loop closes it in its own turn


def listen(application: Callable[..., Any], host: str, port: int, threads: int) -> Stop:
    """Serve until stopped; raises OSError where the address or port cannot be had."""
    is_v6 = ":" in host
    listening = socket.create_server(
        (host, port),
        family=socket.AF_INET6 if is_v6 else socket.AF_INET,
        backlog=BACKLOG,
        dualstack_ipv6=host == "::" and socket.has_dualstack_ipv6(),
    )
    workers = ThreadedTaskDispatcher()
    workers.set_thread_count(threads)
    server = Server(
        application,
        {},
        _sock=listening,
        dispatcher=workers,
        bind_socket=False,
        sockinfo=(listening.family, listening.type, listening.proto, listening.getsockname()),
        adj=Adjustments(
            threads=threads,
            connection_limit=2 * CONNECTIONS,  # never reached: see Server
            asyncore_use_poll=True,
            backlog=BACKLOG,
            max_request_body_size=LARGEST_BODY,
            ident="",
        ),
    )
    loop = background(server.run, "http")

    def stop(until: float) -> None:
        left = max(0.0, until - time.monotonic())
        server.task_dispatcher.shutdown(cancel_pending=False, timeout=left)
        # In the loop's own thread, or the loop would wait on sockets that are gone.
        with contextlib.suppress(OSError):  # it was awake already, and is gone
            server.trigger.pull_trigger(lambda: wasyncore.close_all(server._map))
        loop.join(1.0)

    return stop
