"""A database to look into: a copy in memory, so that what is kept stays as it is.

Whoever looks may be of a newer version than the bot that runs: the copy is brought up to date, the
original is not, or the running bot would find tables that it does not know.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import sqlite3
from pathlib import Path
from urllib.parse import quote

from mend.db.engine import CannotOpen
from mend.db.model import NotSaved
from mend.db.schema import NO_PSYCOPG, check_version, refuse_newer, steps
from mend.db.sqlite import SqliteDatabase, explained
from mend.settings.address import Server


class Snapshot(SqliteDatabase):
    """What a database held a moment ago. Changes are made in memory and are gone with it.

    `engine` and `unwritable` (why it cannot be written; empty where it can) are the original's.
    """

    def __init__(self, workspace: str) -> None:
        self.unwritable = ""
        memory = Path(f"mend-{secrets.token_hex(8)}")
        super().__init__(memory, workspace)

    def _make_private(self) -> None:
        """Nobody else can read this process's memory."""

    def _connected(self) -> sqlite3.Connection:
        address = f"file:{self._path}?mode=memory&cache=shared"
        return sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False)

    def check_writable(self) -> None:
        """As far as can be told without writing."""
        if self.unwritable:
            raise NotSaved(self.unwritable)


def looked_into(address: Path | Server, workspace: str) -> Snapshot:
    """The workspace's part of the database as it is now, empty where there is none yet.

    Raises CannotOpen where it cannot be read, or a newer Mend has changed it.
    """
    copy = Snapshot(workspace)
    try:
        if isinstance(address, Server):
            _copy_server(address, copy)
        else:
            _copy_file(address, copy)
        check_version(copy.connection())
        steps.apply(copy.connection())
    except CannotOpen:
        copy.close()
        raise
    except OSError as wrong:
        copy.close()
        raise CannotOpen(f"Mend cannot read its database {address}: {wrong.strerror}.") from None
    return copy


def _copy_file(file: Path, copy: Snapshot) -> None:
    """Without a lock file, where nobody has the database open: looking leaves no trace then."""
    folder = next(each for each in file.absolute().parents if each.exists())
    for place in (file, folder):
        if place.exists() and not os.access(place, os.W_OK):
            copy.unwritable = copy.unwritable or f"{place} is read-only for this account"
    with explained(file):
        if not file.exists():
            return
        in_use = file.with_name(f"{file.name}-wal").exists()
        address = f"file:{quote(str(file.absolute()))}?mode=ro{'' if in_use else '&immutable=1'}"
        with contextlib.closing(sqlite3.connect(address, uri=True)) as source:
            source.backup(copy.connection().conn)


def _copy_server(server: Server, copy: Snapshot) -> None:
    """Every row as of one moment, into tables of the steps that the server's went through."""
    try:
        from mend.db import copying, postgres, postgres_schema
    except ImportError:
        raise CannotOpen(NO_PSYCOPG) from None
    with postgres.connected(server, read_only=True) as source:
        copy.engine = postgres.version_of(source)
        applied = postgres_schema.applied(source)
        if applied is None:
            return
        copy.unwritable = postgres.why_unwritable(source)
        refuse_newer(applied)
        database = copy.connection()
        later = [step.name for step in steps.pending(database) if step.name not in applied]
        steps.apply(database, stop_before=later)
        for table in copying.tables(database.conn):
            copying.to_sqlite(database.conn, table, copying.in_postgres(source, table))
