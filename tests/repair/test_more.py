"""Under "More": fill in a script, share, own this, get help."""

import json
from typing import Any

from mend.app import Bot
from tests.conftest import only
from tests.repair.test_feedback import dump
from tests.repair.test_repair import repair
from workspace import Workspace


def fill_in(ada: Any) -> Any:
    answer = repair(ada, "they charged me twice")
    ada.choose(answer, "repair_more", "Fill in a script")
    return answer


FILLED = {
    "blank_0_name": "Mrs Zanzibar",
    "blank_0_reference": "A-77",
    "blank_0_amount": "25.00 EUR",
    "blank_0_date": "2026-12-01",
    "blank_0_check_date": "2026-12-02",
}


def test_a_script_is_filled_in_and_ready_to_copy(bot: Bot, ada: Any) -> None:
    fill_in(ada)
    ada.submit(FILLED)
    assert ada.modal.title == "Filled in"
    assert "Hello Mrs Zanzibar, we charged you twice for A-77" in ada.modal.text
    assert "1 December 2026" in ada.modal.text
    assert "{" not in ada.modal.text
    [copied] = [block for block in ada.modal.blocks if "preformatted" in json.dumps(block)]
    assert copied["type"] == "rich_text"


def test_what_is_filled_in_is_kept_nowhere(bot: Bot, ws: Workspace, ada: Any) -> None:
    fill_in(ada)
    ada.submit(FILLED)
    assert "Zanzibar" not in dump(bot)
    assert "Zanzibar" not in json.dumps([call.args for call in ws.calls])


def test_another_script_is_chosen_in_the_form(bot: Bot, ada: Any) -> None:
    fill_in(ada)
    ada.choose(ada.modal, "fill_choose", "Still pending")
    assert "only reserved" in ada.modal.text


def test_a_script_that_vanished_meanwhile_is_a_clear_sentence(bot: Bot, ada: Any) -> None:
    fill_in(ada)
    bot.library.replace([])
    ada.submit(FILLED)
    assert "no longer served" in str(ada.modal.errors)


def test_sharing_posts_the_answer_under_the_sharers_name(bot: Bot, ws: Workspace, ada: Any) -> None:
    ada.choose(repair(ada, "they charged me twice"), "repair_more", "Share in channel")
    shared = only(ws.messages("support"))
    assert shared.bot and f"<@{ada.id}> shares:" in shared.visible
    assert "It worked" not in shared.buttons


def test_sharing_where_mend_is_not_says_how_to_invite_it(bot: Bot, ws: Workspace, ada: Any) -> None:
    answer = ada.command("/repair", "they charged me twice", channel="random").message
    ada.choose(answer, "repair_more", "Share in channel")
    assert ws.messages("random") == []
    assert "/invite @Mend" in ada.ephemerals[-1].visible


def test_own_this_opens_the_form(bot: Bot, ada: Any) -> None:
    ada.choose(repair(ada, "they charged me twice"), "repair_more", "Own this")
    assert ada.modal.title == "Own it"
