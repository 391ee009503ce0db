"""Share: the answer stands in the channel once, and what is said about that is true."""

from typing import Any

from mend.app import Bot
from mend.repair.sharing import ON_ITS_WAY, SHARED
from tests.conftest import Clock, only
from tests.repair.test_repair import repair
from workspace import Workspace

WORDS = "they charged me twice"


def shared(ws: Workspace) -> list[Any]:
    return [each for each in ws.messages("support") if "shares:" in each.visible]


def test_a_double_press_posts_it_once(bot: Bot, ws: Workspace, ada: Any) -> None:
    card = repair(ada, WORDS)
    for _ in range(2):
        ada.choose(card, "repair_more", "Share")
        assert ada.ephemerals[-1].visible == SHARED
    assert len(shared(ws)) == 1


def test_from_another_card_it_is_shared_anew(bot: Bot, ws: Workspace, ada: Any) -> None:
    for _ in range(2):
        ada.choose(repair(ada, WORDS), "repair_more", "Share")
    assert len(shared(ws)) == 2


def test_one_whose_answer_was_lost_is_not_said_to_be_missing_nor_posted_twice(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any
) -> None:
    card = repair(ada, WORDS)
    ws.fail("chat.postMessage", error="lost", after_applying=True, times=1)
    ada.choose(card, "repair_more", "Share")
    assert ada.ephemerals[-1].visible == ON_ITS_WAY
    ada.choose(card, "repair_more", "Share")
    clock.advance(minutes=5)
    bot.scheduler.run_due()
    only(shared(ws))
    ada.choose(card, "repair_more", "Share")
    assert ada.ephemerals[-1].visible == SHARED and len(shared(ws)) == 1


def test_what_slack_refused_is_shared_by_the_next_press_and_never_by_itself(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any, dee: Any
) -> None:
    card = ada.command("/repair", WORDS, channel="random").message
    for _ in range(2):
        ada.choose(card, "repair_more", "Share")
        assert "Not shared" in ada.ephemerals[-1].visible
    ws.channel("random").bot_in = True
    clock.advance(hours=2)
    bot.scheduler.run_due()
    assert ws.messages("random") == [] and dee.dms == []
    ada.choose(card, "repair_more", "Share")
    assert "shares:" in only(ws.messages("random")).visible


def test_a_window_has_no_channel_and_offers_no_share(bot: Bot, ws: Workspace, ada: Any) -> None:
    ada.press(ada.open_home(), "Find a repair")
    [found, *_] = ada.options(ada.modal, "pick_search", "charged twice")
    ada.choose(ada.modal, "pick_search", found)
    assert "It worked" in ada.modal.buttons
    for press in ("All steps", "Fewer steps", "It worked"):
        assert "Share" not in ada.modal.choices + ada.modal.buttons
        ada.press(ada.modal, press)
    assert "Share" not in ada.modal.choices + ada.modal.buttons
