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
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from tests.bench.answering import (
    Bare,
    cpu_seconds,
    megabytes,
    mend_process,
    wait_until_idle,
    workspace,
)
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

    def percentile(self, percent: int) -> float:
        return statistics.quantiles(self.seconds, n=100, method="inclusive")[percent - 1] * 1000


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


def evenly(rate: int, seconds: int) -> list[float]:
    return [number / rate for number in range(rate * seconds)]


def report() -> None:
    """Prints the figures; takes about six minutes."""
    with mend_process() as mend, workspace() as (ws, folder):
        mend.start_and_wait(MEND_MODE="http")
        wait_until_idle(mend.running.pid)
        bare = Bare(ws, folder).start_and_wait("http")
        line("Mend", mend.ws, [mend.url], [mend.running.pid])
        line("bare", bare.ws, [bare.url], [bare.running.pid])
        bare.kill()
        mend.kill()


def line(name: str, ws: Workspace, addresses: list[str], pids: list[int]) -> None:
    for rate in RATES:
        used, mine = sum(map(cpu_seconds, pids)), time.process_time()
        out = Sender(ws, addresses).run(evenly(rate, SECONDS))
        used = sum(map(cpu_seconds, pids)) - used
        mine = time.process_time() - mine
        n = rate * SECONDS
        print(
            name,
            rate,
            f"p50 {out.percentile(50):.1f} p99 {out.percentile(99):.1f} late {out.late} failed {out.failed} cpu ms {used / n * 1000:.2f} sender {mine / n * 1000:.2f} MB {[megabytes(p) for p in pids]}",
            flush=True,
        )
