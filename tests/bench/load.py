"""How many commands a second one process holds, beside a bare slack-bolt app; two replicas.

Commands are sent when their moment has come, whether or not the last one was answered, and the
time of each runs from that moment: a process that falls behind is seen to. The sender is a process
on the same machine, so it takes its part of the two cores.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import itertools
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from tests.bench.answering import both, cpu_seconds, megabytes, percentile
from workspace import Workspace, payloads

LATE = 3.0  # seconds: Slack shows an error then
RATES = (40, 100)
SECONDS = 60
BURST = 1000
ASKED = (
    "they charged me twice",
    "my parcel never came and I have been waiting for two weeks",
    "the promo code did not work",
    "agent hung up on me",
    "sinabi nila na may refund pero wala pa rin",
    "customer says the technician did not show up",
    "quiero cancelar mi cuenta",
    "bill is higher than last month",
)


@dataclass
class Outcome:
    """Seconds of each command from its moment to its answer; those without one."""

    seconds: list[float] = field(default_factory=list)
    failed: int = 0

    @property
    def late(self) -> int:
        return sum(each > LATE for each in self.seconds)


class Sender:
    """Signed commands over HTTP to one address or, in turn, to several."""

    def __init__(self, ws: Workspace, addresses: Sequence[str]) -> None:
        self._ws = ws
        self._addresses = itertools.cycle([(urlsplit(each).port or 0) for each in addresses])
        self._numbers = itertools.count()

    def run(self, moments: Sequence[float]) -> Outcome:
        """Send one at each of these moments (seconds from now)."""
        return asyncio.run(self._all(moments))

    async def _all(self, moments: Sequence[float]) -> Outcome:
        outcome = Outcome()
        begin = asyncio.get_running_loop().time() + 0.1
        waiting: set[asyncio.Task[None]] = set()
        for moment in moments:
            await asyncio.sleep(begin + moment - asyncio.get_running_loop().time())
            task = asyncio.create_task(self._one(begin + moment, outcome))
            waiting.add(task)
            task.add_done_callback(waiting.discard)
        if waiting:
            await asyncio.wait(waiting)
        return outcome

    async def _one(self, due: float, outcome: Outcome) -> None:
        loop = asyncio.get_running_loop()
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", next(self._addresses))
            writer.write(self._request())
            status = await reader.read()
            writer.close()
            if status.startswith(b"HTTP/1.1 200") or status.startswith(b"HTTP/1.0 200"):
                outcome.seconds.append(loop.time() - due)
            else:
                outcome.failed += 1
        except OSError:
            outcome.failed += 1

    def _request(self) -> bytes:
        text = ASKED[next(self._numbers) % len(ASKED)]
        ada, support = self._ws.person("ada").user, self._ws.channel("support")
        body = urlencode(payloads.command(self._ws, ada, support, "/repair", text, ""))
        stamp = str(int(time.time()))
        signed = f"v0:{stamp}:{body}".encode()
        digest = hmac.new(self._ws.signing_secret.encode(), signed, hashlib.sha256).hexdigest()
        return (
            "POST /slack/events HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\nX-Slack-Request-Timestamp: {stamp}\r\n"
            f"X-Slack-Signature: v0={digest}\r\n\r\n{body}"
        ).encode()


def report() -> None:
    """Prints the figures; takes about seven minutes."""
    print(
        f"{SECONDS} s of signed /repair over HTTP at each rate, then {BURST} at once. Milliseconds"
        " from a command's\nmoment to its whole answer; late: after Slack's three seconds; CPU:"
        " milliseconds of the bot's\nprocesses for one command. The sender needs about"
        " 1.3 ms of the same two cores for each."
    )
    print(f"{'':14}{'a second':>9}{'p50':>8}{'p99':>8}{'late':>6}{'lost':>6}{'CPU':>7}{'MB':>6}")
    with both("http") as (mend, bare):
        held("bare app", bare.ws, [bare.url], [bare.running.pid])
        held("Mend", mend.ws, [mend.url], [mend.running.pid])
        second = mend.replica()
        pids = [mend.running.pid, second.running.pid]
        held("two replicas", mend.ws, [mend.url, second.url], pids)
        second.kill()


def held(name: str, ws: Workspace, addresses: Sequence[str], pids: Sequence[int]) -> None:
    sender = Sender(ws, addresses)
    sender.run([number / 20 for number in range(100)])  # so that nothing is done for the first time
    for rate, moments in {
        **{f"{rate}": [number / rate for number in range(rate * SECONDS)] for rate in RATES},
        "at once": [0.0] * BURST,
    }.items():
        before = sum(map(cpu_seconds, pids))
        found = sender.run(moments)
        used = (sum(map(cpu_seconds, pids)) - before) / len(moments) * 1000
        size = sum(map(megabytes, pids))
        print(
            f"{name:14}{rate:>9}{percentile(found.seconds, 50) * 1000:8.1f}"
            f"{percentile(found.seconds, 99) * 1000:8.1f}{found.late:6}{found.failed:6}"
            f"{used:7.2f}{size:6.0f}",
            flush=True,
        )
