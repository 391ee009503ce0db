"""Get help: every supervisor is told, one takes it, Mend carries the answer back."""

from collections.abc import Callable
from typing import Any

import pytest

from mend.app import Bot
from tests.conftest import Clock, only
from tests.repair.test_feedback import dump
from tests.repair.test_repair import repair
from workspace import Workspace


@pytest.fixture
def fay(ws: Workspace) -> Any:
    return ws.add_person("Fay", role="supervisor")


@pytest.fixture
def team(environment: dict[str, str], fay: Any, cam: Any, start: Callable[[], Bot]) -> Bot:
    """A bot whose team has two supervisors, Cam and Fay."""
    environment["MEND_SUPERVISORS"] = f"{cam.id},{fay.id}"
    return start()


def ask(ada: Any) -> None:
    ada.choose(repair(ada, "they charged me twice"), "repair_more", "Get help")


def test_every_supervisor_is_told_what_ada_was_looking_at(
    team: Bot, ada: Any, cam: Any, fay: Any
) -> None:
    ask(ada)
    for supervisor in (cam, fay):
        message = only(supervisor.dms)
        assert f"<@{ada.id}> asks for a hand" in message.visible
        assert "They charged me twice" in message.visible


def test_one_takes_it_and_everybody_sees_who(team: Bot, ada: Any, cam: Any, fay: Any) -> None:
    ask(ada)
    cam.press(only(cam.dms), "I'll take it")
    assert only(cam.dms).buttons == ["Answer", "Close"]
    assert f"<@{cam.id}> has it" in only(fay.dms).visible and only(fay.dms).buttons == []
    assert f"<@{cam.id}> has your request" in only(ada.dms).visible


def test_the_second_to_press_is_told_who_has_it(team: Bot, ada: Any, cam: Any, fay: Any) -> None:
    ask(ada)
    late = only(fay.dms)
    old = late.blocks
    cam.press(only(cam.dms), "I'll take it")
    late.blocks = old
    fay.press(late, "I'll take it")
    assert f"<@{cam.id}> has taken this one" in str(
        [each.visible for each in fay.sees(late.channel)]
    )


def test_the_answer_is_carried_back(team: Bot, ada: Any, cam: Any) -> None:
    ask(ada)
    cam.press(only(cam.dms), "I'll take it")
    cam.press(only(cam.dms), "Answer")
    cam.submit({"words": "Reverse the second one, I approve it. Card 4111 1111 1111 1111."})
    answer = ada.dms[-1].visible
    assert "I approve it" in answer and "4111 1111" not in answer


def test_once_closed_text_and_names_are_gone(team: Bot, ada: Any, cam: Any, fay: Any) -> None:
    ask(ada)
    cam.press(only(cam.dms), "I'll take it")
    cam.press(only(cam.dms), "Close")
    assert only(cam.dms).visible == "Answered." and only(fay.dms).visible == "Answered."
    team.scheduler.run_due()
    rows = str(list(team.db.connection().query("select * from hands")))
    assert ada.id not in rows and "charged" not in rows


def test_nobody_taking_it_is_not_forgotten(
    team: Bot, clock: Clock, ada: Any, cam: Any, fay: Any
) -> None:
    ask(ada)
    clock.advance(minutes=11)
    team.scheduler.run_due()
    assert "still waiting" in cam.dms[-1].visible and "still waiting" in fay.dms[-1].visible
    assert "Nobody has taken" in ada.dms[-1].visible


def test_a_request_that_was_taken_needs_no_reminder(
    team: Bot, clock: Clock, ada: Any, cam: Any
) -> None:
    ask(ada)
    cam.press(only(cam.dms), "I'll take it")
    clock.advance(minutes=11)
    team.scheduler.run_due()
    only(cam.dms)


def test_delivered_answers_leave_no_words_behind(team: Bot, ada: Any, cam: Any) -> None:
    ask(ada)
    cam.press(only(cam.dms), "I'll take it")
    cam.press(only(cam.dms), "Answer")
    cam.submit({"words": "flamingo approval granted"})
    assert "flamingo" in ada.dms[-1].visible
    assert "flamingo" not in dump(team)
