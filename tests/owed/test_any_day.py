"""Whatever fails while people own, post and withdraw: afterwards Slack is as they left it."""

import random
from typing import Any

import pytest

from mend.app import Bot
from mend.db.jobs import Jobs
from mend.ownit.store import NoteStore
from tests.conftest import Clock
from tests.owed.bad_days import FOR_EVER, hours
from workspace import Workspace

FAILING = ("chat.postMessage", "chat.update", "chat.delete", "conversations.history")
ERRORS = ("http_500", "ratelimited", "lost", "is_archived", "not_in_channel", "restricted_action")
ERRORS += ("invalid_auth", "edit_window_closed", "channel_not_found", "internal_error")
LABELS = ("Post as me", "Make private", "Keep private", "Without my name", "Repaired", "Withdraw")
LABELS += ("Change who sees it",)


def trouble(ws: Workspace, chance: random.Random) -> None:
    """Some methods begin to fail, others end to; where Slack answers nothing it may have acted."""
    for method in FAILING:
        ws.web_api.failures.pop(method, None)
        if chance.random() < 0.5:
            error = chance.choice(ERRORS)
            acted = error == "lost" and chance.random() < 0.5
            times = 1 if acted else FOR_EVER
            ws.fail(method, error=error, times=times, retry_after=30, after_applying=acted)


def act(person: Any, receipts: dict[str, Any], chance: random.Random, number: int) -> None:
    if chance.random() < 0.3 or not receipts:
        words = f"slip number {number} pressed the wrong button"
        receipts[words] = person.command("/ownit", words, channel="support").message
        return
    receipt = receipts[chance.choice(list(receipts))]
    offered = [label for label in LABELS if label in (*receipt.buttons, *receipt.choices)]
    if offered:
        person.press(receipt, chance.choice(offered))


@pytest.mark.parametrize("seed", range(3))
def test_after_any_day_the_channel_shows_what_its_owners_left_there(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any, seed: int
) -> None:
    chance, receipts = random.Random(seed), dict[str, Any]()
    for number in range(25):
        if chance.random() < 0.4:
            trouble(ws, chance)
        act(ada, receipts, chance, number)
        hours(bot, clock, chance.choice((0, 0.1, 0.5, 3)), every=chance.choice((1, 6, 30)))
        standing = [each.visible for each in ws.messages("support")]
        for words, receipt in receipts.items():
            stands = any(words in each for each in standing)
            assert stands or "It stands in" not in receipt.visible
            assert not stands or "is taken out" not in receipt.visible
    ws.web_api.failures.clear()
    hours(bot, clock, 2)
    standing = [each.visible for each in ws.messages("support")]
    shown = {note.text for note in NoteStore(bot.db).mine(ada.id, limit=99) if note.is_shown}
    for words in receipts:
        assert sum(words in each for each in standing) == (words in shown), (seed, words)
    for kind in ("thread", "recap", "notice"):
        assert [job.key for job in Jobs(bot.db).pending(kind) if job.failures] == []
