"""A promise to a customer is reminded, and never dropped silently."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from mend.app import Bot
from mend.helping.service import Helping
from mend.ownit.service import Owning
from mend.ownit.store import NoteStore
from mend.promises.store import PromiseStore
from tests.conftest import Clock, only
from tests.ownit.test_ownit import kept_private, notes, own
from tests.people.test_team import made_team
from workspace import Workspace


def promise(ada: Any, receipt: Any, clock: Clock, minutes: int = 60, *, lead: bool = False) -> None:
    if "Promise a follow-up" not in receipt.choices:
        ada.press(receipt, "Keep private")
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
    [kept] = PromiseStore(bot.db).unsettled_of(ada.id)
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
    assert "Due now" in only(ada.dms).visible  # and not that it is soon due as well


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


def test_later_pressed_twice_moves_it_once(bot: Bot, clock: Clock, ada: Any) -> None:
    promise(ada, own(ada), clock)
    clock.advance(minutes=51)
    bot.scheduler.run_due()
    reminder = only(ada.dms)
    blocks = reminder.blocks
    due = clock() + timedelta(minutes=39)
    ada.press(reminder, "Later")
    reminder.blocks = blocks  # as it was on the screen
    ada.press(reminder, "Later")
    assert f"{due:%H:%M}" in reminder.visible
    [kept] = PromiseStore(bot.db).unsettled_of(ada.id)
    assert kept.due_at == due


def test_an_old_reminders_later_moves_what_is_due_once_more(
    bot: Bot, clock: Clock, ada: Any
) -> None:
    promise(ada, own(ada), clock)
    clock.advance(minutes=51)
    bot.scheduler.run_due()
    reminder = only(ada.dms)
    blocks = reminder.blocks
    ada.press(reminder, "Later")
    clock.advance(hours=2)
    reminder.blocks = blocks
    ada.press(reminder, "Later")
    [kept] = PromiseStore(bot.db).unsettled_of(ada.id)
    assert kept.due_at == clock() + timedelta(minutes=30)


def test_hand_over_asks_the_supervisors(bot: Bot, clock: Clock, ada: Any, cam: Any) -> None:
    promise(ada, own(ada), clock)
    ada.press(ada.open_home(), "Hand over")
    assert "promise to a customer needs somebody" in only(cam.dms).visible
    assert "Call" in only(cam.dms).visible and "Cruz" not in only(cam.dms).visible


def handed_over(bot: Bot, clock: Clock, ada: Any) -> None:
    """Ada promised something within the hour and handed it over."""
    promise(ada, own(ada), clock)
    ada.press(ada.open_home(), "Hand over")
    bot.scheduler.run_due()


def test_who_took_it_over_is_reminded_before_it_is_due_and_when_it_is(
    bot: Bot, clock: Clock, ada: Any, cam: Any
) -> None:
    handed_over(bot, clock, ada)
    cam.press(cam.dms[0], "I'm coming")
    told = len(ada.dms)
    clock.advance(minutes=51)
    bot.scheduler.run_due()
    assert "Soon due" in cam.dms[-1].visible and "Call" in cam.dms[-1].visible
    clock.advance(minutes=10)
    bot.scheduler.run_due()
    assert "Due now" in cam.dms[-1].visible and cam.dms[-1].buttons == ["Done", "Answer"]
    assert len(ada.dms) == told


def test_ada_hears_that_it_was_kept_and_nothing_of_it_stays_with_cam(
    bot: Bot, clock: Clock, ada: Any, cam: Any
) -> None:
    handed_over(bot, clock, ada)
    cam.press(cam.dms[0], "I'm coming")
    clock.advance(minutes=61)
    bot.scheduler.run_due()
    cam.press(cam.dms[-1], "Done")
    bot.scheduler.run_due()
    assert "the promise is kept" in ada.dms[-1].visible
    assert {message.visible for message in cam.dms} == {"Done."}
    said = len(ada.dms)
    days(bot, clock, 3)
    assert len(ada.dms) == said and "⏰" not in ada.open_home().visible


def test_handed_over_and_not_taken_by_its_time_it_is_its_owners_again(
    bot: Bot, clock: Clock, ada: Any, cam: Any
) -> None:
    handed_over(bot, clock, ada)
    assert "⏰" not in ada.open_home().visible
    clock.advance(minutes=59)
    bot.scheduler.run_due()
    assert "still yours" not in str([each.visible for each in ada.dms])
    clock.advance(minutes=2)
    bot.scheduler.run_due()
    assert "Nobody has taken this over yet" in ada.dms[-1].visible
    assert ada.dms[-1].buttons == ["Done", "Later", "Hand over"]
    assert "⏰" in ada.open_home().visible
    ada.press(ada.dms[-1], "Done")
    bot.scheduler.run_due()
    assert cam.dms[0].visible == "No longer needed."


def test_handed_over_when_it_is_overdue_its_owner_hears_soon_that_nobody_has_it(
    bot: Bot, clock: Clock, ada: Any, cam: Any
) -> None:
    promise(ada, own(ada), clock)
    clock.advance(minutes=65)
    bot.scheduler.run_due()
    ada.press(ada.dms[-1], "Hand over")
    clock.advance(minutes=16)
    bot.scheduler.run_due()
    assert "Nobody has taken this over yet" in ada.dms[-1].visible


def test_one_that_a_lead_took_and_let_lie_comes_back_to_its_owner(
    bot: Bot, clock: Clock, ada: Any, cam: Any
) -> None:
    handed_over(bot, clock, ada)
    cam.press(cam.dms[0], "I'm coming")
    for _ in range(50):
        clock.advance(hours=1)
        bot.of(Helping).expire()
        bot.scheduler.run_due()
    assert "Still open" in ada.dms[-1].visible


def test_an_answer_gives_the_promise_back(bot: Bot, clock: Clock, ada: Any, cam: Any) -> None:
    handed_over(bot, clock, ada)
    cam.press(cam.dms[0], "Answer")
    cam.submit({"words": "You may refund it. Please call them yourself."})
    assert "yours again" in only(ada.dms).visible
    assert "⏰" in ada.open_home().visible
    clock.advance(minutes=51)
    bot.scheduler.run_due()
    assert "You promised" in ada.dms[-1].visible


def test_a_request_to_take_it_over_that_is_cancelled_gives_it_back_at_once(
    bot: Bot, clock: Clock, ada: Any, cam: Any
) -> None:
    handed_over(bot, clock, ada)
    ada.press(ada.open_home(), "Cancel")
    assert cam.dms[0].visible == "No longer needed."
    page = ada.open_home()
    assert "⏰" in page.visible and "Hand over" in page.choices


def test_its_owner_may_keep_it_after_all(bot: Bot, clock: Clock, ada: Any, cam: Any) -> None:
    promise(ada, own(ada), clock)
    clock.advance(minutes=51)
    bot.scheduler.run_due()
    reminder = only(ada.dms)
    buttons = reminder.blocks
    ada.press(reminder, "Hand over")
    reminder.blocks = buttons
    ada.press(reminder, "Later")
    assert "You handed this one over" in str([each.visible for each in ada.ephemerals])
    ada.press(reminder, "Done")
    bot.scheduler.run_due()
    assert cam.dms[0].visible == "No longer needed."


def test_put_off_again_the_card_says_the_new_time(
    bot: Bot, clock: Clock, ada: Any, cam: Any
) -> None:
    handed_over(bot, clock, ada)
    clock.advance(minutes=61)
    bot.scheduler.run_due()
    assert "|24 November 15:30>" in cam.dms[0].visible
    ada.press(ada.dms[-1], "Later")
    bot.scheduler.run_due()
    assert "|24 November 16:01>" in cam.dms[0].visible


def test_where_a_lead_may_be_told_and_none_is_there_its_owner_hears_so(
    environment: dict[str, str], start: Any, clock: Clock, ada: Any
) -> None:
    environment["MEND_SUPERVISORS"] = ""
    bot = start()
    promise(ada, own(ada), clock, lead=True)
    for _ in range(5):
        clock.advance(minutes=20)
        bot.scheduler.run_due()
    assert "no lead is there" in ada.dms[-1].visible


def test_where_a_lead_was_told_and_does_not_take_it_its_owner_hears_so(
    bot: Bot, clock: Clock, ada: Any, cam: Any
) -> None:
    promise(ada, own(ada), clock, lead=True)
    for _ in range(5):
        clock.advance(minutes=20)
        bot.scheduler.run_due()
    assert "Nobody has taken this over yet" in ada.dms[-1].visible


def test_it_goes_to_the_supervisors_of_the_notes_team(
    environment: dict[str, str],
    start: Any,
    ws: Workspace,
    clock: Clock,
    ada: Any,
    ben: Any,
    dee: Any,
) -> None:
    del environment["MEND_SUPERVISORS"]
    bot, fay = start(), ws.add_person("Fay", role="supervisor")
    made_team(ws, dee, "travel", SUPERVISORS=[ben.id])
    made_team(ws, dee, "bank", SUPERVISORS=[fay.id])
    receipt = ada.command("/ownit", "promised a call", channel="travel").message
    ada.command("/ownit", "sent the wrong form", channel="bank")  # where she is now
    promise(ada, receipt, clock)
    ada.press(ada.open_home(), "Hand over")
    bot.scheduler.run_due()
    assert "needs somebody" in only(ben.dms).visible and fay.dms == []


def test_a_supervisor_reads_its_time_in_their_own_teams_zone(
    environment: dict[str, str], start: Any, clock: Clock, ada: Any, cam: Any
) -> None:
    environment["MEND_TIMEZONE"] = "Asia/Manila"
    handed_over(start(), clock, ada)
    assert "|24 November 23:30>" in only(cam.dms).visible


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
    [note] = NoteStore(bot.db).mine(ada.id, limit=1)
    closed = NoteStore(bot.db).update(replace(note, closed_at=clock()))
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
    ada.press(kept_private(ada), "Promise a follow-up")
    ada.submit({"what": "call", "due": int(clock().timestamp()) - 60})
    assert "has passed" in str(ada.modal.errors["due"])


def test_a_moment_that_was_not_chosen_is_asked_for(bot: Bot, ada: Any) -> None:
    ada.press(kept_private(ada), "Promise a follow-up")
    form = ada.modal
    for block in form.blocks:
        if block.get("block_id") == "due":
            block["optional"] = True
    ada.submit({"what": "call"})
    assert "Choose the day and the time" in str(form.errors["due"])


def test_by_half_past_four_is_suggested(bot: Bot, ws: Workspace, ada: Any) -> None:
    ada.press(kept_private(ada, "told him I will call back by 16:30"), "Remind me by 16:30")
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
    assert "⏰" not in ada.home.text
