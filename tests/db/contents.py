"""What a database holds, whichever engine keeps it."""

from __future__ import annotations

from mend.db.engine import Database
from mend.db.sqlite import SqliteDatabase


def text_columns(db: Database) -> set[str]:
    """As "table.column"."""
    if isinstance(db, SqliteDatabase):
        found = db.rows(
            'select m.name as "table", c.name as "column" from sqlite_master as m'
            " join pragma_table_info(m.name) as c where m.type = 'table'"
            " and lower(c.type) = 'text'"
        )
    else:
        found = db.rows(
            'select table_name as "table", column_name as "column" from information_schema.columns'
            " where table_schema = current_schema() and data_type = 'text'"
        )
    names = {f"{each['table']}.{each['column']}" for each in found}
    return {name for name in names if not name.startswith(("_", "sqlite_"))}


def dump(db: Database) -> str:
    """Every row of every table."""
    tables = sorted({name.partition(".")[0] for name in text_columns(db)})
    return "\n".join(
        f"{table} {each}" for table in tables for each in db.rows(f"select * from {table}")
    )
