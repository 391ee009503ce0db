"""PostgreSQL as Mend uses it. What every database must do runs on both: `make test-postgres`."""

import contextlib
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Migrations

from mend.db.engine import CannotOpen, Database
from mend.db.jobs import Jobs
from mend.db.model import NotSaved, Refused
from mend.db.schema import opened, steps
from mend.db.snapshot import looked_into
from mend.ownit.model import new_note
from mend.ownit.store import NoteStore
from mend.settings.address import Server
from tests.db.contents import dump
from tests.db.server import Cluster, name_of, what_is_missing
from tests.test_command_line import Run
from tests.test_command_line import run as run

pytestmark = pytest.mark.skipif(bool(what_is_missing()), reason=what_is_missing())

ROOT = Path(__file__).parent.parent.parent
NOW = datetime(2026, 11, 24, 14, 30, tzinfo=UTC)


@pytest.fixture
def server(cluster: Cluster) -> Iterator[Server]:
    address = cluster.fresh()
    yield address
    cluster.give_back(address)


@pytest.fixture
def kept(server: Server) -> Iterator[Database]:
    db = opened(server, "T1", busy_seconds=0.2)
    yield db
    db.close()


def own(db: Database, words: str) -> None:
    NoteStore(db).add(new_note("C1", "UADA", words, NOW), f"command:{words}")


def words_in(db: Database) -> list[str | None]:
    return sorted(str(note.text) for note in NoteStore(db).mine("UADA", limit=99))


def test_eight_processes_that_start_together_all_start(cluster: Cluster) -> None:
    empty = cluster.empty()
    with ThreadPoolExecutor(8) as starting:
        started = list(starting.map(lambda _: opened(empty, "T1"), range(8)))
    for db in started:
        db.close()


def test_writers_of_a_workspace_take_turns_and_others_do_not_wait(
    kept: Database, server: Server
) -> None:
    again, elsewhere = (opened(server, name, busy_seconds=0.2) for name in ("T1", "T2"))
    with kept.transaction():
        own(kept, "half said")
        own(elsewhere, "from elsewhere")
        assert words_in(again) == []
        with pytest.raises(NotSaved, match="lock timeout"):
            own(again, "too early")
    own(again, "in its turn")
    assert words_in(kept) == ["half said", "in its turn"]
    again.close()
    elsewhere.close()


def test_what_takes_too_long_is_not_saved(kept: Database) -> None:
    with kept.until(time.monotonic() - 0.001), pytest.raises(NotSaved, match="too long"):
        own(kept, "late")
    with pytest.raises(NotSaved, match="statement timeout"):
        kept.rows("select pg_sleep(9)")
    assert words_in(kept) == []


def test_what_no_server_keeps_is_left_out_of_words(kept: Database) -> None:
    own(kept, "one\0two")
    assert words_in(kept) == ["onetwo"]


def test_a_server_that_was_restarted_is_used_again(kept: Database, cluster: Cluster) -> None:
    own(kept, "before")
    cluster.stop()
    assert not kept.is_readable()
    with pytest.raises(NotSaved):
        own(kept, "while it is away")
    cluster.start()
    until = time.monotonic() + 10
    while not kept.is_readable():
        assert time.monotonic() < until
    own(kept, "after")
    assert words_in(kept) == ["after", "before"]


def test_what_another_process_commits_is_noticed(kept: Database, server: Server) -> None:
    other = opened(server, "T1")
    assert kept.has_changed() and not kept.has_changed()
    own(other, "news")
    assert kept.has_changed() and not kept.has_changed()
    other.close()


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("postgresql://mend:s3cret@127.0.0.1:1/mend", "Start it, or correct MEND_DATABASE_URL"),
        ("postgresql://mend:s3cret@/nowhere?host={folder}", "createdb"),
        ("postgresql://guarded:s3cret@/newest?host={folder}", "Check the user and the password"),
        ("postgresql://mend:%zzs3cret@/mend", "no address"),
        ("postgresql://mend@/mend?host={folder}&s3cret=1", "no address"),
    ],
)
def test_an_address_that_is_wrong_is_said_without_its_password(
    cluster: Cluster, run: Run, environment: dict[str, str], address: str, told: str
) -> None:
    environment["MEND_DATABASE_URL"] = address.format(folder=cluster.folder)
    code, out, err = run("export", environment=environment)
    assert code == 2 and told in err and "Traceback" not in err
    assert "s3cret" not in out + err


def test_a_user_who_may_make_no_tables_is_told_what_mend_needs(cluster: Cluster) -> None:
    server = Server(f"postgresql://guarded:right@/{name_of(cluster.empty())}?host={cluster.folder}")
    with pytest.raises(CannotOpen, match="permission denied.*must own the database"):
        opened(server, "T1")


def test_without_its_package_a_sentence_says_what_to_type() -> None:
    code = (
        "import sys; sys.modules['psycopg'] = None; from bot import main;"
        "sys.exit(main(['export'], {'MEND_DATABASE_URL': 'postgresql://mend@db.example/mend'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 2 and b"make postgres" in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_database_of_a_newer_mend_is_refused(server: Server, cluster: Cluster) -> None:
    empty = cluster.empty()
    opened(empty, "T1").close()
    cluster.sql(
        "insert into _sqlite_migrations (migration_set, name, applied_at)"
        " values ('mend', 'm9999_future', '')",
        name_of(empty),
    )
    for open in (opened, looked_into):
        with pytest.raises(CannotOpen, match="newer version of Mend.*m9999_future"):
            open(empty, "T1")


def test_a_later_step_makes_the_same_of_both(cluster: Cluster) -> None:
    """Steps to today's tables are SQLite's history; a server starts at their end, and goes on."""
    from mend.db.postgres import connected
    from mend.db.postgres_schema import bring_up_to_date

    later = Migrations("mend")
    for step in steps._migrations:
        later(name=step.name)(step.fn)

    @later()
    def m9998_mood_of_a_note(database: Any) -> None:
        for statement in (
            "alter table notes add column mood text not null default ''",
            "create table moods (workspace text not null, name text not null, seen integer) strict",
            "create index moods_of on moods (workspace, name)",
            "insert into moods select workspace, 'calm', count(*) from notes group by workspace",
        ):
            database.execute(statement)
        for [seen] in database.execute("select seen from moods").fetchall():
            database.execute("update moods set name = ? where seen = ?", [f"calm {seen}", seen])

    stepped, fresh = cluster.empty(), cluster.empty()
    db = opened(stepped, "T1")
    own(db, "kept")
    db.close()
    for server in (stepped, fresh):
        with connected(server) as connection:
            bring_up_to_date(connection, later)

    assert cluster.sql("select name, seen from moods", name_of(stepped)) == [
        {"name": "calm 1", "seen": 1}
    ]

    def columns(server: Server) -> list[dict[str, object]]:
        return cluster.sql(
            "select table_name, column_name, data_type, collation_name, is_nullable, column_default"
            " from information_schema.columns where table_schema = 'public' order by 1, 2",
            name_of(server),
        )

    assert columns(stepped) == columns(fresh)


def test_looking_into_it_writes_nothing(
    run: Run, environment: dict[str, str], kept: Database, server: Server
) -> None:
    own(kept, "a slip")
    environment["MEND_DATABASE_URL"] = server.url
    kept.has_changed()
    copy = looked_into(server, "T1")
    assert words_in(copy) == ["a slip"] and copy.engine.startswith("PostgreSQL 1")
    own(copy, "only looked at")
    copy.check_writable()
    copy.close()
    assert run("export", environment=environment)[0] == 0
    assert not kept.has_changed() and words_in(kept) == ["a slip"]


@pytest.mark.parametrize(("command", "tool"), [("backup", "pg_dump"), ("restore", "pg_restore")])
def test_backup_and_restore_name_the_servers_own_commands(
    run: Run, environment: dict[str, str], command: str, tool: str
) -> None:
    environment["MEND_DATABASE_URL"] = "postgresql://mend:s3cret@db.example/mend"
    code, _, err = run(command, "tuesday.dump", environment=environment)
    assert code == 2 and tool in err and "postgresql://mend@db.example/mend" in err
    assert "s3cret" not in err


# --- from a file to a server ------------------------------------------------------------------


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """An installation in which something was done."""
    db = opened(tmp_path / "mend.db", "T1")
    for words in ("sent it twice", "Zoë's order", "a\tb\\n\n"):
        own(db, words)
    for key in ("one", "two"):
        Jobs(db).schedule("thread", key, NOW, {"note": key})
    db.close()
    return tmp_path / "mend.db"


@pytest.fixture
def moving(file: Path, run: Run, environment: dict[str, str]) -> Callable[[Server], str]:
    """`bot.py move`, and what it says where it works; raises Refused with the sentence."""
    environment["MEND_DATABASE_URL"] = f"sqlite:///{file}"

    def move(to: Server) -> str:
        code, out, err = run("move", "--to", to.url, environment=environment)
        if code:
            assert code == 2 and "Traceback" not in err
            raise Refused(err)
        return out

    return move


def rows_of(db: Database) -> list[str]:
    """In their order, without the numbers of rows that only a server shows."""
    return sorted(line.partition(", 'rowid'")[0].rstrip("}") for line in dump(db).splitlines())


def test_an_installation_moves_with_every_row_and_goes_on_there(
    file: Path, moving: Callable[[Server], str], server: Server
) -> None:
    before = file.read_bytes()
    assert "each compared" in moving(server)
    old, new = looked_into(file, "T1"), opened(server, "T1")
    assert rows_of(new) == rows_of(old) and len(rows_of(new)) == 5
    own(new, "written there")
    assert NoteStore(new).mine("UADA", limit=1)[0].text == "written there"  # after those of before
    Jobs(new).schedule("thread", "three", NOW)
    assert [job.key for job in Jobs(new).pending("thread")] == ["one", "two", "three"]
    assert len(before) == len(file.read_bytes())
    old.close()
    new.close()


def test_a_move_that_was_killed_left_nothing_and_is_done_once_more(
    moving: Callable[[Server], str], server: Server, cluster: Cluster
) -> None:
    lock, is_held = threading.Event(), threading.Event()

    def hold() -> None:
        import psycopg

        with psycopg.connect(server.url) as other:
            other.execute("lock table submissions in access exclusive mode")
            is_held.set()
            lock.wait(10)

    with ThreadPoolExecutor(1) as holding:
        holding.submit(hold)
        assert is_held.wait(10)
        ended = threading.Timer(
            0.5,
            lambda: cluster.sql(
                "select pg_terminate_backend(pid) from pg_stat_activity where application_name ="
                " 'mend' and wait_event_type = 'Lock'"
            ),
        )
        ended.start()
        with pytest.raises(Refused):
            moving(server)
        lock.set()
    db = opened(server, "T1")
    assert dump(db) == ""
    db.close()
    assert moving(server) == moving(server)  # the second finds that all is there


def test_nothing_is_moved_over_another_installation_or_from_under_a_running_bot(
    file: Path, moving: Callable[[Server], str], server: Server, kept: Database
) -> None:
    own(kept, "somebody else's")
    with pytest.raises(Refused, match="holds something else already"):
        moving(server)
    assert words_in(kept) == ["somebody else's"]
    running = opened(file, "T1")
    with pytest.raises(Refused, match="Mend is running"):
        moving(server)
    running.close()


def test_the_tests_see_that_a_row_differs(file: Path) -> None:
    from mend.db.copying import digest, in_sqlite, tables

    with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as database:
        every = tables(database)
        before = {table: digest(in_sqlite(database, table)) for table in every}
        database.execute("update jobs set payload = '{}' where key = 'two'")
        after = {table: digest(in_sqlite(database, table)) for table in every}
    assert [table.name for table in every if before[table] != after[table]] == ["jobs"]
