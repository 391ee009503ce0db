"""What somebody asked Mend to post is posted, late if need be, and they hear how it stands."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from mend.app import Bot
from mend.db.jobs import Jobs
from mend.repair.gap_store import GapStore
from tests.conftest import PLAYBOOKS, Clock, only, saved
from tests.helping.test_helping import ask
from tests.owed.bad_days import EVERYTHING, away, hours, note
from tests.ownit.test_ownit import WORDS, change_who_sees, note_window, own
from tests.recap.test_daily import posted
from workspace import Workspace

DUE = {"hour": 18, "minute": 1}


def dms(person: Any, *words: str) -> list[str]:
    return [each.visible for each in person.dms if all(word in each.visible for word in words)]


def archive(ws: Workspace) -> None:
    ws.channel("support").archived, ws.channel("support").bot_in = True, False


def kick(ws: Workspace) -> None:
    ws.channel("support").bot_in = False


def hide(ws: Workspace) -> None:
    ws.channel("support").private, ws.channel("support").bot_in = True, False


def mend(ws: Workspace) -> None:
    ws.channel("support").archived, ws.channel("support").bot_in = False, True


TROUBLES = {
    archive: "Unarchive the channel",
    kick: "/invite @Mend",
    hide: "/invite @Mend",
}


# --- a note ----------------------------------------------------------------------------------


def test_posted_again_while_it_is_on_its_way_out_it_stands_once_slack_says_so(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any
) -> None:
    receipt = own(ada)
    ada.press(receipt, "Post as me")
    assert "It stands in" in receipt.visible
    with away(ws, "chat.update", "chat.delete"):
        change_who_sees(ada, "Make private")
        ada.press(note_window(ada), "Change who sees it")
        ada.press(ada.modal, "Post as me")
        said = ada.modal.visible
    assert "It is being posted in" in said and "It stands" not in said
    hours(bot, clock, 2)
    assert WORDS in note(ws) and "It stands in" in note_window(ada).visible


@pytest.mark.parametrize("trouble", TROUBLES)
def test_a_note_that_slack_refused_stands_once_it_may_and_its_owner_hears_both(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any, trouble: Callable[[Workspace], None]
) -> None:
    receipt = own(ada)
    trouble(ws)
    ada.press(receipt, "Post as me")
    assert "It is being posted in" in receipt.visible and "It stands" not in receipt.visible
    assert "being posted in the team channel" in ada.open_home().visible
    hours(bot, clock, 48, every=60)
    [told] = dms(ada, "does not stand in the team channel yet")
    assert TROUBLES[trouble] in told and "once Slack allows it" in told and WORDS not in told
    assert dms(ada, "stands in <#C0SUPPORT000> now") == []
    mend(ws)
    hours(bot, clock, 1.2)
    assert WORDS in note(ws) and "being posted" not in ada.open_home().visible
    assert len(dms(ada, "stands in <#C0SUPPORT000> now")) == 1
    hours(bot, clock, 24, every=60)
    assert len(dms(ada, "yet")) == 1 and len(dms(ada, "stands in")) == 1


def test_a_note_posted_after_an_outage_is_told_to_its_owner_once(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any
) -> None:
    receipt = own(ada)
    with away(ws):
        ada.press(receipt, "Post as me")
        hours(bot, clock, 5)
        assert "Only you can see it" in receipt.visible  # Slack took no other answer
    hours(bot, clock, 24, every=30)
    assert WORDS in note(ws)
    assert len(dms(ada, "stands in <#C0SUPPORT000> now")) == 1


def test_who_sees_it_posted_at_once_hears_no_more_of_it(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any
) -> None:
    ada.press(own(ada), "Post as me")
    hours(bot, clock, 5)
    assert WORDS in note(ws) and dms(ada, "stands in") == []


def test_a_channel_in_which_only_some_may_post_is_named_as_such(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any, dee: Any
) -> None:
    bot.scheduler.round()
    receipt = own(ada)
    ws.fail("chat.postMessage", error="restricted_action")
    ada.press(receipt, "Post as me")
    bot.scheduler.round()
    [told] = dms(ada, "does not stand")
    assert "lets only some people post" in told and "channel's settings" in told
    hours(bot, clock, 1.2)
    assert WORDS in note(ws)


def test_an_invitation_is_enough(bot: Bot, ws: Workspace, ada: Any, dee: Any) -> None:
    bot.scheduler.round()
    receipt = own(ada)
    kick(ws)
    ada.press(receipt, "Post as me")
    ws.invite_bot("support", by=dee)
    bot.scheduler.round()
    assert WORDS in note(ws)


def test_made_private_meanwhile_it_is_not_posted(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any
) -> None:
    receipt = own(ada)
    kick(ws)
    ada.press(receipt, "Post as me")
    ada.press(receipt, "Change who sees it")
    ada.press(receipt, "Make private")
    mend(ws)
    hours(bot, clock, 3)
    assert note(ws) == "" and Jobs(bot.db).pending("thread") == []


def test_the_next_trouble_of_the_same_kind_is_told_anew_but_never_twice(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any, dee: Any
) -> None:
    for times in (1, 2):
        kick(ws)
        ada.press(own(ada, f"slip {times}: pressed the wrong key"), "Post as me")
        ada.press(own(ada, f"slip {times}: booked the wrong week"), "Post as me")
        hours(bot, clock, 4, every=30)
        assert len(dms(dee, "not in the channel")) == times
        mend(ws)
        hours(bot, clock, 1.2)


def test_a_receipt_in_messages_says_it_stands_when_it_does(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any
) -> None:
    ada.dm("hung up on a customer by mistake")
    receipt = next(each for each in ada.dms if "Post as me" in each.buttons)
    kick(ws)
    ada.press(receipt, "Post as me")
    assert "It is being posted" in receipt.visible
    mend(ws)
    hours(bot, clock, 1.2)
    assert "It stands in" in receipt.visible


@pytest.mark.parametrize("ahead", [400, 3600, -400])
def test_a_lost_answer_posts_once_however_wrong_the_clock(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any, ahead: float
) -> None:
    ws.now = lambda: (clock() - timedelta(seconds=ahead)).timestamp()
    receipt = own(ada)
    ws.fail("chat.postMessage", error="lost", after_applying=True)
    ada.press(receipt, "Post as me")
    hours(bot, clock, 0.2, every=1)
    assert WORDS in note(ws) and Jobs(bot.db).pending("thread") == []


def test_a_rate_limited_post_waits_as_long_as_slack_said(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any
) -> None:
    receipt = own(ada)
    ws.fail("chat.postMessage", error="ratelimited", retry_after=1)
    ada.press(receipt, "Post as me")
    assert note(ws) == ""
    clock.advance(seconds=1)
    bot.scheduler.round()
    assert WORDS in note(ws)


# --- recaps ----------------------------------------------------------------------------------


@pytest.fixture
def library(environment: dict[str, str], tmp_path: Path) -> Path:
    folder = tmp_path / "playbooks"
    folder.mkdir()
    for name in ("double-charge.md", "refund-late.md"):
        (folder / name).write_text((PLAYBOOKS / name).read_text())
    environment["MEND_PLAYBOOKS"] = str(folder)
    return folder


def write(bot: Bot, library: Path, name: str = "wrong-item.md") -> None:
    (library / name).write_text((PLAYBOOKS / name).read_text())
    saved(bot)


@pytest.mark.parametrize("refused_for", [2.5, 40])
def test_what_a_refused_recap_was_to_tell_is_told_once_by_the_next_one_sent(
    library: Path, bot: Bot, ws: Workspace, clock: Clock, dee: Any, refused_for: float
) -> None:
    hours(bot, clock, 4)
    assert len(posted(ws)) == 1
    clock.advance(hours=16)
    write(bot, library)
    kick(ws)
    hours(bot, clock, 8 + refused_for, every=30)
    assert len(posted(ws)) == 1 and len(dms(dee, "could not be posted")) == 1
    mend(ws)
    hours(bot, clock, 48, every=30)
    telling = [each.visible for each in posted(ws) if "New playbook" in each.visible]
    assert len(telling) == 1


@pytest.mark.parametrize("outage", [2, 30])
def test_a_teams_first_recap_is_posted_after_an_outage(
    library: Path, bot: Bot, ws: Workspace, clock: Clock, dee: Any, outage: int
) -> None:
    bot.scheduler.round()
    write(bot, library)
    clock.moment = clock.moment.replace(hour=17, minute=55)
    with away(ws, "chat.postMessage"):
        hours(bot, clock, outage, every=5)
        assert posted(ws) == []
    hours(bot, clock, 0.6, every=5)
    assert "New playbook" in only(posted(ws)).visible
    hours(bot, clock, 6)
    only(posted(ws))
    assert dms(dee, "could not be posted") == []


def test_a_running_teams_recap_is_posted_after_an_outage(
    bot: Bot, ws: Workspace, clock: Clock, dee: Any
) -> None:
    hours(bot, clock, 4)
    clock.advance(hours=23)
    with away(ws):
        hours(bot, clock, 2.5, every=5)
    hours(bot, clock, 1)
    assert len(posted(ws)) == 2 and dms(dee, "could not be posted") == []


def test_the_rest_of_a_recap_that_comes_late_is_still_of_its_day(
    library: Path, bot: Bot, ws: Workspace, clock: Clock
) -> None:
    for file in sorted(PLAYBOOKS.glob("*.md"))[:12]:
        write(bot, library, file.name)
    bot.scheduler.round()
    clock.moment = clock.moment.replace(**DUE)
    bot.scheduler.run_now([job.key for job in Jobs(bot.db).pending("recap")])
    with away(ws, "chat.postMessage"):
        hours(bot, clock, 1)
    first = only(posted(ws))
    hours(bot, clock, 1)
    assert len(ws.thread(first)) == 2


def test_the_weeks_post_survives_a_refusal_of_a_day(
    bot: Bot, ws: Workspace, clock: Clock, dee: Any
) -> None:
    def weeks() -> list[str]:
        return [each.visible for each in ws.messages("support") if "The week of" in each.visible]

    bot.scheduler.round()
    gaps = GapStore(bot.db)
    gaps.close(gaps.make("billing", "", clock()), clock())  # something to tell
    before = len(weeks())
    clock.moment = clock.moment.replace(day=30, hour=9)
    kick(ws)
    hours(bot, clock, 24, every=30)
    assert len(weeks()) == before
    mend(ws)
    hours(bot, clock, 2)
    assert len(weeks()) == before + 1
    assert len(dms(dee, "not in the channel")) == 1


# --- a whole bad day -------------------------------------------------------------------------


def test_five_hours_without_slack_end_right_without_anybodys_press(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any, ben: Any, cam: Any, dee: Any
) -> None:
    """Ada withdraws, Ben posts and Ada asks for help while Slack takes nothing of Mend's."""
    adas, bens = own(ada), own(ben, "booked the wrong week")
    ada.press(adas, "Post as me")
    hours(bot, clock, 0.5)
    silent = [method for method in EVERYTHING if method != "response_url"]
    with away(ws, *silent):
        ada.press(adas, "Withdraw")
        ben.press(bens, "Post as me")
        ask(ada)
        hours(bot, clock, 5, every=5)
        assert "being taken out" in adas.visible and "being posted" in bens.visible
        assert dms(cam, "asks for a hand") == []
    hours(bot, clock, 1, every=5)
    says = [each.visible for each in ws.messages("support")]
    assert not any(WORDS in each for each in says)
    assert sum("booked the wrong week" in each for each in says) == 1
    assert sum("What we learned" in each for each in says) == 1
    asked, reminded = (
        next(number for number, each in enumerate(cam.dms) if words in each.visible)
        for words in ("charged me twice", "It is above")
    )
    assert asked < reminded and len(dms(cam, "charged me twice")) == 1
    assert dms(dee, "could not") == [] and dms(ben, "does not stand") == []
    for kind in bot.scheduler.duties:
        assert [each.key for each in Jobs(bot.db).pending(kind) if each.failures] == []
