"""Mend's tables in PostgreSQL: made as SQLite's are today, then changed by the same later steps."""

from __future__ import annotations

import contextlib
import sqlite3
from typing import Any

import sqlite_utils
from psycopg.rows import tuple_row
from sqlite_utils import Migrations

from mend.db import dialect
from mend.db.engine import by_name
from mend.db.postgres import bound, lock_key

_LOCK = lock_key("schema")
_KEPT = Migrations.migrations_table


def bring_up_to_date(connection: Any, steps: Migrations) -> None:
    """Make the tables, or apply the steps that are missing; for one process at a time.

    `connection` is in a transaction, so that nothing is done by halves.
    """
    connection.execute(f"select pg_advisory_xact_lock({_LOCK})")
    done = applied(connection)
    if done is None:
        make(connection, steps)
        return
    database: Any = Stepping(connection)
    for step in steps._migrations:
        if step.name not in done:
            step.fn(database)
            _record(connection, steps.name, step.name)


def applied(connection: Any) -> set[str] | None:
    """The names of the steps it went through; None where it has no table of Mend's."""
    if connection.execute("select to_regclass($1) as it", [_KEPT]).fetchone()["it"] is None:
        return None
    return {each["name"] for each in connection.execute(f"select name from {_KEPT}").fetchall()}


def make(connection: Any, steps: Migrations) -> None:
    """Today's tables, as the steps make them in SQLite: so the two can never differ."""
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as model:
        steps.apply(sqlite_utils.Database(model))
        made = model.execute("select sql from sqlite_master where sql is not null").fetchall()
        names = model.execute(f"select name from {_KEPT} order by id").fetchall()
    for [sql] in made:
        connection.execute(dialect.definition(sql))
    for function in dialect.FUNCTIONS:
        connection.execute(function)
    for [name] in names:
        _record(connection, steps.name, name)


def _record(connection: Any, of: str, name: str) -> None:
    connection.execute(
        f"insert into {_KEPT} (migration_set, name, applied_at) values ($1, $2, now()::text)",
        [of, name],
    )


class Stepping:
    """What a step is given instead of SQLite's database: its `execute`."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def execute(self, sql: str, places: list[Any] | tuple[Any, ...] = ()) -> Any:
        """Run a statement; what it found is read as SQLite gives it."""
        if sql.lstrip().lower().startswith(("create", "alter", "drop")):
            return self._connection.execute(dialect.definition(sql))
        text, names = dialect.statement(by_name(sql)[0])
        found = self._connection.cursor(row_factory=tuple_row)
        return found.execute(text, [bound(places[int(name[1:])]) for name in names])
