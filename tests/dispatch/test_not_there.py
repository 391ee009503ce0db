"""Slack takes an answer at what was pressed half an hour long, five times, or not at all."""

from typing import Any

import pytest

from mend.app import Bot
from mend.slack.outbox import TAKEN_OUT
from tests.conftest import Clock, only
from tests.owed.bad_days import away, hours, note
from tests.ownit.test_ownit import WORDS, note_window, notes, own
from tests.repair.test_feedback import dump
from tests.repair.test_repair import repair
from workspace import Workspace

REFUSALS = pytest.mark.parametrize("error", ["http_500", "lost", "ratelimited"])


def by_mend(person: Any) -> list[Any]:
    return [each for each in person.dms if each.bot]


@REFUSALS
def test_what_was_done_is_said_by_message_and_that_goes_with_the_note(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any, error: str
) -> None:
    receipt = own(ada)
    with away(ws, "response_url", error=error):
        ada.press(receipt, "Post as me")
        assert WORDS in note(ws) and "Only you can see it" in receipt.visible
        said = ada.dms[-1]
        assert "where you pressed" in said.visible and "It stands in" in said.visible
    ada.press(said, "Repaired")  # what came by message works as the card would
    ada.press(note_window(ada), "Withdraw")
    hours(bot, clock, 0.5)
    assert notes(bot, ada) == [] and WORDS not in str([each.visible for each in ada.dms])
    assert said.visible == TAKEN_OUT.text


def test_a_message_that_was_pressed_is_changed_itself(bot: Bot, ws: Workspace, ada: Any) -> None:
    ada.dm("hung up on a customer by mistake")
    receipt = only(by_mend(ada))
    with away(ws, "response_url"):
        ada.press(receipt, "Keep private")
    assert "Private. Only you." in only(by_mend(ada)).visible


def test_without_slack_at_all_it_is_not_said_later(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any
) -> None:
    receipt = own(ada)
    with away(ws):
        ada.press(receipt, "Keep private")
    hours(bot, clock, 2)
    assert ada.dms == [] and "Private. Only you." in note_window(ada).visible


def test_a_pause_leaves_no_message(bot: Bot, ws: Workspace, clock: Clock, ada: Any) -> None:
    answer = repair(ada, "they charged me twice")
    before = dump(bot)
    with away(ws, "response_url"):
        ada.press(answer, "Pause")
    with away(ws, "chat.postMessage"):
        ada.dm("/mend pause")
    clock.advance(minutes=10)
    bot.scheduler.run_due()
    assert by_mend(ada) == [] and dump(bot) == before
