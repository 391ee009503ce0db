"""Withdrawn, private, expired, deleted: what it was is in no row, no file, no log, no folder."""

import os
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mend.app import Bot
from mend.db.jobs import Jobs
from mend.db.personal import declared
from mend.ownit import drafting
from mend.ownit.drafting import Drafting
from mend.ownit.drafts_store import Drafts
from mend.ownit.hearing import Hearing
from mend.ownit.lessons import Lessons
from mend.ownit.model import Note
from mend.ownit.store import NoteStore
from tests.conftest import Clock, only
from tests.lookbacks.test_lookbacks import days_later
from tests.ownit.test_drafts import drafts, folder, propose, publish
from tests.ownit.test_ownit import change_who_sees, note_window, own, root
from tests.ownit.test_retention import a_round
from tests.privacy.test_privacy import delete_all, everywhere, files, holding, note_of, page
from tests.repair.test_feedback import dump
from workspace import Workspace

__all__ = ["folder"]
WORDS = "flamingo"


def full(bot: Bot, ws: Workspace, clock: Clock, ada: Any) -> Note:
    """Ada's note with something everywhere, and two changes: one in the folder, one on its way."""
    team = ws.channel("support").id
    note = note_of(bot, team, ada.id, WORDS, "command:1")
    propose = bot.of(Drafting).propose
    propose(note, f"{WORDS} title", f"{WORDS} words", may_tell=True)
    days_later(bot, clock, 3)
    propose(note, f"{WORDS} other title", f"{WORDS} other words", may_tell=True)
    return note


def places(bot: Bot, act: str) -> set[str]:
    """The columns that this act of a note's owner empties."""
    personal, _ = declared()
    return {each.place for each in personal if act in each.until and "/" not in each.place}


def everything(bot: Bot, folder: Path, caplog: Any) -> bytes:
    kept = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    return files(bot) + kept + caplog.text.encode()


def withdraw(bot: Bot, clock: Clock, ada: Any) -> None:
    ada.press(note_window(ada), "Withdraw")


def expire(bot: Bot, clock: Clock, ada: Any) -> None:
    """Thirty days after it closed; what it taught was told by a recap meanwhile."""
    [note] = NoteStore(bot.db).mine(ada.id, limit=9)
    NoteStore(bot.db).update(replace(note, closed_at=bot.now()))
    bot.db.change("update lessons set told_on = '2026-11-20'")
    clock.advance(days=30)
    a_round(bot)


@pytest.mark.parametrize(("act", "how"), [("withdrawn", withdraw), ("expired", expire)])
def test_a_note_that_is_gone_is_in_no_row_no_file_and_no_log(
    folder: Path,
    bot: Bot,
    ws: Workspace,
    clock: Clock,
    caplog: Any,
    act: str,
    how: Callable[[Bot, Clock, Any], None],
    ada: Any,
) -> None:
    caplog.set_level("DEBUG", "mend")
    full(bot, ws, clock, ada)
    assert places(bot, act) <= holding(bot, WORDS, ada.id)
    assert WORDS in only(drafts(folder)).read_text()
    how(bot, clock, ada)
    bot.scheduler.run_due()
    bot.db.scrub()
    assert holding(bot, WORDS) == set()
    assert holding(bot, ada.id) & places(bot, act) == set()
    assert drafts(folder) == []
    assert not [job for job in Jobs(bot.db).pending(drafting.KIND)]
    assert WORDS.encode() not in everything(bot, folder, caplog)


def test_after_delete_all_the_folder_of_drafts_holds_nothing_of_hers(
    folder: Path, bot: Bot, ws: Workspace, clock: Clock, caplog: Any, ada: Any, ben: Any
) -> None:
    everywhere(bot, ws, ada.id, ben.id)
    note = note_of(bot, ws.channel("support").id, ada.id, WORDS, "command:9")
    bot.of(Drafting).propose(note, f"{WORDS} title", f"{WORDS} words", may_tell=True)
    days_later(bot, clock, 3)
    assert WORDS in only(drafts(folder)).read_text()
    delete_all(ada)
    bot.scheduler.run_due()
    bot.db.scrub()
    assert drafts(folder) == []
    assert WORDS.encode() not in everything(bot, folder, caplog)


def test_making_a_note_private_takes_its_change_out_of_the_admins_queue(
    folder: Path, bot: Bot, ws: Workspace, clock: Clock, ada: Any, dee: Any
) -> None:
    full(bot, ws, clock, ada)
    dee.command("/mend", "playbooks", channel="support")
    dee.choose(dee.modal, "playbook_more", "Waiting (1)")
    dee.press(dee.modal, "Make it a playbook")
    assert {"revisions.text", "drafts.words"} <= holding(bot, WORDS)
    change_who_sees(ada, "Make private")
    assert drafts(folder) == []
    assert holding(bot, WORDS) & {"revisions.text", "drafts.words", "drafts.title"} == set()


def test_a_published_change_stays_when_its_note_goes(
    folder: Path, bot: Bot, clock: Clock, ada: Any
) -> None:
    propose(bot, clock, ada)
    days_later(bot, clock, 3)
    publish(bot, folder)
    withdraw(bot, clock, ada)
    bot.scheduler.run_due()
    assert "settled first" in "".join(file.read_text() for file in folder.glob("note-*.md"))


def test_a_change_published_after_its_note_went_thanks_nobody(
    folder: Path, bot: Bot, ws: Workspace, clock: Clock, ada: Any
) -> None:
    propose(bot, clock, ada)
    days_later(bot, clock, 3)
    copy = only(drafts(folder)).read_text()
    withdraw(bot, clock, ada)
    bot.scheduler.run_due()
    (folder / "drafts").mkdir(exist_ok=True)
    (folder / "drafts" / "note-1.md").write_text(copy)  # an admin had it open elsewhere
    publish(bot, folder)
    assert not any("Your note changed" in message.visible for message in ada.dms)


def test_drafts_are_files_for_the_operator_alone(
    folder: Path, bot: Bot, clock: Clock, ada: Any
) -> None:
    before = os.umask(0o022)
    try:
        propose(bot, clock, ada)
        days_later(bot, clock, 3)
    finally:
        os.umask(before)
    assert stat.S_IMODE(only(drafts(folder)).stat().st_mode) == 0o600


def test_a_draft_that_cannot_be_removed_yet_goes_when_the_folder_can_be_written_again(
    folder: Path, bot: Bot, clock: Clock, ada: Any
) -> None:
    propose(bot, clock, ada)
    days_later(bot, clock, 3)
    draft = only(drafts(folder))
    kept = draft.read_text()
    draft.unlink()
    draft.mkdir()  # what unlink refuses, for root as well
    withdraw(bot, clock, ada)
    assert bot.db.rows("select * from drafts") == []
    draft.rmdir()
    draft.write_text(kept)
    clock.advance(hours=1)
    bot.scheduler.run_due()
    assert drafts(folder) == []


@pytest.mark.sqlite
def test_the_log_of_the_database_is_emptied_once_a_reader_lets_go(
    bot: Bot, ws: Workspace, ada: Any
) -> None:
    receipt = own(ada, f"sent the {WORDS} to the wrong address")
    with closing(sqlite3.connect(bot.settings.database, isolation_level=None)) as reader:
        reader.execute("begin")
        reader.execute("select count(*) from notes").fetchone()
        ada.press(receipt, "Withdraw")
        assert WORDS.encode() in files(bot)  # what an open reader may still look at
    a_round(bot)
    assert WORDS.encode() not in files(bot)


def test_a_reply_its_owner_deleted_does_not_come_back_when_slack_delivers_it_late(
    bot: Bot, ws: Workspace, ada: Any
) -> None:
    ada.press(own(ada), "Post as me")
    ada.say("support", f"{WORDS} reply", thread=root(ws))
    [note] = NoteStore(bot.db).mine(ada.id, limit=1)
    [ts] = bot.db.all(str, "select ts from replies")
    ada.delete(ws.thread(root(ws))[1])
    assert NoteStore(bot.db).replies(note) == [] and WORDS.encode() not in files(bot)
    channel = ws.channel("support").id
    bot.of(Hearing).reply(ada.id, channel, root(ws).ts, ts, f"{WORDS} reply")
    assert NoteStore(bot.db).replies(note) == [] and WORDS.encode() not in files(bot)


def test_what_mend_cannot_reach_is_said(bot: Bot, ws: Workspace, clock: Clock, ada: Any) -> None:
    note = note_of(bot, ws.channel("support").id, ada.id, WORDS, "command:1")
    lesson = Lessons(bot.db).of_day(note.team, clock().date(), clock.moment.replace(year=2027))
    Lessons(bot.db).was_told(note.team, lesson or "", clock().date())
    answer = page(ada)
    ada.press(answer, "Delete all of mine")
    assert "What Mend cannot reach" in answer.visible
    assert "a recap that told a lesson of yours" in answer.visible
    assert "Backups keep a copy until they rotate" in answer.visible


def test_a_draft_is_of_its_note(folder: Path, bot: Bot, clock: Clock, ada: Any) -> None:
    propose(bot, clock, ada)
    [note] = NoteStore(bot.db).mine(ada.id, limit=1)
    assert [each.owner for each in Drafts(bot.db).of_note(note.id)] == [ada.id]


def test_the_channel_of_her_direct_messages_is_in_no_row_after_delete_all(
    bot: Bot, ada: Any
) -> None:
    ada.dm("hung up on a customer by mistake")
    channel = ada.dms[0].channel.id
    assert channel in dump(bot)
    ada.press(page(ada), "Delete all of mine")
    bot.scheduler.run_due()
    assert channel not in dump(bot)
