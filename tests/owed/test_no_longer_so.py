"""What Slack did not take in time is told only where it is still so, and told once."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mend.app import Bot
from mend.db.jobs import Jobs
from tests.conftest import Clock, only
from tests.lookbacks.test_lookbacks import days_later
from tests.owed.bad_days import away, hours, note
from tests.owed.test_posts import archive, mend
from tests.ownit.test_drafts import drafts, folder
from tests.ownit.test_ownit import WORDS, change_who_sees, kept_private, note_window, own
from tests.promises.test_promises import promise
from workspace import Workspace

__all__ = ["folder"]


def told(person: Any) -> str:
    return "\n".join(each.visible for each in person.dms)


@pytest.mark.parametrize("act", ["Done", "Later", "Hand over"])
def test_what_was_settled_during_an_outage_is_reminded_of_no_more(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any, act: str
) -> None:
    promise(ada, own(ada), clock)
    with away(ws, "chat.postMessage"):
        hours(bot, clock, 2)
        ada.press(ada.open_home(), act)
    hours(bot, clock, 0.2, every=2)  # less than until the next one is due
    assert "Due now" not in told(ada) and "You promised" not in told(ada)


def test_of_all_that_was_to_remind_in_an_outage_the_last_one_is_told(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any
) -> None:
    promise(ada, own(ada), clock)
    with away(ws, "chat.postMessage"):
        hours(bot, clock, 30)
    hours(bot, clock, 1)
    assert "Still open" in only(ada.dms).visible


@pytest.mark.parametrize("act", ["take", "answer"])
def test_what_a_lead_saw_to_in_an_outage_is_not_its_owners_to_hear(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any, cam: Any, act: str
) -> None:
    promise(ada, own(ada), clock, lead=True)
    hours(bot, clock, 0.7)
    with away(ws, "chat.postMessage"):
        hours(bot, clock, 1)
        cam.press(cam.open_home(), "I'm coming")
        if act == "answer":
            cam.press(cam.open_home(), "Answer")
            cam.submit({"words": "I called them."})
    hours(bot, clock, 1)
    assert "Due now" not in told(ada) and "Nobody has taken" not in told(ada)
    assert ("I called them." if act == "answer" else "has your request") in told(ada)


@pytest.mark.parametrize("is_taken_back", [True, False])
def test_who_took_it_over_hears_after_an_outage_that_it_is_due_and_nothing_where_it_was_taken_back(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any, cam: Any, is_taken_back: bool
) -> None:
    promise(ada, own(ada), clock)
    ada.press(ada.open_home(), "Hand over")
    bot.scheduler.run_due()
    cam.press(only(cam.dms), "I'm coming")
    with away(ws, "chat.postMessage"):
        hours(bot, clock, 2)
        if is_taken_back:
            ada.press(ada.open_home(), "Cancel")
    hours(bot, clock, 1)
    assert "Soon due" not in told(cam) and ("Due now" in told(cam)) is not is_taken_back


def dont_ask_again(ada: Any) -> None:
    ada.choose(ada.open_home(), "lookback_more", "Don't ask again")


def not_now(ada: Any) -> None:
    ada.choose(ada.open_home(), "lookback_more", "Not now")


@pytest.mark.parametrize("act", [dont_ask_again, not_now])
def test_a_look_back_that_was_put_off_in_an_outage_is_not_asked_after_it(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any, act: Callable[[Any], None]
) -> None:
    kept_private(ada)
    with away(ws, "chat.postMessage"):
        days_later(bot, clock, 8)
        act(ada)
    hours(bot, clock, 3)
    assert "Any clearer now?" not in told(ada)


def make_private(ada: Any) -> None:
    change_who_sees(ada, "Make private")


def withdraw(ada: Any) -> None:
    ada.press(note_window(ada), "Withdraw")


ENDS = pytest.mark.parametrize("end", [make_private, withdraw])


@ENDS
def test_a_note_that_is_shown_no_more_is_not_said_to_wait_for_its_channel(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any, end: Callable[[Any], None]
) -> None:
    receipt = own(ada)
    archive(ws)
    with away(ws, "conversations.open"):
        ada.press(receipt, "Post as me")
        hours(bot, clock, 1)
        end(ada)
    hours(bot, clock, 2)
    mend(ws)
    hours(bot, clock, 2)
    assert "does not stand" not in told(ada) and "now" not in told(ada) and note(ws) == ""


@ENDS
def test_a_note_that_is_shown_no_more_is_not_said_to_stand(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any, end: Callable[[Any], None]
) -> None:
    receipt = own(ada)
    with away(ws, "conversations.open"):
        with away(ws, "chat.postMessage"):
            ada.press(receipt, "Post as me")
            hours(bot, clock, 1)
        ws.fail("conversations.open", error="http_500", times=1_000)
        hours(bot, clock, 2)
        assert WORDS in note(ws)
        end(ada)
    hours(bot, clock, 2)
    assert "stands in" not in told(ada) and WORDS not in note(ws)


def test_a_change_that_was_taken_back_is_told_to_nobody(
    folder: Path, bot: Bot, ws: Workspace, clock: Clock, ada: Any, dee: Any
) -> None:
    kept_private(ada)
    ada.press(note_window(ada), "Turn into a playbook change")
    ada.submit({"title": "Two charges and one is pending", "words": "Ask which is settled."})
    (folder / "drafts").write_text("a file, where the folder should be")
    with away(ws, "chat.postMessage"):
        hours(bot, clock, 72, every=60)
        (folder / "drafts").unlink()
        hours(bot, clock, 2)
        assert drafts(folder)
        withdraw(ada)
    hours(bot, clock, 2)
    assert drafts(folder) == [] and "change" not in told(ada) and "draft" not in told(dee)


def test_of_a_deleted_message_whose_note_is_withdrawn_nothing_is_offered(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any
) -> None:
    said = ada.dm("I sent the refund to the wrong card")
    hours(bot, clock, 0.2)
    with away(ws, "chat.postMessage"):
        ada.delete(said)
        withdraw(ada)
    hours(bot, clock, 2)
    assert "Withdraw it, too?" not in told(ada)


def test_what_never_reached_somebody_is_taken_back_without_reaching_them(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any
) -> None:
    promise(ada, own(ada), clock)
    with away(ws, "conversations.open", error="user_disabled"):
        hours(bot, clock, 2)
        assert [job.key for job in Jobs(bot.db).pending("notice") if "promise" in job.key]
        ada.press(ada.open_home(), "Done")
        hours(bot, clock, 2)
        assert [job.key for job in Jobs(bot.db).pending("notice") if "promise" in job.key] == []
