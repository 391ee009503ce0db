"""App Home follows what others do, and what Mend does by itself, where somebody looks at it."""

from __future__ import annotations

from typing import Any

import pytest

from mend.app import Bot
from mend.app.features import heard
from mend.db.model import Topic
from tests.conftest import Clock
from tests.ownit.test_ownit import WORDS, from_root, kept_private, own, root
from tests.ownit.test_receipt import check_every_press, controls
from workspace import Workspace


@pytest.fixture
def gil(ws: Workspace, environment: dict[str, str]) -> Any:
    """Supervises, as Cam does."""
    person = ws.add_person("gil")
    environment["MEND_SUPERVISORS"] += f" {person.id}"
    return person


def published(ws: Workspace, person: Any) -> int:
    calls = [call.args for call in ws.calls if call.method == "views.publish"]
    return len([args for args in calls if args["user_id"] == person.id])


def test_a_request_shows_on_every_supervisors_page_and_goes_when_one_takes_it(
    gil: Any, bot: Bot, ws: Workspace, ada: Any, cam: Any
) -> None:
    for person in (ada, cam, gil):
        person.open_home()
    ada.press(own(ada), "Post as me")
    from_root(ada, root(ws), "I need a hand")
    for person in (cam, gil):
        assert "asks for a hand" in person.home.text and "I'm coming" in person.home.buttons
    assert "nobody has taken it yet" in ada.home.text
    cam.press(cam.home, "I'm coming")
    assert "I'm coming" not in gil.home.buttons and "Nobody is waiting" in gil.home.text
    assert f"<@{cam.id}> has it" in ada.home.text
    cam.press(cam.home, "Answer")
    cam.submit({"words": "call them back"})
    assert "asked for a hand" not in ada.home.text and "call them back" in ada.dms[-1].visible
    assert "asks for a hand" not in cam.home.text and "Nobody is waiting" in cam.home.text


def test_a_page_that_another_process_draws_by_now_is_left_to_it(
    bot: Bot, ws: Workspace, ada: Any
) -> None:
    receipt = own(ada)
    ada.open_home()
    heard(bot.services, Topic.PAGE, ada.id)
    before = published(ws, ada)
    ada.press(receipt, "Post as me")
    assert published(ws, ada) == before
    ada.open_home()
    assert "in the team channel" in ada.home.text and published(ws, ada) == before + 1


def test_a_job_that_the_worker_does_later_shows(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any
) -> None:
    receipt = own(ada)
    ada.open_home()
    ws.fail("chat.postMessage", error="ratelimited")
    ada.press(receipt, "Post as me")
    assert "being posted in the team channel" in ada.home.text
    clock.advance(minutes=2)
    bot.scheduler.run_due()
    assert "being posted" not in ada.home.text and "in the team channel" in ada.home.text


def test_a_look_back_that_is_asked_shows(bot: Bot, clock: Clock, ada: Any) -> None:
    kept_private(ada)
    clock.advance(days=6, hours=20)
    ada.open_home()
    clock.advance(hours=4)
    bot.scheduler.run_due()
    assert "Any clearer now?" in ada.home.text


def test_a_page_that_is_as_it_was_is_not_published_again(
    bot: Bot, ws: Workspace, ada: Any, ben: Any
) -> None:
    ada.open_home()
    ben.open_home()
    before = published(ws, ben)
    kept_private(ada)
    assert published(ws, ben) == before
    assert WORDS in ada.home.text


def test_what_was_just_answered_and_the_turned_page_stay_while_others_act(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any, cam: Any
) -> None:
    for number in range(12):
        own(ada, f"slip number {number:02}")
        clock.advance(minutes=11)
    ada.press(ada.open_home(), "Older")
    kept_private(ada)
    assert "slip number 00" in ada.home.text and "Newer" in ada.home.buttons
    ada.press(ada.command("/repair", "they charged me twice").message, "Get help")
    ada.press(ada.home, "Cancel")
    assert "Cancelled." in ada.home.text
    kept_private(ada, "another slip")
    assert "Cancelled." in ada.home.text and "another slip" in ada.home.text
    assert "Cancelled." not in ada.open_home().text


def test_a_page_left_a_shift_ago_is_followed_no_more(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any
) -> None:
    ada.open_home()
    clock.advance(hours=9)
    before = published(ws, ada)
    own(ada)
    assert published(ws, ada) == before and WORDS in ada.open_home().text


def test_a_page_that_slack_did_not_take_comes_with_the_next_change(
    bot: Bot, ws: Workspace, ada: Any
) -> None:
    ada.open_home()
    ws.fail("views.publish", error="ratelimited")
    own(ada, "the first slip")
    assert "the first slip" not in ada.home.text
    own(ada, "the second slip")
    assert "the first slip" in ada.home.text


@pytest.mark.parametrize("role", ["ada", "cam", "dee"])
def test_with_two_notes_there_are_twelve_controls_and_each_shows_an_effect(
    bot: Bot, ws: Workspace, ada: Any, cam: Any, role: str
) -> None:
    person = ws.person(role)
    for words in ("they charged me twice", "the refund is late", "my parcel is late"):
        person.command("/repair", words)
    kept_private(person, "sent the wrong form")
    person.press(own(person, "hung up on a caller"), "Post as me")
    page = person.open_home()
    assert controls(page) <= 12, (page.buttons, page.choices)
    once = [label for label in page.buttons if page.buttons.count(label) == 1]
    labels = [*once, *(label for label in page.choices if label not in once)]
    check_every_press(ws, person, labels, lambda number: person.open_home())


def test_every_command_is_on_the_page_of_who_may_use_it(bot: Bot, ws: Workspace) -> None:
    everybodys = {"What to expect now", "Preview the recap", "The team's rules", "Privacy", "Help"}
    leads = {"What got in the way", "Conditions to watch", "Change the team's rules"}
    admins = {"What waits", "Set limits", "Doctor", "What admins did"}
    for name, expected in (
        ("ada", everybodys),
        ("cam", everybodys | leads),
        ("dee", everybodys | leads | admins),
    ):
        assert set(ws.person(name).open_home().choices) == expected
