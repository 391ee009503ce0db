"""What is withdrawn is taken out of Slack, whatever Slack says meanwhile and for how long."""

from collections.abc import Callable
from typing import Any

import pytest

from mend.app import Bot
from mend.db.jobs import Jobs
from tests.conftest import Clock, only
from tests.owed.bad_days import GONE, away, hours, note
from tests.ownit.test_ownit import WORDS, change_who_sees, from_root, note_window, own, root
from workspace import Workspace

OUT = "Your note is out of"


@pytest.fixture
def posted(bot: Bot, ws: Workspace, ada: Any) -> Any:
    """Ada's receipt of a note that stands in the channel."""
    receipt = own(ada)
    ada.press(receipt, "Post as me")
    assert "It stands in" in receipt.visible
    return receipt


def archive(ws: Workspace) -> None:
    """Which puts bots out of it, as Slack does."""
    ws.channel("support").archived = True
    ws.channel("support").bot_in = False


def unarchive(ws: Workspace) -> None:
    ws.channel("support").archived = False
    ws.channel("support").bot_in = True


@pytest.mark.parametrize("restart", [False, True])
def test_from_an_archived_channel_it_is_taken_out_once_that_is_unarchived(
    start: Callable[[], Bot], ws: Workspace, clock: Clock, ada: Any, dee: Any, restart: bool
) -> None:
    bot = start()
    receipt = own(ada)
    ada.press(receipt, "Post as me")
    archive(ws)
    ada.press(receipt, "Withdraw")
    assert "is being taken out" in receipt.visible
    hours(bot, clock, 72, every=60)
    told = [each.visible for each in dee.dms if "still stands" in each.visible]
    assert len(told) == 1 and "archived" in told[0] and WORDS not in told[0]
    assert WORDS in note(ws)
    unarchive(ws)
    if restart:
        start().scheduler.round()
    else:
        hours(bot, clock, 1)
    assert note(ws) == GONE


@pytest.mark.parametrize("error", ["http_500", "ratelimited", "timeout"])
@pytest.mark.parametrize("outage", [1, 10])
def test_in_an_outage_it_is_taken_out_after_it(
    bot: Bot, ws: Workspace, clock: Clock, posted: Any, ada: Any, dee: Any, error: str, outage: int
) -> None:
    with away(ws, "chat.update", "chat.delete", error=error):
        ada.press(posted, "Withdraw")
        hours(bot, clock, outage, every=15)
        assert WORDS in note(ws)
        assert [each.visible for each in ada.dms if OUT in each.visible] == []
    hours(bot, clock, 0.6, every=5)
    assert note(ws) == GONE
    only([each for each in ada.dms if OUT in each.visible])
    assert [each.visible for each in dee.dms if "could not" in each.visible] == []


def test_who_sees_at_once_that_it_is_out_hears_it_once(
    bot: Bot, clock: Clock, posted: Any, ada: Any
) -> None:
    ada.press(posted, "Withdraw")
    assert "is taken out" in posted.visible
    hours(bot, clock, 2)
    assert [each.visible for each in ada.dms if OUT in each.visible] == []


def test_while_the_app_is_uninstalled_it_waits_for_the_next_start(
    start: Callable[[], Bot], ws: Workspace, clock: Clock, ada: Any, dee: Any
) -> None:
    bot = start()
    receipt = own(ada)
    ada.press(receipt, "Post as me")
    with away(ws, error="account_inactive"):
        ada.press(receipt, "Withdraw")
        hours(bot, clock, 0.2, every=2)
        assert WORDS in note(ws)
    again = start()
    again.scheduler.round()
    assert note(ws) == GONE
    hours(again, clock, 2)
    assert [each.visible for each in dee.dms if "still stands" in each.visible] == []


@pytest.mark.parametrize("error", ["edit_window_closed", "cant_update_message", "invalid_blocks"])
def test_what_may_no_longer_be_changed_is_deleted(
    bot: Bot, ws: Workspace, posted: Any, ada: Any, error: str
) -> None:
    with away(ws, "chat.update", error=error):
        ada.press(posted, "Withdraw")
    assert all(WORDS not in each.visible for each in ws.messages("support"))
    assert Jobs(bot.db).pending("thread") == []
    assert "is taken out" in posted.visible


def test_made_private_in_an_outage_it_says_that_it_is_being_taken_out(
    bot: Bot, ws: Workspace, clock: Clock, posted: Any, ada: Any
) -> None:
    with away(ws, "chat.update", "chat.delete"):
        ada.press(posted, "Change who sees it")
        ada.press(posted, "Make private")
        assert "It is being taken out of" in posted.visible
    hours(bot, clock, 1)
    assert note(ws) == GONE
    ada.press(posted, "Change who sees it")
    assert "being taken out" not in posted.visible


def test_made_private_while_slack_was_away_its_owner_hears_each_time_that_it_is_out(
    bot: Bot, ws: Workspace, clock: Clock, posted: Any, ada: Any
) -> None:
    for times in (1, 2):
        window = note_window(ada)
        ada.press(window, "Change who sees it")
        with away(ws):
            ada.press(ada.modal, "Make private")
            hours(bot, clock, 5)
        hours(bot, clock, 2, every=15)
        assert all(WORDS not in each.visible for each in ws.messages("support"))
        assert len([each for each in ada.dms if OUT in each.visible]) == times
        change_who_sees(ada, "Post as me")


def test_withdrawn_while_slack_was_away_its_owner_hears_that_it_is_out(
    bot: Bot, ws: Workspace, clock: Clock, posted: Any, ada: Any
) -> None:
    with away(ws):
        ada.press(posted, "Withdraw")
        hours(bot, clock, 5)
    hours(bot, clock, 24, every=30)
    assert note(ws) == GONE
    only([each for each in ada.dms if OUT in each.visible])


def test_said_to_be_taken_out_only_once_it_is(ws: Workspace, posted: Any, ada: Any) -> None:
    ada.press(posted, "Withdraw")
    assert "is taken out" in posted.visible and note(ws) == GONE


def test_what_was_never_posted_leaves_nothing_to_take_out(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any, dee: Any
) -> None:
    receipt = own(ada)
    archive(ws)
    ada.press(receipt, "Post as me")
    ada.press(receipt, "Withdraw")
    assert Jobs(bot.db).pending("thread") == []
    unarchive(ws)
    hours(bot, clock, 3)
    assert all(WORDS not in each.visible for each in ws.messages("support"))
    assert [each.visible for each in dee.dms if "still stands" in each.visible] == []


def test_the_words_of_a_closed_request_leave_a_supervisors_messages_after_an_outage(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any, cam: Any
) -> None:
    ada.press(own(ada), "Post as me")
    from_root(ada, root(ws), "I need a hand")
    asked = next(each for each in cam.dms if WORDS in each.visible)
    with away(ws, "chat.update", "chat.delete"):
        ada.press(note_window(ada), "Withdraw")
        hours(bot, clock, 12, every=15)
        assert WORDS in asked.visible
    hours(bot, clock, 1)
    assert WORDS not in asked.visible
    assert all(WORDS not in each.visible for each in cam.dms)
    only([each for each in ws.messages("support") if each.visible == GONE])


def test_pressed_once_more_before_it_is_out_it_still_says_so(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any
) -> None:
    receipt = own(ada)
    ada.press(receipt, "Post as me")
    with away(ws, "chat.update", "chat.delete"):
        buttons = receipt.blocks
        for _ in range(2):  # a double press
            receipt.blocks = buttons
            ada.press(receipt, "Withdraw")
            assert "being taken out" in receipt.visible
    hours(bot, clock, 1)
    receipt.blocks = buttons
    ada.press(receipt, "Withdraw")
    assert receipt.visible == "A note was withdrawn. Nothing of it is kept."
