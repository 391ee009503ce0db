"""A direct message to Mend is a note."""

import contextlib
import time
from typing import Any

import pytest

from handlers.messages import message
from mend.app import Bot
from mend.dispatch import payloads
from mend.dispatch.routes import Reply, Routes
from mend.ownit.hearing import Hearing
from mend.ownit.service import Owning
from mend.ownit.store import NoteStore
from mend.people.directory import People
from mend.slack.model import Identity
from tests.conftest import Clock, only
from tests.ownit.test_ownit import notes, own, root
from workspace import Workspace


def receipts(person: Any) -> list[Any]:
    return [message for message in person.dms if message.bot]


def test_a_direct_message_is_saved_for_its_writer_alone(bot: Bot, ws: Workspace, ada: Any) -> None:
    ada.dm("hung up on a customer by mistake")
    assert notes(bot, ada) == ["hung up on a customer by mistake"]
    assert "Only you can see it" in only(receipts(ada)).visible
    assert ws.messages("support") == []


def test_its_receipt_has_the_same_choices(bot: Bot, ws: Workspace, ada: Any) -> None:
    ada.dm("hung up on a customer by mistake")
    ada.press(only(receipts(ada)), "Post as me")
    assert "hung up" in root(ws).visible
    assert "It stands in" in only(receipts(ada)).visible


def test_a_message_delivered_three_times_is_one_note_and_one_receipt(
    bot: Bot, ws: Workspace, ada: Any
) -> None:
    ada.dm("hung up on a customer by mistake")
    [said] = [
        each
        for each in ws.deliveries
        if each.payload.get("event", {}).get("user") == ada.id
        and each.payload["event"]["type"] == "message"
    ]
    for attempt in (1, 2):
        assert ws.resend(said, attempt=attempt).acked
    assert len(notes(bot, ada)) == 1
    only(receipts(ada))


def test_a_withdrawn_message_does_not_come_back_when_delivered_again(
    bot: Bot, ws: Workspace, ada: Any
) -> None:
    ada.dm("hung up on a customer by mistake")
    said = [each for each in ws.deliveries if each.kind == "events_api"][0]
    ada.press(only(receipts(ada)), "Withdraw")
    ws.resend(said)
    assert notes(bot, ada) == []


@pytest.mark.hasty
def test_a_message_that_cannot_be_saved_is_asked_for_again(
    bot: Bot, ws: Workspace, ada: Any
) -> None:
    with bot.db.transaction():
        ada.dm("hung up on a customer by mistake")
    assert notes(bot, ada) == []
    said = next(each for each in ws.deliveries if each.status == 503)
    assert ws.resend(said).acked
    assert notes(bot, ada) == ["hung up on a customer by mistake"]


def test_a_receipt_that_could_not_be_delivered_comes_later(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any
) -> None:
    ws.fail("chat.postMessage", error="ratelimited")
    ada.dm("hung up on a customer by mistake")
    assert receipts(ada) == [] and len(notes(bot, ada)) == 1
    clock.advance(minutes=1)
    bot.scheduler.run_due()
    only(receipts(ada))


def test_the_bots_own_messages_are_not_notes(bot: Bot, ws: Workspace, ada: Any) -> None:
    ada.dm("help")
    ws.wait(lambda: False, timeout=0.2)
    assert NoteStore(bot.db).mine(ws.bot_user, limit=1) == []


def test_eves_direct_message_is_refused_and_not_kept(bot: Bot, eve: Any) -> None:
    eve.dm("hello from the other company")
    assert notes(bot, eve) == []


@pytest.mark.parametrize("subtype", ["thread_broadcast", "me_message", "file_share"])
def test_an_owners_reply_is_kept_however_it_was_sent(
    bot: Bot, ws: Workspace, ada: Any, subtype: str
) -> None:
    ada.press(own(ada), "Post as me")
    ada.say("support", "called them back", thread=root(ws))
    said = next(
        each
        for each in ws.deliveries
        if each.payload.get("event", {}).get("text") == "called them back"
    )
    ts = "1764000000.000100"
    event = {**said.payload["event"], "subtype": subtype, "text": "sent it anew", "ts": ts}
    forged = payloads.of_event({**said.payload, "event": event}, time.monotonic())
    needed = bot.of(Owning), bot.of(Hearing), bot.of(Identity), bot.of(People), bot.of(Routes)
    assert message(forged, *needed) == Reply()
    [note] = NoteStore(bot.db).mine(ada.id, limit=2)
    assert {each.text for each in NoteStore(bot.db).replies(note)} == {
        "called them back",
        "sent it anew",
    }


@pytest.mark.parametrize("nothing", ["\u3164", "\u2800", "\ufe0f", "\u200b", " \u3164 \u2800\n"])
def test_what_nobody_can_see_is_no_note(bot: Bot, ada: Any, nothing: str) -> None:
    ada.command("/ownit", nothing, channel="support")
    assert ada.modal is not None  # as without words
    with contextlib.suppress(ValueError):  # Slack's own client may find it empty as well
        ada.submit({"happened": nothing})
    ada.dm(nothing)
    assert notes(bot, ada) == []
    assert "one line what happened" in receipts(ada)[-1].visible
