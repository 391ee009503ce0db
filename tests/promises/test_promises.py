"""A promise to a customer is reminded, and never dropped silently."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from mend.app import Bot
from mend.ownit.service import Owning
from mend.ownit.store import NoteStore
from mend.promises.store import PromiseStore
from tests.conftest import Clock, only
from tests.ownit.test_ownit import notes, own
from workspace import Workspace


def promise(ada: Any, receipt: Any, clock: Clock, minutes: int = 60, *, lead: bool = False) -> None:
    ada.press(receipt, "Promise a follow-up")
    due = int((clock() + timedelta(minutes=minutes)).timestamp())
    ada.submit({"what": "Call Mr Cruz back", "due": due, **({"lead": ["yes"]} if lead else {})})


def test_the_owner_is_reminded_ten_minutes_before(bot: Bot, clock: Clock, ada: Any) -> None:
    promise(ada, own(ada), clock)
    clock.advance(minutes=49)
    bot.scheduler.run_due()
    assert ada.dms == []
    clock.advance(minutes=2)
    bot.scheduler.run_due()
    assert "You promised" in only(ada.dms).visible
    assert only(ada.dms).buttons == ["Done", "Later", "Hand over"]


def test_customer_names_in_a_promise_are_masked(bot: Bot, clock: Clock, ada: Any) -> None:
    promise(ada, own(ada), clock)
    [kept] = PromiseStore(bot.db).open_of(ada.id)
    assert "Cruz" not in kept.what


def test_done_ends_it(bot: Bot, clock: Clock, ada: Any) -> None:
    promise(ada, own(ada), clock)
    clock.advance(minutes=51)
    bot.scheduler.run_due()
    ada.press(only(ada.dms), "Done")
    clock.advance(hours=2)
    bot.scheduler.run_due()
    assert "Done: promise kept." in only(ada.dms).visible


def test_it_is_said_again_when_it_is_due(bot: Bot, clock: Clock, ada: Any) -> None:
    promise(ada, own(ada), clock)
    clock.advance(minutes=61)
    for _ in range(3):
        bot.scheduler.run_due()
    assert ["Due now" in message.visible for message in ada.dms] == [False, True]


def test_later_moves_it_by_half_an_hour(bot: Bot, clock: Clock, ada: Any) -> None:
    promise(ada, own(ada), clock)
    clock.advance(minutes=51)
    bot.scheduler.run_due()
    ada.press(only(ada.dms), "Later")
    clock.advance(minutes=20)
    bot.scheduler.run_due()
    assert len(ada.dms) == 1
    clock.advance(minutes=12)
    bot.scheduler.run_due()
    assert "You promised" in ada.dms[-1].visible


def test_hand_over_asks_the_supervisors(bot: Bot, clock: Clock, ada: Any, cam: Any) -> None:
    promise(ada, own(ada), clock)
    ada.press(ada.open_home(), "Hand over")
    assert "promise to a customer needs somebody" in only(cam.dms).visible


@pytest.mark.parametrize("allowed", [True, False])
def test_a_lead_is_told_of_an_unanswered_promise_only_if_allowed(
    bot: Bot, clock: Clock, ada: Any, cam: Any, allowed: bool
) -> None:
    promise(ada, own(ada), clock, lead=allowed)
    for _ in range(6):
        clock.advance(minutes=20)
        bot.scheduler.run_due()
    assert [("needs somebody" in each.visible) for each in cam.dms][:1] == ([True] * allowed)


def days(bot: Bot, clock: Clock, count: int) -> None:
    for _ in range(count):
        clock.advance(days=1)
        bot.scheduler.run_due()


@pytest.mark.parametrize("lead", [True, False])
def test_where_nobody_else_was_told_the_owner_is_reminded_for_a_week(
    environment: dict[str, str], start: Any, clock: Clock, ada: Any, lead: bool
) -> None:
    environment["MEND_SUPERVISORS"] = ""
    bot = start()
    promise(ada, own(ada), clock, lead=lead)
    clock.advance(minutes=80)
    bot.scheduler.run_due()
    days(bot, clock, 12)
    again = [each for each in ada.dms if "Still open" in each.visible]
    assert len(again) == 7 and "Hand over" in again[-1].buttons
    assert "Call" in ada.open_home().text


def test_once_it_is_settled_nothing_more_is_said(bot: Bot, clock: Clock, ada: Any) -> None:
    promise(ada, own(ada), clock)
    clock.advance(minutes=80)
    bot.scheduler.run_due()
    ada.press(ada.dms[-1], "Done")
    said = len(ada.dms)
    days(bot, clock, 3)
    assert len(ada.dms) == said


@pytest.mark.parametrize("allowed", [True, False])
def test_of_somebody_who_left_a_lead_is_told_if_allowed_and_an_admin_that_it_is_open(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any, cam: Any, dee: Any, allowed: bool
) -> None:
    promise(ada, own(ada), clock, lead=allowed)
    ws.fail("conversations.open", error="user_not_found", times=1)
    clock.advance(minutes=51)
    bot.scheduler.run_due()
    assert "could not be delivered" in only(dee.dms).visible and ada.id not in dee.dms[0].visible
    clock.advance(minutes=30)
    bot.scheduler.run_due()
    clock.advance(minutes=30)
    bot.scheduler.run_due()
    assert ["needs somebody" in each.visible for each in cam.dms][:1] == [True] * allowed


def test_an_expired_note_leaves_its_open_promise(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any
) -> None:
    promise(ada, own(ada), clock, minutes=60 * 24 * 40)
    [entry] = NoteStore(bot.db).mine(ada.id, limit=1)
    closed = NoteStore(bot.db).update(replace(entry, closed_at=clock()))
    bot.of(Owning).expire(closed)
    clock.advance(days=39, hours=23, minutes=51)
    bot.scheduler._clean_up()
    bot.scheduler.run_due()
    assert any("You promised" in message.visible for message in ada.dms)


def test_deleting_everything_asks_first(bot: Bot, clock: Clock, ada: Any) -> None:
    promise(ada, own(ada), clock)
    page = ada.command("/mend", "privacy", channel="support").message
    ada.press(page, "Delete all of mine")
    asked = ada.ephemerals[-1]
    assert "What becomes of them?" in asked.visible and len(notes(bot, ada)) == 1
    ada.press(asked, "Delete all, promises too")
    assert notes(bot, ada) == []
    clock.advance(minutes=51)
    bot.scheduler.run_due()
    assert [each for each in ada.dms if "You promised" in each.visible] == []


def test_withdrawing_asks_what_becomes_of_it(bot: Bot, clock: Clock, ada: Any) -> None:
    receipt = own(ada)
    promise(ada, receipt, clock)
    ada.press(receipt, "Withdraw")
    asked = ada.ephemerals[-1]
    assert "What becomes of it?" in asked.visible and len(notes(bot, ada)) == 1
    ada.press(asked, "Withdraw, keep reminding me")
    assert notes(bot, ada) == []
    clock.advance(minutes=51)
    bot.scheduler.run_due()
    assert "You promised" in only(ada.dms).visible


def test_once_it_is_settled_withdrawing_asks_no_more(bot: Bot, clock: Clock, ada: Any) -> None:
    receipt = own(ada)
    promise(ada, receipt, clock)
    ada.press(ada.open_home(), "Done")
    ada.press(receipt, "Withdraw")
    assert notes(bot, ada) == []


def test_a_moment_that_has_passed_is_refused_on_its_field(bot: Bot, clock: Clock, ada: Any) -> None:
    ada.press(own(ada), "Promise a follow-up")
    ada.submit({"what": "call", "due": int(clock().timestamp()) - 60})
    assert "has passed" in str(ada.modal.errors["due"])


def test_by_half_past_four_is_suggested(bot: Bot, ws: Workspace, ada: Any) -> None:
    ada.press(own(ada, "told him I will call back by 16:30"), "Promise a follow-up")
    [due] = [block for block in ada.modal.blocks if block.get("block_id") == "due"]
    moment = datetime.fromtimestamp(due["element"]["initial_date_time"], UTC)
    assert (moment.hour, moment.minute) == (16, 30)


def test_pressing_done_twice_is_a_clear_sentence(bot: Bot, clock: Clock, ada: Any) -> None:
    promise(ada, own(ada), clock)
    home = ada.open_home()
    done = next(
        element
        for block in home.blocks
        if block["type"] == "actions"
        for element in block["elements"]
        if element["action_id"] == "promise_done"
    )
    ada.press(home, "Done")
    bot_promise = PromiseStore(bot.db).get(done["value"])
    assert bot_promise is not None and bot_promise.state.value == "done"
    assert "open promises" not in ada.home.text
