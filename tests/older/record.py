"""A week of a small team, and an outage in which the bot dies: what it leaves behind.

Run by an older commit, as tests/data/older/README.md says; it leans only on what every commit's
tests have in common. Nothing collects it here.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.conftest import PLAYBOOKS, Clock
from workspace import Workspace

OUTAGE = (
    "chat.delete chat.getPermalink chat.postMessage chat.update conversations.history"
    " conversations.info conversations.open conversations.replies users.info views.open"
    " views.publish views.update response_url"
)
FLAMINGO = "zqx my flamingo is broken"


def pass_time(bot: Any, clock: Clock, hours: float) -> None:
    """So many go by; each ten minutes the bot plans, and does what is due."""
    for _ in range(round(hours * 6)):
        clock.advance(minutes=10)
        bot.scheduler.plan_soon()
        bot.scheduler._plan_now_and_then()
        bot.scheduler.run_due()


def own(person: Any, words: str) -> Any:
    return person.command("/ownit", words, channel="support").message


def repair(person: Any, words: str) -> Any:
    return person.command("/repair", words, channel="support").message


def dumped(database: Path) -> str:
    with sqlite3.connect(database) as kept:
        return "\n".join(kept.iterdump()) + "\n"


def messages(ws: Workspace) -> str:
    """What stands for everybody or for one, a line each; answers in passing are gone by then."""
    lines = []
    for channel in list(ws.channels.values()):
        for each in ws.messages(channel):
            kept = {name: getattr(each, name) for name in ("user", "text", "blocks", "ts")}
            kept |= {name: getattr(each, name) for name in ("thread_ts", "bot", "metadata")}
            lines.append(json.dumps({"channel": channel.id, **kept}, ensure_ascii=False))
    return "\n".join(lines) + "\n"


def test_record(
    ws: Workspace,
    clock: Clock,
    environment: dict[str, str],
    tmp_path: Path,
    start: Callable[[], Any],
) -> None:
    ada, ben, cam = (ws.person(name) for name in ("ada", "ben", "cam"))
    folder = tmp_path / "playbooks"
    folder.mkdir()
    for name in ("double-charge.md", "refund-late.md"):
        shutil.copy(PLAYBOOKS / name, folder)
    environment["MEND_PLAYBOOKS"] = str(folder)
    clock.moment = datetime(2026, 11, 17, 10, 0, tzinfo=UTC)
    bot = start()
    pass_time(bot, clock, 1)

    stands = own(ada, "sent the refund to the wrong card")
    ada.press(stands, "Post as me")
    learned = own(ada, "told a customer the wrong opening hours")
    ada.press(learned, "What I learned")
    ada.submit({"learned": "Read the last four digits back before pressing refund."})
    ada.press(ada.modal, "Release it")
    ada.press(repair(ada, "charged twice flamingo subscription"), "It worked")
    missed = repair(ada, FLAMINGO)
    if "Not this one" in missed.buttons:
        ada.press(missed, "Not this one")
    ada.press(missed, "Send my words to the playbook team")
    ada.choose(repair(ada, "they charged me twice"), "repair_about", "Suggest a change")
    ada.submit({"words": "the bank takes five days now, not three"})
    pass_time(bot, clock, 6 * 24)

    clock.moment = datetime(2026, 11, 24, 13, 30, tzinfo=UTC)
    asked = [each for each in ada.dms if "Any clearer now?" in each.visible]
    ada.press(asked[0], "Look back")
    ada.submit(
        {"factors": ["TOOL", "LOAD"], "cause": "PREVENTED", "words": "see which of two is settled"}
    )
    ada.press(ada.modal, "Turn into a playbook change")
    ada.submit({"title": "Two charges and one is pending", "tell": ["yes"]})
    cam.command("/mend", "condition courier strike till friday", channel="support")
    cam.submit({})
    withdrawn = own(ada, "hung up on a customer by mistake")
    ada.press(withdrawn, "Post as me")
    posted = own(ben, "promised a refund that takes longer")
    ben.press(posted, "Promise a follow-up")
    due = int((clock() + timedelta(hours=3)).timestamp())
    ben.submit({"what": "Call back about the refund", "due": due, "lead": ["yes"]})
    pass_time(bot, clock, 0.5)

    for method in OUTAGE.split():
        ws.fail(method, error="http_500", times=1_000_000)
    ada.press(withdrawn, "Withdraw")
    ben.press(posted, "Post as me")
    ben.choose(repair(ben, "they charged me twice"), "repair_more", "Get help")
    pass_time(bot, clock, 12)

    out = Path(os.environ["RECORD"])
    out.with_suffix(".sql").write_text(dumped(tmp_path / "mend.db"), encoding="utf-8")
    out.with_suffix(".jsonl").write_text(messages(ws), encoding="utf-8")
