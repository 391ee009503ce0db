"""All rows of all tables, from one engine to the other, and a digest by which they are compared."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Migrations

from mend.db.postgres import bound

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Table:
    """`columns` and their types in PostgreSQL, the number of each row included where it has one."""

    name: str
    columns: tuple[str, ...]
    types: tuple[str, ...]
    counts_by: str = ""  # the column that numbers rows

    @property
    def listed(self) -> str:
        return ", ".join(f'"{column}"' for column in self.columns)


def tables(model: sqlite3.Connection) -> list[Table]:
    """What SQLite's file has, what others refer to first."""
    named = "select name, sql from sqlite_master where type = 'table' and name not like ?"
    found = []
    for name, sql in model.execute(named, [f"%{Migrations.migrations_table}%"]).fetchall():
        columns, types, counts_by = [], [], ""
        for _, column, kind, _, _, place in model.execute(f'pragma table_info("{name}")'):
            columns.append(column)
            types.append("int8" if kind.lower() == "integer" else "text")
            if place and types[-1] == "int8" and "integer primary key" in sql.lower():
                counts_by = column
        if not counts_by and "without rowid" not in sql.lower():
            columns.append(counts_by := "rowid")
            types.append("int8")
        found.append(Table(name, tuple(columns), tuple(types), counts_by))
    return found


def in_sqlite(database: sqlite3.Connection, table: Table) -> Iterator[Row]:
    for row in database.execute(f'select {table.listed} from "{table.name}"'):
        yield tuple(bound(value) for value in row)


def in_postgres(connection: Any, table: Table) -> Iterator[Row]:
    asked = f'copy (select {table.listed} from "{table.name}") to stdout'
    with connection.cursor() as cursor, cursor.copy(asked) as copy:
        copy.set_types(table.types)
        yield from copy.rows()


def to_sqlite(database: sqlite3.Connection, table: Table, rows: Iterable[Row]) -> None:
    places = ", ".join("?" * len(table.columns))
    database.executemany(f'insert into "{table.name}" ({table.listed}) values ({places})', rows)


def to_postgres(connection: Any, table: Table, rows: Iterable[Row]) -> None:
    """Rows that come later are numbered on from these."""
    asked = f'copy "{table.name}" ({table.listed}) from stdin'
    with connection.cursor() as cursor, cursor.copy(asked) as copy:
        for row in rows:
            copy.write_row(row)
    if table.counts_by:
        connection.execute(
            f"select setval(pg_get_serial_sequence('\"{table.name}\"', '{table.counts_by}'),"
            f' max("{table.counts_by}")) from "{table.name}"'
        )


def digest(rows: Iterable[Row]) -> tuple[int, int]:
    """How many they are, and a number that differs where any row does, in whatever order."""
    count = total = 0
    for row in rows:
        count += 1
        total += int.from_bytes(hashlib.sha256(json.dumps(row).encode()).digest(), "big")
    return count, total % 2**256
