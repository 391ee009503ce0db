"""Distress is met with support wherever a person can type, and nobody else reads the words."""

import json
from collections.abc import Callable
from typing import Any

import pytest

import handlers
from mend.app import Bot
from mend.dispatch.routes import Kind, Typed
from mend.ownit.store import NoteStore
from tests.conftest import Clock, only
from tests.lookbacks.test_lookbacks import asked, choose, days_later
from tests.ownit.test_ownit import note_window, notes, own, root
from tests.repair.test_feedback import dump
from tests.repair.test_repair import repair, the_end
from workspace import Workspace

WORDS = "i can't do this anymore, flamingo"
BUTTONS = ["Take a minute", "Ask a lead to call me"]
HELP_LINE = "Employee support: 0800 000 000"
FORMS = {route.id: route.typed for route in handlers.declared().of(Kind.VIEW)}


class Shift:
    """Ada (or Cam, where only a lead can) types the words; `seen` is what she had before her."""

    def __init__(self, bot: Bot, ws: Workspace, clock: Clock) -> None:
        self.bot, self.ws, self.clock = bot, ws, clock
        self.ada, self.ben, self.cam = (ws.person(name) for name in ("ada", "ben", "cam"))

    def posted(self) -> Any:
        """A note of Ada's that stands in the channel."""
        receipt = own(self.ada)
        self.ada.press(receipt, "Post as me")
        return receipt

    # --- where the words are kept, for their writer

    def own(self) -> Any:
        return own(self.ada, WORDS)

    def own_form(self) -> Any:
        self.ada.command("/ownit", "")
        self.ada.submit({"happened": "a slip", "did": WORDS, "who_sees": "The team channel, as me"})
        return self.ada.modal

    def edit(self) -> Any:
        self.ada.press(own(self.ada), "Edit")
        self.ada.submit({"happened": WORDS})
        return self.ada.modal

    def edit_of_a_posted_note(self) -> Any:
        self.posted()
        self.ada.press(note_window(self.ada), "Edit")
        self.ada.submit({"happened": WORDS})
        assert "refund" in root(self.ws).visible
        return self.ada.modal

    def lesson(self) -> Any:
        own(self.ada)
        self.ada.press(note_window(self.ada), "What I learned")
        self.ada.submit({"learned": WORDS})
        return self.ada.modal

    def promise(self) -> Any:
        own(self.ada)
        self.ada.press(note_window(self.ada), "Promise a follow-up")
        self.ada.submit({"what": WORDS, "due": int(self.clock().timestamp()) + 3600})
        return self.ada.modal

    def look_back(self) -> Any:
        own(self.ada)
        days_later(self.bot, self.clock)
        question = only(asked(self.ada))
        choose(self.ada, question, "LOAD")
        self.ada.choose(question, "answer", WORDS, block_id="words")
        self.ada.press(question, "Next")
        return question

    def look_back_in_app_home(self) -> Any:
        own(self.ada)
        days_later(self.bot, self.clock)
        self.ada.press(self.ada.open_home(), "Look back")
        self.ada.choose(self.ada.home, "answer", ["LOAD"], block_id="factors")
        self.ada.press(self.ada.home, "Next")
        self.ada.choose(self.ada.home, "answer", WORDS, block_id="words")
        self.ada.press(self.ada.home, "Next")
        return self.ada.home

    def reply_in_a_thread(self) -> Any:
        self.posted()
        self.ada.say("support", WORDS, thread=root(self.ws))
        return self.ada.dms[-1]

    def edited_reply_in_a_thread(self) -> Any:
        self.posted()
        said = self.ada.say("support", "called them back", thread=root(self.ws))
        self.ada.edit(said, WORDS)
        return self.ada.dms[-1]

    def reply_in_messages(self) -> Any:
        self.ada.dm("I gave the caller the wrong date")
        self.ada.dm(WORDS, thread=self.ada.dms[-1])
        return self.ada.dms[-1]

    def slip_in_messages(self) -> Any:
        self.ada.dm(f"I hung up on the caller, {WORDS}")
        return self.ada.dms[-1]

    def edit_in_messages(self) -> Any:
        said = self.ada.dm("I gave the caller the wrong date")
        self.ada.edit(said, WORDS)
        return self.ada.dms[-1]

    def late_edit_in_messages_of_a_posted_note(self) -> Any:
        said = self.ada.dm("I gave the caller the wrong date")
        self.ada.press(self.ada.dms[-1], "Post as me")
        self.clock.advance(minutes=11)
        self.ada.edit(said, WORDS)
        assert "wrong date" in root(self.ws).visible
        return self.ada.dms[-1]

    def answer_to_somebody_asking_for_help(self) -> Any:
        self.ada.press(repair(self.ada, "they charged me twice"), "Get help")
        self.cam.press(only(self.cam.dms), "Answer")
        self.cam.submit({"words": WORDS})
        assert self.ada.dms == []
        return self.cam.modal

    def suggestion(self) -> Any:
        shown = the_end(self.ada, "they charged me twice")
        self.ada.choose(shown, "repair_more", "Suggest a change")
        self.ada.submit({"words": WORDS})
        return self.ada.modal

    def condition(self) -> Any:
        return self.cam.command("/mend", f"condition {WORDS}").message

    # --- where nothing of them is kept

    def message(self) -> Any:
        self.ada.dm(WORDS)
        return self.ada.dms[-1]

    def edit_of_a_message_that_told_nothing(self) -> Any:
        self.ada.edit(self.ada.dm("hello"), WORDS)
        return self.ada.dms[-1]

    def search(self) -> Any:
        return repair(self.ada, WORDS)

    def pause(self) -> Any:
        self.ada.press(self.ada.command("/mend", "pause").message, "What were you about to send?")
        self.ada.submit({"words": WORDS})
        return self.ada.modal


NOWHERE = {Shift.message, Shift.edit_of_a_message_that_told_nothing, Shift.search, Shift.pause}
SURFACES = [each for name, each in vars(Shift).items() if name[0] != "_" and name != "posted"]


@pytest.fixture
def shift(
    environment: dict[str, str], start: Callable[[], Bot], ws: Workspace, clock: Clock
) -> Shift:
    environment["MEND_HELP_LINE"] = HELP_LINE
    return Shift(start(), ws, clock)


@pytest.mark.parametrize("types", SURFACES, ids=lambda surface: surface.__name__)
def test_the_one_who_types_it_is_met_with_support_and_nothing_else(
    shift: Shift, types: Callable[[Shift], Any]
) -> None:
    shown = types(shift)
    said = shown.visible
    assert "That sounds like a lot to carry" in said and HELP_LINE in said
    assert shown.buttons[:2] == BUTTONS and (shown.buttons == BUTTONS or shown is shift.ada.home)
    is_kept = types not in NOWHERE
    assert ("only you can see it" in said) is is_kept
    assert ("flamingo" in dump(shift.bot)) is is_kept


@pytest.mark.parametrize("types", SURFACES, ids=lambda surface: surface.__name__)
def test_nobody_else_reads_a_word_of_it(shift: Shift, types: Callable[[Shift], Any]) -> None:
    shown = types(shift)
    for _ in range(3):
        shift.bot.scheduler.run_due()
    writer = shift.cam if shown in (shift.cam.modal, *shift.cam.ephemerals) else shift.ada
    for person in (shift.ada, shift.ben, shift.cam, shift.ws.person("dee")):
        if person is not writer:
            before_them = [*person.dms, *person.ephemerals, *person.sees("support")]
            home = person.open_home().text
            assert "flamingo" not in home + " ".join(each.visible for each in before_them)


@pytest.mark.parametrize(
    "form", [form for form, typed in FORMS.items() if typed in (Typed.OTHERS, Typed.NOBODYS)]
)
def test_every_other_form_keeps_them_for_their_writer_or_not_at_all(
    shift: Shift, ws: Workspace, dee: Any, form: str
) -> None:
    """Sent by an admin, who may send all; what the others would read is kept for her alone."""
    state = {"values": {"words": {"answer": {"type": "plain_text_input", "value": WORDS}}}}
    view: dict[str, Any] = {"id": "V1", "callback_id": form, "type": "modal", "blocks": []}
    sent = dee._interact("view_submission", {"view": view | {"state": state}})
    assert [label for label in BUTTONS if label in json.dumps(sent.body)] == BUTTONS
    kept = [WORDS] if FORMS[form] is Typed.OTHERS else []
    assert notes(shift.bot, dee) == kept


def test_the_forms_that_keep_their_writers_words_are_all_typed_into_above() -> None:
    mine = {form for form, typed in FORMS.items() if typed is Typed.MINE}
    assert mine == {"own_form", "edit_form", "learned_form", "promise_form"}
    customers = {form for form, typed in FORMS.items() if typed is Typed.CUSTOMERS}
    assert customers == {"fill_form", "limits_form", "playbook_form"}


def test_a_minute_is_one_press_away(shift: Shift, ada: Any) -> None:
    shown = own(ada, WORDS)
    ada.press(shown, "Take a minute")
    assert "A minute for yourself" in ada.ephemerals[-1].visible


def test_a_lead_is_asked_to_call_and_reads_none_of_the_words(
    shift: Shift, ada: Any, cam: Any
) -> None:
    shown = own(ada, WORDS)
    ada.press(shown, "Ask a lead to call me")
    card = only(cam.dms)
    assert f"<@{ada.id}> asks a lead to call them" in card.visible
    assert card.buttons == ["I'm coming", "Answer"] and "flamingo" not in card.visible
    assert shown.buttons == ["Cancel"] and "asked to call you" in shown.visible
    cam.press(card, "I'm coming")
    assert f"<@{cam.id}> has your request" in ada.dms[-1].visible


def test_a_call_is_asked_for_once_and_beside_what_a_customer_needs(
    shift: Shift, ada: Any, cam: Any
) -> None:
    ada.press(repair(ada, "they charged me twice"), "Get help")
    for _ in range(2):
        ada.press(own(ada, WORDS), "Ask a lead to call me")
    assert ["call them" in each.visible for each in cam.dms] == [False, True]


def test_what_a_posted_note_was_edited_to_is_a_private_note_of_its_own(
    shift: Shift, ada: Any
) -> None:
    shift.edit_of_a_posted_note()
    assert notes(shift.bot, ada)[0] == WORDS
    newest = NoteStore(shift.bot.db).mine(ada.id, limit=1)[0]
    assert not newest.is_shown


def test_it_is_never_brought_up_again(shift: Shift, ada: Any) -> None:
    own(ada, WORDS)
    days_later(shift.bot, shift.clock, 14)
    assert asked(ada) == []


def test_a_customer_in_distress_is_a_customers_problem(shift: Shift, ada: Any) -> None:
    shown = repair(ada, "customer says he can't go on and wants to kill himself")
    assert "Say first" in shown.visible and "a lot to carry" not in shown.visible
