"""Days later: any clearer now?"""

from typing import Any

from mend.app import Bot
from mend.lookbacks.model import Cause, Factor
from mend.lookbacks.store import LookBackStore
from mend.ownit.store import NoteStore
from tests.conftest import Clock, only
from tests.ownit.test_ownit import own
from workspace import Workspace


def days_later(bot: Bot, clock: Clock, days: int = 7) -> None:
    clock.advance(days=days)
    for _ in range(3):
        bot.scheduler.run_due()


def asked(ada: Any) -> list[Any]:
    return [message for message in ada.dms if "Any clearer now?" in message.visible]


def note(bot: Bot, ws: Workspace, ada: Any) -> Any:
    return NoteStore(bot.db).mine(ada.id, limit=1)[0]


def answer(ada: Any, **words: Any) -> None:
    ada.press(asked(ada)[-1], "Look back")
    ada.submit({"factors": ["TOOL", "LOAD"], "cause": "PREVENTED", **words})


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
    answer(ada, words="a warning before a second refund", who="the billing tool team")
    kept = LookBackStore(bot.db).get(note(bot, ws, ada).id)
    assert kept is not None
    assert set(kept.factors) == {Factor.TOOL, Factor.LOAD}
    assert (kept.cause, kept.words) == (Cause.PREVENTED, "a warning before a second refund")


def test_one_to_three_factors(bot: Bot, clock: Clock, ada: Any) -> None:
    own(ada)
    days_later(bot, clock)
    answer(ada, factors=["TOOL", "LOAD", "INFO", "PROC"])
    assert "one, two or three" in str(ada.modal.errors)
    ada.submit({"factors": []})
    assert "one, two or three" in str(ada.modal.errors)


def test_not_known_yet_is_asked_once_more_and_then_left(bot: Bot, clock: Clock, ada: Any) -> None:
    own(ada)
    for _ in range(3):
        days_later(bot, clock)
        if asked(ada):
            ada.press(asked(ada)[-1], "Look back")
            ada.submit({"factors_more": ["UNKN"]})
    assert len(asked(ada)) == 2


def test_not_now_asks_again_in_two_days(bot: Bot, clock: Clock, ada: Any) -> None:
    own(ada)
    days_later(bot, clock)
    ada.press(asked(ada)[-1], "Not now")
    days_later(bot, clock, 3)
    only(asked(ada))


def test_dont_ask_again_is_final(bot: Bot, clock: Clock, ada: Any) -> None:
    own(ada)
    days_later(bot, clock)
    ada.press(asked(ada)[-1], "Don't ask again")
    days_later(bot, clock, 30)
    assert asked(ada) == []


def test_a_repaired_note_closes_when_its_look_back_is_answered(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any
) -> None:
    ada.press(own(ada), "Repaired")
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
    ada.press(ada.open_home(), "Repaired")
    assert note(bot, ws, ada).closed_at is not None


def test_a_look_back_left_for_a_week_closes_a_repaired_note(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any
) -> None:
    ada.press(own(ada), "Repaired")
    days_later(bot, clock)
    days_later(bot, clock, 8)
    assert note(bot, ws, ada).closed_at is not None


def test_no_factor_is_a_person() -> None:
    for word in ("agent", "person", "who", "careless", "error"):
        assert all(word not in factor.value for factor in Factor)
