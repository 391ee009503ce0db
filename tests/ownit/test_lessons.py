"""What somebody learned, released in their own words, told once, some days later."""

from dataclasses import replace
from typing import Any

from mend.app import Bot
from mend.ownit.lessons import Lessons
from mend.ownit.service import Owning
from mend.ownit.store import NoteStore
from mend.people.store import TeamStore
from mend.people.teams import Teams
from tests.conftest import Clock
from tests.lookbacks.test_lookbacks import days_later
from tests.ownit.test_ownit import own
from tests.recap.test_daily import posted
from workspace import Workspace

LESSON = "Read the last four digits back before pressing refund."


def learn(ada: Any, receipt: Any, words: str = LESSON) -> None:
    ada.press(receipt, "What I learned")
    ada.submit({"learned": words})


def recaps(bot: Bot, ws: Workspace, clock: Clock, days: int) -> str:
    for _ in range(days):
        bot.recapping.plan()
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


def test_a_lesson_is_not_told_while_its_thread_stands(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any
) -> None:
    receipt = own(ada)
    ada.press(receipt, "Post as me")
    learn(ada, receipt)
    ada.press(ada.modal, "Release it")
    assert LESSON not in recaps(bot, ws, clock, 18)
    ada.press(ada.open_home(), "Make private")
    assert LESSON not in recaps(bot, ws, clock, 7)
    assert recaps(bot, ws, clock, 9).count(LESSON) == 1


def test_a_lesson_of_a_posted_note_is_told_after_the_note_was_closed(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any
) -> None:
    receipt = own(ada)
    ada.press(receipt, "Post as me")
    learn(ada, receipt)
    ada.press(ada.modal, "Release it")
    [entry] = NoteStore(bot.db).mine(ada.id, limit=1)
    bot.of(Owning).expire(NoteStore(bot.db).update(replace(entry, closed_at=clock())))
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


def test_withdrawing_the_note_takes_the_lesson_back(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any
) -> None:
    learn(ada, own(ada))
    ada.press(ada.modal, "Release it")
    ada.press(ada.open_home(), "Withdraw")
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
    ada.press(ada.modal, "Release it")
    assert "read blame in these words" in ada.modal.text
