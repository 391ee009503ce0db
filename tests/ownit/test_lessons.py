"""What somebody learned, released in their own words, told once, some days later."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from mend.app import Bot
from mend.ownit.lessons import Lessons
from mend.ownit.model import new_note
from mend.ownit.service import Owning
from mend.ownit.store import NoteStore
from mend.people.store import TeamStore
from mend.people.teams import Teams
from mend.recap.daily.service import Recapping
from mend.slack.store import Posts
from tests.conftest import Clock
from tests.lookbacks.test_lookbacks import days_later
from tests.ownit.test_ownit import change_who_sees, note_window, own, root
from tests.ownit.test_retention import a_round
from tests.recap.test_daily import posted
from tests.repair.test_feedback import dump
from workspace import Workspace

LESSON = "Read the last four digits back before pressing refund."


def learn(ada: Any, receipt: Any, words: str = LESSON) -> None:
    if "What I learned" not in receipt.choices:
        ada.press(receipt, "Keep private")
    ada.press(receipt, "What I learned")
    ada.submit({"learned": words})


def recaps(bot: Bot, ws: Workspace, clock: Clock, days: int) -> str:
    for _ in range(days):
        bot.of(Recapping).plan()
        days_later(bot, clock, 1)
    return "\n".join(message.visible for message in posted(ws))


def test_a_released_lesson_is_told_once_word_for_word_without_a_name(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any
) -> None:
    learn(ada, own(ada))
    assert LESSON in ada.modal.text and "may guess it is you" in ada.modal.text
    ada.press(ada.modal, "Release it")
    assert LESSON not in recaps(bot, ws, clock, 2)
    told = recaps(bot, ws, clock, 16)
    assert told.count(LESSON) == 1
    assert ada.id not in told


def test_without_a_release_nothing_is_told(bot: Bot, ws: Workspace, clock: Clock, ada: Any) -> None:
    learn(ada, own(ada))
    assert LESSON not in recaps(bot, ws, clock, 18)


def released(ada: Any, words: str = LESSON) -> Any:
    """A posted note with a released lesson; its receipt."""
    receipt = own(ada)
    ada.press(receipt, "Post as me")
    learn(ada, receipt, words)
    ada.press(ada.modal, "Release it")
    return receipt


def test_a_lesson_is_not_told_while_its_thread_stands_nor_in_the_week_it_disappears(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any
) -> None:
    released(ada)
    assert LESSON not in recaps(bot, ws, clock, 18)
    change_who_sees(ada, "Make private")
    assert LESSON not in recaps(bot, ws, clock, 7)
    assert recaps(bot, ws, clock, 9).count(LESSON) == 1


def test_a_lesson_of_a_posted_note_is_told_after_the_note_was_closed(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any
) -> None:
    receipt = own(ada)
    ada.press(receipt, "Post as me")
    learn(ada, receipt)
    ada.press(ada.modal, "Release it")
    [note] = NoteStore(bot.db).mine(ada.id, limit=1)
    bot.of(Owning).expire(NoteStore(bot.db).update(replace(note, closed_at=clock())))
    bot.scheduler.run_due()
    assert LESSON not in recaps(bot, ws, clock, 7)
    assert recaps(bot, ws, clock, 9).count(LESSON) == 1


def test_the_same_words_of_another_team_are_told_there_as_well(
    bot: Bot, ws: Workspace, clock: Clock
) -> None:
    other = ws.add_channel("billing").id
    TeamStore(bot.db).keep(other, {}, clock())
    for number, channel in enumerate((bot.of(Teams).first, other)):
        Lessons(bot.db).release(channel, f"note {number}", LESSON, clock())
    told = recaps(bot, ws, clock, 3)
    there = [each.visible for each in ws.messages("billing") if LESSON in each.visible]
    assert told.count(LESSON) == 1 and len(there) == 1
    assert recaps(bot, ws, clock, 7).count(LESSON) == 1


def test_a_thread_that_slack_lets_go_late_starts_the_wait_when_it_goes(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any
) -> None:
    released(ada)
    ws.fail("chat.update", error="http_500", times=9)
    change_who_sees(ada, "Make private")
    clock.advance(days=20)
    bot.scheduler.run_due()
    while Posts(bot.db).starting("thread:"):
        clock.advance(hours=1)
        bot.scheduler.run_due()
    assert LESSON not in recaps(bot, ws, clock, 6)
    assert LESSON in recaps(bot, ws, clock, 8)


def test_a_root_that_somebody_deleted_starts_the_wait_too(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any
) -> None:
    receipt = released(ada)
    days_later(bot, clock, 12)
    ws.delete(root(ws))
    ada.press(receipt, "Repaired")
    assert LESSON not in recaps(bot, ws, clock, 6)
    assert LESSON in recaps(bot, ws, clock, 8)


def test_the_lesson_of_a_posted_note_is_told_after_the_note_expired(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any
) -> None:
    released(ada)
    [note] = NoteStore(bot.db).mine(ada.id, limit=1)
    NoteStore(bot.db).update(replace(note, closed_at=bot.now()))
    clock.advance(days=30)
    a_round(bot)
    assert root(ws).visible == "A note was closed."
    assert LESSON not in recaps(bot, ws, clock, 6)
    assert recaps(bot, ws, clock, 8).count(LESSON) == 1
    clock.advance(days=31)
    a_round(bot)
    assert LESSON not in dump(bot) and ada.id not in dump(bot)


def test_the_same_words_of_two_teams_are_told_by_each(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any, ben: Any
) -> None:
    support, other = ws.channel("support").id, ws.channel("random").id
    for team, person in ((support, ada), (other, ben)):
        note = NoteStore(bot.db).add(new_note(team, person.id, "a slip", clock()), person.id)
        Lessons(bot.db).release(team, note.id, LESSON, clock())
    day = clock().date()
    for team in (support, other):
        lesson = Lessons(bot.db).of_day(team, day, clock())
        Lessons(bot.db).was_told(team, lesson or "", day)
        assert Lessons(bot.db).told(team, day, day) == [LESSON]


def test_the_same_words_of_two_notes_are_told_twice(bot: Bot, ws: Workspace, clock: Clock) -> None:
    team, day = ws.channel("support").id, clock().date()
    for note in ("n1", "n2"):
        Lessons(bot.db).release(team, note, LESSON, clock())
    for days in (0, 1):
        later = day + timedelta(days=days)
        Lessons(bot.db).was_told(team, Lessons(bot.db).of_day(team, later, clock()) or "", later)
        assert len(Lessons(bot.db).told(team, day, later)) == days + 1


def test_a_lesson_that_was_not_sent_is_not_told(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any
) -> None:
    learn(ada, own(ada))
    ada.press(ada.modal, "Release it")
    clock.advance(days=10)
    team, day = ws.channel("support").id, clock().date()
    for _ in range(2):  # looking is not telling
        assert Lessons(bot.db).of_day(team, day, clock()) is not None
    assert Lessons(bot.db).told(team, day, day) == []


def test_no_recap_keeps_the_words_of_a_lesson(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any
) -> None:
    learn(ada, own(ada))
    ada.press(ada.modal, "Release it")
    assert LESSON in recaps(bot, ws, clock, 16)
    assert LESSON not in str(bot.db.rows("select * from recaps"))
    ada.press(note_window(ada), "Withdraw")
    assert "The recap that told your lesson, without your name, stays" in ada.modal.text
    assert LESSON not in dump(bot)


def test_withdrawing_the_note_takes_the_lesson_back(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any
) -> None:
    learn(ada, own(ada))
    ada.press(ada.modal, "Release it")
    ada.press(note_window(ada), "Withdraw")
    assert LESSON not in recaps(bot, ws, clock, 18)


def test_other_words_need_another_release(bot: Bot, ws: Workspace, clock: Clock, ada: Any) -> None:
    receipt = own(ada)
    learn(ada, receipt)
    ada.press(ada.modal, "Release it")
    learn(ada, receipt, "Something else entirely.")
    told = recaps(bot, ws, clock, 18)
    assert LESSON not in told and "Something else" not in told


def test_a_lesson_that_blames_is_not_released(bot: Bot, ada: Any) -> None:
    learn(ada, own(ada), "The back office is lazy and never checks anything.")
    assert ada.modal.buttons == [] and "if it named steps" in ada.modal.text


def test_its_owner_hears_once_that_it_was_told_and_not_before(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any
) -> None:
    learn(ada, own(ada))
    ada.press(ada.modal, "Release it")
    told: list[str] = []
    for _ in range(16):
        is_told = LESSON in recaps(bot, ws, clock, 1)
        a_round(bot)
        told = [each.visible for each in ada.dms if "told what you learned" in each.visible]
        assert len(told) == is_told
    assert len(told) == 1


def told_with_its_window_open(bot: Bot, ws: Workspace, clock: Clock, ada: Any) -> Any:
    """Ada's lesson was told while she left the window open that offers the release; its blocks."""
    learn(ada, own(ada))
    offered = list(ada.modal.blocks)
    ada.press(ada.modal, "Release it")
    assert LESSON in recaps(bot, ws, clock, 16)
    return offered


@pytest.mark.parametrize("press", ["Not now", "Release it"])
def test_a_told_lesson_is_told_whatever_is_pressed_later(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any, press: str
) -> None:
    offered = told_with_its_window_open(bot, ws, clock, ada)
    for label in (press, "Release it"):
        ada.modal.blocks = offered
        ada.press(ada.modal, label)
        assert "A recap told it" in ada.modal.text
        assert "for you alone" not in ada.modal.text and "until it is told" not in ada.modal.text
    assert recaps(bot, ws, clock, 16).count(LESSON) == 1
    ada.close()
    assert "(a recap told it)" in note_window(ada).text


def test_other_words_after_it_was_told_stay_private_and_the_old_ones_are_not_told_again(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any
) -> None:
    told_with_its_window_open(bot, ws, clock, ada)
    for words in ("Something else entirely.", LESSON):
        ada.close()
        ada.press(note_window(ada), "What I learned")
        ada.submit({"learned": words})
        assert "A recap told your lesson already" in ada.modal.text
        assert "Release it" not in ada.modal.buttons
        if words != LESSON:
            ada.close()
            assert "only you see it; a recap told what stood here before" in note_window(ada).text
    told = recaps(bot, ws, clock, 16)
    assert told.count(LESSON) == 1 and "Something else" not in told
