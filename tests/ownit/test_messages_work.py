"""A note told in a direct message and its messages stay one; so do a note and what it links."""

from typing import Any

import pytest

from mend.app import Bot
from mend.db.jobs import Jobs
from mend.ownit.store import NoteStore
from mend.slack.gateway import SlackGateway
from tests.conftest import Clock, only
from tests.ownit.test_messages import receipts
from tests.ownit.test_ownit import WORDS, note_window, notes, own, root
from tests.ownit.test_thread import kept
from tests.repair.test_feedback import dump
from workspace import Workspace

SAID = "hung up on a customer by mistake"


@pytest.fixture
def receipt(bot: Bot, ada: Any) -> Any:
    """Of a note that Ada told in a direct message."""
    ada.dm(SAID)
    return only(receipts(ada))


def test_replies_under_it_are_its_timeline(bot: Bot, ws: Workspace, receipt: Any, ada: Any) -> None:
    first = ada.dm("calling back", thread=receipt)
    second = ada.dm("their card was 4111 1111 1111 1111", thread=receipt)
    assert kept(bot, ws, ada) == ["calling back", "their card was [card ending 1111]"]
    ada.edit(first, "called back, they are fine")
    ada.delete(second)
    assert kept(bot, ws, ada) == ["called back, they are fine"]
    assert notes(bot, ada) == [SAID]


def test_replies_under_the_message_that_told_it_as_well(bot: Bot, ws: Workspace, ada: Any) -> None:
    said = ada.dm(SAID)
    ada.dm("called back", thread=said)
    assert kept(bot, ws, ada) == ["called back"]


def test_it_follows_what_happens_elsewhere(receipt: Any, ada: Any) -> None:
    ada.press(note_window(ada), "Repaired")
    assert "✅ Repaired" in receipt.visible and "Repaired" not in receipt.buttons


def test_withdrawn_it_is_gone_and_a_late_reply_is_not_kept(
    bot: Bot, receipt: Any, ada: Any
) -> None:
    ada.press(note_window(ada), "Withdraw")
    assert receipt.visible == "A note was withdrawn."
    ada.dm("flamingo", thread=receipt)
    assert "no note here" in ada.dms[-1].visible
    assert notes(bot, ada) == [] and "flamingo" not in dump(bot)


def test_ben_cannot_write_into_adas_timeline(
    bot: Bot, ws: Workspace, receipt: Any, ada: Any, ben: Any
) -> None:
    ben.dm("mine", thread=receipt)
    assert kept(bot, ws, ada) == []


def test_while_slack_is_away_it_comes_later(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any
) -> None:
    ws.fail("chat.postMessage", error="ratelimited")
    ada.dm(SAID)
    assert receipts(ada) == []
    clock.advance(minutes=1)
    bot.scheduler.run_due()
    only(receipts(ada))


def test_withdrawn_before_it_could_stand_there_nothing_comes(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any
) -> None:
    ws.fail("chat.postMessage", error="lost", after_applying=True)
    ada.dm(SAID)
    ada.press(note_window(ada), "Withdraw")
    clock.advance(minutes=3)
    bot.scheduler.run_due()
    assert only(receipts(ada)).visible == "A note was withdrawn."
    assert Jobs(bot.db).dead_letters() == []


def test_an_edited_message_changes_its_note(bot: Bot, ada: Any) -> None:
    said = ada.dm(SAID)
    ada.edit(said, "put a customer on hold, wrote to ana@example.com")
    assert notes(bot, ada) == ["put a customer on hold, wrote to [e-mail]"]
    assert "put a customer on hold" in only(receipts(ada)).visible
    assert "an e-mail address" in only(receipts(ada)).visible


def test_an_edit_of_a_posted_note_reaches_its_thread(bot: Bot, ws: Workspace, ada: Any) -> None:
    said = ada.dm(SAID)
    ada.press(only(receipts(ada)), "Post as me")
    ada.edit(said, "put a customer on hold and forgot")
    assert "forgot" in root(ws).visible


def test_after_ten_minutes_an_edited_message_is_told_that_the_note_stays(
    bot: Bot, clock: Clock, ada: Any
) -> None:
    said = ada.dm(SAID)
    clock.advance(minutes=11)
    ada.edit(said, "something else")
    assert notes(bot, ada) == [SAID]
    assert "can be edited for ten minutes" in receipts(ada)[-1].visible


def test_an_unfurled_link_changes_nothing(bot: Bot, ws: Workspace, ada: Any) -> None:
    said = ada.dm(SAID)
    ada.press(only(receipts(ada)), "Edit")
    ada.submit({"happened": "my own later words"})
    ws.edit(said, by=ada.user)
    assert notes(bot, ada) == ["my own later words"]


def offers(person: Any) -> list[Any]:
    return [message for message in person.dms if "was deleted" in message.visible and message.bot]


def test_a_deleted_message_offers_to_withdraw_its_note_once(
    bot: Bot, ws: Workspace, ada: Any
) -> None:
    said = ada.dm(SAID)
    ada.delete(said)
    gone = [each for each in ws.deliveries if "message_deleted" in str(each.payload)][-1]
    assert ws.resend(gone).acked
    bot.scheduler.run_due()
    offer = only(offers(ada))
    assert SAID not in offer.visible and notes(bot, ada) == [SAID]
    ada.press(offer, "Withdraw")
    assert notes(bot, ada) == []


def test_it_may_stay(bot: Bot, ada: Any) -> None:
    ada.delete(ada.dm(SAID))
    bot.scheduler.run_due()
    ada.press(only(offers(ada)), "Keep it")
    assert notes(bot, ada) == [SAID]


def link(ada: Any, said: Any, **answers: Any) -> None:
    ada.shortcut("own_this", said)
    ada.submit(answers)


def test_own_this_links_adas_own_message(bot: Bot, ws: Workspace, ada: Any, ben: Any) -> None:
    start = ben.say("support", "long day")
    said = ada.say("support", "I told the caller the wrong date", thread=start)
    link(ada, said, who_sees="The team channel, as me")
    permalink = bot.of(SlackGateway).permalink(said.channel.id, said.ts)
    assert f"<{permalink}|this message>".replace("&", "&amp;") in str(root(ws).blocks)
    ada.press(note_window(ada), "Withdraw")
    assert "this message" not in str(root(ws).blocks) and str(permalink) not in dump(bot)


def test_bens_message_is_not_linked(bot: Bot, ws: Workspace, ada: Any, ben: Any) -> None:
    link(ada, ben.say("support", "their story"), happened=WORDS)
    assert NoteStore(bot.db).mine(ada.id, limit=1)[0].link == ""


def test_where_the_form_cannot_open_the_link_is_not_lost(bot: Bot, ws: Workspace, ada: Any) -> None:
    ws.fail("views.open", error="expired_trigger_id")
    ada.shortcut("own_this", ada.say("support", "I told the caller the wrong date"))
    ada.press(only(ada.ephemerals), "Open the form")
    ada.submit()
    assert "/archives/" in NoteStore(bot.db).mine(ada.id, limit=1)[0].link


@pytest.mark.parametrize("with_replies", [False, True])
def test_the_linked_message_deleted_offers_withdrawal(
    bot: Bot, ada: Any, ben: Any, with_replies: bool
) -> None:
    said = ada.say("support", "I told the caller the wrong date")
    link(ada, said)
    if with_replies:
        ben.say("support", "happens", thread=said)
    ada.delete(said)
    bot.scheduler.run_due()
    only(offers(ada))
    assert ben.dms == []


def test_any_other_deleted_message_offers_nothing(bot: Bot, ada: Any, ben: Any) -> None:
    own(ada)
    ada.delete(ada.say("support", "lunch?"))
    ada.delete(ada.dm("hello"))
    link(ada, ada.say("support", "I told the caller the wrong date"))
    ben.delete(ben.say("support", "me, too"))
    bot.scheduler.run_due()
    assert offers(ada) == [] and offers(ben) == []


def test_posted_as_me_the_words_for_the_customer_come_privately(
    bot: Bot, ws: Workspace, ada: Any, ben: Any
) -> None:
    receipt = own(ada, "charged the customer twice for one order")
    ada.press(receipt, "Post as me")
    ada.press(receipt, "Words for the customer")
    assert "and I am sorry" in ada.ephemerals[-1].visible
    assert "sorry" not in root(ws).visible and ben.ephemerals == []
