"""Everything that was really sent while a team used Mend for a day: no judge may object."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from mend.app import Bot
from mend.recap.daily.service import Recapping
from mend.slack.ui import Message as Content
from tests.conftest import Clock
from tests.judges.judges import faults_of_message, faults_of_options, faults_of_view
from workspace import Workspace
from workspace.delivery import UNDER_WAY

NASTY = "<b>& 'wrong' \"card\" ‮ 👩🏽‍💻 4111 1111 1111 1111 " + "very " * 300 + "sorry"


@pytest.fixture
def used(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any, ben: Any, cam: Any, dee: Any
) -> Workspace:
    """Every surface there is, used once: commands, presses, forms, shortcuts, messages, Home."""
    for words in ("", "they charged me twice", "qwxyz", NASTY[:900]):
        answer = ada.command("/repair", words, channel="support").message
    answer = ada.command("/repair", "the refund is late", channel="support").message
    ada.press(answer, "It worked")
    for label in ("Words to send", "Get help"):
        ada.press(answer, label)
    for choice in ("Share", "All steps", "If stuck, closing", "Fewer steps", "Own this"):
        ada.choose(answer, "repair_more", choice)
    ada.submit({"happened": "from under an answer"})
    while ada.modal:
        ada.close()
    ada.choose(answer, "repair_more", "Not this one")
    ada.press(answer, "Back to that answer")
    fill_in_a_script(ada)
    ada.options(ada.command("/repair").message, "pick_search", "ref")
    for words in ("sent the wrong form", NASTY[:2900]):
        receipt = ada.command("/ownit", words, channel="support").message
        ada.press(receipt, "Post as me")
    again = ada.command("/ownit", words, channel="support").message
    ada.press(again, "Save as another")
    root = ws.messages("support")[-1]
    for label in ("I need a hand", "Repaired", "What I learned"):
        ada.press(root, "Open")
        ada.press(ada.modal, label)
    ada.submit({"learned": "read it back first"})
    ben.press(root, "Open")
    ada.press(root, "Open")
    ada.press(ada.modal, "Edit")
    ada.submit({"happened": "sent another form"})
    asked = cam.dms[-1]
    cam.press(asked, "I'm coming")
    cam.press(asked, "Answer")
    cam.submit({"words": "call them back, then tell me", "open": ["open"]})
    cam.press(asked, "Close")
    ben.dm("hung up on somebody")
    ben.dm("help")
    ben.shortcut("own_this", ben.say("support", "I misquoted the policy"))
    ben.close()
    ben.shortcut("find_repair", ben.say("support", "They were charged twice. The parcel is late."))
    for word in ("", "help", "recap", "doctor", "nonsense"):
        dee.command("/mend", word, channel="support")
    dee.command("/mend", "condition courier strike till friday", channel="support")
    dee.submit()
    ada.command("/mend", "brief", channel="support")
    dee.press(dee.command("/mend", "condition", channel="support").message, "End")
    ben.command("/mend", "doctor")
    for person in (ada, cam, dee):
        person.open_home()
    dee.press(dee.home, "Preview the recap")
    ada.press(receipt, "Withdraw")
    bot.of(Recapping).plan()
    clock.moment = clock.moment.replace(hour=18, minute=1)
    bot.scheduler.run_due()
    return ws


def fill_in_a_script(ada: Any) -> None:
    answer = ada.command("/repair", "they charged me twice", channel="support").message
    ada.press(answer, "Words to send")
    samples = {"plain_text_input": "25 EUR", "datepicker": "2026-11-25", "timepicker": "16:30"}
    fields = {
        block["block_id"]: samples[block["element"]["type"]]
        for block in ada.modal.blocks
        if block["type"] == "input"
    }
    ada.submit(fields)
    ada.close()


def sent(ws: Workspace) -> Iterator[tuple[str, list[str]]]:
    """What each thing that was sent is, and what the judges have against it."""
    for call in ws.calls:
        args = {key: parsed(value) for key, value in call.args.items()}
        if "blocks" in args:
            yield call.method, faults_of_message(Content(args["text"], tuple(args["blocks"])))
        if "view" in args:
            yield call.method, faults_of_view(args["view"])
    for delivery in ws.deliveries:
        answer = delivery.body or {}
        if answer.get("blocks"):
            yield "ack", faults_of_message(Content(answer["text"], tuple(answer["blocks"])))
        if answer.get("view"):
            yield "ack", faults_of_view(answer["view"])
        if "options" in answer:
            yield "options", faults_of_options(answer["options"])


def parsed(value: Any) -> Any:
    """Some arguments travel as JSON text."""
    is_json = isinstance(value, str) and value[:1] in ("[", "{")
    return json.loads(value) if is_json else value


def test_no_judge_objects_to_what_a_day_of_use_sends(used: Workspace) -> None:
    judged = list(sent(used))
    assert [(what, faults) for what, faults in judged if faults] == []
    assert {what for what, _ in judged} >= {
        "ack",
        "options",
        "chat.postMessage",
        "chat.update",
        "response_url",
        "views.open",
        "views.publish",
    }


def test_every_message_and_ack_was_accepted(used: Workspace) -> None:
    assert [call for call in used.calls if not call.response.get("ok")] == []
    assert used.wait(lambda: all(it.failure != UNDER_WAY for it in used.deliveries))
    assert [delivery for delivery in used.deliveries if not delivery.acked] == []
