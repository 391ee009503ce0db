"""Opening a database: the tables as a list of named steps, applied where they are missing."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

import sqlite_utils

from mend.db.engine import BUSY_SECONDS, CannotOpen, Database
from mend.db.model import NotSaved
from mend.db.steps import steps

__all__ = ["opened", "steps"]


def opened(path: Path, workspace: str, *, busy_seconds: float = BUSY_SECONDS) -> Database:
    """The workspace's part of the file, made where it is missing and brought up to date.

    Safe when several processes start together. Raises CannotOpen where the file cannot be used,
    or a newer Mend has already changed it.
    """
    db = Database(path, workspace, busy_seconds=busy_seconds)
    try:
        with db.transaction() as connection:
            check_version(connection)
            steps.apply(connection)
    except NotSaved as wrong:
        db.close()
        raise CannotOpen(
            f"{path} cannot be written ({wrong}). Close the other program that uses it, or free"
            " some space, then start again."
        ) from None
    except CannotOpen:
        db.close()
        raise
    return db


def check_version(database: sqlite_utils.Database) -> bool:
    """Whether it is one of Mend's; raises CannotOpen where a newer version has changed it."""
    applied = {step.name for step in steps.applied(database)}
    with contextlib.closing(sqlite3.connect(":memory:")) as empty:
        known = {step.name for step in steps.pending(sqlite_utils.Database(empty))}
    if applied - known:
        raise CannotOpen(
            "This database was made by a newer version of Mend (it knows"
            f" {', '.join(sorted(applied - known))}). Start that version, or restore the"
            " backup made before the upgrade."
        )
    return bool(applied)
