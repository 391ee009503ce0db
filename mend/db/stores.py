"""Everything Mend remembers, in one SQLite file."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from mend import ports
from mend.db.engine import BUSY_SECONDS, CannotOpen, Connections
from mend.db.jobs import SqliteJobs
from mend.db.model import NotSaved
from mend.db.schema import migrate
from mend.editor.store import SqliteRevisions
from mend.ownit.store import SqliteEntries
from mend.ownit.working_store import SqliteHands, SqliteWorking
from mend.people.audit import SqliteAudit, SqliteWelcomes
from mend.people.store import SqliteTeams
from mend.privacy.store import SqlitePrivacy
from mend.recap.conditions.store import SqliteConditions
from mend.recap.daily.store import SqliteRecaps
from mend.recap.weekly.store import SqliteWeeks
from mend.repair.gap_store import SqliteGaps
from mend.repair.store import SqliteLearning
from mend.slack.store import SqliteNotices, SqlitePosts

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
        self.entries: ports.Entries = SqliteEntries(self._connections)
        self.jobs: ports.Jobs = SqliteJobs(self._connections)
        self.posts: ports.Posts = SqlitePosts(self._connections)
        self.recaps: ports.Recaps = SqliteRecaps(self._connections)
        self.conditions: ports.Conditions = SqliteConditions(self._connections)
        self.learning: ports.Learning = SqliteLearning(self._connections)
        self.gaps: ports.Gaps = SqliteGaps(self._connections)
        self.revisions: ports.Revisions = SqliteRevisions(self._connections)
        self.working: ports.Working = SqliteWorking(self._connections)
        self.hands: ports.Hands = SqliteHands(self._connections)
        self.notices: ports.Notices = SqliteNotices(self._connections)
        self.teams: ports.Teams = SqliteTeams(self._connections)
        self.weeks: ports.Weeks = SqliteWeeks(self._connections)
        self.audit: ports.Audit = SqliteAudit(self._connections)
        self.welcomes: ports.Welcomes = SqliteWelcomes(self._connections)
        self.privacy: ports.Privacy = SqlitePrivacy(self._connections)
        self.until = self._connections.until
        self.scrub = self._connections.scrub
        self.close = self._connections.close

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        with self._connections.transaction():
            yield

    def is_readable(self) -> bool:
        """Whether the database answers; for those who watch the bot."""
        try:
            self._connections.rows("select count(*) from jobs")
        except sqlite3.Error:
            return False
        return True
