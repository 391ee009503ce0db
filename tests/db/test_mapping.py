"""Whatever a record's fields are, it reads back equal."""

import contextlib
import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from mend.db.engine import Database
from mend.db.mapping import column, reader, row
from mend.db.schema import opened
from mend.lookbacks.model import (
    Cause,
    Factor,
    LookBack,
    LookBackState,
)
from mend.ownit.lessons import Lessons
from mend.ownit.model import new_note
from mend.ownit.store import NoteStore
from mend.recap.conditions.model import Condition
from mend.recap.daily.model import (
    ChangeKind,
    IfThen,
    PlaybookChange,
    Recap,
)
from mend.recap.daily.store import RecapStore

NOW = datetime(2026, 11, 24, 14, 30, tzinfo=UTC)
RECAP = Recap(
    team="C1",
    day=date(2026, 11, 24),
    after=NOW - timedelta(days=1),
    until=NOW,
    changes=(PlaybookChange("late", "A late parcel", ChangeKind.NEW, "d1", NOW),),
    keep_in_mind=IfThen("A late parcel", "I am sorry."),
    thanks="Thank you.",
)


@pytest.mark.parametrize(
    "lookback",
    [
        LookBack("e1"),
        LookBack(
            "e1",
            LookBackState.ANSWERED,
            (Factor.INFO, Factor.LOAD),
            cause=Cause.PREVENTED,
            answered_at=NOW,
        ),
    ],
)
def test_a_look_back_reads_back_equal(lookback: LookBack) -> None:
    assert reader(LookBack)(row(lookback)) == lookback


def test_of_several_choices_the_short_names_are_kept() -> None:
    assert column((Factor.INFO, Factor.LOAD)) == '["INFO", "LOAD"]'


CONDITION = Condition("1", "", "courier strike", date(2026, 11, 27), "late")


@pytest.mark.parametrize(
    "recap",
    [
        RECAP,
        replace(RECAP, changes=()),
        replace(RECAP, conditions=(CONDITION,), gaps=("orders",), lesson="Read it back."),
    ],
)
def test_a_recap_reads_back_equal_its_lesson_from_where_that_is_kept(
    db: Database, recap: Recap
) -> None:
    RecapStore(db).keep(recap)
    if recap.lesson:
        Lessons(db).release("C1", "n1", recap.lesson, recap.after)
        Lessons(db).was_told("C1", recap.lesson, recap.day)
    assert RecapStore(db).latest("C1") == recap


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("line", "expected"),
    [('["A late parcel", "I am sorry."]', RECAP.keep_in_mind), ("null", IfThen("", ""))],
)
def test_a_recap_kept_by_an_older_version_is_still_read(
    tmp_path: Path, line: str, expected: IfThen
) -> None:
    db = opened(tmp_path / "mend.db", "T1")
    RecapStore(db).keep(RECAP)
    db.close()
    with contextlib.closing(sqlite3.connect(tmp_path / "mend.db")) as older, older:
        older.execute(
            "update recaps set content = json_set(content, '$.keep_in_mind', json(?))", [line]
        )
        older.execute("drop table conditions")
        older.execute("delete from _sqlite_migrations where name = 'm0010_conditions'")
    db = opened(tmp_path / "mend.db", "T1")
    assert RecapStore(db).latest("C1") == replace(RECAP, keep_in_mind=expected)
    db.close()


def test_the_order_of_moments_as_text_is_their_order_in_time() -> None:
    manila = NOW.astimezone(timezone(timedelta(hours=8)))
    assert column(manila) == column(NOW) < column(NOW + timedelta(milliseconds=500))


def test_a_moment_without_a_time_zone_is_refused(db: Database) -> None:
    with pytest.raises(ValueError, match="without a time zone"):
        NoteStore(db).add(new_note("C1", "UADA", "x", NOW.replace(tzinfo=None)), "command:1")
