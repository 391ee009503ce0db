"""What the database file itself must withstand."""

import os
import sqlite3
import stat
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mend.db.engine import CannotOpen
from mend.db.jobs import Jobs
from mend.db.model import NotSaved
from mend.db.schema import opened
from mend.db.sqlite import explained
from mend.ownit.model import new_note
from mend.ownit.store import NoteStore

pytestmark = pytest.mark.sqlite
NOW = datetime(2026, 11, 24, 14, 30, tzinfo=UTC)
ROOT = Path(__file__).parent.parent.parent
SECRET = "the zanzibar refund"


def test_folder_and_file_are_for_the_operator_only(tmp_path: Path) -> None:
    opened(tmp_path / "fresh" / "mend.db", "T1").close()
    assert stat.S_IMODE((tmp_path / "fresh").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "fresh" / "mend.db").stat().st_mode) == 0o600


def test_the_folder_of_a_fresh_clone_is_closed_to_others(tmp_path: Path) -> None:
    clone, shared, home = tmp_path / "data", tmp_path / "volume", tmp_path / "home"
    for folder, mode in ((clone, 0o755), (shared, 0o2775), (home, 0o755)):
        folder.mkdir()
        folder.chmod(mode)
    (clone / ".gitkeep").touch()
    (home / "somebody-elses.txt").touch()
    for folder in (clone, shared, home):
        opened(folder / "mend.db", "T1").close()
    modes = [stat.S_IMODE(folder.stat().st_mode) for folder in (clone, shared, home)]
    assert modes == [0o700, 0o2770, 0o755]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another account")
def test_a_file_of_another_account_is_used_where_the_group_lets_it(tmp_path: Path) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        opened(folder / "mend.db", "T1").close()
        for path, mode in ((folder / "mend.db", 0o660), (folder, 0o2770)):
            os.chown(path, 1000, 65534)
            path.chmod(mode)
        code = (
            "import os; from pathlib import Path; from mend.db.schema import opened;"
            f"opened(Path({str(tmp_path / 'first.db')!r}), 'T1').close();"  # imports everything
            "os.setgroups([]); os.setgid(65534); os.setuid(65534);"
            f"db = opened(Path({str(folder / 'mend.db')!r}), 'T1'); db.scrub(); db.close()"
        )
        done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True)
        assert (done.returncode, done.stderr) == (0, b"")
        assert stat.S_IMODE((folder / "mend.db").stat().st_mode) == 0o660


def test_withdrawn_words_are_in_no_file_any_more(tmp_path: Path) -> None:
    db = opened(tmp_path / "mend.db", "T1")
    kept = NoteStore(db).add(new_note("C1", "UADA", SECRET, NOW), "command:1")
    NoteStore(db).add_reply(kept, "1.1", SECRET)
    assert any(SECRET.encode() in file.read_bytes() for file in tmp_path.iterdir())
    NoteStore(db).withdraw(kept, NOW)
    db.scrub()
    left = [file.name for file in tmp_path.iterdir() if SECRET.encode() in file.read_bytes()]
    named = [file.name for file in tmp_path.iterdir() if b"UADA" in file.read_bytes()]
    db.close()
    assert (left, named) == ([], [])


def test_everything_is_still_there_after_a_restart(tmp_path: Path) -> None:
    first = opened(tmp_path / "mend.db", "T1")
    kept = NoteStore(first).add(new_note("C1", "UADA", "x", NOW), "command:1")
    first.close()
    second = opened(tmp_path / "mend.db", "T1")
    assert NoteStore(second).get(kept.id) == kept
    second.close()


def test_eight_processes_that_start_together_all_start(tmp_path: Path) -> None:
    code = (
        "from pathlib import Path; from mend.db.schema import opened;"
        f"opened(Path({str(tmp_path / 'mend.db')!r}), 'T1').close()"
    )
    started = [
        subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stderr=subprocess.PIPE)
        for _ in range(8)
    ]
    failures = [errors.decode() for process in started if (errors := process.communicate()[1])]
    assert failures == []


def test_a_database_of_a_newer_mend_is_refused(tmp_path: Path) -> None:
    opened(tmp_path / "mend.db", "T1").close()
    with sqlite3.connect(tmp_path / "mend.db") as database:
        database.execute(
            "insert into _sqlite_migrations (migration_set, name, applied_at)"
            " values ('mend', 'm9999_future', '2030-01-01')"
        )
    database.close()
    with pytest.raises(CannotOpen, match="newer version of Mend.*m9999_future"):
        opened(tmp_path / "mend.db", "T1")


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mend.db").write_text("my shopping list, " * 100)
    with pytest.raises(CannotOpen, match="not a Mend database, or it is damaged"):
        opened(tmp_path / "mend.db", "T1")
    assert (tmp_path / "mend.db").read_text().startswith("my shopping list")


def test_a_folder_that_cannot_be_written_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    with pytest.raises(CannotOpen, match="cannot write its database"):
        opened(tmp_path / "data" / "mend.db", "T1")


def test_a_locked_database_says_not_saved_and_saves_nothing_later(tmp_path: Path) -> None:
    db = opened(tmp_path / "mend.db", "T1", busy_seconds=0.05)
    other = sqlite3.connect(tmp_path / "mend.db", isolation_level=None)
    other.execute("begin immediate")
    note = new_note("C1", "UADA", "x", NOW)
    with pytest.raises(NotSaved):
        NoteStore(db).add(note, "command:1")
    other.execute("rollback")
    other.close()
    assert NoteStore(db).get(note.id) is None
    NoteStore(db).add(note, "command:1")
    db.close()


def test_nothing_is_committed_after_the_deadline(tmp_path: Path) -> None:
    db = opened(tmp_path / "mend.db", "T1")
    note = new_note("C1", "UADA", "x", NOW)
    with db.until(time.monotonic() - 0.001), pytest.raises(NotSaved):
        NoteStore(db).add(note, "command:1")
    assert NoteStore(db).get(note.id) is None
    db.close()


def test_a_transaction_is_all_or_nothing(tmp_path: Path) -> None:
    db = opened(tmp_path / "mend.db", "T1")
    note = new_note("C1", "UADA", "x", NOW)
    with pytest.raises(KeyError), db.transaction():
        NoteStore(db).add(note, "command:1")
        Jobs(db).schedule("thread", "thread:1", NOW)
        raise KeyError
    assert NoteStore(db).get(note.id) is None
    assert Jobs(db).pending("thread") == []
    db.close()


def test_many_threads_write_at_once_and_none_is_refused(tmp_path: Path) -> None:
    db = opened(tmp_path / "mend.db", "T1")
    refused = []

    def write(number: int) -> None:
        try:
            for step in range(10):
                note = new_note("C1", f"U{number}", f"slip {step}", NOW)
                NoteStore(db).add(note, f"command:{number}:{step}")
        except NotSaved as wrong:
            refused.append(wrong)

    threads = [threading.Thread(target=write, args=[number]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = sum(len(NoteStore(db).mine(f"U{number}", limit=99)) for number in range(8))
    db.close()
    assert (refused, kept) == ([], 80)


def test_a_full_disk_says_not_saved(tmp_path: Path) -> None:
    opened(tmp_path / "mend.db", "T1").close()
    db = opened(tmp_path / "mend.db", "T1")
    pages = db.connection().execute("pragma page_count").fetchone()[0]
    db.connection().execute(f"pragma max_page_count = {pages}")
    with pytest.raises(NotSaved, match="full"):
        for number in range(200):
            note = new_note("C1", "UADA", f"{number} " + "x" * 2900, NOW)
            NoteStore(db).add(note, f"command:{number}")
    db.close()


def test_a_read_only_database_is_said_plainly(tmp_path: Path) -> None:
    opened(tmp_path / "mend.db", "T1").close()
    reader = sqlite3.connect(f"file:{tmp_path / 'mend.db'}?mode=ro", uri=True)
    with pytest.raises(CannotOpen, match="read-only for Mend"), explained(tmp_path / "mend.db"):
        reader.execute("delete from jobs")
    reader.close()


def test_a_folder_where_the_file_should_be_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "mend.db").mkdir()
    with pytest.raises(CannotOpen, match="cannot be opened"):
        opened(tmp_path / "mend.db", "T1")


def test_the_clock_of_the_store_compares_moments_not_spellings(tmp_path: Path) -> None:
    db = opened(tmp_path / "mend.db", "T1")
    manila = NOW.astimezone(tz=None) + timedelta(0)
    Jobs(db).schedule("thread", "thread:1", manila)
    assert Jobs(db).claim(NOW, ["thread"]) is not None
    db.close()


def test_after_it_is_closed_no_thread_opens_it_again(tmp_path: Path) -> None:
    db = opened(tmp_path / "mend.db", "T1")
    db.close()
    with ThreadPoolExecutor(1) as later, pytest.raises(NotSaved, match="stopping"):
        later.submit(db.connection).result()
