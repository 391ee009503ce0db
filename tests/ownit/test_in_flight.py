"""Edit, Withdraw and expiry against everything that may be under way: each ends in a clear

sentence, nothing that was typed is lost, and Slack matches the store in the end.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import pytest

from mend.app import Bot
from mend.db.jobs import Jobs
from mend.ownit.model import Visibility
from mend.ownit.service import Owning
from mend.ownit.showing import Showing
from mend.ownit.store import NoteStore
from mend.ownit.thread import KIND, Threads
from mend.slack.gateway import SlackGateway
from mend.slack.model import NotSent, Sent
from tests.conftest import Clock, only
from tests.lookbacks.test_lookbacks import asked, days_later
from tests.owed.bad_days import away
from tests.ownit.test_ownit import WORDS, from_root, note_window, notes, own, root
from tests.ownit.test_thread import kept
from tests.repair.test_feedback import dump
from workspace import Workspace

TYPED = "flamingo words"
GONE = "Nothing of it is kept."
CHANGED = "nothing was saved"

# form: the button that opens it, and what is typed into it
FORMS = {
    "Edit": {"happened": TYPED},
    "What I learned": {"learned": TYPED},
    "Promise a follow-up": {"what": TYPED, "due": 0},
    "Turn into a playbook change": {"title": "Refunds", "words": TYPED},
}


def expire(bot: Bot, ws: Workspace, clock: Clock, ada: Any) -> None:
    [note] = NoteStore(bot.db).mine(ada.id, limit=9)
    bot.of(Owning).expire(NoteStore(bot.db).update(replace(note, closed_at=clock())))
    bot.scheduler.run_due()


def withdraw(bot: Bot, ws: Workspace, clock: Clock, ada: Any) -> None:
    ada.press(note_window(ada), "Withdraw")
    ada.close()


Ends = Callable[[Bot, Workspace, Clock, Any], None]
ENDS = pytest.mark.parametrize("end", [withdraw, expire])


@ENDS
@pytest.mark.parametrize("label", FORMS)
def test_a_form_that_comes_late_says_so_and_keeps_what_was_typed(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any, end: Ends, label: str
) -> None:
    own(ada)
    ada.press(note_window(ada), label)
    form = ada.modal
    end(bot, ws, clock, ada)
    answers = {key: value or int(clock().timestamp()) + 3600 for key, value in FORMS[label].items()}
    ada.submit(answers, form)
    assert GONE in str(form.errors)
    assert TYPED in str(form.values)
    assert notes(bot, ada) == [] and TYPED not in dump(bot)


@pytest.mark.parametrize("label", [label for label in FORMS if label != "Edit"])
def test_a_form_that_comes_after_an_edit_is_kept(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any, label: str
) -> None:
    own(ada)
    ada.press(note_window(ada), label)
    [note] = NoteStore(bot.db).mine(ada.id, limit=9)
    bot.of(Owning).edit(ada.id, note.id, note.version, "new words")
    answers = {key: value or int(clock().timestamp()) + 3600 for key, value in FORMS[label].items()}
    ada.submit(answers)
    assert not ada.modal.errors and TYPED in dump(bot) and notes(bot, ada) == ["new words"]


@pytest.mark.parametrize("meanwhile", ["Repaired", "Without my name", "Use this wording"])
def test_a_second_editor_never_overwrites_silently(
    bot: Bot, ws: Workspace, ada: Any, meanwhile: str
) -> None:
    receipt = own(ada, "I'm so stupid, I sent the wrong form")
    if meanwhile != "Use this wording":
        ada.press(receipt, "Keep my words")
    if meanwhile == "Repaired":
        ada.press(receipt, "Keep private")
    ada.press(note_window(ada), "Edit")
    form = ada.modal
    ada.press(receipt, meanwhile)
    before = notes(bot, ada)
    ada.submit({"happened": TYPED}, form)
    assert CHANGED in str(form.errors) and TYPED in str(form.errors)
    assert notes(bot, ada) == before


def test_two_edits_at_once_the_second_gets_its_words_back(bot: Bot, ada: Any) -> None:
    receipt = own(ada)
    ada.press(receipt, "Edit")
    first = ada.modal
    ada.press(receipt, "Edit")
    second = ada.modal
    ada.submit({"happened": "the first"}, first)
    ada.submit({"happened": "the second"}, second)
    assert "the second" in str(second.errors) and notes(bot, ada) == ["the first"]


@ENDS
def test_a_reply_that_comes_late_is_not_kept(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any, end: Ends
) -> None:
    ada.press(own(ada), "Post as me")
    thread = root(ws)
    said = ada.say("support", TYPED, thread=thread)
    assert kept(bot, ws, ada) == [TYPED]
    end(bot, ws, clock, ada)
    ada.say("support", "later flamingo", thread=thread)
    ada.edit(said, "edited flamingo")
    ada.delete(said)
    assert "flamingo" not in dump(bot) and thread.buttons == []


def test_a_reply_after_an_edit_is_kept(bot: Bot, ws: Workspace, ada: Any) -> None:
    receipt = own(ada)
    ada.press(receipt, "Post as me")
    thread = root(ws)
    ada.press(note_window(ada), "Edit")
    ada.submit({"happened": "new words"})
    ada.say("support", TYPED, thread=thread)
    assert kept(bot, ws, ada) == [TYPED] and "new words" in thread.visible


@ENDS
def test_a_look_back_that_stands_is_answered_with_a_clear_sentence(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any, end: Ends
) -> None:
    own(ada)
    days_later(bot, clock)
    question = only(asked(ada))
    with away(ws, "chat.update"):  # so that it stands a little longer
        end(bot, ws, clock, ada)
        ada.choose(question, "answer", ["TOOL"], block_id="factors")
        for label in ("Not now", "Next", "Don't ask again"):
            ada.press(question, label)
            assert GONE in ada.dms[-1].visible and question.buttons[0] == "Next"


@ENDS
def test_a_look_back_that_is_due_does_not_come(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any, end: Ends
) -> None:
    own(ada)
    end(bot, ws, clock, ada)
    days_later(bot, clock)
    assert asked(ada) == []


def test_a_look_back_asks_in_the_words_of_the_last_edit(bot: Bot, clock: Clock, ada: Any) -> None:
    ada.press(own(ada), "Edit")
    ada.submit({"happened": "new words"})
    days_later(bot, clock)
    assert "new words" in only(asked(ada)).visible and WORDS not in only(asked(ada)).visible


@pytest.mark.parametrize(
    "failure",
    [
        {"error": "lost", "after_applying": True},
        {"error": "ratelimited"},
        {"error": "http_500"},
        {"error": "timeout"},
    ],
    ids=lambda failure: failure["error"],
)
def test_an_edit_while_the_post_is_on_its_way_stands_once(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any, failure: dict[str, Any]
) -> None:
    receipt = own(ada)
    ws.fail("chat.postMessage", **failure)
    ada.press(receipt, "Post as me")
    ada.press(note_window(ada), "Edit")
    ada.submit({"happened": "new words"})
    clock.advance(minutes=3)
    for _ in range(2):
        bot.scheduler.run_due()
    assert "new words" in root(ws).visible and WORDS not in root(ws).visible


@ENDS
@pytest.mark.parametrize("after", [True, False])
def test_the_end_of_a_note_whose_post_is_on_its_way(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any, end: Ends, after: bool
) -> None:
    receipt = own(ada)
    if after:
        ws.fail("chat.postMessage", error="lost", after_applying=True)
    else:
        ws.fail("chat.postMessage", error="ratelimited")
    ada.press(receipt, "Post as me")
    end(bot, ws, clock, ada)
    clock.advance(minutes=3)
    bot.scheduler.run_due()
    assert all(WORDS not in message.visible for message in ws.messages("support"))
    assert Jobs(bot.db).pending("thread") == []


@pytest.mark.parametrize(
    "label", ["Post as me", "Without my name", "Edit", "Withdraw", "Repaired", "What I learned"]
)
def test_every_button_of_an_expired_note_is_a_clear_sentence(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any, label: str
) -> None:
    receipt = own(ada)
    if label not in (*receipt.buttons, *receipt.choices):
        ada.press(receipt, "Keep private")
    expire(bot, ws, clock, ada)
    ada.press(receipt, label)
    assert only(ada.ephemerals).visible == f"A note was closed. {GONE}" and ada.modal is None
    assert ws.messages("support") == []


@ENDS
def test_a_suggestion_and_a_hand_end_with_the_note(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any, cam: Any, end: Ends
) -> None:
    ada.press(own(ada), "Post as me")
    from_root(ada, root(ws), "I need a hand")
    cam.press(only(cam.dms), "I'm coming")
    end(bot, ws, clock, ada)
    assert only(cam.dms).visible == "No longer needed." and WORDS not in str(only(cam.dms).text)


@dataclass(frozen=True)
class Slow(SlackGateway):
    """Slack, which takes so long to change a message that something happens meanwhile."""

    meanwhile: Callable[[], object] = list

    def update(self, *args: Any, **named: Any) -> Sent | NotSent:
        self.meanwhile()
        return super().update(*args, **named)


def test_shown_again_while_it_leaves_the_channel_it_is_not_said_to_stand(
    bot: Bot, clock: Clock, ada: Any
) -> None:
    ada.press(own(ada), "Post as me")
    owning, threads = bot.of(Owning), bot.of(Threads)
    [note] = NoteStore(bot.db).mine(ada.id, limit=9)
    told = []

    def shows(visibility: Visibility) -> None:
        shown = owning.show(ada.id, note.id, visibility).note
        told.append(bot.of(Showing).stands(shown))

    owning.edit(ada.id, note.id, note.version, "other words")
    for visibility in (Visibility.ONLY_ME, Visibility.AS_ME):
        clock.advance(seconds=1)
        slow = Slow(threads.slack.client, clock, meanwhile=partial(shows, visibility))
        job = Jobs(bot.db).claim(clock(), [KIND])
        assert job
        assert replace(threads, outbox=replace(threads.outbox, slack=slow)).run(job) is None
    assert told == [True, False]
