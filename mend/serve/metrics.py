"""What the process counts, in the text format that Prometheus reads.

A label holds a name out of Mend's own code (a kind, an outcome, a method), never what came with a
request: no person, no channel, no playbook. So there are never more lines than the code has names.
"""

from __future__ import annotations

import platform
import threading
import tomllib
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from mend.dispatch.routes import Kind, Outcome
from mend.slack.model import Failure

BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0)  # seconds; Slack waits three
PROJECT = Path(__file__).parent.parent.parent / "pyproject.toml"

Labels = tuple[str, ...]


class Metrics:
    """Counts since the start; safe from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._requests: Counter[Labels] = Counter()
        self._calls: Counter[Labels] = Counter()
        self._waits: dict[str, list[float]] = {}  # kind → how many in each bucket, their seconds

    def request(self, kind: Kind, outcome: Outcome, seconds: float) -> None:
        """One of Slack's requests, and how long Slack waited for its acknowledgement."""
        with self._lock:
            self._requests[kind, outcome] += 1
            waits = self._waits.setdefault(kind, [0.0] * (len(BUCKETS) + 2))
            waits[bisect_left(BUCKETS, seconds)] += 1
            waits[-1] += seconds

    def call(self, method: str, failure: Failure | None) -> None:
        """One call of Slack's Web API; `failure` is why it was not done."""
        with self._lock:
            self._calls[method, failure.name.lower() if failure else "done"] += 1

    def text(self, ready: Mapping[str, bool], jobs: Mapping[str, int]) -> str:
        """All of it, with what holds now: which parts are ready, how many jobs stand where."""
        with self._lock:
            requests, calls = Counter(self._requests), Counter(self._calls)
            waits = {kind: list(each) for kind, each in self._waits.items()}
        build = (version(), platform.python_version())
        return "".join(
            (
                _family("build_info gauge Which Mend runs.", "version python", {build: 1}),
                _family(
                    "ready gauge 1 where this part is ready; /readyz is ok where all are.",
                    "part",
                    {(part,): int(is_so) for part, is_so in ready.items()},
                ),
                _family("requests_total counter Requests of Slack's.", "kind outcome", requests),
                *_histogram(waits),
                _family(
                    "slack_calls_total counter Calls of Slack's Web API.",
                    "method outcome",
                    calls,
                ),
                _family(
                    "jobs gauge Work that is due, late by a minute or more, or refused by Slack.",
                    "state",
                    {(state,): number for state, number in jobs.items()},
                ),
            )
        )


@cache
def version() -> str:
    return str(tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["version"])


def _family(about: str, labels: str, values: Mapping[Labels, float]) -> str:
    """`about` is the name, the type and the help of a metric."""
    lines = _head(about)
    name = f"mend_{about.split()[0]}"
    for held, value in sorted(values.items()):
        pairs = [f'{key}="{text}"' for key, text in zip(labels.split(), held, strict=True)]
        lines.append(f"{name}{{{','.join(pairs)}}} {value:.0f}")
    return "\n".join(lines) + "\n"


def _histogram(waits: Mapping[str, list[float]]) -> Iterator[str]:
    about = "ack_seconds histogram From a request to its acknowledgement."
    yield "\n".join(_head(about)) + "\n"
    for kind, (*counts, seconds) in sorted(waits.items()):
        total = 0.0
        for limit, count in zip((*BUCKETS, "+Inf"), counts, strict=True):
            total += count
            yield f'mend_ack_seconds_bucket{{kind="{kind}",le="{limit}"}} {total:.0f}\n'
        yield f'mend_ack_seconds_sum{{kind="{kind}"}} {seconds:.6f}\n'
        yield f'mend_ack_seconds_count{{kind="{kind}"}} {total:.0f}\n'


def _head(about: str) -> list[str]:
    name, kind, help = about.split(" ", 2)
    return [f"# HELP mend_{name} {help}", f"# TYPE mend_{name} {kind}"]
