"""A PostgreSQL server for the tests: on a socket of its own in a temporary folder, gone after."""

from __future__ import annotations

import contextlib
import importlib.util
import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from mend.db.schema import opened
from mend.settings.address import Server

_NUMBERS = itertools.count(1)
_SETTINGS = {  # for speed: what the tests write need not survive the machine
    "fsync": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "listen_addresses": "",
    "max_connections": "200",
    "shared_buffers": "32MB",
}
_TABLES = (
    "select string_agg(tablename, ' ' order by tablename) as tables from pg_tables"
    " where schemaname = 'public'"
)
_EMPTY = f"""
do $$ declare name text; begin
    for name in select tablename from pg_tables
        where schemaname = 'public' and tablename <> '_sqlite_migrations'
    loop execute format('delete from %I', name); end loop;
    for name in select sequencename from pg_sequences
        where schemaname = 'public' and last_value is not null
        and sequencename not like '\\_sqlite%'
    loop execute format('alter sequence %I restart', name); end loop;
end $$; {_TABLES}"""


# Ends the server when the tests end, however they do: then nobody holds the other end of `cat`.
_WATCH = """
cat; pid=$(head -1 "$1/data/postmaster.pid") && kill -QUIT "$pid"
while kill -0 "$pid" 2>/dev/null; do sleep 0.1; done; rm -rf "$1"
"""


@cache
def programs() -> Path | None:
    """The folder of initdb and pg_ctl, where PostgreSQL is installed."""
    found = shutil.which("pg_ctl")
    places = [Path(found).resolve().parent] if found else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((place for place in places if (place / "initdb").exists()), None)


def what_is_missing() -> str:
    """Why no test can have a PostgreSQL server here; empty where it can."""
    if importlib.util.find_spec("psycopg_pool") is None:
        return "psycopg is not installed: make postgres"
    return "" if programs() else "PostgreSQL is not installed (Debian: apt install postgresql)"


def name_of(server: Server) -> str:
    """Of its database."""
    return str(server).rpartition("/")[2]


class Cluster:
    """A running server. `fresh` makes a database of today's tables in milliseconds."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._data = folder / "data"
        place = programs()
        assert place is not None
        self._programs = place
        self._run(
            "initdb",
            "--no-sync",
            "--auth=trust",
            "--username=mend",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
        )
        written = "\n".join(f"{key} = '{value}'" for key, value in _SETTINGS.items())
        with (self._data / "postgresql.conf").open("a") as file:
            file.write(f"\n{written}\nunix_socket_directories = '{folder}'\n")
        access = self._data / "pg_hba.conf"
        access.write_text(f"local all guarded scram-sha-256\n{access.read_text()}")
        self.start()
        self.sql("create role guarded login password 'right'")
        self.sql("create database newest")
        opened(self.address("newest"), "T1").close()
        [newest] = self.sql(_TABLES, "newest")
        self._tables = newest["tables"]
        self._spare: list[Server] = []

    def address(self, database: str) -> Server:
        return Server(f"postgresql://mend@/{database}?host={self.folder}")

    def fresh(self) -> Server:
        """Empty, with today's tables: one that was given back, or a copy."""
        if self._spare:
            return self._spare.pop()
        name = f"t{next(_NUMBERS)}"
        self.sql(f"create database {name} template newest")
        return self.address(name)

    def empty(self) -> Server:
        """Without any table."""
        name = f"t{next(_NUMBERS)}"
        self.sql(f"create database {name}")
        return self.address(name)

    def give_back(self, server: Server) -> None:
        """Emptied for the next test, unless this one changed its tables."""
        [done] = self.sql(_EMPTY, name_of(server))
        if done["tables"] == self._tables:
            self._spare.append(server)

    def sql(self, statement: str, database: str = "postgres") -> list[dict[str, Any]]:
        import psycopg
        from psycopg.rows import dict_row

        with psycopg.connect(
            self.address(database).url, autocommit=True, row_factory=dict_row
        ) as connection:
            found = connection.execute(statement)
            while found.nextset():
                pass
            return found.fetchall() if found.description else []

    def start(self) -> None:
        self._run("pg_ctl", "--wait", f"--log={self.folder / 'log'}", "start")

    def stop(self) -> None:
        self._run("pg_ctl", "--wait", "--mode=immediate", "stop")

    def _run(self, program: str, *arguments: str) -> None:
        """PostgreSQL runs under no root account."""
        account = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
        if account and self.folder.stat().st_uid != account.pw_uid:
            os.chown(self.folder, account.pw_uid, account.pw_gid)
        done = subprocess.run(
            [self._programs / program, f"--pgdata={self._data}", *arguments],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            cwd=self.folder,
            user=account and account.pw_uid,
            group=account and account.pw_gid,
            extra_groups=[] if account else None,
            check=False,
        )
        assert done.returncode == 0, (program, done.stderr)


@contextlib.contextmanager
def cluster() -> Iterator[Cluster]:
    """In a short path (it is a socket's), which another account reaches; in memory if it can."""
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else "/tmp"
    folder = Path(tempfile.mkdtemp(prefix="mend-pg-", dir=memory))
    watch = ["sh", "-c", _WATCH, "sh", folder]
    with subprocess.Popen(watch, stdin=subprocess.PIPE, start_new_session=True):
        yield Cluster(folder)
