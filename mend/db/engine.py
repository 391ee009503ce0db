"""SQLite as Mend uses it: a connection a thread, the write lock first, deleted means deleted."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import stat
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import is_dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import sqlite_utils

from mend.db.mapping import column, reader, row
from mend.db.model import NotSaved, Stale
from mend.helping.model import HelpRequest
from mend.ownit.model import Note
from mend.promises.model import Promise
from mend.recap.causes.model import Action

T = TypeVar("T")
Versioned = TypeVar("Versioned", Note, HelpRequest, Promise, Action)

BUSY_SECONDS = 1.5  # with Slack's limit of three seconds for an answer in mind
_NOT_NOW = {  # what a later try, or the operator, can put right; anything else is a mistake of ours
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
}
_DAMAGED = (
    "{} is not a Mend database, or it is damaged. Restore a backup"
    " (.venv/bin/python bot.py restore), or set MEND_DATABASE_URL to another file."
)
_ADVICE = {  # by what SQLite says
    "not a database": _DAMAGED,
    "malformed": _DAMAGED,
    "readonly": "{} is read-only for Mend. Make it writable.",
    "unable to open": "{} cannot be opened: it must be a file Mend can write.",
    "full": "The disk that holds {} is full. Free some space.",
    "locked": "{} is locked by another program. Close it, then start again.",
}


class CannotOpen(Exception):
    """The database cannot be used; the text says why and what to do."""


class Database:
    """One workspace's part of a file: a connection a thread, transactions, what is asked of them.

    Values of a statement are given by place (?) or by name (:name), as plain Python values;
    `:workspace` is always the one that is bound here, so nobody passes it along.
    """

    def __init__(
        self,
        path: Path,
        workspace: str,
        *,
        busy_seconds: float = BUSY_SECONDS,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.workspace = workspace
        self._path = path
        self._busy = busy_seconds
        self._monotonic = monotonic
        self._local = threading.local()
        self._is_closed = False
        self._opened: list[sqlite3.Connection] = []
        self._guard = threading.Lock()
        self._make_private()
        try:
            with explained(path):
                self.connection().execute("select count(*) from sqlite_master").fetchone()
        except (CannotOpen, sqlite3.DatabaseError):
            self.close()
            raise

    def _make_private(self) -> None:
        """Folder 0700, file 0600: what people wrote is for the operator's account only.

        A file that another account lends us stays as it is: OpenShift runs each container as an
        account of its own, which may write by its group.
        """
        try:
            self._make_folder_private()
            self._path.touch(mode=0o600, exist_ok=True)
            is_ours = self._path.stat().st_uid == os.geteuid()
            if is_ours or not os.access(self._path, os.R_OK | os.W_OK):
                self._path.chmod(0o600)
        except OSError as wrong:
            raise CannotOpen(
                f"Mend cannot write its database {self._path}: {wrong.strerror}. Give the account"
                " it runs as write access to that folder, or set MEND_DATABASE_URL to another one."
            ) from None

    def _make_folder_private(self) -> None:
        """One that was there is closed to others only where nothing but Mend's own lies in it."""
        folder = self._path.parent
        if not folder.exists():
            folder.mkdir(parents=True, mode=0o700)
            return
        mode = stat.S_IMODE(folder.stat().st_mode)
        is_ours = folder.stat().st_uid == os.geteuid()
        if is_ours and mode & stat.S_IRWXO and all(map(self._is_mends, folder.iterdir())):
            shared_with_group = mode & (stat.S_IWGRP | stat.S_ISGID)  # as OpenShift needs it
            folder.chmod(mode & ~stat.S_IRWXO if shared_with_group else 0o700)

    def _is_mends(self, file: Path) -> bool:
        return file.name.startswith(self._path.name) or file.name in (".gitkeep", "vectors.npz")

    def connection(self) -> sqlite_utils.Database:
        """This thread's connection."""
        existing: sqlite_utils.Database | None = getattr(self._local, "database", None)
        if existing is not None:
            return existing
        connection = self._connected()
        with self._guard:
            if self._is_closed:  # a thread that outlives the bot would hold the file open
                connection.close()
                raise NotSaved("Mend is stopping")
            self._opened.append(connection)
        for pragma in (
            "journal_mode = wal",
            "synchronous = full",
            "foreign_keys = on",
            "secure_delete = on",
        ):
            connection.execute(f"pragma {pragma}")
        database = sqlite_utils.Database(connection)
        self._local.database = database
        self._local.depth = 0
        return database

    def _connected(self) -> sqlite3.Connection:
        return sqlite3.connect(
            self._path, timeout=self._busy, isolation_level=None, check_same_thread=False
        )

    @contextlib.contextmanager
    def transaction(self) -> Iterator[sqlite_utils.Database]:
        """One immediate transaction; inside another one it simply joins it.

        Raises NotSaved where the lock cannot be had in time, the disk is full or read-only, or
        the thread's deadline (see `until`) has passed: then nothing was written.
        """
        database = self.connection()
        if self._local.depth:
            yield database
            return
        with explained_as_not_saved():
            database.execute("begin immediate")
            self._local.depth = 1
            try:
                yield database
                if self._monotonic() > getattr(self._local, "deadline", float("inf")):
                    raise NotSaved("it took too long")
                database.execute("commit")
            finally:
                self._local.depth = 0
                if database.conn.in_transaction:
                    database.execute("rollback")

    @contextlib.contextmanager
    def until(self, deadline: float) -> Iterator[None]:
        """Within it, this thread commits nothing after `deadline` (seconds of `monotonic`)."""
        self._local.deadline = deadline
        try:
            yield
        finally:
            del self._local.deadline

    def rows(self, sql: str, /, *places: object, **names: object) -> list[dict[str, Any]]:
        return list(self.connection().query(*self._bound(sql, places, names)))

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
        with self.transaction() as database:
            return int(database.execute(*self._bound(sql, places, names)).rowcount)

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

    def _bound(
        self, sql: str, places: tuple[object, ...], names: dict[str, object]
    ) -> tuple[str, dict[str, Any]]:
        """The statement with every place as a name (mixing both is deprecated), and its values."""
        statement, count = _by_name(sql)
        if count != len(places):
            raise ValueError(f"{count} values belong to: {sql}")
        values = {"workspace": self.workspace, **names}
        values |= {f"p{number}": value for number, value in enumerate(places)}
        return statement, {name: column(value) for name, value in values.items()}

    def scrub(self) -> None:
        """Empty the write-ahead log, where deleted text would otherwise stay readable."""
        with contextlib.suppress(sqlite3.OperationalError):  # a reader is busy: the next time
            self.connection().execute("pragma wal_checkpoint(truncate)")

    def has_changed(self) -> bool:
        """Whether anybody committed something since this thread last asked."""
        connection = self.connection()
        [[of_others]] = connection.execute("pragma data_version").fetchall()
        seen, self._local.seen = getattr(self._local, "seen", None), None
        self._local.seen = of_others, connection.conn.total_changes
        return bool(self._local.seen != seen)

    def check_writable(self) -> None:
        """Raises NotSaved, saying why, where nothing can be written."""
        with self.transaction():
            pass

    def is_readable(self) -> bool:
        """Whether the database answers; for those who watch the bot."""
        try:
            self.rows("select count(*) from jobs")
        except sqlite3.Error:
            return False
        return True

    def close(self) -> None:
        with self._guard:
            for connection in self._opened:
                connection.close()
            self._opened.clear()
            self._is_closed = True


@cache
def _by_name(sql: str) -> tuple[str, int]:
    """The statement with :p0, :p1 … for its question marks, and how many those are."""
    first, *rest = sql.split("?")
    return first + "".join(f":p{number}{part}" for number, part in enumerate(rest)), len(rest)


@contextlib.contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turns what SQLite says when a file cannot be used into what to do about it."""
    try:
        yield
    except sqlite3.DatabaseError as wrong:
        for sign, advice in _ADVICE.items():
            if sign in str(wrong):
                raise CannotOpen(advice.format(path)) from None
        raise


@contextlib.contextmanager
def explained_as_not_saved() -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as wrong:
        if wrong.sqlite_errorcode & 0xFF in _NOT_NOW:
            raise NotSaved(str(wrong)) from wrong
        raise
