"""Copies of the whole database: made while the bot runs, put back while it does not."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from mend.db.engine import CannotOpen
from mend.db.model import Refused
from mend.db.schema import check_version
from mend.db.sqlite import explained


def back_up(database: Path, to: Path) -> None:
    """Write a copy to a new file for the operator only; whole, or not at all."""
    if not database.exists():
        raise Refused(f"There is no database at {database} yet, so there is nothing to back up.")
    if to.exists():
        raise Refused(f"{to} is there already. Name a new file, or remove that one first.")
    spare = to.with_name(f".{to.name}.part")
    try:
        _copy(database, spare)
        spare.replace(to)
    except OSError as wrong:
        raise Refused(f"{to} cannot be written: {wrong.strerror}.") from None
    finally:
        spare.unlink(missing_ok=True)


def restore(database: Path, backup: Path, now: datetime) -> Path | None:
    """Put a backup in the database's place; where the file of before is kept, if there was one.

    Raises Refused while the bot runs, CannotOpen for what is not a Mend database this version
    knows; then everything is as it was.
    """
    if not backup.is_file():
        raise Refused(f"There is no file {backup}.")
    spare = database.with_name(f".{database.name}.part")
    try:
        database.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _copy(backup, spare)
        _check(spare, backup)
        aside = None
        if database.exists():
            settle(database)
            aside = database.with_name(f"{database.name}.{now:%Y%m%d-%H%M%S}")
            os.link(database, aside)
        spare.replace(database)
    except OSError as wrong:
        raise Refused(f"{database} cannot be replaced: {wrong.strerror}.") from None
    finally:
        spare.unlink(missing_ok=True)
    return aside


def _copy(source: Path, to: Path) -> None:
    """A consistent copy, also of a database in use; one file, on the disk when this returns."""
    to.unlink(missing_ok=True)
    os.close(os.open(to, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with (
        explained(source),
        contextlib.closing(sqlite3.connect(source)) as old,
        contextlib.closing(sqlite3.connect(to)) as new,
    ):
        old.backup(new)
        new.execute("pragma journal_mode = delete")  # so that no second file goes with it
    with to.open("rb") as file:
        os.fsync(file.fileno())


def _check(copy: Path, backup: Path) -> None:
    with explained(backup), contextlib.closing(sqlite3.connect(copy)) as connection:
        found = connection.execute("pragma quick_check(1)").fetchone()[0]
        if found != "ok" or not check_version(Database(connection)):
            raise CannotOpen(f"{backup} is not a Mend database, or it is damaged.")


def settle(database: Path) -> None:
    """Bring what waits in the log into the file, which works only where nobody else has it open."""
    try:
        with contextlib.closing(sqlite3.connect(database, timeout=0)) as connection:
            connection.execute("pragma journal_mode = delete").fetchone()
    except sqlite3.OperationalError:
        raise Refused(
            "Mend is running (or another program has the database). Stop it first."
        ) from None
    except sqlite3.DatabaseError:
        pass  # damaged: it is kept aside as it is
