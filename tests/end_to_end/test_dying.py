"""Killed in the middle of a post: after the restart there is one thread, not two and not none."""

from datetime import timedelta
from typing import Any

import pytest

from tests.conftest import only
from tests.end_to_end.process import Process
from workspace import Call, Message, Workspace

WORDS = "sent the refund to the wrong card"
A_WHILE = timedelta(minutes=3)  # longer than a lease, and than the wait after a lost answer


def thread(ws: Workspace) -> Message:
    return only([message for message in ws.messages("support") if message.is_root])


def posts_to_the_team(ws: Workspace) -> list[Call]:
    team = ws.channel("support").id
    return [
        call
        for call in ws.calls
        if call.method == "chat.postMessage" and call.args["channel"] == team
    ]


@pytest.mark.parametrize("posted", [True, False], ids=["after the post", "before the post"])
def test_killed_around_a_post_there_is_one_thread(
    process: Process, ws: Workspace, ada: Any, posted: bool
) -> None:
    process.start_and_wait()
    assert ws.wait(lambda: ws.person("cam").dms, 20)  # the first week's invitation is a post, too
    receipt = ada.command("/ownit", WORDS).message
    ws.fail("chat.postMessage", error="lost", after_applying=posted)
    ada.press(receipt, "Post as me")
    assert ws.wait(lambda: posts_to_the_team(ws), 20)
    assert ws.wait(lambda: len(ws.messages("support")) == posted, 20)
    process.kill()
    process.pass_time(A_WHILE)
    process.start_and_wait()
    looked = "conversations.history"
    assert ws.wait(lambda: [call for call in ws.calls if call.method == looked], 30)
    assert ws.wait(lambda: ws.messages("support"), 30)
    ada.press(thread(ws), "Open")
    assert ws.wait(lambda: ada.modal, 20)
    ada.press(ada.modal, "Edit")
    assert ws.wait(lambda: ada.modal.title == "Edit your note", 20)
    ada.submit({"happened": "sent it to the old card"})
    assert ws.wait(lambda: "old card" in thread(ws).visible, 20), process.said
    assert WORDS not in thread(ws).visible


def test_killed_after_the_acknowledgement_the_note_is_kept_and_posted(
    process: Process, ws: Workspace, ada: Any
) -> None:
    process.start_and_wait()
    receipt = ada.command("/ownit", WORDS).message
    ada.press(receipt, "Post as me")
    process.kill()
    process.pass_time(A_WHILE)
    process.start_and_wait()
    assert ws.wait(lambda: ws.messages("support"), 30)
    assert WORDS in thread(ws).visible
