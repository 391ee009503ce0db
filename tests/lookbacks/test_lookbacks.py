"""Days later: any clearer now?"""

from collections.abc import Callable
from typing import Any

import pytest

from mend.app import Bot
from mend.lookbacks.model import Cause, Factor
from mend.lookbacks.store import LookBackStore
from mend.ownit.store import NoteStore
from tests.conftest import Clock, only
from tests.ownit.test_ownit import kept_private, note_window, own
from workspace import Workspace


def days_later(bot: Bot, clock: Clock, days: int = 7) -> None:
    clock.advance(days=days)
    for _ in range(3):
        bot.scheduler.run_due()


def asked(ada: Any) -> list[Any]:
    return [message for message in ada.dms if "Any clearer now?" in message.visible]


def note(bot: Bot, ws: Workspace, ada: Any) -> Any:
    return NoteStore(bot.db).mine(ada.id, limit=1)[0]


def answer(ada: Any, *factors: str, words: str = "", became: str = "Prevented") -> Any:
    """Each question stands where the one before stood; that message."""
    going = asked(ada)[-1]
    choose(ada, going, *factors or ("TOOL", "LOAD"))
    if words:
        ada.choose(going, "answer", words, block_id="words")
    ada.press(going, "Next" if words else "Skip")
    ada.press(going, became)
    return going


def choose(ada: Any, question: Any, *factors: str) -> None:
    ada.choose(question, "answer", list(factors), block_id="factors")
    ada.press(question, "Next")


def test_the_owner_is_asked_once(bot: Bot, clock: Clock, ada: Any, ben: Any) -> None:
    own(ada)
    days_later(bot, clock, 3)
    assert asked(ada) == []
    days_later(bot, clock, 3)
    days_later(bot, clock, 3)
    only(asked(ada))
    assert ben.dms == []


def test_a_withdrawn_note_is_not_asked_about(bot: Bot, clock: Clock, ada: Any) -> None:
    ada.press(own(ada), "Withdraw")
    days_later(bot, clock)
    assert asked(ada) == []


def test_the_answer_is_kept_with_the_note(bot: Bot, ws: Workspace, clock: Clock, ada: Any) -> None:
    own(ada)
    days_later(bot, clock)
    answer(ada, words="a warning before a second refund")
    kept = LookBackStore(bot.db).get(note(bot, ws, ada).id)
    assert kept is not None
    assert set(kept.factors) == {Factor.TOOL, Factor.LOAD}
    assert (kept.cause, kept.words) == (Cause.PREVENTED, "a warning before a second refund")


def test_one_to_three_factors(bot: Bot, clock: Clock, ada: Any) -> None:
    own(ada)
    days_later(bot, clock)
    question = only(asked(ada))
    choose(ada, question)
    assert "Choose one, two or three first." in question.visible  # beside what was pressed
    choose(ada, question, "TOOL", "LOAD", "INFO", "PROC")
    assert "one, two or three" in ada.ephemerals[-1].visible
    assert "What was going on?" in question.visible


def test_one_question_at_a_time_in_one_place(bot: Bot, clock: Clock, ada: Any) -> None:
    own(ada)
    days_later(bot, clock)
    question = only(asked(ada))
    assert question.buttons == ["Next", "Not now", "Don't ask again"]
    choose(ada, question, "TOOL")
    slip = "sent the refund to the wrong card\n"
    assert question.visible.startswith(slip + "What would make it less likely?")
    assert question.buttons == ["Next", "Skip"]
    ada.press(question, "Skip")
    assert question.visible.startswith(f"What became of it?\n{slip}") and len(question.buttons) == 4
    ada.press(question, "Eliminated")
    assert question.buttons == ["Turn into a playbook change"]
    assert len(ada.dms) == 1 and ada.modal is None and ada.ephemerals[1:] == []


def test_whoever_stops_after_the_first_question_has_answered(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any
) -> None:
    ada.press(kept_private(ada), "Repaired")
    days_later(bot, clock)
    choose(ada, only(asked(ada)), "TOOL")
    assert note(bot, ws, ada).closed_at == clock()
    days_later(bot, clock, 30)
    assert asked(ada) == []


def test_not_known_yet_is_asked_once_more_and_then_left(bot: Bot, clock: Clock, ada: Any) -> None:
    own(ada)
    told = []
    for _ in range(3):
        days_later(bot, clock)
        if asked(ada):
            choose(ada, asked(ada)[-1], "UNKN")
            told.append(ada.dms[-1].visible)
    assert len(told) == 2 and "once more" in told[0] and "less likely" in told[1]


def test_not_now_asks_again_in_two_days(bot: Bot, clock: Clock, ada: Any) -> None:
    own(ada)
    days_later(bot, clock)
    ada.press(asked(ada)[-1], "Not now")
    days_later(bot, clock, 3)
    only(asked(ada))


@pytest.mark.parametrize(
    ("first", "stands"),
    [
        ("Don't ask again", "I will not ask about this note again."),
        ("Next", "You have looked back on this note, so I will not ask again."),
    ],
)
def test_a_late_press_says_how_it_stands_where_nothing_will_be_asked(
    bot: Bot, clock: Clock, ada: Any, first: str, stands: str
) -> None:
    own(ada)
    days_later(bot, clock)
    question = only(asked(ada))
    drawn = question.blocks
    ada.choose(question, "answer", ["TOOL"], block_id="factors")
    ada.press(question, first)
    question.blocks = drawn
    ada.press(question, "Not now")
    said = [question.visible, *(each.visible for each in ada.ephemerals)]
    assert any(stands in each for each in said)
    assert not any("two days" in each for each in said)
    days_later(bot, clock, 30)
    assert [each for each in asked(ada) if each is not question] == []


def test_not_known_after_dont_ask_again_promises_no_question(
    bot: Bot, clock: Clock, ada: Any
) -> None:
    own(ada)
    days_later(bot, clock)
    question = only(asked(ada))
    drawn = question.blocks
    ada.press(question, "Don't ask again")
    question.blocks = drawn
    choose(ada, question, "UNKN")
    assert "once more" not in question.visible and "less likely" in question.visible


def test_dont_ask_again_is_final(bot: Bot, clock: Clock, ada: Any) -> None:
    own(ada)
    days_later(bot, clock)
    ada.press(asked(ada)[-1], "Don't ask again")
    days_later(bot, clock, 30)
    assert asked(ada) == []


def test_a_repaired_note_closes_when_its_look_back_is_answered(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any
) -> None:
    ada.press(kept_private(ada), "Repaired")
    days_later(bot, clock)
    assert note(bot, ws, ada).closed_at is None
    answer(ada)
    assert note(bot, ws, ada).closed_at == clock()


def test_a_note_repaired_after_its_look_back_closes_then(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any
) -> None:
    own(ada)
    days_later(bot, clock)
    answer(ada)
    assert note(bot, ws, ada).closed_at is None
    ada.press(note_window(ada), "Repaired")
    assert note(bot, ws, ada).closed_at is not None


@pytest.mark.parametrize("is_late", [False, True])
def test_a_look_back_left_for_a_week_closes_a_note_repaired_before_it_or_after(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any, is_late: bool
) -> None:
    receipt = kept_private(ada)
    if not is_late:
        ada.press(receipt, "Repaired")
    days_later(bot, clock)
    days_later(bot, clock, 8)
    if is_late:
        assert note(bot, ws, ada).closed_at is None
        ada.press(note_window(ada), "Repaired")
    assert note(bot, ws, ada).closed_at is not None


def test_no_factor_is_a_person() -> None:
    for word in ("agent", "person", "who", "careless", "error"):
        assert all(word not in factor.value for factor in Factor)


def test_from_a_window_it_comes_by_message(bot: Bot, clock: Clock, ada: Any) -> None:
    own(ada)
    days_later(bot, clock)
    ada.press(ada.open_home(), "Find a repair")  # any window will do
    ada.modal.blocks = ada.home.blocks
    ada.press(ada.modal, "Look back")
    assert "in your messages with me" in ada.modal.text
    bot.scheduler.run_due()
    assert len(asked(ada)) == 2


@pytest.mark.parametrize(("k", "said"), [("5", "five people or more"), ("8", "8 people or more")])
def test_how_many_stand_behind_what_is_told_is_the_operators_number(
    environment: dict[str, str],
    start: Callable[[], Bot],
    clock: Clock,
    ada: Any,
    k: str,
    said: str,
) -> None:
    environment["MEND_K"] = k
    bot = start()
    own(ada)
    days_later(bot, clock)
    question = asked(ada)[-1]
    choose(ada, question, "TOOL")
    ada.press(question, "Skip")
    assert f"only themes of {said} are told" in question.visible
