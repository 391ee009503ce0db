"""A choice on a note answers back in the same place: what is so, and the next step."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from handlers.ownit import post
from mend.app import Bot
from mend.dispatch.routes import Kind, Request
from mend.ownit.model import Visibility
from mend.ownit.service import Owning
from mend.ownit.showing import Showing
from mend.ownit.store import NoteStore
from tests.conftest import Clock, only
from tests.ownit.test_ownit import WORDS, change_who_sees, kept_private, note_window, own, root
from tests.refusals import refused_in
from workspace import Workspace

NEXT = ["Repaired", "Words for the customer"]
MORE = [
    "Promise a follow-up",
    "What I learned",
    "Turn into a playbook change",
    "Change who sees it",
    "Withdraw",
]


def pressed_again(person: Any, receipt: Any, label: str) -> None:
    """Twice, as fast as a finger can: the second press is on what stood there first."""
    before = receipt.blocks
    person.press(receipt, label)
    receipt.blocks = before
    person.press(receipt, label)


def test_the_receipt_asks_one_thing_with_four_controls(bot: Bot, ws: Workspace, ada: Any) -> None:
    receipt = own(ada)
    assert receipt.visible.startswith("Saved. Only you can see it.")
    assert receipt.buttons == ["Post as me", "Without my name", "Keep private"]
    assert receipt.choices == ["Edit", "Withdraw"]


def test_words_edited_meanwhile_are_shown_before_they_are_posted(
    bot: Bot, ws: Workspace, ada: Any
) -> None:
    receipt = own(ada, "sent the wrong form")
    ada.press(receipt, "Edit")
    ada.submit({"happened": "sent the wrong invoice"})
    ada.press(receipt, "Post as me")
    assert "would see:" in receipt.visible and "the wrong invoice" in receipt.visible
    assert "wrong form" not in receipt.visible and ws.messages("support") == []
    ada.press(receipt, "Post as me")
    assert "the wrong invoice" in root(ws).visible


def test_words_edited_meanwhile_can_be_kept_private_at_once(
    bot: Bot, ws: Workspace, ada: Any
) -> None:
    receipt = own(ada)
    ada.press(receipt, "Edit")
    ada.submit({"happened": "sent the wrong invoice"})
    ada.press(receipt, "Keep private")
    assert receipt.visible.startswith("Private. Only you.") and ws.messages("support") == []


@pytest.mark.parametrize(
    ("label", "state"),
    [
        ("Keep private", "Private. Only you."),
        ("Without my name", "No name, nothing posted; it counts in themes of five or more."),
        ("Post as me", "It stands in <#{team}>."),
    ],
)
def test_a_choice_takes_the_previews_place(
    bot: Bot, ws: Workspace, ada: Any, label: str, state: str
) -> None:
    receipt = own(ada)
    ada.press(receipt, label)
    assert receipt.visible.startswith(state.format(team=ws.channel("support").id))
    assert "owns this" not in receipt.visible
    assert receipt.buttons == NEXT and receipt.choices == MORE
    only(ada.ephemerals)


def test_how_many_stand_behind_a_theme_is_the_operators_number(
    environment: dict[str, str], start: Callable[[], Bot], ada: Any
) -> None:
    environment["MEND_K"] = "8"
    start()
    receipt = own(ada)
    ada.press(receipt, "Without my name")
    assert "it counts in themes of 8 or more" in receipt.visible


@pytest.mark.parametrize("label", ["Keep private", "Without my name", "Post as me"])
def test_a_double_press_changes_nothing_and_says_nothing_false(
    bot: Bot, ws: Workspace, ada: Any, label: str
) -> None:
    receipt, once = own(ada, "one"), own(ada, "another")
    ada.press(once, label)
    pressed_again(ada, receipt, label)
    assert receipt.visible == once.visible.replace("another", "one")
    assert len(ws.messages("support")) in (0, 2) and len(ada.ephemerals) == 2


@pytest.mark.parametrize("label", ["Keep private", "Without my name", "Post as me"])
def test_two_presses_at_the_same_moment_end_in_one_state(
    bot: Bot, ws: Workspace, ada: Any, label: str
) -> None:
    receipt = own(ada)
    told = len(ws.deliveries)
    with ThreadPoolExecutor(2) as fingers:
        with bot.db.transaction():  # both have been read before either can be written
            presses = [fingers.submit(ada.press, receipt, label) for _ in range(2)]
            assert ws.wait(lambda: len(ws.deliveries) >= told + 2)
        assert all(press.result().acked for press in presses)
    assert "meanwhile" not in "".join(each.visible for each in ada.ephemerals)
    assert receipt.buttons == NEXT and len(ws.messages("support")) == (label == "Post as me")


def test_repaired_twice_stays_repaired_and_the_next_step_is_the_words(bot: Bot, ada: Any) -> None:
    receipt = kept_private(ada)
    pressed_again(ada, receipt, "Repaired")
    assert receipt.visible.startswith("Private. Only you. ✅ Repaired.")
    assert receipt.buttons == ["Words for the customer"]


def test_withdrawn_twice_is_said_in_the_same_place(bot: Bot, ada: Any) -> None:
    receipt = own(ada)
    pressed_again(ada, receipt, "Withdraw")
    assert only(ada.ephemerals).visible == "A note was withdrawn. Nothing of it is kept."


@pytest.mark.parametrize("late", ["Keep private", "Without my name", "Post as me"])
def test_a_late_press_on_an_old_receipt_says_how_it_stands_now(
    bot: Bot, ws: Workspace, ada: Any, late: str
) -> None:
    receipt = own(ada)
    change_who_sees(ada, "Post as me")
    ada.press(receipt, late)
    assert receipt.visible.startswith("It stands in") and WORDS in root(ws).visible


def test_what_a_late_press_would_post_is_asked_once_more(bot: Bot, ws: Workspace, ada: Any) -> None:
    receipt = own(ada)
    change_who_sees(ada, "Without my name")
    ada.press(receipt, "Post as me")
    assert receipt.visible.startswith("No name, nothing posted") and not ws.messages("support")


def test_until_slack_has_posted_it_the_receipt_says_that_it_is_being_posted(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any
) -> None:
    ada.dm(WORDS)
    receipt = only(ada.dms[1:])
    ws.fail("chat.postMessage", error="ratelimited")
    ada.press(receipt, "Post as me")
    assert receipt.visible.startswith("It is being posted in") and not ws.messages("support")
    clock.advance(minutes=2)
    bot.scheduler.run_due()
    assert receipt.visible.startswith("It stands in")


@pytest.mark.parametrize("chose_anew", [False, True])
def test_an_answer_that_comes_late_does_not_speak_over_a_newer_choice(
    bot: Bot, ws: Workspace, ada: Any, chose_anew: bool
) -> None:
    own(ada)
    [note] = NoteStore(bot.db).mine(ada.id, limit=2)
    press = Request(Kind.ACTION, "press:1", ada.id, bot.db.workspace, 0.0, value=note.id)
    reply = post(press, bot.of(Owning), bot.of(Showing))
    bot.scheduler.run_now(reply.jobs)
    if chose_anew:
        bot.of(Owning).show(ada.id, note.id, Visibility.ONLY_ME)
    said = reply.later() if reply.later else None
    assert said is None if chose_anew else said is not None and "It stands in" in said.text


def test_changing_who_sees_it_shows_what_others_would_see_and_may_be_left(
    bot: Bot, ws: Workspace, ada: Any
) -> None:
    receipt = own(ada)
    ada.press(receipt, "Post as me")
    ada.press(receipt, "Change who sees it")
    assert "owns this" in receipt.visible
    assert receipt.buttons == ["Without my name", "Make private", "Leave it"]
    ada.press(receipt, "Leave it")
    assert receipt.buttons == NEXT and WORDS in root(ws).visible
    ada.press(receipt, "Change who sees it")
    ada.press(receipt, "Make private")
    assert receipt.visible.startswith("Private. Only you.")
    assert root(ws).visible == "A note was withdrawn."


def test_blame_is_settled_first_and_does_not_come_back(bot: Bot, ada: Any) -> None:
    receipt = own(ada, "I'm so stupid, I sent the wrong form")
    assert receipt.buttons == ["Keep my words", "Use this wording"]
    ada.press(receipt, "Keep my words")
    ada.press(receipt, "Keep private")
    ada.press(receipt, "Repaired")
    assert "blame" not in receipt.visible and receipt.buttons == ["Words for the customer"]


def test_the_window_holds_the_words_the_timeline_and_everything_to_do(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any
) -> None:
    ada.press(own(ada), "Post as me")
    ada.say("support", "called the customer", thread=root(ws))
    clock.advance(minutes=11)
    ada.press(note_window(ada), "Promise a follow-up")
    ada.submit({"what": "Call back", "due": int(clock().timestamp()) + 3600})
    ada.press(note_window(ada), "What I learned")
    ada.submit({"learned": "read it back"})
    ada.press(note_window(ada), "Repaired")
    lines = ("It stands in", WORDS, "called the customer", "Call back", "read it back")
    places = [ada.modal.text.index(line) for line in lines]
    assert places == sorted(places)
    assert ada.modal.buttons == ["Words for the customer", "I need a hand"]
    assert ada.modal.choices == MORE


def test_a_promise_in_the_words_is_in_sight_until_it_was_made(bot: Bot, ada: Any) -> None:
    receipt = kept_private(ada, "the call was dropped, I call them back by 16:30")
    assert receipt.buttons == [*NEXT, "Remind me by 16:30"] and "Promise" not in receipt.choices[0]
    ada.press(receipt, "Remind me by 16:30")
    ada.submit({})
    ada.press(receipt, "Repaired")
    assert receipt.buttons == NEXT[1:] and receipt.choices == MORE


def test_the_window_opens_from_the_thread_for_its_owner_only(
    bot: Bot, ws: Workspace, ada: Any, ben: Any
) -> None:
    ada.press(own(ada), "Post as me")
    ada.press(root(ws), "Open")
    assert "You wrote it." in ada.modal.text
    ben.press(root(ws), "Open")
    assert "Only whoever wrote this note" in ben.modal.text and WORDS not in ben.modal.text


def test_words_for_the_customer_lead_back_to_the_window(bot: Bot, ada: Any) -> None:
    own(ada)
    ada.press(note_window(ada), "Words for the customer")
    assert "and I am sorry" in ada.modal.text
    ada.press(ada.modal, "Back to your note")
    assert "You wrote it." in ada.modal.text


def test_an_older_mends_buttons_still_choose(bot: Bot, ws: Workspace, ada: Any) -> None:
    receipt = own(ada)
    [note] = NoteStore(bot.db).mine(ada.id, limit=2)
    for element in receipt.blocks[-1]["elements"][:3]:
        element["value"] = note.id
    ada.press(receipt, "Post as me")
    assert WORDS in root(ws).visible


State = Callable[[Bot, Workspace, Any, str], Any]


def undecided(bot: Bot, ws: Workspace, person: Any, words: str) -> Any:
    return own(person, words)


def private(bot: Bot, ws: Workspace, person: Any, words: str) -> Any:
    return kept_private(person, words)


def without_name(bot: Bot, ws: Workspace, person: Any, words: str) -> Any:
    receipt = own(person, words)
    person.press(receipt, "Without my name")
    return receipt


def posted(bot: Bot, ws: Workspace, person: Any, words: str) -> Any:
    receipt = own(person, words)
    person.press(receipt, "Post as me")
    return receipt


def repaired(bot: Bot, ws: Workspace, person: Any, words: str) -> Any:
    receipt = posted(bot, ws, person, words)
    person.press(receipt, "Repaired")
    return receipt


def being_posted(bot: Bot, ws: Workspace, person: Any, words: str) -> Any:
    ws.fail("chat.postMessage", error="ratelimited")
    return posted(bot, ws, person, words)


def being_taken_out(bot: Bot, ws: Workspace, person: Any, words: str) -> Any:
    receipt = posted(bot, ws, person, words)
    ws.fail("chat.update", error="ratelimited")
    person.press(receipt, "Change who sees it")
    person.press(receipt, "Make private")
    return receipt


def choosing_again(bot: Bot, ws: Workspace, person: Any, words: str) -> Any:
    receipt = posted(bot, ws, person, words)
    person.press(receipt, "Change who sees it")
    return receipt


def masked(bot: Bot, ws: Workspace, person: Any, words: str) -> Any:
    return own(person, f"{words}, mailed ana@example.com")


def said_before(bot: Bot, ws: Workspace, person: Any, words: str) -> Any:
    own(person, words)
    return own(person, words)


def said_before_and_kept(bot: Bot, ws: Workspace, person: Any, words: str) -> Any:
    kept_private(person, words)
    return own(person, words)


def blaming(bot: Bot, ws: Workspace, person: Any, words: str) -> Any:
    return own(person, f"I'm so stupid, I {words}")


def blaming_and_kept(bot: Bot, ws: Workspace, person: Any, words: str) -> Any:
    receipt = blaming(bot, ws, person, words)
    person.press(receipt, "Keep my words")
    return receipt


def blaming_and_private(bot: Bot, ws: Workspace, person: Any, words: str) -> Any:
    receipt = blaming_and_kept(bot, ws, person, words)
    person.press(receipt, "Keep private")
    return receipt


def blaming_and_choosing_again(bot: Bot, ws: Workspace, person: Any, words: str) -> Any:
    receipt = blaming_and_kept(bot, ws, person, words)
    person.press(receipt, "Without my name")
    person.press(receipt, "Change who sees it")
    return receipt


def blaming_beyond_words(bot: Bot, ws: Workspace, person: Any, words: str) -> Any:
    return own(person, f"Marco is useless {words}")


def promising(bot: Bot, ws: Workspace, person: Any, words: str) -> Any:
    return posted(bot, ws, person, f"{words}, call back by 16:30")


def older_than_an_edit(bot: Bot, ws: Workspace, person: Any, words: str) -> Any:
    """Written eleven minutes before it is read."""
    receipt = own(person, words)
    [newest] = NoteStore(bot.db).mine(person.id, limit=1)
    written = newest.created_at - timedelta(minutes=11)
    NoteStore(bot.db).update(replace(newest, created_at=written))
    person.press(receipt, "Post as me")
    return receipt


STATES = [
    undecided,
    private,
    without_name,
    posted,
    repaired,
    being_posted,
    being_taken_out,
    choosing_again,
    masked,
    said_before,
    said_before_and_kept,
    blaming,
    blaming_and_kept,
    blaming_and_private,
    blaming_and_choosing_again,
    blaming_beyond_words,
    promising,
    older_than_an_edit,
]


def seen(ws: Workspace, person: Any) -> list[str]:
    """All that this person has before them."""
    shown = [*person.ephemerals, *person.dms, *ws.messages("support")]
    return [each.visible for each in (*shown, person.modal, person.home) if each]


def controls(shown: Any) -> int:
    """In sight: buttons, menus to pick from; a ⋯ counts as one."""
    return sum(
        1
        for block in shown.blocks
        for each in (*block.get("elements", ()), block.get("accessory"))
        if each and "action_id" in each
    )


def check_every_press(
    ws: Workspace, person: Any, labels: list[str], brought: Callable[[int], Any]
) -> None:
    """Each control of what `brought` makes anew shows an effect, and none is refused."""
    for number, label in enumerate(labels):
        shown = brought(number)
        before = seen(ws, person)
        person.press(shown, label)
        after = seen(ws, person)
        assert after != before, label
        assert not any("went wrong" in text for text in after), label
        assert refused_in([text for text in after if text not in before]) == [], label
        while person.modal:
            person.close()


def offered(shown: Any) -> list[str]:
    """What can be done with it; at most four controls, of which ⋯ is one."""
    assert controls(shown) <= 4
    return [*shown.buttons, *shown.choices]


@pytest.mark.parametrize("state", STATES)
def test_in_every_state_there_are_four_controls_and_each_shows_an_effect(
    bot: Bot, ws: Workspace, ada: Any, cam: Any, dee: Any, state: State
) -> None:
    labels = offered(state(bot, ws, ada, "sent form 0"))
    for person in (cam, dee):  # a note is its owner's, whatever their role
        assert offered(state(bot, ws, person, "sent form 0")) == labels

    def brought(number: int) -> Any:
        return state(bot, ws, ada, f"sent form {number + 1}")

    check_every_press(ws, ada, labels, brought)


@pytest.mark.parametrize("state", STATES)
def test_a_window_has_four_controls_and_each_shows_an_effect(
    bot: Bot, ws: Workspace, ada: Any, state: State
) -> None:
    def brought(number: int) -> Any:
        state(bot, ws, ada, f"sent form {number}")
        [newest] = NoteStore(bot.db).mine(ada.id, limit=1)
        return note_window(ada, newest.id)

    labels = offered(brought(0))
    ada.close()
    check_every_press(ws, ada, labels, lambda number: brought(number + 1))


def test_the_root_has_one_control_and_it_shows_each_reader_theirs(
    bot: Bot, ws: Workspace, ada: Any, ben: Any
) -> None:
    posted(bot, ws, ada, "sent form 0")
    for person in (ada, ben):
        assert offered(root(ws)) == ["Open"]
        check_every_press(ws, person, ["Open"], lambda _: root(ws))
