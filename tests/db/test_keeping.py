"""`python bot.py backup`, `restore` and `export`."""

import contextlib
import json
import os
import sqlite3
import stat
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from mend.app import Bot
from mend.db.schema import opened
from mend.ownit.model import new_note
from mend.ownit.store import NoteStore
from mend.people.teams import Teams
from mend.playbooks.library import Library
from mend.repair.gaps import Gaps
from mend.repair.store import LearningStore
from tests.repair.test_feedback import ODD_WORDS, dump, miss
from tests.repair.test_repair import repair
from tests.test_command_line import Run, run
from workspace import Workspace

__all__ = ["run"]

pytestmark = pytest.mark.sqlite
NOW = datetime(2026, 11, 24, 14, 30, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """With one note, as the bot leaves it when it stops."""
    note(tmp_path / "mend.db", "the first")
    return tmp_path / "mend.db"


def note(database: Path, text: str) -> None:
    db = opened(database, "T1")
    NoteStore(db).add(new_note("C1", "UADA", text, NOW), f"command:{text}")
    db.close()


def notes(database: Path) -> list[str]:
    db = opened(database, "T1")
    found = [note.text for note in NoteStore(db).mine("UADA", limit=9)]
    db.close()
    return sorted(found)


def test_a_backup_is_one_private_file_that_says_what_it_holds(
    run: Run, environment: dict[str, str], database: Path, tmp_path: Path
) -> None:
    to = tmp_path / "backups" / "tuesday.db"
    to.parent.mkdir()
    code, out, _ = run("backup", str(to), environment=environment)
    assert code == 0 and "notes" in out and "delete each backup" in out
    assert stat.S_IMODE(to.stat().st_mode) == 0o600
    assert [file.name for file in to.parent.iterdir()] == ["tuesday.db"]
    assert notes(to) == ["the first"]


def test_a_backup_while_the_bot_runs_holds_what_was_just_saved(
    run: Run, environment: dict[str, str], bot: Bot, ws: Workspace, ada: Any, tmp_path: Path
) -> None:
    ada.command("/ownit", "sent the refund to the wrong card", channel="support")
    assert run("backup", str(tmp_path / "b.db"), environment=environment)[0] == 0
    kept = opened(tmp_path / "b.db", ws.id)
    assert [note.text for note in NoteStore(kept).mine(ada.id, limit=9)] == [
        "sent the refund to the wrong card"
    ]
    kept.close()


@pytest.mark.parametrize("where", ["", "missing/b.db", "mend.db"])
def test_a_backup_overwrites_nothing_and_says_where_it_cannot_be(
    run: Run, environment: dict[str, str], database: Path, tmp_path: Path, where: str
) -> None:
    code, _, err = run("backup", str(tmp_path / where), environment=environment)
    assert code == 2 and str(tmp_path / where) in err and "Traceback" not in err
    assert notes(database) == ["the first"]


def test_nothing_to_back_up_makes_nothing(
    run: Run, environment: dict[str, str], tmp_path: Path
) -> None:
    code, _, err = run("backup", str(tmp_path / "b.db"), environment=environment)
    assert code == 2 and "nothing to back up" in err and list(tmp_path.iterdir()) == []


def test_restore_puts_it_back_and_keeps_the_one_of_before(
    run: Run, environment: dict[str, str], database: Path, tmp_path: Path
) -> None:
    backup = tmp_path / "b.db"
    run("backup", str(backup), environment=environment)
    note(database, "the second")
    code, out, _ = run("restore", str(backup), environment=environment)
    [aside] = [file for file in tmp_path.glob("mend.db.*")]
    assert code == 0 and str(aside) in out and "is in it again" in out
    assert notes(database) == ["the first"] and notes(aside) == ["the first", "the second"]
    assert stat.S_IMODE(database.stat().st_mode) == 0o600
    assert backup.exists()


def test_restore_where_there_was_none(
    run: Run, environment: dict[str, str], database: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "new" / "mend.db"
    environment["MEND_DATABASE_URL"] = f"sqlite:///{elsewhere}"
    assert run("restore", str(database), environment=environment)[0] == 0
    assert notes(elsewhere) == ["the first"]
    assert [file.name for file in elsewhere.parent.iterdir()] == ["mend.db"]


def test_restore_refuses_while_the_bot_runs(
    run: Run, environment: dict[str, str], database: Path, tmp_path: Path, start: Callable[[], Bot]
) -> None:
    backup = tmp_path / "b.db"
    run("backup", str(backup), environment=environment)
    note(database, "the second")
    before = set(tmp_path.iterdir())
    running = start()
    code, _, err = run("restore", str(backup), environment=environment)
    assert code == 2 and "Mend is running" in err
    assert running.db.is_readable()
    running.db.close()
    assert notes(database) == ["the first", "the second"]
    assert set(tmp_path.iterdir()) == before


def spoil_newer(backup: Path) -> None:
    with contextlib.closing(sqlite3.connect(backup)) as connection, connection:
        connection.execute(
            "insert into _sqlite_migrations (migration_set, name, applied_at)"
            " values ('mend', 'm9999_later', '')"
        )


def spoil_other(backup: Path) -> None:
    backup.unlink()
    sqlite3.connect(backup).execute("create table cats (name)").connection.close()


def spoil_text(backup: Path) -> None:
    backup.write_text("a shopping list " * 100)


def spoil_page(backup: Path) -> None:
    data = bytearray(backup.read_bytes())
    data[4096:8192] = os.urandom(4096)
    backup.write_bytes(data)


def spoil_gone(backup: Path) -> None:
    backup.unlink()


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (spoil_newer, "newer version"),
        (spoil_other, "not a Mend database"),
        (spoil_text, "not a Mend database"),
        (spoil_page, "damaged"),
        (spoil_gone, "There is no file"),
    ],
)
def test_what_is_no_backup_is_refused_and_nothing_changes(
    run: Run,
    environment: dict[str, str],
    database: Path,
    tmp_path: Path,
    spoil: Callable[[Path], None],
    says: str,
) -> None:
    backup = tmp_path / "b.db"
    run("backup", str(backup), environment=environment)
    spoil(backup)
    before = {file.name for file in tmp_path.iterdir()}
    code, _, err = run("restore", str(backup), environment=environment)
    assert code == 2 and says in err and "Traceback" not in err
    assert notes(database) == ["the first"]
    assert {file.name for file in tmp_path.iterdir()} == before


def test_a_damaged_database_is_kept_aside_and_leaves_nothing_behind(
    run: Run, environment: dict[str, str], database: Path, tmp_path: Path
) -> None:
    backup = tmp_path / "b.db"
    run("backup", str(backup), environment=environment)
    database.write_text("a shopping list " * 300)
    (tmp_path / "mend.db-wal").write_text("left over")
    assert run("restore", str(backup), environment=environment)[0] == 0
    assert notes(database) == ["the first"]
    assert [file.read_text()[:10] for file in tmp_path.glob("mend.db.*")] == ["a shopping"]


def test_export_holds_playbooks_phrases_and_use_and_nobody(
    run: Run, environment: dict[str, str], bot: Bot, ws: Workspace, ada: Any, ben: Any
) -> None:
    for person in (ada, ben):
        LearningStore(bot.db).learn("double-charge", "paid 2x", person.id, bot.now())
    LearningStore(bot.db).learn("double-charge", "ada alone", ada.id, bot.now())
    miss(ada, ODD_WORDS)
    ada.press(repair(ada, "they charged me twice"), "It worked")
    assert ada.id in dump(bot)
    assert json.loads(run("export", environment=environment)[1])["phrases"] == []
    bot.of(Gaps).close_day()
    tomorrow = (bot.now() + timedelta(days=1)).date()
    LearningStore(bot.db).close(bot.of(Teams).first, tomorrow, bot.now(), 1)
    code, out, _ = run("export", environment=environment)
    kept = json.loads(out)
    assert code == 0 and sorted(kept) == ["phrases", "playbooks", "use"]
    assert len(kept["playbooks"]) == len(bot.of(Library).all())
    assert kept["phrases"] == [{"playbook": "double-charge", "phrase": "paid 2x"}]
    month = {"month": "2026-11", "shown": 1, "worked": 1, "not_this": 0}
    assert {"playbook": "double-charge", **month} in kept["use"]
    assert ada.id not in out and "ada alone" not in out and "flamingo" not in out
