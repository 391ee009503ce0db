"""A database to look into: a copy in memory, so that the file on the disk stays as it is.

Whoever looks may be of a newer version than the bot that runs: the copy is brought up to date, the
file is not, or the running bot would find tables that it does not know.
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
from mend.db.schema import check_version, steps
from mend.db.sqlite import SqliteDatabase, explained


class Snapshot(SqliteDatabase):
    """What the file held a moment ago. Changes are made in memory and are gone with it."""

    def __init__(self, path: Path, workspace: str) -> None:
        self.file = path
        memory = Path(f"mend-{secrets.token_hex(8)}")
        super().__init__(memory, workspace)

    def _make_private(self) -> None:
        """Nobody else can read this process's memory."""

    def _connected(self) -> sqlite3.Connection:
        address = f"file:{self._path}?mode=memory&cache=shared"
        return sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False)

    def check_writable(self) -> None:
        """As far as can be told without writing: whether file and folder let this account."""
        folder = next(each for each in self.file.absolute().parents if each.exists())
        for place in (self.file, folder):
            if place.exists() and not os.access(place, os.W_OK):
                raise NotSaved(f"{place} is read-only for this account")


def looked_into(path: Path, workspace: str) -> Snapshot:
    """The workspace's part of the file as it is now, empty where there is no file yet.

    Raises CannotOpen where the file cannot be read, or a newer Mend has changed it.
    """
    copy = Snapshot(path, workspace)
    try:
        with explained(path):
            if path.exists():
                _copy(path, copy.connection().conn)
            check_version(copy.connection())
            steps.apply(copy.connection())
    except CannotOpen:
        copy.close()
        raise
    except OSError as wrong:
        copy.close()
        raise CannotOpen(f"Mend cannot read its database {path}: {wrong.strerror}.") from None
    return copy


def _copy(path: Path, to: sqlite3.Connection) -> None:
    """Without a lock file, where nobody has the database open: looking leaves no trace then."""
    in_use = path.with_name(f"{path.name}-wal").exists()
    address = f"file:{quote(str(path.absolute()))}?mode=ro{'' if in_use else '&immutable=1'}"
    with contextlib.closing(sqlite3.connect(address, uri=True)) as source:
        source.backup(to)
