"""What those who watch the process may ask it: whether it lives, whether it serves, its counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from mend.serve.metrics import Metrics

HEALTH, READY, METRICS = "/healthz", "/readyz", "/metrics"

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]


@dataclass
class Watched:
    """`needs` are the parts without which nobody is served, and whether each is there.

    `jobs` says how many jobs stand where; `refused` are sentences about requests that were not let
    in lately, `notes` about what else an operator should know.
    """

    metrics: Metrics = field(default_factory=Metrics)
    needs: dict[str, Callable[[], bool]] = field(default_factory=lambda: {"start": lambda: False})
    jobs: Callable[[], Mapping[str, int]] = dict
    refused: Callable[[], list[str]] = list
    notes: Callable[[], list[str]] = list

    def say_stopping(self) -> None:
        """Not ready from now on, whatever else is so."""
        self.needs = {"stopping": lambda: False}

    def answer(self, path: str) -> tuple[str, str] | None:
        """Status and text of one of the paths that may be read by whoever reaches the bot."""
        if path == HEALTH:
            return "200 OK", "ok"
        if path != READY:
            return None
        lacking = [part for part, is_there in self.needs.items() if not is_there()]
        status = "503 Service Unavailable" if lacking else "200 OK"
        said = f"not ready: {', '.join(lacking)}" if lacking else "ready"
        return status, "\n".join([said, *self.refused(), *self.notes()])

    def application(self) -> Application:
        """All paths, for a port that only those who watch can reach."""

        def application(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
            path = environ["PATH_INFO"]
            if path == METRICS:
                ready = {part: is_there() for part, is_there in self.needs.items()}
                jobs = self.jobs() if ready.get("database") else {}
                found: tuple[str, str] | None = "200 OK", self.metrics.text(ready, jobs)
            else:
                found = self.answer(path)
            return plain(start_response, *(found or ("404 Not Found", "there is nothing here")))

        return application


def plain(start_response: StartResponse, status: str, text: str) -> Iterable[bytes]:
    body = text.encode()
    kind = "text/plain; version=0.0.4; charset=utf-8"  # the version is Prometheus's
    start_response(status, [("Content-Type", kind), ("Content-Length", str(len(body)))])
    return [body]
