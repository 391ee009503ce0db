"""Owning a slip, as Ada does it."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from mend.app import Bot
from mend.db.jobs import Jobs
from mend.ownit.model import Visibility
from mend.ownit.service import Owning
from mend.ownit.store import NoteStore
from tests.conftest import Clock, only
from workspace import Workspace

WORDS = "sent the refund to the wrong card"


def own(person: Any, words: str = WORDS) -> Any:
    outcome = person.command("/ownit", words, channel="support")
    assert outcome.acked and outcome.message is not None, outcome.error
    return outcome.message


def kept_private(person: Any, words: str = WORDS) -> Any:
    """The receipt of a note that is to stay its owner's, with the next steps."""
    receipt = own(person, words)
    person.press(receipt, "Keep private")
    return receipt


def notes(bot: Bot, person: Any) -> list[str]:
    found = NoteStore(bot.db).mine(person.id, limit=100)
    return [note.text for note in found]


def note_window(person: Any, note: str | None = None) -> Any:
    """The window of a note (of that id, where there are several), opened from App Home."""
    person.press(person.open_home(), "Open", note)
    return person.modal


def from_root(person: Any, thread: Any, label: str) -> None:
    """In the window that its root in the channel opens."""
    person.press(thread, "Open")
    person.press(person.modal, label)


def change_who_sees(person: Any, choice: str) -> None:
    """From the note's window."""
    person.press(note_window(person), "Change who sees it")
    person.press(person.modal, choice)


def root(ws: Workspace) -> Any:
    """The one thread of a note in the channel, whatever became of it."""
    mends = [message for message in ws.messages("support") if message.bot and message.is_root]
    return only([each for each in mends if "The week of" not in each.visible])


def test_one_line_is_saved_and_only_ada_sees_it(bot: Bot, ws: Workspace, ada: Any) -> None:
    receipt = own(ada)
    assert notes(bot, ada) == [WORDS]
    assert "Only you can see it" in receipt.visible
    assert ws.messages("support") == []


def test_the_receipt_comes_in_the_acknowledgement_without_any_call(
    bot: Bot, ws: Workspace, ada: Any
) -> None:
    own(ada)
    assert [call.method for call in ws.calls if call.method != "auth.test"] == []


def test_the_receipt_is_the_preview_of_the_thread(bot: Bot, ws: Workspace, ada: Any) -> None:
    receipt = own(ada)
    preview = receipt.visible
    ada.press(receipt, "Post as me")
    for line in (f"<@{ada.id}> owns this:", WORDS):
        assert line in preview and line in root(ws).visible


def test_post_as_me_puts_one_thread_in_the_team_channel(bot: Bot, ws: Workspace, ada: Any) -> None:
    receipt = own(ada)
    ada.press(receipt, "Post as me")
    assert WORDS in root(ws).visible
    assert root(ws).buttons == ["Open"] and root(ws).choices == []
    assert f"It stands in <#{ws.channel('support').id}>." in receipt.visible


def test_a_double_press_posts_once(bot: Bot, ws: Workspace, ada: Any) -> None:
    receipt = own(ada)
    buttons = receipt.blocks
    ada.press(receipt, "Post as me")
    receipt.blocks = buttons
    ada.press(receipt, "Post as me")
    root(ws)


def test_the_command_typed_again_shows_the_first_receipt(bot: Bot, ada: Any) -> None:
    own(ada)
    again = own(ada, WORDS.upper() + "!")
    assert "one note" in again.visible
    assert len(notes(bot, ada)) == 1


def test_the_same_words_can_be_saved_as_another(bot: Bot, ada: Any) -> None:
    own(ada)
    ada.press(own(ada), "Save as another")
    assert notes(bot, ada) == [WORDS, WORDS]


def test_the_same_words_ten_minutes_later_are_another_note(
    bot: Bot, clock: Clock, ada: Any
) -> None:
    own(ada)
    clock.advance(minutes=11)
    own(ada)
    assert len(notes(bot, ada)) == 2


def test_keep_private_keeps_it_private(bot: Bot, ws: Workspace, ada: Any) -> None:
    ada.press(own(ada), "Keep private")
    assert ws.messages("support") == []


def test_what_was_posted_can_be_made_private_again(bot: Bot, ws: Workspace, ada: Any) -> None:
    receipt = own(ada)
    ada.press(receipt, "Post as me")
    ada.press(receipt, "Change who sees it")
    ada.press(receipt, "Make private")
    assert root(ws).visible == "A note was withdrawn."
    assert notes(bot, ada) == [WORDS]


@pytest.mark.parametrize(
    ("typed", "masked"),
    [
        ("read out card 4111 1111 1111 1111 by mistake", "4111 1111 1111 1111"),
        ("put it on 5555.5555.5555.4444 instead", "5555.5555.5555.4444"),
        ("used 2221 0000 0000 0009 twice", "2221 0000 0000 0009"),
        ("wrote down the cvv 123 she gave me", "123"),
        ("mailed it to ana@example.com", "ana@example.com"),
        ("called +63 917 555 0123 twice", "917 555 0123"),
    ],
)
def test_customer_data_is_masked_before_anything_is_stored(
    bot: Bot, ada: Any, typed: str, masked: str
) -> None:
    receipt = own(ada, typed)
    assert "Masked before saving" in receipt.visible
    assert masked not in receipt.visible
    assert masked not in notes(bot, ada)[0]


def test_a_masked_card_keeps_its_last_four(bot: Bot, ada: Any) -> None:
    own(ada, "refunded 4111 1111 1111 1111")
    assert "1111" in notes(bot, ada)[0]


def test_slacks_own_escapes_are_masked_too(bot: Bot, ws: Workspace, ada: Any) -> None:
    ada.dm("I wrote to ana@example.com")
    assert "ana@example.com" not in notes(bot, ada)[0]


@pytest.mark.parametrize(
    "attack",
    [
        "<!channel> look",
        "<!here>",
        "<http://evil.example|your bank>",
        "& < > &amp; &lt;",
        "`code` ```block``` *bold* _it_ ~no~",
        "\u202egnp.exe \u2066hidden",
        "zero\u200bwidth\u2060joiner",
        "🙂" * 2900,
        "|" * 100,
    ],
)
def test_peoples_text_never_pings_hides_links_or_breaks_formatting(
    bot: Bot, ws: Workspace, ada: Any, attack: str
) -> None:
    receipt = own(ada, attack)
    ada.press(receipt, "Post as me")
    sent = json.dumps([call.args for call in ws.calls if call.method.startswith("chat.")])
    shown = root(ws)
    assert "<!channel>" not in shown.text and "<!here>" not in shown.text
    assert "<http" not in shown.text
    for hidden in ("\u202e", "\u2066", "\u200b", "\u2060"):
        assert hidden not in shown.text and hidden not in json.dumps(
            shown.blocks, ensure_ascii=False
        )
    assert "invalid_blocks" not in sent
    quotes = [
        element
        for block in shown.blocks
        if block["type"] == "rich_text"
        for element in block["elements"]
        if element["type"] == "rich_text_quote"
    ]
    assert quotes and all(part["type"] == "text" for part in quotes[0]["elements"])


def test_a_colleague_is_a_colleague(bot: Bot, ws: Workspace, ada: Any, ben: Any) -> None:
    own(ada, f"forwarded it to @{ben.name.lower()} without a note")
    assert "a colleague" in notes(bot, ada)[0]
    assert ben.id not in notes(bot, ada)[0]


def test_without_words_the_short_form_opens(bot: Bot, ws: Workspace, ada: Any) -> None:
    ada.command("/ownit", "", channel="support")
    assert ada.modal.title == "Own it"
    ada.submit({"happened": WORDS, "did": "called back", "who_sees": "The team channel, as me"})
    assert "called back" in root(ws).visible
    assert notes(bot, ada) == [WORDS]


def test_the_form_needs_only_what_happened(bot: Bot, ws: Workspace, ada: Any) -> None:
    ada.command("/ownit", "", channel="support")
    ada.submit({"happened": WORDS})
    assert notes(bot, ada) == [WORDS]
    assert ws.messages("support") == []
    assert "Only you can see it" in ada.modal.text


def test_the_same_form_submitted_twice_keeps_one_note(bot: Bot, ws: Workspace, ada: Any) -> None:
    ada.command("/ownit", "", channel="support")
    ada.submit({"happened": WORDS})
    [sent] = [each for each in ws.deliveries if each.payload.get("type") == "view_submission"]
    ws.resend(sent)
    assert len(notes(bot, ada)) == 1


def test_where_the_form_cannot_open_a_button_brings_it_back(
    bot: Bot, ws: Workspace, ada: Any
) -> None:
    ws.fail("views.open", error="expired_trigger_id")
    ada.command("/ownit", "", channel="support")
    assert ada.modal is None
    ada.press(only(ada.ephemerals), "Open the form")
    assert ada.modal.title == "Own it"


def test_own_this_starts_with_adas_own_words(bot: Bot, ada: Any) -> None:
    said = ada.say("support", "I told the caller the wrong date")
    ada.shortcut("own_this", said)
    assert "I told the caller the wrong date" in json.dumps(ada.modal.blocks)


def test_own_this_on_bens_message_starts_empty(bot: Bot, ada: Any, ben: Any) -> None:
    said = ben.say("support", "the customer told me their whole story")
    ada.shortcut("own_this", said)
    assert "whole story" not in json.dumps(ada.modal.blocks)


def test_own_this_works_in_a_thread(bot: Bot, ada: Any, ben: Any) -> None:
    start = ben.say("support", "long day")
    reply = ada.say("support", "I dropped a call just now", thread=start)
    ada.shortcut("own_this", reply)
    assert "dropped a call" in json.dumps(ada.modal.blocks)


def test_a_note_can_be_edited_and_the_thread_follows(bot: Bot, ws: Workspace, ada: Any) -> None:
    receipt = own(ada)
    ada.press(receipt, "Post as me")
    ada.press(note_window(ada), "Edit")
    ada.submit({"happened": "sent the refund to the old card"})
    assert notes(bot, ada) == ["sent the refund to the old card"]
    assert "old card" in root(ws).visible


def test_after_ten_minutes_edit_says_so(bot: Bot, clock: Clock, ada: Any) -> None:
    receipt = own(ada)
    clock.advance(minutes=11)
    ada.press(receipt, "Edit")
    assert ada.modal is None
    assert "ten minutes" in ada.ephemerals[-1].visible


def test_an_edit_that_comes_after_a_change_gives_the_words_back(
    bot: Bot, ws: Workspace, ada: Any
) -> None:
    receipt = own(ada)
    ada.press(receipt, "Edit")
    NoteStore(bot.db).update(NoteStore(bot.db).mine(ada.id, limit=1)[0])
    ada.submit({"happened": "my careful new words"})
    assert "my careful new words" in str(ada.modal.errors)
    assert notes(bot, ada) == [WORDS]


def test_withdrawn_is_gone_from_the_store_and_the_channel(
    bot: Bot, ws: Workspace, ada: Any
) -> None:
    receipt = own(ada)
    ada.press(receipt, "Post as me")
    ada.press(receipt, "Withdraw")
    assert notes(bot, ada) == []
    assert root(ws).visible == "A note was withdrawn."
    assert root(ws).buttons == []
    assert "Withdrawn" in receipt.visible


def test_withdrawing_twice_is_said_kindly(bot: Bot, ada: Any) -> None:
    receipt = own(ada)
    buttons = receipt.blocks
    ada.press(receipt, "Withdraw")
    receipt.blocks = buttons
    ada.press(receipt, "Withdraw")
    assert "withdrawn" in ada.ephemerals[-1].visible


def test_withdrawing_while_the_post_is_on_its_way_leaves_nothing_visible(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any
) -> None:
    receipt = own(ada)
    ws.fail("chat.postMessage", error="lost", after_applying=True)
    ada.press(receipt, "Post as me")
    assert WORDS in root(ws).visible
    ada.press(receipt, "Withdraw")
    clock.advance(minutes=3)
    bot.scheduler.run_due()
    assert root(ws).visible == "A note was withdrawn."


def test_an_answer_that_was_lost_does_not_post_twice(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any
) -> None:
    ws.fail("chat.postMessage", error="lost", after_applying=True)
    ada.press(own(ada), "Post as me")
    clock.advance(minutes=1)
    bot.scheduler.run_due()
    root(ws)
    assert Jobs(bot.db).pending("thread") == []


@pytest.mark.parametrize("error", ["ratelimited", "http_500", "timeout"])
def test_a_post_that_fails_is_made_later_and_the_note_is_kept(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any, error: str
) -> None:
    ws.fail("chat.postMessage", error=error)
    ada.press(own(ada), "Post as me")
    assert ws.messages("support") == []
    assert notes(bot, ada) == [WORDS]
    clock.advance(minutes=1)
    bot.scheduler.run_due()
    assert WORDS in root(ws).visible


def test_a_channel_that_was_archived_keeps_the_note_and_tells_an_admin_once(
    bot: Bot, ws: Workspace, ada: Any, dee: Any
) -> None:
    ws.fail("chat.postMessage", error="is_archived", times=2)
    ada.press(own(ada, "first slip"), "Post as me")
    ada.press(own(ada, "second slip"), "Post as me")
    bot.scheduler.run_due()
    assert len(notes(bot, ada)) == 2
    assert "archived" in only(dee.dms).visible


def test_a_process_that_died_after_posting_finds_its_post(
    start: Callable[[], Bot], ws: Workspace, clock: Clock, ada: Any
) -> None:
    first = start()
    ws.fail("chat.postMessage", error="lost", after_applying=True)
    ada.press(own(ada), "Post as me")
    clock.advance(minutes=3)
    start().scheduler.run_due()
    root(ws)
    assert Jobs(first.db).pending("thread") == []


def test_a_locked_database_says_not_saved_and_gives_the_words_back(
    bot: Bot, ws: Workspace, ada: Any
) -> None:
    with bot.db.transaction():
        outcome = ada.command("/ownit", WORDS, channel="support")
    assert outcome.acked and outcome.seconds < 3
    assert "Not saved" in outcome.message.visible and WORDS in outcome.message.visible
    assert notes(bot, ada) == []


def test_a_note_offers_ben_only_what_he_may_do(bot: Bot, ws: Workspace, ada: Any, ben: Any) -> None:
    ada.press(own(ada), "Post as me")
    ben.press(root(ws), "Open")
    assert ben.modal.buttons == ["Own something"] and WORDS not in ben.modal.text
    ben.press(ben.modal, "Own something")
    ben.submit({"happened": "sent one to the wrong card, too"})
    assert notes(bot, ben) == ["sent one to the wrong card, too"]


def test_ben_never_sees_adas_receipt(bot: Bot, ada: Any, ben: Any) -> None:
    own(ada)
    assert ben.ephemerals == [] and ben.sees("support") == []


def test_eve_from_another_workspace_is_refused_kindly(bot: Bot, ws: Workspace, eve: Any) -> None:
    outcome = eve.command("/ownit", WORDS, channel="support")
    assert "for people of this workspace" in outcome.message.visible
    assert notes(bot, eve) == []


def test_too_many_words_say_by_how_much(bot: Bot, ada: Any) -> None:
    outcome = ada.command("/ownit", "word " * 700, channel="support")
    assert "3,499 characters" in outcome.message.visible
    assert notes(bot, ada) == []


def test_without_a_team_channel_a_note_can_only_be_private(
    environment: dict[str, str], start: Callable[[], Bot], ws: Workspace, ada: Any
) -> None:
    environment["MEND_CHANNEL"] = ""
    start()
    receipt = own(ada)
    assert receipt.buttons == ["Repaired", "Words for the customer"]
    assert receipt.choices[-2:] == ["Edit", "Withdraw"]
    assert "can only be private" in receipt.visible


def test_a_team_may_post_at_once_but_what_was_masked_waits(
    environment: dict[str, str], start: Callable[[], Bot], ws: Workspace, ada: Any
) -> None:
    environment["MEND_VISIBILITY_DEFAULT"] = "with_me"
    start()
    own(ada)
    root(ws)
    assert "Post as me" in own(ada, "mailed ana@example.com by mistake").buttons
    root(ws)


def test_a_replayed_press_of_an_old_button_is_a_clear_sentence(bot: Bot, ada: Any) -> None:
    receipt = own(ada)
    receipt.blocks[-1]["elements"][0]["action_id"] = "note_of_version_zero"
    ada.press(receipt, "note_of_version_zero")
    assert "older version of Mend" in ada.ephemerals[-1].visible


def test_without_my_name_posts_nothing_and_says_what_it_means(
    bot: Bot, ws: Workspace, ada: Any
) -> None:
    receipt = own(ada)
    ada.press(receipt, "Without my name")
    assert ws.messages("support") == []
    assert "No name, nothing posted" in receipt.visible and "owns this" not in receipt.visible
    ada.press(receipt, "Repaired")
    assert ws.messages("support") == []


def test_a_posted_note_can_go_on_without_a_name(bot: Bot, ws: Workspace, ada: Any) -> None:
    receipt = own(ada)
    ada.press(receipt, "Post as me")
    ada.press(receipt, "Change who sees it")
    ada.press(receipt, "Without my name")
    assert root(ws).visible == "A note was withdrawn."
    assert notes(bot, ada) == [WORDS]


BLAMING = "I'm so stupid, I sent the wrong form"


def test_a_private_note_is_never_blocked_whatever_its_words(bot: Bot, ada: Any) -> None:
    own(ada, BLAMING)
    assert notes(bot, ada) == [BLAMING]


def test_words_that_blame_get_a_neutral_way_to_say_it(bot: Bot, ada: Any) -> None:
    receipt = own(ada, BLAMING)
    assert "I sent the wrong form." in receipt.visible
    assert receipt.buttons.index("Keep my words") < receipt.buttons.index("Use this wording")


def test_the_nudge_can_be_dismissed(bot: Bot, ada: Any) -> None:
    receipt = own(ada, BLAMING)
    ada.press(receipt, "Keep my words")
    assert "Use this wording" not in receipt.buttons
    assert notes(bot, ada) == [BLAMING]


def test_the_neutral_wording_is_taken_with_one_press(bot: Bot, ada: Any) -> None:
    receipt = own(ada, BLAMING)
    ada.press(receipt, "Use this wording")
    assert notes(bot, ada) == ["I sent the wrong form."]
    assert "Use this wording" not in receipt.buttons


def test_words_that_blame_are_not_posted(bot: Bot, ws: Workspace, ada: Any) -> None:
    receipt = own(ada, BLAMING)
    ada.press(receipt, "Keep my words")
    assert receipt.buttons == ["Without my name", "Keep private"] and "owns" not in receipt.visible
    ada.press(receipt, "Use a neutral wording")
    ada.press(receipt, "Post as me")
    assert "I sent the wrong form." in root(ws).visible


def test_what_only_looks_escaped_in_a_form_stays_as_it_was_typed(bot: Bot, ada: Any) -> None:
    typed = "typed &lt;b&gt; for <b> in R&amp;D & co"
    ada.press(ada.open_home(), "Own something")
    ada.submit({"happened": typed})
    assert notes(bot, ada) == [typed]
    ada.press(note_window(ada), "Edit")
    ada.submit({"happened": f"{typed} twice"})
    assert notes(bot, ada) == [f"{typed} twice"]


def test_a_note_the_team_sees_cannot_be_edited_into_blame(
    bot: Bot, ws: Workspace, ada: Any
) -> None:
    receipt = own(ada)
    ada.press(receipt, "Post as me")
    ada.press(note_window(ada), "Edit")
    ada.submit({"happened": "I'm so stupid, and Ben is careless"})
    assert "read blame in these words" in str(ada.modal.errors)
    assert WORDS in root(ws).visible


def test_a_form_that_blames_stays_private_even_if_the_team_was_chosen(
    bot: Bot, ws: Workspace, ada: Any
) -> None:
    ada.command("/ownit", "", channel="support")
    ada.submit({"happened": BLAMING, "who_sees": "The team channel, as me"})
    assert ws.messages("support") == []
    assert notes(bot, ada) == [BLAMING]


def test_distress_is_met_with_support_and_nothing_else(
    environment: dict[str, str], start: Callable[[], Bot], ws: Workspace, ada: Any
) -> None:
    environment["MEND_HELP_LINE"] = "Employee support: 0800 000 000"
    environment["MEND_VISIBILITY_DEFAULT"] = "with_me"
    start()
    receipt = own(ada, "i sent the wrong form again, i should just quit")
    assert "That sounds like a lot to carry" in receipt.visible
    assert "Employee support: 0800 000 000" in receipt.visible
    assert receipt.buttons == ["Take a minute", "Ask a lead to call me"]
    assert ws.messages("support") == []


def test_words_for_the_customer_take_responsibility_first(bot: Bot, ada: Any) -> None:
    receipt = own(ada)
    ada.press(receipt, "Keep private")
    ada.press(receipt, "Words for the customer")
    shown = ada.ephemerals[-1].visible
    assert "I sent the refund to the wrong card, and I am sorry." in shown
    assert shown.index("sorry") < shown.index("What would you like to see happen?")


def test_where_nothing_factual_is_left_two_questions_turn_blame_into_steps(
    bot: Bot, ada: Any
) -> None:
    receipt = own(ada, "Marco is useless")
    assert "What happened at that step? What made it likely?" in receipt.visible
    assert (receipt.buttons, receipt.choices) == (["Keep my words"], ["Edit", "Withdraw"])


def test_a_note_in_distress_is_met_with_support_in_its_window_too(
    bot: Bot, ws: Workspace, ada: Any
) -> None:
    own(ada, "i sent the wrong form again, i should just quit")
    [note] = NoteStore(bot.db).mine(ada.id, limit=1)
    window = note_window(ada)
    assert "That sounds like a lot to carry" in window.visible
    assert window.buttons == ["Take a minute", "Ask a lead to call me"]
    shown = bot.of(Owning).show(ada.id, note.id, Visibility.AS_ME)  # as a card drawn before asks
    assert not shown.note.is_shown and ws.messages("support") == []
