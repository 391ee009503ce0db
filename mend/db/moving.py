"""`bot.py move`: an installation from its SQLite file to a PostgreSQL server."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mend.db import postgres_schema
from mend.db.backup import settle
from mend.db.copying import Table, digest, in_postgres, in_sqlite, tables, to_postgres
from mend.db.model import Refused
from mend.db.postgres import connected
from mend.db.schema import refuse_newer
from mend.db.snapshot import looked_into
from mend.db.steps import steps
from mend.settings.address import Server


def move(file: Path, to: Server) -> tuple[int, int]:
    """Every row, compared with its original; how many rows of how many tables those are.

    One transaction of the server: killed before its end it leaves nothing there, done once more it
    finds that all is there. The file is only read. Raises Refused while the bot runs, or where
    the server holds other rows; CannotOpen where one of them cannot be used.
    """
    if not file.is_file():
        raise Refused(f"There is no database at {file}, so there is nothing to move.")
    with _held(file), contextlib.closing(looked_into(file, "")) as source, connected(to) as target:
        refuse_newer(postgres_schema.applied(target) or set())
        postgres_schema.bring_up_to_date(target, steps)
        from_here = source.connection().conn
        every = tables(from_here)
        wanted = {table: digest(in_sqlite(from_here, table)) for table in every}
        if _found(target, every) != wanted:
            if any(count for count, _ in _found(target, every).values()):
                raise Refused(
                    f"{to} holds something else already. Move to an empty database"
                    " (createdb --owner mend mend)."
                )
            for table in every:
                to_postgres(target, table, in_sqlite(from_here, table))
            if _found(target, every) != wanted:
                raise Refused(f"What arrived at {to} is not what was sent; nothing is kept there.")
    return sum(count for count, _ in wanted.values()), len(every)


def _found(target: Any, every: list[Table]) -> dict[Table, tuple[int, int]]:
    return {table: digest(in_postgres(target, table)) for table in every}


@contextlib.contextmanager
def _held(file: Path) -> Iterator[None]:
    """Nobody writes into it meanwhile; a bot that is started on it now does not start."""
    settle(file)
    with contextlib.closing(sqlite3.connect(file, timeout=0, isolation_level=None)) as lock:
        lock.execute("begin immediate")
        yield
