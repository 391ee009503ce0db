"""Under an answer: words to send, share, own this, not this one and back."""

import json
from typing import Any

from mend.app import Bot
from mend.playbooks.library import Library
from mend.repair.gap_store import GapStore
from tests.conftest import Clock, only
from tests.repair.test_feedback import dump
from tests.repair.test_repair import choices, repair
from workspace import Workspace


def words_to_send(ada: Any) -> Any:
    answer = repair(ada, "they charged me twice")
    ada.press(answer, "Words to send")
    return answer


FILLED = {
    "blank_0_name": "Mrs Zanzibar",
    "blank_0_reference": "A-77",
    "blank_0_amount": "25.00 EUR",
    "blank_0_date": "tomorrow",
    "blank_0_check_date": "2 December",
}


def test_the_words_stand_there_at_once_with_their_blanks_marked(bot: Bot, ada: Any) -> None:
    words_to_send(ada)
    [quote] = [block for block in ada.modal.blocks if "rich_text_quote" in json.dumps(block)]
    [runs] = [part["elements"] for part in quote["elements"]]
    assert [run["text"] for run in runs if run.get("style") == {"code": True}] == [
        *("name", "reference", "amount", "date", "check date")
    ]
    assert "we charged you twice for" in json.dumps(quote)


def test_a_script_is_filled_in_and_ready_to_copy(bot: Bot, ada: Any) -> None:
    words_to_send(ada)
    ada.submit(FILLED)
    assert "Hello Mrs Zanzibar, we charged you twice for A-77" in ada.modal.text
    assert "by 25 November 2026. I'll check on 2 December" in ada.modal.text
    assert "{" not in ada.modal.text
    [copied] = [block for block in ada.modal.blocks if "preformatted" in json.dumps(block)]
    assert copied["type"] == "rich_text"


def test_a_day_is_one_press_and_what_was_typed_stays(bot: Bot, ada: Any) -> None:
    words_to_send(ada)
    ada.fill({"blank_0_name": "Mrs Zanzibar"})
    for day in ("today", "tomorrow"):  # of one date after the other
        ada.press(ada.modal, day)
    assert "24 November 2026" in ada.modal.text
    ada.submit({"blank_0_reference": "A-77", "blank_0_amount": "25.00 EUR"})
    assert "Hello Mrs Zanzibar," in ada.modal.text
    assert "show it by 24 November 2026. I'll check on 25 November 2026" in ada.modal.text


def test_a_blank_typed_into_a_field_is_not_handed_out(bot: Bot, ada: Any) -> None:
    words_to_send(ada)
    ada.submit(FILLED | {"blank_0_amount": "{amount}"})
    assert "is a blank itself" in ada.modal.errors["blank_0_amount"]


def test_what_is_filled_in_is_kept_nowhere(bot: Bot, ws: Workspace, ada: Any) -> None:
    words_to_send(ada)
    ada.submit(FILLED)
    assert "Zanzibar" not in dump(bot)
    assert "Zanzibar" not in json.dumps([call.args for call in ws.calls])


def test_another_script_is_chosen_in_the_form(bot: Bot, ada: Any) -> None:
    words_to_send(ada)
    ada.choose(ada.modal, "fill_choose", "Still pending")
    assert "only reserved" in ada.modal.text


def test_a_script_that_vanished_meanwhile_is_a_clear_sentence(bot: Bot, ada: Any) -> None:
    words_to_send(ada)
    bot.of(Library).replace([])
    ada.submit(FILLED)
    assert "no longer served" in str(ada.modal.errors)


def test_sharing_posts_the_answer_under_the_sharers_name(bot: Bot, ws: Workspace, ada: Any) -> None:
    ada.choose(repair(ada, "they charged me twice"), "repair_more", "Share")
    shared = only(ws.messages("support"))
    assert shared.bot and f"<@{ada.id}> shares:" in shared.visible
    assert shared.buttons == []


def test_sharing_where_mend_is_not_says_how_to_invite_it(bot: Bot, ws: Workspace, ada: Any) -> None:
    answer = ada.command("/repair", "they charged me twice", channel="random").message
    ada.choose(answer, "repair_more", "Share")
    assert ws.messages("random") == []
    assert "/invite @Mend" in ada.ephemerals[-1].visible


def test_own_this_opens_the_form(bot: Bot, ada: Any) -> None:
    ada.choose(repair(ada, "they charged me twice"), "repair_more", "Own this")
    assert ada.modal.title == "Own it"


# --- not this one, and back


def not_this(ada: Any, words: str) -> Any:
    answer = repair(ada, words)
    label = next(each for each in choices(answer) if each in ("Not this one", "None of these"))
    ada.choose(answer, "repair_more", label)
    return answer


def test_the_alternatives_come_first_and_the_way_back_is_one_press(bot: Bot, ada: Any) -> None:
    answer = not_this(ada, "the refund is late, charged twice")
    first, *rest = answer.buttons
    assert "Is it one of these?" in answer.visible.split("\n")[0]
    assert rest[-1] == "Back to that answer" and len(answer.buttons) <= 3
    assert answer.visible.index(first.rstrip("…")) < answer.visible.index("This always helps")
    was = bot.of(Library).find("the refund is late, charged twice").hits[0].slug
    ada.press(answer, "Back to that answer")
    assert bot.of(Library).served(was).say_first in answer.visible
    assert len(ada.ephemerals) == 1


def test_what_was_refused_is_not_offered_again(bot: Bot, ada: Any) -> None:
    answer = not_this(ada, "the refund is late, charged twice")
    refused = bot.of(Library).find("the refund is late, charged twice").hits[0].slug
    ada.press(answer, answer.buttons[0])
    ada.choose(answer, "repair_more", "Not this one")
    assert bot.of(Library).served(refused).title not in answer.buttons


def test_a_second_press_changes_nothing(bot: Bot, clock: Clock, ada: Any) -> None:
    answer = repair(ada, "they charged me twice")
    stale = answer.blocks
    ada.choose(answer, "repair_more", "Not this one")
    shown, gaps = answer.visible, GapStore(bot.db).live()
    answer.blocks = stale  # the second half of a double click
    ada.choose(answer, "repair_more", "Not this one")
    assert answer.visible == shown and len(ada.ephemerals) == 1
    assert GapStore(bot.db).live() == gaps
    assert bot.db.all(int, "select not_this from playbook_use") == [1]


def test_it_worked_is_said_on_the_card_once_however_often_it_is_pressed(bot: Bot, ada: Any) -> None:
    answer = repair(ada, "charged twice flamingo subscription")
    stale = answer.blocks
    ada.press(answer, "It worked")
    shown = answer.visible
    assert "✓ Good. Others will find it" in shown and "It worked" not in answer.buttons
    answer.blocks = stale
    ada.press(answer, "It worked")
    assert answer.visible == shown and len(ada.ephemerals) == 1
    assert bot.db.all(int, "select worked from playbook_use") == [1]
