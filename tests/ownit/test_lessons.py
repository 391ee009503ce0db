"""What somebody learned, released in their own words, told once, some days later."""

from typing import Any

from mend.app import Bot
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
    assert LESSON in recaps(bot, ws, clock, 4)


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
