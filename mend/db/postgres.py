"""PostgreSQL as Mend uses it: a pool of connections, and one writer at a time in a workspace.

What writes takes the workspace's advisory lock first, as SQLite's writers take theirs: what a
transaction has read is still so when it commits. See docs/decisions.md.
"""

from __future__ import annotations

import contextlib
import hashlib
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import psycopg
from psycopg import errors
from psycopg.conninfo import conninfo_to_dict
from psycopg.pq import TransactionStatus
from psycopg.rows import dict_row
from psycopg.types.string import StrDumper
from psycopg_pool import ConnectionPool, PoolClosed

from mend.db import dialect
from mend.db.engine import BUSY_SECONDS, CannotOpen, Database
from mend.db.mapping import column
from mend.db.model import NotSaved
from mend.settings.address import Server

CONNECTIONS = 16  # at most, of one process; PostgreSQL itself allows a hundred unless told more
STATEMENT_SECONDS = 2.5  # with Slack's limit of three seconds in mind
RECONNECT_SECONDS = 5.0  # of trying in the background; after that whoever asks tries at once
HANGING = 6  # statements' worth of silence in a transaction: its process hangs, others go on
IDLE_SECONDS = 1.0
OLDEST = 13
_PLACES = {  # unless the address says otherwise: a server that vanished is noticed in time
    "connect_timeout": "3",
    "tcp_user_timeout": "5000",
    "keepalives_idle": "10",
    "keepalives_interval": "3",
    "keepalives_count": "3",
    "application_name": "mend",
}
_ADVICE = {  # by what PostgreSQL says
    "password": "Check the user and the password in MEND_DATABASE_URL.",
    "pg_hba": "Let this machine in (pg_hba.conf of the server).",
    "does not exist": "Make it: createuser --pwprompt mend, createdb --owner mend mend.",
    "timeout": "Something else holds it: try again in a moment.",
    "already exists": "Give Mend a database of its own (createdb --owner mend mend).",
    "permission denied": "Mend's user must own the database (createdb --owner mend mend).",
    "too many": "Let the server take more connections (max_connections).",
    "": "Start it, or correct MEND_DATABASE_URL.",
}
_NOT_NOW = (
    psycopg.OperationalError,
    errors.ReadOnlySqlTransaction,
    errors.InsufficientPrivilege,
)


class PostgresDatabase(Database):
    """A database on a server. Safe to share among threads; none holds a connection for long."""

    def __init__(
        self,
        server: Server,
        workspace: str,
        engine: str,
        *,
        busy_seconds: float = BUSY_SECONDS,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(workspace, monotonic)
        self.engine = engine
        self._lock = lock_key(f"workspace {workspace}")
        self._pool: ConnectionPool[Any] = ConnectionPool(
            kwargs={**parameters(server), "autocommit": True},
            min_size=1,
            max_size=CONNECTIONS,
            timeout=busy_seconds,
            reconnect_timeout=RECONNECT_SECONDS,
            configure=partial(_configure, busy_seconds=busy_seconds),
            connection_class=_Connection,
            check=_check,
            open=True,
            name="mend",
        )

    @contextlib.contextmanager
    def _begun(self) -> Iterator[Callable[[], None]]:
        with explained_as_not_saved(), self._connection() as connection:
            try:
                connection.execute(f"begin; select pg_advisory_xact_lock({self._lock})")
                self._local.connection = connection
                yield partial(_commit, connection)
            finally:
                self._local.connection = None
                if connection.info.transaction_status is not TransactionStatus.IDLE:
                    with contextlib.suppress(psycopg.OperationalError):
                        connection.execute("rollback")

    def _run(self, sql: str, values: dict[str, Any]) -> tuple[list[dict[str, Any]], int]:
        connection = getattr(self._local, "connection", None)
        if connection is not None:
            return executed(connection, sql, values)
        with explained_as_not_saved(), self._connection() as lent:
            return executed(lent, sql, values)

    @contextlib.contextmanager
    def _connection(self) -> Iterator[Any]:
        connection = self._pool.getconn()
        try:
            yield connection
        finally:
            connection.used_at = time.monotonic()
            self._pool.putconn(connection)

    def scrub(self) -> None:
        """Nothing to do: what was deleted is gone for every reader, and the server tidies up."""

    def has_changed(self) -> bool:
        """Each commit, also of another process, moves the snapshot on."""
        snapshot = self.one(str, "select cast(pg_current_snapshot() as text)")
        seen, self._local.seen = getattr(self._local, "seen", None), snapshot
        return bool(seen != snapshot)

    def is_readable(self) -> bool:
        try:
            return super().is_readable()
        except psycopg.Error:
            return False

    def close(self) -> None:
        self._pool.close()


class _Connection(psycopg.Connection[Any]):
    used_at = 0.0


def _check(connection: _Connection) -> None:
    """What lay idle may have outlived its server. To ask each time costs as much as to read."""
    if time.monotonic() - connection.used_at > IDLE_SECONDS:
        ConnectionPool.check_connection(connection)


def version_of(connection: Any) -> str:
    return f"PostgreSQL {connection.info.parameter_status('server_version')}"


def why_unwritable(connection: Any) -> str:
    """As far as can be told without writing; empty where it can be written."""
    found = connection.execute(
        "select pg_is_in_recovery() or current_setting('default_transaction_read_only') = 'on' as"
        " is_read_only, has_table_privilege('jobs', 'insert, update, delete') as may_write"
    ).fetchone()
    if found["is_read_only"]:
        return "the server is read-only (a standby, or default_transaction_read_only)"
    return "" if found["may_write"] else "Mend's user may not write its tables"


def executed(connection: Any, sql: str, values: dict[str, Any]) -> tuple[list[dict[str, Any]], int]:
    """The rows of a statement as the stores write it, and how many it returned or changed."""
    text, names = dialect.statement(sql)
    found = connection.execute(text, [bound(values[name]) for name in names])
    return (found.fetchall() if found.description else []), found.rowcount


def bound(value: Any) -> Any:
    """As its column keeps it: yes and no as 1 and 0; a list as one, for `in`."""
    if isinstance(value, list):
        return [bound(each) for each in value]
    kept = column(value)
    return int(kept) if isinstance(kept, bool) else kept


def parameters(server: Server) -> dict[str, Any]:
    """How to connect; raises CannotOpen, which never quotes: the address may hold a password."""
    try:
        return {**_PLACES, **conninfo_to_dict(server.url)}
    except psycopg.ProgrammingError:
        raise CannotOpen(
            "MEND_DATABASE_URL is no address that PostgreSQL's library can read. In a password"
            " / is %2F, @ is %40, % is %25. Example: postgresql://mend:PASSWORD@db.example.com/mend"
        ) from None


@contextlib.contextmanager
def connected(server: Server, *, read_only: bool = False) -> Iterator[Any]:
    """One connection outside of any pool; raises CannotOpen with what to do.

    `read_only`: for looking, in one moment of the database, which others may change meanwhile.
    """
    with explained(server):
        connection = psycopg.connect(**parameters(server), autocommit=True)
    with contextlib.closing(connection), explained(server):
        _configure(connection, busy_seconds=10.0, statement_seconds=0)
        version = connection.info.server_version // 10000
        encoding = connection.info.parameter_status("server_encoding")
        if version < OLDEST:
            raise CannotOpen(f"{server} is PostgreSQL {version}; Mend needs {OLDEST} or newer.")
        if encoding != "UTF8":
            raise CannotOpen(
                f"{server} is in {encoding}; Mend needs UTF8"
                " (createdb --encoding UTF8 --template template0)."
            )
        connection.execute(
            "begin isolation level repeatable read read only" if read_only else "begin"
        )
        yield connection
        _commit(connection)


def _configure(
    connection: Any, *, busy_seconds: float, statement_seconds: float = STATEMENT_SECONDS
) -> None:
    connection.cursor_factory = psycopg.RawCursor
    connection.row_factory = dict_row
    # A statement prepared before another process added a column would fail after it.
    connection.prepare_threshold = None
    connection.adapters.register_dumper(str, StrDumper)
    connection.adapters.register_loader("numeric", _Whole)
    connection.execute(
        f"set lock_timeout = {round(busy_seconds * 1000)};"
        f" set statement_timeout = {round(statement_seconds * 1000)};"
        f" set idle_in_transaction_session_timeout = {round(statement_seconds * HANGING * 1000)}"
    )


class _Whole(psycopg.adapt.Loader):
    """What the sum of whole numbers is."""

    def load(self, data: Any) -> int:
        return int(bytes(data))


def lock_key(what: str) -> int:
    """The number of an advisory lock, alike in every process."""
    digest = hashlib.sha256(f"mend {what}".encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)


def _commit(connection: Any) -> None:
    if connection.execute("commit").statusmessage != "COMMIT":  # a statement of it had failed
        raise NotSaved("PostgreSQL took it back")


@contextlib.contextmanager
def explained(server: Server) -> Iterator[None]:
    """Turns what PostgreSQL says when it cannot be used into what to do about it."""
    try:
        yield
    except (*_NOT_NOW, errors.InvalidSchemaName, errors.DuplicateTable) as wrong:
        says = first_line(wrong)
        advice = next(advice for sign, advice in _ADVICE.items() if sign in says)
        raise CannotOpen(f"Mend cannot use {server}: {says}. {advice}") from None


@contextlib.contextmanager
def explained_as_not_saved() -> Iterator[None]:
    try:
        yield
    except PoolClosed:
        raise NotSaved("Mend is stopping") from None
    except _NOT_NOW as wrong:
        raise NotSaved(first_line(wrong)) from wrong


def first_line(wrong: Exception) -> str:
    """What the server or its library says; neither repeats a password."""
    return next(iter(str(wrong).splitlines()), type(wrong).__name__).strip().rstrip(".")
