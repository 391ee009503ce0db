"""A database of an earlier version keeps what it holds."""

import json
import sqlite3
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlite_utils import Database

from mend.db.jobs import Jobs
from mend.db.schema import opened, steps
from mend.helping.model import Part
from mend.helping.store import HelpStore
from mend.ownit.drafts_store import Drafts
from mend.promises.store import PromiseStore
from mend.repair.gap_store import GapStore
from mend.repair.store import LearningStore
from mend.slack.outbox import dm_subject
from mend.slack.store import Notices

pytestmark = pytest.mark.sqlite


def test_lookups_become_counts_and_misses_one_gap_a_theme(tmp_path: Path) -> None:
    old = sqlite3.connect(tmp_path / "mend.db", isolation_level=None)
    steps.apply(Database(old), stop_before="m0009_library")
    for moment in ("2026-11-23T10", "2026-11-23T11", "2026-11-24T09"):
        old.execute("insert into lookups values ('T1', 'double-charge', ?)", [moment])
    for gap, theme, words, closed in (
        ("g1", "billing", "", None),
        ("g2", "billing", "", None),
        ("g3", "billing", "my flamingo", None),
        ("g4", "orders", "", "2026-11-24T10:00:00.000000+00:00"),
    ):
        old.execute(
            "insert into gaps values (?, 'T1', ?, ?, '2026-11-24T10:00:00.000000+00:00', ?)",
            [gap, theme, words, closed],
        )
    for gap, person in (("g1", "UADA"), ("g2", "UBEN"), ("g3", "UADA")):
        old.execute("insert into gap_askers values (?, ?, '2026-11-24T10')", [gap, person])
    old.close()

    db = opened(tmp_path / "mend.db", "T1")
    until = datetime(2026, 11, 26, tzinfo=UTC)
    LearningStore(db).used("UADA", "double-charge", {}, datetime(2026, 11, 25, tzinfo=UTC), "")
    LearningStore(db).close("", until.date(), until, 1)
    [use] = LearningStore(db).use(date(2026, 1, 1), date(2026, 12, 31))
    assert (use.slug, use.shown, use.worked) == ("double-charge", 3, 0)
    assert LearningStore(db).most_shown(date(2026, 11, 23), 5) == ["double-charge"]
    assert sorted((gap.theme, gap.words) for gap in GapStore(db).live()) == [
        ("billing", ""),
        ("billing", "my flamingo"),
    ]
    assert GapStore(db).people() == {"billing": 2}
    told = {gap.words: GapStore(db).close(gap, gap.at) for gap in GapStore(db).live()}
    assert told == {"": [("UADA", False), ("UBEN", False)], "my flamingo": [("UADA", True)]}
    db.close()


@pytest.mark.parametrize(("teams", "its"), [(["C1"], 3), (["C1", "C2"], None), ([], None)])
def test_what_was_looked_up_before_is_the_teams_where_there_is_only_one(
    tmp_path: Path, teams: list[str], its: int | None
) -> None:
    old = sqlite3.connect(tmp_path / "mend.db", isolation_level=None)
    steps.apply(Database(old), stop_before="m0016_lookups_of_a_team")
    old.execute("insert into playbook_use values ('T1', '2026-11-24', 'double-charge', 3, 1, 0)")
    for team in teams:
        old.execute("insert into recaps values ('T1', ?, '2026-11-23', '{}')", [team])
    old.close()
    db = opened(tmp_path / "mend.db", "T1")
    days, until = (date(2026, 11, 23), date(2026, 11, 29)), datetime(2026, 11, 30, tzinfo=UTC)
    for team in ("", "C1"):
        LearningStore(db).used(
            "UADA", "double-charge", {}, datetime(2026, 11, 25, tzinfo=UTC), team
        )
        LearningStore(db).close(team, until.date(), until, 1)
    assert next((use.shown for use in LearningStore(db).use(*days, "C1")), None) == its
    assert [use.shown for use in LearningStore(db).use(*days)] == [3]
    db.close()


def test_what_an_older_mend_left_of_lessons_drafts_and_teachers_is_put_right(
    tmp_path: Path,
) -> None:
    old = sqlite3.connect(tmp_path / "mend.db", isolation_level=None)
    steps.apply(Database(old), stop_before="m0014_personal")
    at = "2026-11-24T10:00:00.000000+00:00"
    note = "insert into entries (id, workspace, team, request, owner, visibility, version,"
    note += " created_at, withdrawn_at) values (?, 'T1', 'C1', ?, ?, 'as_me', 1, ?, ?)"
    old.execute(note, ["n1", "r1", "UADA", at, None])
    old.execute(note, ["n2", "r2", None, at, at])  # withdrawn
    for draft, entry in (("d1", "n1"), ("d2", "n2")):
        values = [draft, "T1", "UADA", "A title", "words", 1]
        old.execute("insert into drafts values (?, ?, ?, ?, ?, ?)", values)
        payload = json.dumps({"draft": draft, "entry": entry})
        old.execute(
            "insert into jobs (workspace, kind, key, payload, due_at, parked_at, done_at)"
            " values ('T1', 'draft', ?, ?, ?, ?, ?)",
            [f"draft:{draft}", payload, at, *((at, None) if draft == "d1" else (None, at))],
        )
    old.execute(
        "insert into lessons values ('n1', 'T1', 'C1', 'Read it back.', ?, '2026-11-24')", [at]
    )
    content = json.dumps({"lesson": "Read it back.", "gaps": []})
    old.execute("insert into recaps values ('T1', 'C1', '2026-11-24', ?)", [content])
    old.execute(
        "insert into phrases (workspace, slug, phrase, people) values ('T1', 'x', 'y z', 1)"
    )
    old.execute("insert into phrase_askers values (1, 'UADA', ?)", [at])
    old.close()

    db = opened(tmp_path / "mend.db", "T1")
    assert [each.id for each in Drafts(db).of_note("n1")] == ["d1"]
    assert Drafts(db).get("d2") is None  # and a job takes its file out
    assert [job.key for job in Jobs(db).pending("draft")] == ["draft:d1", "draft:d2"]
    assert db.all(str, "select owner from lessons") == ["UADA"]
    assert "Read it back." not in str(db.rows("select * from recaps"))
    assert LearningStore(db).taught("UADA") == [1] and LearningStore(db).taught("UBEN") == []
    assert "UADA" not in str(db.rows("select * from phrase_askers"))
    db.close()


def test_requests_of_an_earlier_version_keep_their_supervisors_and_get_a_team(
    tmp_path: Path,
) -> None:
    old = sqlite3.connect(tmp_path / "mend.db", isolation_level=None)
    steps.apply(Database(old), stop_before="m0013_help_requests")
    at = "2026-11-24T10:00:00.000000+00:00"
    old.execute("insert into members values ('T1', 'UADA', 'CTRAVEL')")
    old.execute(
        "insert into entries (id, workspace, team, request, owner, visibility, version, created_at)"
        f" values ('e1', 'T1', 'CBANK', 'r1', 'UADA', 'as me', 1, '{at}')"
    )
    for hand, entry in (("h1", ""), ("h2", "e1")):
        old.execute(
            f"insert into hands values ('{hand}', 'T1', 'UADA', 'words', '{entry}', '{at}', 'open',"
            " '', 1)"
        )
        old.execute(
            "insert into posts (workspace, subject, key, channel, thread, since)"
            f" values ('T1', 'hand:{hand}:UCAM', 'k', 'DCAM', '', '{at}')"
        )
    old.execute(
        f"insert into promises values ('p1', 'T1', 'e1', 'UADA', 'call back', '{at}', 0, 'open', 1)"
    )
    old.close()

    db = opened(tmp_path / "mend.db", "T1")
    assert [(hand.id, hand.team) for hand in HelpStore(db).open_for("UCAM")] == [
        ("h1", "CTRAVEL"),
        ("h2", "CBANK"),
    ]
    assert HelpStore(db).readers("h1", Part.LEAD) == ["UCAM"]
    [promise] = PromiseStore(db).unsettled_of("UADA")
    assert promise.team == "CBANK"
    db.close()


def test_keys_that_ended_in_a_person_are_known_again_without_them(tmp_path: Path) -> None:
    old = sqlite3.connect(tmp_path / "mend.db", isolation_level=None)
    steps.apply(Database(old), stop_before="m0014_personal_keys")
    at, key = "2026-11-24T10:00:00.000000+00:00", "overdue:2026-11-23:UADA01"
    old.execute(
        "insert into notices values ('T1', ?, 'UADA01', '{\"text\": \"\"}', ?)",
        [f"notice:{key}", at],
    )
    old.execute(
        "insert into jobs (workspace, kind, key, payload, due_at)"
        " values ('T1', 'notice', ?, '{}', ?)",
        [f"notice:{key}", at],
    )
    old.close()

    db = opened(tmp_path / "mend.db", "T1")
    subject = dm_subject(key, "UADA01")
    assert "UADA01" not in subject and Notices(db).was_owed(subject)
    assert [job.key for job in Jobs(db).pending("notice")] == [subject]
    db.close()
