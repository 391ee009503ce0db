"""What the stores ask of a database, whichever engine keeps it.

SQLite's part is in sqlite.py, PostgreSQL's in postgres.py; stores write what both understand, and
do not know which it is.
"""

from __future__ import annotations

import contextlib
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import is_dataclass, replace
from functools import cache
from typing import Any, TypeVar

from mend.db.mapping import reader, row
from mend.db.model import NotSaved, Stale
from mend.helping.model import HelpRequest
from mend.ownit.model import Note
from mend.promises.model import Promise
from mend.recap.causes.model import Action

T = TypeVar("T")
Versioned = TypeVar("Versioned", Note, HelpRequest, Promise, Action)

BUSY_SECONDS = 1.5  # with Slack's limit of three seconds for an answer in mind
_CHANGING = ("insert", "update", "delete")


class CannotOpen(Exception):
    """The database cannot be used; the text says why and what to do."""


class Database(ABC):
    """One workspace's part of a database: transactions, and what is asked of them.

    Values of a statement are given by place (?) or by name (:name), as plain Python values; a list
    stands as `column in (:name)`. `:workspace` is always the one that is bound here, so nobody
    passes it along.
    """

    engine: str  # and its version

    def __init__(self, workspace: str, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.workspace = workspace
        self._monotonic = monotonic
        self._local = threading.local()

    @abstractmethod
    def _begun(self) -> AbstractContextManager[Callable[[], None]]:
        """A transaction that no other one of this workspace runs beside, and what commits it;

        rolled back unless that was called. Raises NotSaved.
        """

    @abstractmethod
    def _run(self, sql: str, values: dict[str, Any]) -> tuple[list[dict[str, Any]], int]:
        """The rows of one statement, and how many it returned or changed."""

    @abstractmethod
    def has_changed(self) -> bool:
        """Whether anybody committed something since this thread last asked."""

    @abstractmethod
    def scrub(self) -> None:
        """Leave nothing of what was deleted where the engine would keep it, as far as it can."""

    @abstractmethod
    def close(self) -> None:
        """Let go of every connection; whoever asks for one later is told that Mend is stopping."""

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """One transaction, alone in its workspace; inside another one it simply joins it.

        Raises NotSaved where its turn does not come in time, nothing can be written, or the
        thread's deadline (see `until`) has passed: then nothing was written.
        """
        if self._is_in_transaction:
            yield
            return
        with self._begun() as commit:
            self._local.is_in_transaction = True
            try:
                yield
                if self._monotonic() > getattr(self._local, "deadline", float("inf")):
                    raise NotSaved("it took too long")
                commit()
            finally:
                self._local.is_in_transaction = False

    @property
    def _is_in_transaction(self) -> bool:
        return getattr(self._local, "is_in_transaction", False)

    @contextlib.contextmanager
    def until(self, deadline: float) -> Iterator[None]:
        """Within it, this thread commits nothing after `deadline` (seconds of `monotonic`)."""
        self._local.deadline = deadline
        try:
            yield
        finally:
            del self._local.deadline

    @property
    def changed(self) -> int:
        """How many rows this thread changed so far."""
        return getattr(self._local, "changed", 0)

    def rows(self, sql: str, /, *places: object, **names: object) -> list[dict[str, Any]]:
        return self._done(sql, places, names)[0]

    def all(self, kind: type[T], sql: str, /, *places: object, **names: object) -> list[T]:
        """A `kind` of each row: a dataclass from its columns, anything else from the first one."""
        rows = self.rows(sql, *places, **names)
        wanted: Any = kind
        if is_dataclass(kind):
            return [reader(wanted)(columns) for columns in rows]
        return [reader(wanted)(next(iter(columns.values()))) for columns in rows]

    def one(self, kind: type[T], sql: str, /, *places: object, **names: object) -> T | None:
        """The first of `all`, or None."""
        return next(iter(self.all(kind, sql, *places, **names)), None)

    def change(self, sql: str, /, *places: object, **names: object) -> int:
        """Run a statement in a transaction; how many rows it changed."""
        return self._done(sql, places, names)[1]

    def insert(self, table: str, /, **columns: object) -> None:
        """One more row of this workspace."""
        self.insert_part(table, workspace=self.workspace, **columns)

    def insert_part(self, table: str, /, **columns: object) -> None:
        """One more row of a table whose rows belong to another one's, and so to its workspace."""
        names = ", ".join(columns)
        values = ", ".join(f":{name}" for name in columns)
        self.change(f"insert into {table} ({names}) values ({values})", **columns)

    def update(self, table: str, record: Versioned) -> Versioned:
        """Write a changed record as its next version; raises Stale unless it is the one kept."""
        newer = replace(record, version=record.version + 1)
        columns = row(newer)
        changes = ", ".join(f"{name} = :{name}" for name in columns)
        where = "workspace = :workspace and id = :id and version = :version - 1"
        if self.change(f"update {table} set {changes} where {where}", **columns) != 1:
            raise Stale
        return newer

    def _done(
        self, sql: str, places: tuple[object, ...], names: dict[str, object]
    ) -> tuple[list[dict[str, Any]], int]:
        statement, count = by_name(sql)
        if count != len(places):
            raise ValueError(f"{count} values belong to: {sql}")
        values = {"workspace": self.workspace, **names}
        values |= {f"p{number}": value for number, value in enumerate(places)}
        if not statement.startswith(_CHANGING):
            return self._run(statement, values)
        with self.transaction():
            rows, count = self._run(statement, values)
        self._local.changed = self.changed + count
        return rows, count

    def check_writable(self) -> None:
        """Raises NotSaved, saying why, where nothing can be written."""
        self.change("update jobs set due_at = due_at where 1 = 0")

    def is_readable(self) -> bool:
        """Whether the database answers; for those who watch the bot."""
        try:
            self.rows("select 1 from jobs limit 1")
        except NotSaved:
            return False
        return True


@cache
def by_name(sql: str) -> tuple[str, int]:
    """The statement with :p0, :p1 … for its question marks (mixing both is deprecated), and how

    many those are.
    """
    first, *rest = sql.split("?")
    return first + "".join(f":p{number}{part}" for number, part in enumerate(rest)), len(rest)
