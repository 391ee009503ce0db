"""Opening a database: the tables as a list of named steps, applied where they are missing."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

import sqlite_utils

from mend.db.engine import BUSY_SECONDS, CannotOpen, Database
from mend.db.model import NotSaved
from mend.db.sqlite import SqliteDatabase
from mend.db.steps import steps
from mend.settings.address import Server

__all__ = ["opened", "steps"]

NO_PSYCOPG = (
    "MEND_DATABASE_URL names PostgreSQL, and what Mend needs for it is not installed. Type: make"
    " postgres (or: pip install -r requirements-postgres.lock)"
)


def opened(
    address: Path | Server, workspace: str, *, busy_seconds: float = BUSY_SECONDS
) -> Database:
    """The workspace's part of it, made where it is missing and brought up to date.

    Safe when several processes start together. Raises CannotOpen where the database cannot be
    used, or a newer Mend has already changed it.
    """
    if isinstance(address, Server):
        return _on_server(address, workspace, busy_seconds)
    db = SqliteDatabase(address, workspace, busy_seconds=busy_seconds)
    try:
        with db.transaction():
            check_version(db.connection())
            steps.apply(db.connection())
    except NotSaved as wrong:
        db.close()
        raise CannotOpen(
            f"{address} cannot be written ({wrong}). Close the other program that uses it, or free"
            " some space, then start again."
        ) from None
    except CannotOpen:
        db.close()
        raise
    return db


def _on_server(server: Server, workspace: str, busy_seconds: float) -> Database:
    try:
        from mend.db import postgres, postgres_schema
    except ImportError:
        raise CannotOpen(NO_PSYCOPG) from None
    with postgres.connected(server) as connection:
        refuse_newer(postgres_schema.applied(connection) or set())
        postgres_schema.bring_up_to_date(connection, steps)
        engine = postgres.version_of(connection)
    return postgres.PostgresDatabase(server, workspace, engine, busy_seconds=busy_seconds)


def check_version(database: sqlite_utils.Database) -> bool:
    """Whether it is one of Mend's; raises CannotOpen where a newer version has changed it."""
    applied = {step.name for step in steps.applied(database)}
    refuse_newer(applied)
    return bool(applied)


def refuse_newer(applied: set[str]) -> None:
    """Raises CannotOpen where a step was applied that this version does not know."""
    with contextlib.closing(sqlite3.connect(":memory:")) as empty:
        known = {step.name for step in steps.pending(sqlite_utils.Database(empty))}
    if applied - known:
        raise CannotOpen(
            "This database was made by a newer version of Mend (it knows"
            f" {', '.join(sorted(applied - known))}). Start that version, or restore the"
            " backup made before the upgrade."
        )
