"""SQLite as Mend uses it: a connection a thread, the write lock first, deleted means deleted."""

from __future__ import annotations

import contextlib
import os
import re
import sqlite3
import stat
import threading
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import sqlite_utils

from mend.db.engine import BUSY_SECONDS, CannotOpen, Database
from mend.db.mapping import column
from mend.db.model import NotSaved

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


class SqliteDatabase(Database):
    """A file, with a connection a thread."""

    engine = f"SQLite {sqlite3.sqlite_version}"

    def __init__(
        self,
        path: Path,
        workspace: str,
        *,
        busy_seconds: float = BUSY_SECONDS,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(workspace, monotonic)
        self._path = path
        self._busy = busy_seconds
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
        return database

    def _connected(self) -> sqlite3.Connection:
        return sqlite3.connect(
            self._path, timeout=self._busy, isolation_level=None, check_same_thread=False
        )

    @contextlib.contextmanager
    def _begun(self) -> Iterator[Callable[[], None]]:
        connection = self.connection().conn
        with explained_as_not_saved():
            connection.execute("begin immediate")
            try:
                yield lambda: _commit(connection)
            finally:
                if connection.in_transaction:
                    connection.execute("rollback")

    def _run(self, sql: str, values: dict[str, Any]) -> tuple[list[dict[str, Any]], int]:
        kept = {name: column(value) for name, value in values.items()}
        found = self.connection().conn.execute(_with_lists(sql), kept)
        if found.description is None:
            return [], found.rowcount
        names = [each[0] for each in found.description]
        rows = [dict(zip(names, each, strict=True)) for each in found]
        return rows, len(rows)

    def scrub(self) -> None:
        """Empty the write-ahead log, where deleted text would otherwise stay readable."""
        with contextlib.suppress(sqlite3.OperationalError):  # a reader is busy: the next time
            self.connection().execute("pragma wal_checkpoint(truncate)")

    def has_changed(self) -> bool:
        connection = self.connection()
        [[of_others]] = connection.execute("pragma data_version").fetchall()
        seen, self._local.seen = getattr(self._local, "seen", None), None
        self._local.seen = of_others, connection.conn.total_changes
        return bool(self._local.seen != seen)

    def is_readable(self) -> bool:
        try:
            return super().is_readable()
        except sqlite3.Error:
            return False

    def close(self) -> None:
        with self._guard:
            for connection in self._opened:
                connection.close()
            self._opened.clear()
            self._is_closed = True


def _commit(connection: sqlite3.Connection) -> None:
    connection.execute("commit")


@cache
def _with_lists(sql: str) -> str:
    """A list is bound as one JSON text."""
    return re.sub(r"\bin \(:(\w+)\)", r"in (select value from json_each(:\1))", sql)


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
