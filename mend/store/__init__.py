"""Everything Mend remembers, in one SQLite file."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from mend.domain.errors import NotSaved
from mend.store.connection import BUSY_SECONDS, CannotOpen, Connections
from mend.store.entries import SqliteEntries
from mend.store.jobs import SqliteJobs
from mend.store.learning import SqliteLearning
from mend.store.messages import SqliteNotices, SqlitePosts
from mend.store.migrations import migrate
from mend.store.privacy import SqlitePrivacy
from mend.store.recaps import SqliteRecaps
from mend.store.working import SqliteHands, SqliteWorking

__all__ = ["CannotOpen", "SqliteStore"]


class SqliteStore:
    """See ports.Store. Opening makes the file and its tables; raises CannotOpen where it cannot."""

    def __init__(self, path: Path, *, busy_seconds: float = BUSY_SECONDS) -> None:
        self._connections = Connections(path, busy_seconds=busy_seconds)
        try:
            migrate(self._connections)
        except NotSaved as wrong:
            raise CannotOpen(
                f"{path} cannot be written ({wrong}). Close the other program that uses it, or free"
                " some space, then start again."
            ) from None
        self.entries = SqliteEntries(self._connections)
        self.jobs = SqliteJobs(self._connections)
        self.posts = SqlitePosts(self._connections)
        self.recaps = SqliteRecaps(self._connections)
        self.learning = SqliteLearning(self._connections)
        self.working = SqliteWorking(self._connections)
        self.hands = SqliteHands(self._connections)
        self.notices = SqliteNotices(self._connections)
        self.privacy = SqlitePrivacy(self._connections)

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        with self._connections.transaction():
            yield

    @contextlib.contextmanager
    def until(self, deadline: float) -> Iterator[None]:
        with self._connections.until(deadline):
            yield

    def is_readable(self) -> bool:
        """Whether the database answers; for those who watch the bot."""
        try:
            self._connections.database().execute("select count(*) from jobs").fetchone()
        except sqlite3.Error:
            return False
        return True

    def scrub(self) -> None:
        self._connections.scrub()

    def close(self) -> None:
        self._connections.close()
