"""A direct message to Mend is answered by what it is; only a slip, or a press, makes it a note."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mend.app import Bot
from mend.text.wording import About, about
from tests.conftest import only
from tests.ownit.test_messages import receipts
from tests.ownit.test_ownit import note_window, notes
from tests.repair.test_feedback import dump
from workspace import Workspace

SLIP = "I gave the caller the wrong return date"
UNCLEAR = "the flamingo thing again"


def answer(person: Any, text: str) -> Any:
    """The one message that comes back."""
    before = len(receipts(person))
    person.dm(text)
    return only(receipts(person)[before:])


@pytest.mark.parametrize("text", ["hi", "Hello Mend!", "good morning", "kumusta po"])
def test_hello_is_answered_shortly_and_not_kept(bot: Bot, ada: Any, text: str) -> None:
    said = answer(ada, text)
    assert "Write what your customer says" in said.visible and said.buttons == []
    assert notes(bot, ada) == []


@pytest.mark.parametrize("text", ["?", "help", "Help!", "what can you do?", "Who are you"])
def test_what_it_is_for_is_answered_by_the_list(bot: Bot, ada: Any, text: str) -> None:
    assert "/mend pause" in answer(ada, text).visible and notes(bot, ada) == []


@pytest.mark.parametrize("text", ["thanks!", "thank you so much", "ok great, ty", "Salamat po"])
def test_thanks_are_thanks(bot: Bot, ada: Any, text: str) -> None:
    assert "You are welcome" in answer(ada, text).visible
    assert notes(bot, ada) == []


@pytest.mark.parametrize(
    "text",
    [
        "they charged me twice",
        "customer says the refund is still not there",
        "how do I reset a customer's password?",
        "cx wants to talk to my manager",
        "I was charged twice for my order and you promised me a refund",
    ],
)
def test_a_customers_problem_gets_its_repair(bot: Bot, ada: Any, text: str) -> None:
    said = answer(ada, text)
    assert "What would you like to see happen?" in said.visible or "Ask" in said.visible
    assert notes(bot, ada) == []


def test_the_repair_there_works_as_anywhere(bot: Bot, ada: Any) -> None:
    said = answer(ada, "they charged me twice")
    assert "They charged me twice" in said.visible
    ada.press(said, "It worked")
    assert "Good" in ada.dms[-1].visible + "".join(each.visible for each in ada.ephemerals)


@pytest.mark.parametrize(
    "text",
    [
        SLIP,
        "hung up on a customer by mistake",
        "my mistake, the parcel went out twice",
        "i snapped",
    ],
)
def test_a_slip_of_ones_own_gets_the_receipt(bot: Bot, ada: Any, text: str) -> None:
    assert "Only you can see it" in answer(ada, text).visible
    assert notes(bot, ada) == [text]


def test_it_is_private_even_where_the_team_posts_at_once(
    environment: dict[str, str], start: Callable[[], Bot], ws: Workspace, ada: Any
) -> None:
    environment["MEND_VISIBILITY_DEFAULT"] = "with_me"
    start()
    assert "Only you can see it" in answer(ada, SLIP).visible and ws.messages("support") == []


def test_what_is_unclear_is_asked_about_and_nothing_is_kept(bot: Bot, ada: Any) -> None:
    said = answer(ada, UNCLEAR)
    assert "Is this a slip of yours, or a customer's problem?" in said.visible
    assert said.buttons == ["Keep it as my note", "Find a repair"]
    assert "flamingo" not in dump(bot)


def test_kept_by_a_press_the_receipt_stands_where_the_question_stood(bot: Bot, ada: Any) -> None:
    said = answer(ada, UNCLEAR)
    ada.press(said, "Keep it as my note")
    assert "Only you can see it" in said.visible and len(receipts(ada)) == 1
    assert notes(bot, ada) == [UNCLEAR]
    ada.press(note_window(ada), "Repaired")
    assert "✅ Repaired" in said.visible


def test_kept_by_a_press_it_follows_the_message_that_told_it(bot: Bot, ada: Any) -> None:
    told = ada.dm(UNCLEAR)
    ada.press(receipts(ada)[-1], "Keep it as my note")
    ada.edit(told, "I gave them the wrong flamingo")
    assert notes(bot, ada) == ["I gave them the wrong flamingo"]
    assert "wrong flamingo" in only(receipts(ada)).visible


def test_a_second_press_keeps_no_second_note(bot: Bot, ada: Any) -> None:
    said = answer(ada, UNCLEAR)
    question = said.blocks
    ada.press(said, "Keep it as my note")
    said.blocks = question
    ada.press(said, "Keep it as my note")
    assert notes(bot, ada) == [UNCLEAR]


def test_or_the_repair_stands_there(bot: Bot, ada: Any) -> None:
    said = answer(ada, UNCLEAR)
    ada.press(said, "Find a repair")
    assert "What would you like to see happen?" in said.visible and len(receipts(ada)) == 1
    assert notes(bot, ada) == []


def test_deleted_meanwhile_it_cannot_be_kept(bot: Bot, ada: Any) -> None:
    told = ada.dm(UNCLEAR)
    question = receipts(ada)[-1]
    ada.delete(told)
    for press in question.buttons:
        ada.press(question, press)
        assert "cannot be read any more" in ada.dms[-1].visible
    assert notes(bot, ada) == []


def test_no_button_keeps_what_somebody_else_wrote(bot: Bot, ws: Workspace, ada: Any) -> None:
    said = answer(ada, UNCLEAR)
    for button in said.blocks[-1]["elements"]:
        button["value"] = said.ts  # Mend's own message
    ada.press(said, "Keep it as my note")
    assert "cannot be read any more" in ada.dms[-1].visible and notes(bot, ada) == []


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("/repair they charged me twice", "They charged me twice"),
        ("/Repair", "What does the customer say?"),
        ("/ownit the flamingo thing again", "Only you can see it"),
        ("/mend pause", "A minute for yourself"),
        ("/mend privcy", "Did you mean"),
    ],
)
def test_a_command_typed_as_text_is_that_command(
    bot: Bot, ada: Any, typed: str, shown: str
) -> None:
    assert shown.casefold() in answer(ada, typed).visible.casefold()


def test_a_form_that_a_typed_command_needs_opens_by_a_press(bot: Bot, ada: Any) -> None:
    ada.press(answer(ada, "/ownit"), "Open the form")
    ada.submit({"happened": SLIP})
    assert notes(bot, ada) == [SLIP]


def test_help_shows_what_the_person_may_do(bot: Bot, ada: Any, cam: Any, dee: Any) -> None:
    seen = {person.name: answer(person, "help").visible for person in (ada, cam, dee)}
    assert "/mend pause" in seen["ada"]
    for words, may in (("causes", "cam dee"), ("condition", "cam dee"), ("doctor", "dee")):
        who = " ".join(name for name, said in seen.items() if f"/mend {words}" in said)
        assert who == may


def test_a_typed_command_asks_the_role_gate(bot: Bot, ada: Any) -> None:
    assert "That is for an admin" in answer(ada, "/mend doctor").visible


def test_a_second_delivery_keeps_no_second_note(bot: Bot, ws: Workspace, ada: Any) -> None:
    ada.dm("/ownit the flamingo thing again")
    said = next(each for each in ws.deliveries if each.payload.get("event", {}).get("text"))
    ws.resend(said)
    assert notes(bot, ada) == [UNCLEAR]


@given(st.text())
def test_whatever_is_written_is_one_of_four_things(text: str) -> None:
    assert about(text) in About


@pytest.mark.parametrize(
    "text",
    [
        "I ordered the blue one and you sent me the red one",
        "my bill is wrong",
        "you hung up on me",
        "I paid twice, I want my money back",
        "me cobraron dos veces",
    ],
)
def test_a_customers_own_words_are_nobodys_slip(text: str) -> None:
    assert about(text) is About.PROBLEM
