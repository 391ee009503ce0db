"""What Mend owes or told privately with a note's words goes with the note."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from mend.app import Bot
from mend.db.jobs import Jobs
from mend.db.schema import opened, steps
from mend.ownit.service import Owning
from mend.ownit.store import NoteStore
from mend.slack.gateway import SlackGateway
from mend.slack.model import NotSent, Sent
from mend.slack.outbox import DM_KIND, TAKEN_OUT
from mend.slack.store import Notices, Posts
from tests.conftest import PLAYBOOKS, Clock, only
from tests.owed.bad_days import away, hours
from tests.ownit.test_ownit import kept_private, note_window, notes, own
from tests.repair.test_feedback import dump
from workspace import Workspace

WORD = "zebra"
SLIP = f"{WORD} words were sent to the wrong desk"
WEEK = 24 * 8


def of_word(person: Any) -> list[Any]:
    return [message for message in person.dms if WORD in message.visible.casefold()]


def promised(ada: Any) -> Any:
    receipt = own(ada, f"{WORD} refund missed, call back by 16:30")
    ada.press(receipt, "Keep private")
    ada.press(receipt, "Remind me by 16:30")
    ada.submit({"what": f"call the {WORD} back"})
    return receipt


def withdraw(bot: Bot, clock: Clock, ada: Any) -> None:
    ada.press(note_window(ada), "Withdraw")


def expire(bot: Bot, clock: Clock, ada: Any) -> None:
    [note] = NoteStore(bot.db).mine(ada.id, limit=9)
    bot.of(Owning).expire(NoteStore(bot.db).update(replace(note, closed_at=clock())))


Ends = Callable[[Bot, Clock, Any], None]
ENDS = pytest.mark.parametrize("end", [withdraw, expire])


@ENDS
def test_a_look_back_that_is_owed_is_never_sent(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any, end: Ends
) -> None:
    kept_private(ada, SLIP)
    with away(ws, "chat.postMessage"):
        hours(bot, clock, WEEK, every=240)
        assert WORD in dump(bot)
        end(bot, clock, ada)
        assert WORD not in dump(bot)
    hours(bot, clock, 3)
    assert of_word(ada) == []


@ENDS
def test_a_look_back_that_stands_is_taken_out(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any, end: Ends
) -> None:
    kept_private(ada, SLIP)
    hours(bot, clock, WEEK, every=240)
    told = only(of_word(ada))
    end(bot, clock, ada)
    hours(bot, clock, 1)
    assert told.visible == TAKEN_OUT.text and told.channel.id not in dump(bot)


def test_one_that_slack_took_without_saying_so_is_taken_out_as_well(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any
) -> None:
    kept_private(ada, SLIP)
    with away(ws, "conversations.history"):
        ws.fail("chat.postMessage", error="lost", after_applying=True)
        hours(bot, clock, WEEK, every=240)
        assert of_word(ada)
        withdraw(bot, clock, ada)
    hours(bot, clock, 3)
    assert of_word(ada) == []


@dataclass(frozen=True)
class Slow(SlackGateway):
    """Slack, which takes so long to post that something happens meanwhile."""

    meanwhile: Callable[[], object] = list

    def post(self, *args: Any, **named: Any) -> Sent | NotSent:
        self.meanwhile()
        return super().post(*args, **named)


def test_a_note_withdrawn_while_its_look_back_is_being_sent_leaves_none(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any
) -> None:
    kept_private(ada, SLIP)
    with away(ws, "chat.postMessage"):
        hours(bot, clock, WEEK, every=240)
    [note] = NoteStore(bot.db).mine(ada.id, limit=9)
    owning = bot.of(Owning)
    slack = Slow(
        bot.of(SlackGateway).client,
        clock,
        meanwhile=lambda: owning.withdraw(ada.id, note.id),
    )
    clock.advance(hours=2)
    job = Jobs(bot.db).claim(clock(), [DM_KIND])
    assert job and replace(owning.outbox, slack=slack).deliver(job) is None
    told = only(of_word(ada))
    bot.scheduler.run_due()
    assert told.visible == TAKEN_OUT.text and WORD not in dump(bot)


def test_the_other_notes_messages_stay(bot: Bot, clock: Clock, ada: Any) -> None:
    kept_private(ada, SLIP)
    kept_private(ada, "booked the wrong week")
    hours(bot, clock, WEEK, every=240)
    [other, _] = NoteStore(bot.db).mine(ada.id, limit=9)
    ada.press(note_window(ada, other.id), "Withdraw")
    hours(bot, clock, 1)
    assert notes(bot, ada) == [SLIP] and only(of_word(ada))


def test_an_export_with_its_words_is_not_sent_and_ada_is_told_to_ask_again(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any
) -> None:
    kept_private(ada, SLIP)
    page = ada.command("/mend", "privacy").message
    with away(ws, "chat.postMessage"):
        ada.press(page, "Send me my data")
        withdraw(bot, clock, ada)
        assert WORD not in dump(bot)
    hours(bot, clock, 3)
    assert "Ask for it again" in only(ada.dms).visible


def test_reminders_of_a_kept_promise_go_with_its_note(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any
) -> None:
    receipt = promised(ada)
    hours(bot, clock, 2)
    assert len(of_word(ada)) == 2
    ada.press(of_word(ada)[0], "Done")
    assert of_word(ada)
    ada.press(receipt, "Withdraw")
    hours(bot, clock, 1)
    assert of_word(ada) == [] and WORD not in dump(bot)


def test_a_reminder_that_is_owed_is_not_sent_once_the_promise_is_kept(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any
) -> None:
    promised(ada)
    with away(ws, "chat.postMessage"):
        hours(bot, clock, 2)
        ada.press(ada.open_home(), "Done")
    hours(bot, clock, 3)
    assert ada.dms == []


def test_a_promise_that_outlived_its_note_goes_once_it_is_done(
    bot: Bot, clock: Clock, ada: Any
) -> None:
    receipt = promised(ada)
    ada.press(receipt, "Withdraw")
    assert SLIP not in receipt.visible and "What becomes of it?" in receipt.visible
    ada.press(receipt, "Withdraw, keep reminding me")
    assert receipt.visible == "Withdrawn. Only what you promised is kept, until that is done."
    hours(bot, clock, 2)
    ada.press(of_word(ada)[0], "Done")
    hours(bot, clock, 1)
    assert of_word(ada) == [] and WORD not in dump(bot)


def test_whoever_thinks_better_of_it_has_the_receipt_again(bot: Bot, ada: Any) -> None:
    receipt = promised(ada)
    ada.press(receipt, "Withdraw")
    ada.press(receipt, "Keep the note")
    assert "Private. Only you." in receipt.visible and len(notes(bot, ada)) == 1


@pytest.mark.parametrize("choice", ["Done", "Withdraw, leave it with them"])
def test_a_promise_in_other_hands_is_asked_about_and_cams_card_follows(
    bot: Bot, clock: Clock, ada: Any, cam: Any, choice: str
) -> None:
    receipt = promised(ada)
    ada.press(ada.open_home(), "Hand over")
    bot.scheduler.run_due()
    card = only(of_word(cam))
    ada.press(receipt, "Withdraw")
    assert "your supervisors still have it" in receipt.visible
    ada.press(receipt, choice)
    if choice == "Done":
        withdraw(bot, clock, ada)
    hours(bot, clock, 0.2)
    is_left = choice != "Done"
    assert notes(bot, ada) == [] and (WORD in card.visible) == is_left == (WORD in dump(bot))


def test_delete_all_takes_the_reminders_of_a_promise_whose_note_is_gone(
    bot: Bot, clock: Clock, ada: Any
) -> None:
    receipt = promised(ada)
    ada.press(receipt, "Withdraw")
    ada.press(receipt, "Withdraw, keep reminding me")
    hours(bot, clock, 2)
    told = of_word(ada)[0]
    page = ada.command("/mend", "privacy").message
    ada.press(page, "Delete all of mine")
    ada.press(ada.ephemerals[-1], "Delete all, promises too")
    hours(bot, clock, 1)
    assert WORD not in told.visible and told.channel.id not in dump(bot)


def test_the_title_of_a_withdrawn_draft_is_in_nothing_admins_did(
    environment: dict[str, str],
    tmp_path: Path,
    start: Callable[[], Bot],
    clock: Clock,
    ada: Any,
    dee: Any,
) -> None:
    folder = tmp_path / "playbooks"
    folder.mkdir()
    (folder / "double-charge.md").write_text((PLAYBOOKS / "double-charge.md").read_text())
    environment["MEND_PLAYBOOKS"] = str(folder)
    bot = start()
    kept_private(ada, SLIP)
    ada.press(note_window(ada), "Turn into a playbook change")
    ada.submit({"title": f"{WORD} at the wrong desk", "words": "Ask which desk it is for."})
    hours(bot, clock, 72, every=60)
    dee.command("/mend", "playbooks")
    dee.press(dee.modal, "Waiting (1)")
    dee.press(dee.modal, "Make it a playbook")
    assert f"{WORD}-at-the-wrong-desk" in dump(bot)
    withdraw(bot, clock, ada)
    hours(bot, clock, 1)
    assert WORD not in dump(bot)
    assert bot.db.all(str, "select act from audit") == ["took up a note as"]


@pytest.mark.sqlite
def test_what_an_older_mend_still_owed_is_about_its_note(tmp_path: Path) -> None:
    old = sqlite3.connect(tmp_path / "mend.db", isolation_level=None)
    steps.apply(Database(old), stop_before="m0019_notices_about")
    at = "2026-11-24T10:00:00.000000+00:00"
    for key in ("lookback:n1:1:1", "promise:p1:1:due:2026-11-24", "stands:thread:n1:1"):
        owed = "insert into notices values ('T1', ?, 'UADA01', '{}', ?)"
        old.execute(owed, [f"notice:{key}", at])
    old.close()
    db = opened(tmp_path / "mend.db", "T1")
    assert Notices(db).take_out("n1") == ["notice:lookback:n1:1:1"]
    assert Notices(db).take_out("p1") == ["notice:promise:p1:1:due:2026-11-24"]
    assert Notices(db).take_out("") == [] and Posts(db).get("notice:lookback:n1:1:1") is None
    db.close()
