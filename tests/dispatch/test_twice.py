"""A form whose answer got lost is submitted again: what it saves is saved once."""

from __future__ import annotations

import shutil
import time
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from mend.app import Bot
from mend.db.model import Refused
from mend.dispatch.errors import Gate
from mend.dispatch.routes import Kind, Reply, Request, Routes
from mend.dispatch.submissions import ACCEPTED, KEPT, Submissions
from mend.dispatch.support import Support
from mend.helping.model import taken
from mend.helping.store import HelpStore
from mend.helping.views import TAKE
from mend.ownit.service import Owning
from mend.people.directory import People
from mend.people.store import Audit, TeamStore
from tests.conftest import PLAYBOOKS, Clock
from tests.ownit.test_ownit import kept_private
from tests.recap.test_causes import ACTION, board, people  # noqa: F401
from tests.repair.test_repair import repair
from workspace import Workspace


@pytest.fixture
def environment(environment: dict[str, str], tmp_path: Path) -> dict[str, str]:
    shutil.copytree(PLAYBOOKS, tmp_path / "playbooks")
    return environment | {"MEND_PLAYBOOKS": str(tmp_path / "playbooks")}


def twice(person: Any, values: dict[str, Any]) -> None:
    """Both answers are told by what stands in the form at last."""
    person.submit(values, lost=True)
    person.submit()
    assert ACCEPTED in person.modal.visible


def count(bot: Bot, table: str) -> int:
    [row] = bot.db.rows(f"select count(*) as found from {table}")
    return int(row["found"])


def test_a_promise_is_made_once(bot: Bot, clock: Clock, ada: Any) -> None:
    ada.press(kept_private(ada), "Promise a follow-up")
    due = int((clock() + timedelta(hours=1)).timestamp())
    twice(ada, {"what": "Call back", "due": due})
    assert count(bot, "promises") == 1


def test_an_answer_that_keeps_the_request_open_is_told_once(bot: Bot, ada: Any, cam: Any) -> None:
    ada.press(repair(ada, "they charged me twice"), "Get help")
    cam.press(cam.dms[0], "Answer")
    twice(cam, {"words": "Do this now.", "open": ["open"]})
    assert len([told for told in ada.dms if "Do this now." in told.visible]) == 1


def test_a_note_becomes_one_draft(bot: Bot, ada: Any) -> None:
    ada.press(kept_private(ada), "Turn into a playbook change")
    twice(ada, {"title": "Zebra at the desk", "words": "Ask which desk."})
    assert count(bot, "drafts") == 1


def test_a_condition_is_set_once_and_after_its_end_may_be_set_anew(bot: Bot, cam: Any) -> None:
    condition = {"words": "courier strike", "until": "2026-12-01"}
    cam.press(cam.command("/mend", "condition").message, "Set a condition")
    twice(cam, condition)
    assert count(bot, "conditions") == 1
    cam.press(cam.command("/mend", "condition").message, "Set a condition")
    cam.submit(condition)
    assert count(bot, "conditions") == 2


def test_what_is_done_about_a_cause_is_said_once(bot: Bot, board: Any, cam: Any) -> None:  # noqa: F811
    cam.press(board, "Say what is done")
    twice(cam, ACTION)
    assert cam.command("/mend", "causes").message.visible.count(ACTION["what"]) == 1


def test_a_new_playbook_is_one_draft(bot: Bot, dee: Any) -> None:
    dee.command("/mend", "playbooks")
    dee.press(dee.modal, "New playbook")
    twice(dee, {"title": "The giraffe is stuck"})
    assert str(bot.db.rows("select slug from revisions")).count("giraffe") == 1


def test_a_form_that_was_refused_is_submitted_again_and_saved(
    bot: Bot, clock: Clock, ada: Any
) -> None:
    ada.press(kept_private(ada), "Promise a follow-up")
    ada.submit({"what": "Call back", "due": int(clock().timestamp()) - 60})
    assert "has passed" in ada.modal.errors["due"]
    twice(ada, {"due": int((clock() + timedelta(hours=1)).timestamp())})
    assert count(bot, "promises") == 1


def test_a_form_in_the_place_of_an_accepted_one_is_another_one(bot: Bot, dee: Any) -> None:
    dee.command("/mend", "playbooks")
    dee.press(dee.modal, "New playbook")
    dee.submit({"title": "The giraffe is stuck"})
    for say_first in ("I'll bring a ladder.", "Stay calm."):
        dee.press(dee.modal, "Edit")
        dee.submit({"say_first": say_first})
        assert say_first in dee.modal.visible


def test_a_form_that_saves_nothing_answers_each_time(bot: Bot, ada: Any) -> None:
    ada.press(repair(ada, "they charged me twice"), "Words to send")
    blanks = [b["block_id"] for b in ada.modal.blocks if b["type"] == "input"]
    answers = {blank: "May 5" for blank in blanks}
    ada.submit(answers, lost=True)
    ada.submit()
    assert "May 5" in ada.modal.visible


def test_of_two_presses_at_once_the_later_finds_what_the_first_did(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any, cam: Any
) -> None:
    ada.press(repair(ada, "they charged me twice"), "Get help")
    [asked], between = HelpStore(bot.db).live(), ["I'm coming"]

    def take(request: Request) -> Reply:
        found = HelpStore(bot.db).get(asked.id)
        assert found
        while between:
            cam.press(cam.dms[0], between.pop())
        if (mine := taken(found, cam.id)) != found:
            HelpStore(bot.db).update(mine)
        return Reply()

    stands_by = bot.of(Support), bot.of(Owning).keep, Submissions(bot.db, clock)
    gate = Gate(bot.of(People), bot.db.until, bot.db.workspace, "UBOT", *stands_by)
    [route] = [each for each in bot.of(Routes).of(Kind.ACTION) if each.id == TAKE]
    pressed = Request(Kind.ACTION, "press", cam.id, ws.id, received=time.monotonic())
    assert gate.answer(route, pressed, take).message is None


def test_whatever_the_form_it_is_saved_once_and_not_at_all_where_it_is_refused(
    bot: Bot, ws: Workspace, clock: Clock, dee: Any
) -> None:
    submissions = Submissions(bot.db, clock)
    stands_by = bot.of(Support), bot.of(Owning).keep, submissions
    gate = Gate(bot.of(People), bot.db.until, bot.db.workspace, "UBOT", *stands_by)
    saved: list[int] = []

    def save(request: Request, *, refuse: bool) -> Reply:
        Audit(bot.db).note(dee.id, "tried", request.id, clock())
        if refuse:
            raise Refused("Not like this.")
        return Reply()

    for route in bot.of(Routes).of(Kind.VIEW):
        asked = Request(
            kind=Kind.VIEW,
            id=f"view:{route.id}",
            user=dee.id,
            user_workspace=ws.id,
            received=time.monotonic(),
            view_id=route.id,
            view_hash="1",
        )
        for refuse in (True, False, False):
            gate.answer(route, asked, partial(save, refuse=refuse))
        gate.answer(route, replace(asked, view_hash="2"), partial(save, refuse=False))
        saved.append(len(bot.db.rows("select 1 from audit where act = 'tried'")))
    assert saved == [2 * number for number in range(1, len(saved) + 1)] and saved


def test_what_was_accepted_is_forgotten_after_a_day(bot: Bot, clock: Clock) -> None:
    submissions = Submissions(bot.db, clock)

    def save() -> Reply:
        TeamStore(bot.db).keep("C1", {}, clock())
        return Reply()

    submissions.once("view:1", save)
    clock.moment += KEPT + timedelta(minutes=1)
    submissions.once("view:2", save)
    assert [row["key"] for row in bot.db.rows("select key from submissions")] == ["view:2"]
