"""A database that an older running bot left behind is served, and what was owed is paid."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from mend.app import Bot
from mend.doctor.service import Doctor
from mend.ownit.store import NoteStore
from mend.playbooks.library import Library
from mend.slack.outbox import TAKEN_OUT
from tests.conftest import PLAYBOOKS, Clock, only, saved
from tests.older.left import COMMITS, restore
from tests.owed.bad_days import GONE, hours
from tests.ownit.test_ownit import note_window
from workspace import Message, Workspace

LESSON = "Read the last four digits back before pressing refund."


@pytest.fixture(params=COMMITS)
def left(
    request: pytest.FixtureRequest,
    ws: Workspace,
    clock: Clock,
    environment: dict[str, str],
    tmp_path: Path,
    start: Callable[[], Bot],
) -> Bot:
    """Today's bot, started on it on the morning after, with Slack back."""
    folder = tmp_path / "playbooks"
    folder.mkdir()
    for name in ("double-charge.md", "refund-late.md"):
        shutil.copy(PLAYBOOKS / name, folder)
    environment["MEND_PLAYBOOKS"] = str(folder)
    restore(ws, request.param, tmp_path / "mend.db")
    clock.moment = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
    return start()


def support(ws: Workspace) -> list[str]:
    return [each.visible for each in ws.messages("support")]


def standing(ws: Workspace, words: str) -> list[Message]:
    return [each for each in ws.messages("support") if words in each.visible]


def test_what_it_owed_is_paid_without_anybodys_press(
    left: Bot, ws: Workspace, clock: Clock, tmp_path: Path, ben: Any, cam: Any, dee: Any
) -> None:
    hours(left, clock, 2)
    assert standing(ws, "hung up on a customer") == []
    assert support(ws).count(GONE) == 1
    only(standing(ws, "promised a refund that takes longer"))
    told = [each for each in support(ws) if "What we learned for Tuesday 24 November" in each]
    assert len(told) == 1
    asked = [each.visible for each in cam.dms if f"<@{ben.id}> asks for a hand" in each.visible]
    assert len(asked) == len(set(asked)) and any("They charged me twice" in each for each in asked)
    assert any("Call back about the refund" in each.visible for each in ben.dms)
    assert any("Call back about the refund" in each.visible for each in cam.dms)
    [draft] = (tmp_path / "playbooks" / "drafts").glob("*.md")
    assert "Two charges and one is pending" in draft.read_text()
    assert any("A draft by a note waits" in each.visible for each in dee.dms)


def test_nothing_is_left_that_is_due_or_given_up(left: Bot, ws: Workspace, clock: Clock) -> None:
    hours(left, clock, 12)
    due = "done_at is null and (dead_at is not null or due_at <= ?)"
    assert left.db.rows(f"select kind, key, reason from jobs where {due}", clock()) == []
    recaps = [each for each in support(ws) if "What we learned" in each]
    assert len(recaps) == len(set(recaps)) == 7  # each working day from the first to Wednesday


def test_the_buttons_it_left_still_do_what_they_say(
    left: Bot, ws: Workspace, clock: Clock, ada: Any, ben: Any, cam: Any
) -> None:
    thread = only(standing(ws, "sent the refund to the wrong card"))
    ben.press(thread, "I need a hand")
    assert "Only the person who wrote" in only(ben.ephemerals).visible
    ada.press(thread, "Repaired")
    assert "✅" in thread.visible
    asked = [each for each in ada.dms if "wrong opening hours" in each.visible]
    ada.press(only(asked), "Look back")
    assert any("Next" in each.buttons for each in [*asked, ada.dms[-1]])  # today's first question


@pytest.mark.parametrize("act", ["Withdraw", "Delete all of mine"])
def test_the_look_back_it_asked_goes_with_its_note(
    left: Bot, ws: Workspace, clock: Clock, ada: Any, act: str
) -> None:
    hours(left, clock, 1)
    asked = only([each for each in ada.dms if "wrong opening hours" in each.visible])
    if act == "Withdraw":
        [id] = [
            each.id for each in NoteStore(left.db).mine(ada.id, limit=9) if "hours" in each.text
        ]
        ada.press(note_window(ada, id), act)
    else:
        ada.press(ada.command("/mend", "privacy").message, act)
    hours(left, clock, 1)
    assert asked.visible == TAKEN_OUT.text


def test_everybody_finds_what_is_theirs(
    left: Bot, ws: Workspace, clock: Clock, ada: Any, ben: Any, cam: Any, dee: Any
) -> None:
    assert "told a customer the wrong opening hours" in ada.open_home().text
    assert "Call back about the refund" in ben.open_home().text
    cam.open_home()
    dee.open_home()
    assert left.of(Doctor).examine()
    ada.command("/mend", "privacy")
    assert "Notes 2 " in ada.ephemerals[-1].visible


def test_what_is_to_come_later_comes(
    left: Bot, ws: Workspace, clock: Clock, tmp_path: Path, ada: Any, ben: Any
) -> None:
    flamingo = tmp_path / "playbooks" / "flamingo.md"
    flamingo.write_text("---\ntitle: My flamingo is broken\n---\n")
    saved(left)
    hours(left, clock, 14 * 24, every=60)
    assert sum("My flamingo is broken" in each.visible for each in ada.dms) == 1
    assert sum(LESSON in each for each in support(ws)) == 1
    answer = ben.command("/repair", "charged twice flamingo subscription").message
    ben.press(answer, "It worked")
    assert left.of(Library).learned("double-charge") == ["charged twice flamingo subscription"]
