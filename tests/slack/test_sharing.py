"""A channel that another company reads gets nothing of Mend's."""

from collections.abc import Callable
from typing import Any

import pytest

from mend.app import Bot
from mend.recap.daily.service import Briefing, Recapping
from mend.recap.weekly.service import Weekly
from mend.repair.gap_store import GapStore
from mend.slack.model import Failure
from mend.slack.sharing import KEEP, is_shared
from tests.conftest import Clock
from tests.ownit.test_ownit import own
from tests.recap.test_conditions import set_one
from workspace import Workspace

SIGNS = ["shared", "invites"]


@pytest.mark.parametrize("sign", SIGNS)
def test_a_note_is_not_posted_where_another_company_reads_and_owner_and_admin_hear_why(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any, dee: Any, sign: str
) -> None:
    receipt = own(ada)
    setattr(ws.channel("support"), sign, True)
    ada.press(receipt, "Post as me")
    assert ws.messages("support") == []
    bot.scheduler.run_due()
    for told in (ada.dms[-1], dee.dms[-1]):
        assert "shared with another company" in told.visible
    assert "does not stand in the team channel yet" in ada.dms[-1].visible
    assert "being posted" in receipt.visible and "It stands" not in receipt.visible
    setattr(ws.channel("support"), sign, False)
    for _ in range(24 * 3):
        clock.advance(hours=1)
        bot.scheduler.run_due()
    assert len(ws.messages("support")) == 1


def test_neither_recap_nor_week_nor_brief_is_posted_there(
    environment: dict[str, str],
    start: Callable[[], Bot],
    ws: Workspace,
    clock: Clock,
    cam: Any,
    caplog: pytest.LogCaptureFixture,
) -> None:
    environment["MEND_BRIEF_TIME"] = "08:45"
    bot = start()
    plan(bot)
    set_one(cam, "courier strike", until="2026-11-30")  # something for the brief to tell
    gaps = GapStore(bot.db)
    gaps.close(gaps.make("billing", "", clock()), clock())  # something for the week to tell
    ws.channel("support").shared = True
    for _ in range(24 * 8):
        clock.advance(hours=1)
        plan(bot)
        bot.scheduler.run_due()
    refused = [
        line.getMessage() for line in caplog.records if Failure.SHARED.name in str(line.args)
    ]
    assert {line.split()[1] for line in refused} == {"recap", "week", "brief"}
    assert ws.messages("support") == []


def plan(bot: Bot) -> None:
    bot.of(Recapping).plan()
    bot.of(Weekly).plan()
    bot.of(Briefing).plan()


def test_a_note_that_stands_there_already_changes_no_more_but_goes_when_withdrawn(
    bot: Bot, ws: Workspace, ada: Any, clock: Clock
) -> None:
    receipt = own(ada)
    ada.press(receipt, "Post as me")
    [root] = ws.messages("support")
    before = root.visible
    ws.channel("support").shared = True
    clock.moment += KEEP
    ada.press(receipt, "Repaired")
    assert root.visible == before
    ada.press(receipt, "Withdraw")
    assert root.visible == "A note was withdrawn."


def test_where_slack_does_not_say_it_waits_until_slack_does(
    bot: Bot, ws: Workspace, ada: Any, clock: Clock
) -> None:
    ws.fail("conversations.info", error="internal_error", times=1)
    ada.press(own(ada), "Post as me")
    assert ws.messages("support") == []
    clock.advance(minutes=2)
    bot.scheduler.run_due()
    assert len(ws.messages("support")) == 1


def test_slack_is_asked_once_in_some_minutes(
    bot: Bot, ws: Workspace, ada: Any, clock: Clock
) -> None:
    for number in range(3):
        ada.press(own(ada, f"gave the wrong price {number} times"), "Post as me")
    assert len([call for call in ws.calls if call.method == "conversations.info"]) == 1
    clock.moment += KEEP
    ada.press(own(ada, "gave the wrong opening hours"), "Post as me")
    assert len([call for call in ws.calls if call.method == "conversations.info"]) == 2


@pytest.mark.parametrize(
    "told",
    [
        {"is_ext_shared": True},
        {"is_pending_ext_shared": True},
        {"pending_shared": ["T2"]},
        {"pending_connected_team_ids": ["T2"]},
    ],
)
def test_an_invitation_counts_as_shared(told: dict[str, object]) -> None:
    assert is_shared(told)
    assert not is_shared({"is_ext_shared": False, "is_org_shared": True, "pending_shared": []})
