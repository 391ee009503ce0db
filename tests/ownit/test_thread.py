"""A note's thread in the team channel: its buttons, and its owner's replies."""

from typing import Any

import pytest

from mend.app import Bot
from mend.db.jobs import Jobs
from mend.ownit.store import NoteStore
from mend.slack.gateway import SlackGateway
from mend.slack.model import Sent
from mend.slack.store import Posts
from mend.slack.ui import notice
from tests.conftest import Clock, only
from tests.ownit.test_ownit import WORDS, change_who_sees, from_root, note_window, own, root
from workspace import Workspace


@pytest.fixture
def thread(bot: Bot, ws: Workspace, ada: Any) -> Any:
    """The root of the thread in which Ada owned something."""
    ada.press(own(ada), "Post as me")
    return root(ws)


def kept(bot: Bot, ws: Workspace, ada: Any) -> list[str]:
    [note] = NoteStore(bot.db).mine(ada.id, limit=1)
    return [each.text for each in NoteStore(bot.db).replies(note)]


def test_repaired_is_shown_and_its_button_goes(ws: Workspace, thread: Any, ada: Any) -> None:
    from_root(ada, thread, "Repaired")
    assert "✅ Repaired" in thread.visible
    assert "Repaired" not in ada.modal.buttons


def test_repaired_on_a_thread_made_private_meanwhile_is_answered(
    ws: Workspace, thread: Any, ada: Any
) -> None:
    before = thread.blocks
    change_who_sees(ada, "Make private")
    thread.blocks = before
    from_root(ada, thread, "Repaired")
    assert "Private. Only you. ✅ Repaired." in ada.modal.text


def test_a_hand_is_asked_of_each_supervisor_once(thread: Any, ada: Any, cam: Any) -> None:
    from_root(ada, thread, "I need a hand")
    from_root(ada, thread, "I need a hand")
    message = only(cam.dms)
    assert WORDS in message.visible and f"<@{ada.id}>" in message.visible
    assert "nobody has taken it yet" in ada.modal.text


def test_the_supervisor_gets_a_way_to_the_thread(
    ws: Workspace, thread: Any, ada: Any, cam: Any
) -> None:
    from_root(ada, thread, "I need a hand")
    assert "|this thread>" in str(only(cam.dms).blocks)


def test_withdrawing_takes_the_words_out_of_the_supervisors_message(
    thread: Any, ada: Any, cam: Any
) -> None:
    from_root(ada, thread, "I need a hand")
    ada.press(note_window(ada), "Withdraw")
    assert only(cam.dms).visible == "No longer needed."


def test_where_there_is_no_supervisor_none_is_offered(
    environment: dict[str, str], start: Any, ws: Workspace, ada: Any
) -> None:
    environment["MEND_SUPERVISORS"] = ""
    start()
    ada.press(own(ada), "Post as me")
    ada.press(root(ws), "Open")
    assert "I need a hand" not in [*ada.modal.buttons, *ada.modal.choices]


def test_what_ada_learned_is_kept_for_her_alone(
    bot: Bot, ws: Workspace, thread: Any, ada: Any
) -> None:
    from_root(ada, thread, "What I learned")
    ada.submit({"learned": "read the last four digits back"})
    [note] = NoteStore(bot.db).mine(ada.id, limit=2)
    assert note.learned == "read the last four digits back"
    assert "read the last four" not in str([message.blocks for message in ws.messages("support")])


def test_adas_replies_are_kept_as_they_now_read(
    bot: Bot, ws: Workspace, thread: Any, ada: Any
) -> None:
    first = ada.say("support", "called the customer", thread=thread)
    second = ada.say("support", "sent it again", thread=thread)
    ada.edit(first, "called the customer, they are fine")
    ada.delete(second)
    assert kept(bot, ws, ada) == ["called the customer, they are fine"]


def test_bens_replies_are_neither_read_nor_kept(
    bot: Bot, ws: Workspace, thread: Any, ada: Any, ben: Any
) -> None:
    ben.say("support", "been there", thread=thread)
    assert kept(bot, ws, ada) == []


def test_adas_words_elsewhere_are_neither_read_nor_kept(
    bot: Bot, ws: Workspace, thread: Any, ada: Any, ben: Any
) -> None:
    ada.say("support", "lunch?")
    other = ben.say("support", "long day")
    ada.say("support", "same here", thread=other)
    assert kept(bot, ws, ada) == []


def test_a_reply_delivered_three_times_is_kept_once(
    bot: Bot, ws: Workspace, thread: Any, ada: Any
) -> None:
    ada.say("support", "called back", thread=thread)
    said = [each for each in ws.deliveries if "called back" in str(each.payload)][-1]
    for attempt in (1, 2):
        assert ws.resend(said, attempt=attempt).acked
    assert kept(bot, ws, ada) == ["called back"]


@pytest.mark.hasty
def test_a_reply_that_could_not_be_saved_is_not_acknowledged_so_slack_sends_it_again(
    bot: Bot, ws: Workspace, thread: Any, ada: Any
) -> None:
    with bot.db.transaction():
        ada.say("support", "called back", thread=thread)
    said = [each for each in ws.deliveries if "called back" in str(each.payload)][-1]
    assert said.status == 503
    assert ws.resend(said).acked
    assert kept(bot, ws, ada) == ["called back"]


def test_customer_data_in_a_reply_is_masked(bot: Bot, ws: Workspace, thread: Any, ada: Any) -> None:
    ada.say("support", "their card is 4111 1111 1111 1111", thread=thread)
    assert "4111 1111" not in kept(bot, ws, ada)[0]


def test_a_thread_whose_root_somebody_removed_does_not_come_back(
    bot: Bot, ws: Workspace, clock: Clock, thread: Any, ada: Any
) -> None:
    ws.fail("chat.update", error="message_not_found")
    from_root(ada, thread, "Repaired")
    clock.advance(hours=1)
    bot.scheduler.run_due()
    assert Jobs(bot.db).pending("thread") == []
    root(ws)


def test_withdrawing_links_the_replies_that_are_the_owners_to_delete(
    bot: Bot, ws: Workspace, thread: Any, ada: Any
) -> None:
    ada.say("support", "called back", thread=thread)
    ada.press(note_window(ada), "Withdraw")
    permalink = bot.of(SlackGateway).permalink(thread.channel.id, thread.ts)
    assert f"<{permalink}|in its thread>" in str(ada.modal.blocks)


def test_without_replies_there_is_nothing_to_link(thread: Any, ada: Any) -> None:
    ada.press(note_window(ada), "Withdraw")
    assert "in its thread" not in str(ada.modal.blocks)


@pytest.mark.parametrize("how", ["Withdraw", "Make private", "Without my name"])
def test_a_playbook_that_an_older_mend_posted_in_the_thread_goes_with_the_note(
    bot: Bot, ws: Workspace, thread: Any, ada: Any, how: str
) -> None:
    [note] = NoteStore(bot.db).mine(ada.id, limit=1)
    key, channel = f"thread_playbook:{note.id}", ws.channel("support").id
    post = Posts(bot.db).ensure(key, channel, bot.now(), thread=thread.ts)
    sent = bot.of(SlackGateway).post(channel, notice("Say first: …"), key=key, thread=thread.ts)
    assert isinstance(sent, Sent)
    Posts(bot.db).placed(post, channel, sent.ts, 1)
    due = {"note": note.id, "slug": "double-charge"}
    Jobs(bot.db).schedule("thread_playbook", key, bot.now(), due)  # of a kind nobody runs now
    if how == "Withdraw":
        ada.press(note_window(ada), how)
    else:
        change_who_sees(ada, how)
    assert thread.visible == "A note was withdrawn." and ws.thread(thread)[1:] == []
    assert Posts(bot.db).get(key) is None
    bot.scheduler.run_due()
    assert ws.thread(thread)[1:] == [] and Jobs(bot.db).dead_letters() == []
