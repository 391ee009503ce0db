"""From the first request to the last: what a running bot does for its people."""

import contextlib
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import only
from tests.end_to_end.process import Process
from workspace import Workspace

WORDS = "sent the refund to the wrong card"
STOPS_WITHIN = 10  # seconds: what supervisors of processes allow before they kill


def test_it_answers_repair_keeps_what_is_owned_and_stops_when_told(
    running: Process, ws: Workspace, ada: Any
) -> None:
    answer = ada.command("/repair", "they charged me twice", channel="support")
    assert answer.acked and "Say first" in answer.message.visible
    receipt = ada.command("/ownit", WORDS, channel="support").message
    ada.press(receipt, "Post as me")
    assert ws.wait(lambda: ws.messages("support"))
    assert WORDS in only(ws.messages("support")).visible
    assert ws.wait(lambda: "It stands in" in receipt.visible)
    code, seconds = running.stop()
    assert code == 0 and seconds < 5, (seconds, running.said)
    assert "Logging error" not in running.said


def test_a_page_that_is_open_follows_what_others_do(
    running: Process, ws: Workspace, ada: Any, cam: Any
) -> None:
    cam.open_home()
    ada.press(ada.command("/ownit", WORDS).message, "Post as me")
    assert ws.wait(lambda: ws.messages("support"))
    ada.press(only(ws.messages("support")), "Open")
    assert ws.wait(lambda: ada.modal)
    ada.press(ada.modal, "I need a hand")
    assert ws.wait(lambda: "I'm coming" in cam.home.buttons)


@pytest.fixture
def people(ws: Workspace) -> list[Any]:
    """A dozen whom the bot, once started, knows."""
    return [ws.add_person(f"agent{number}") for number in range(12)]


def test_told_to_stop_it_finishes_what_was_acknowledged(
    people: list[Any], running: Process, ws: Workspace
) -> None:
    receipts = [person.command("/ownit", f"dropped call {person.name}") for person in people]
    presses = [
        threading.Thread(target=person.press, args=(receipt.message, "Post as me"))
        for person, receipt in zip(people, receipts, strict=True)
    ]
    for press in presses:
        press.start()
    for press in presses:
        press.join()
    acked = [each for each in ws.deliveries if each.payload.get("type") == "block_actions"]
    code, seconds = running.stop()
    assert (code, all(press.acked for press in acked)) == (0, True), running.said
    assert seconds < STOPS_WITHIN
    assert len(ws.messages("support")) == len(people)


def test_a_cut_line_is_back_within_a_second(process: Process, ws: Workspace, ada: Any) -> None:
    process.start_and_wait()
    assert ada.command("/repair", "late refund").acked
    [first], cut_at = ws.line.sockets, time.monotonic()
    ws.socket_cut()
    assert ws.wait(lambda: ws.connected and first not in ws.line.sockets, 10)
    assert time.monotonic() - cut_at < 1
    assert ada.command("/repair", "late refund").acked


def test_a_polite_disconnect_loses_nothing(process: Process, ws: Workspace, ada: Any) -> None:
    process.start_and_wait()
    assert ada.command("/repair", "late refund").acked
    asked_at = time.monotonic()
    ws.socket_disconnect()
    assert ws.wait_connected(10)
    assert time.monotonic() - asked_at < 1
    assert ada.command("/ownit", WORDS).acked


def save_playbook(folder: Path, slug: str, title: str) -> None:
    text = (folder / "double-charge.md").read_text(encoding="utf-8")
    lines = [f"title: {title}" if line.startswith("title:") else line for line in text.splitlines()]
    (folder / f"{slug}.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def seconds_until_seen(ada: Any, words: str, limit: float) -> float:
    """How long until /repair answers with these words, asked again and again."""
    started = time.monotonic()
    while (seconds := time.monotonic() - started) < limit:
        answer = ada.command("/repair", words)
        if answer.message and words in answer.message.visible:
            break
    return seconds


def test_a_saved_playbook_is_live_within_two_seconds(
    process: Process, playbooks: Path, ada: Any
) -> None:
    process.start_and_wait()
    save_playbook(playbooks, "zeppelin", "Zeppelin landed on the parcel")
    assert seconds_until_seen(ada, "Zeppelin landed on the parcel", 5) < 2
    save_playbook(playbooks, "zeppelin", "Submarine ate the parcel")
    assert seconds_until_seen(ada, "Submarine ate the parcel", 5) < 2


def test_playbooks_stay_live_after_the_database_was_locked_for_a_while(
    process: Process, playbooks: Path, ada: Any
) -> None:
    process.start_and_wait()
    with contextlib.closing(process.opened()) as held, held.transaction():
        save_playbook(playbooks, "zeppelin", "Zeppelin landed on the parcel")
        assert seconds_until_seen(ada, "Zeppelin landed on the parcel", 5) < 2
        for _ in range(2):  # each waits for the lock as long as anything in Mend does
            assert "Not saved" in ada.command("/ownit", WORDS).message.visible
    save_playbook(playbooks, "submarine", "Submarine ate the parcel")
    assert seconds_until_seen(ada, "Submarine ate the parcel", 4) < 3, process.said
