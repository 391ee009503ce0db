"""What was put together, each found by its type, and what nearly all of it leans on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from mend.db.engine import Database
from mend.people.directory import People
from mend.people.teams import Teams
from mend.settings import Settings
from mend.slack.gateway import SlackGateway
from mend.slack.outbox import Outbox
from mend.text.guard import Guard
from mend.text.redactor import Redactor

T = TypeVar("T")


class Services(dict[type, object]):
    """Everything that was put together, each found by its type."""

    def add(self, service: T) -> T:
        self[type(service)] = service
        return service

    def of(self, kind: type[T]) -> T:
        found = self[kind]
        assert isinstance(found, kind)
        return found


@dataclass(frozen=True)
class Core:
    """What nearly every feature leans on."""

    settings: Settings
    db: Database
    slack: SlackGateway
    outbox: Outbox
    people: People
    teams: Teams
    redactor: Redactor
    guard: Guard
    now: Callable[[], datetime]
