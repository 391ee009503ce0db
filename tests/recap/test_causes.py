"""The causes board: what is done about a condition, how far it carries, and when it comes back."""

from typing import Any

import pytest

from mend.app import Bot
from mend.lookbacks.model import Factor
from mend.ownit.service import Owning
from mend.ownit.store import NoteStore
from tests.conftest import Clock, only
from tests.recap.test_weekly import answer, monday_morning, people, told
from workspace import Workspace

__all__ = ["people"]

ACTION = {
    "what": "the refund screen asks once more above 100",
    "who": "the billing tool team",
    "strength": "INTERMEDIATE",
    "state": "IDENTIFIED",
}


@pytest.fixture
def board(bot: Bot, ws: Workspace, clock: Clock, people: list[Any], cam: Any) -> Any:
    """The board as Cam sees it after a week in which five people named the same condition."""
    for person in people[:5]:
        answer(bot, person, [Factor.TOOL], words="a calmer screen")
    monday_morning(bot, clock)
    return cam.command("/mend", "causes").message


def say(cam: Any, board: Any, **given: Any) -> None:
    cam.press(board, "Say what is done")
    cam.submit(ACTION | given)


def test_an_empty_board_says_how_something_comes_there(bot: Bot, cam: Any) -> None:
    assert "Nothing here yet" in cam.command("/mend", "causes").message.visible


def test_the_board_shows_the_condition_and_nobodys_words(board: Any, people: list[Any]) -> None:
    assert "A system, screen, default or outage" in board.visible
    assert "Named in the week of 23 November." in board.visible
    assert "a calmer screen" not in board.visible
    assert not any(person.id in board.visible for person in people)


def test_a_note_that_was_withdrawn_changes_nothing_on_the_board(
    bot: Bot, ws: Workspace, board: Any, people: list[Any], cam: Any
) -> None:
    [note] = NoteStore(bot.db).mine(people[0].id, limit=2)
    bot.of(Owning).withdraw(people[0].id, note.id)
    again = cam.command("/mend", "causes").message.visible
    assert again == board.visible  # the week is closed and stays


def test_a_supervisor_says_what_is_done_and_the_next_week_tells_it(
    bot: Bot, ws: Workspace, clock: Clock, board: Any, cam: Any
) -> None:
    say(cam, board)
    shown = cam.command("/mend", "causes").message.visible
    assert "Done about it: the refund screen asks once more above 100" in shown
    assert "Who can change it: the billing tool team" in shown
    monday_morning(bot, clock)
    assert "Identified: the refund screen asks once more above 100" in told(ws)[-1].visible


@pytest.mark.parametrize(
    ("given", "field", "says"),
    [
        ({"strength": "WEAKER", "state": "PREVENTED"}, "state", "as far as “identified”"),
        ({"state": "ELIMINATED", "checked_on": "2026-11-30"}, "state", "as far as “prevented”"),
        ({"state": "PREVENTED"}, "checked_on", "On which day"),
        ({"state": "PREVENTED", "checked_on": "2027-01-01"}, "checked_on", "not come yet"),
        ({"state": "NOT_DOING"}, "reason", "Say why"),
        ({"what": "Ben should have checked it"}, "what", "blames nobody"),
    ],
)
def test_what_cannot_be_claimed_is_said_on_its_field(
    board: Any, cam: Any, given: dict[str, str], field: str, says: str
) -> None:
    say(cam, board, **given)
    assert says in cam.modal.errors[field]


def test_not_doing_it_with_a_reason_is_a_fine_end(board: Any, cam: Any) -> None:
    say(cam, board, state="NOT_DOING", reason="the vendor stops this screen in March")
    shown = cam.command("/mend", "causes").message.visible
    assert "_Not doing" in shown and "the vendor stops this screen in March" in shown


def test_a_condition_that_is_told_again_opens_its_action_again(
    bot: Bot, clock: Clock, people: list[Any], board: Any, cam: Any
) -> None:
    say(cam, board, state="PREVENTED", checked_on="2026-11-30")
    monday_morning(bot, clock)
    assert "_Prevented:" in cam.command("/mend", "causes").message.visible
    clock.advance(days=7)
    for person in people[:5]:
        answer(bot, person, [Factor.TOOL])
    monday_morning(bot, clock)
    shown = cam.command("/mend", "causes").message.visible
    assert "_Identified:" in shown and "came up again in the week of 14 December" in shown
    cam.press(cam.command("/mend", "causes").message, "Change")
    cam.submit({"state": "PREVENTED", "checked_on": "2026-12-21"})
    assert "came back" not in cam.command("/mend", "causes").message.visible


def test_silence_closes_nothing(bot: Bot, clock: Clock, board: Any, cam: Any) -> None:
    say(cam, board)
    for _ in range(4):
        monday_morning(bot, clock)
    assert "_Identified:" in cam.command("/mend", "causes").message.visible


def test_two_supervisors_do_not_overwrite_each_other(board: Any, cam: Any, dee: Any) -> None:
    say(cam, board)
    cam.press(cam.command("/mend", "causes").message, "Change")
    dee.press(dee.command("/mend", "causes").message, "Change")
    dee.submit({"what": "the screen shows the sum twice"})
    cam.submit({"what": "the screen has two steps"})
    assert "changed meanwhile" in " ".join(cam.modal.errors.values())
    assert "shows the sum twice" in cam.command("/mend", "causes").message.visible


def test_agents_have_no_board_and_a_forged_press_opens_none(
    bot: Bot, board: Any, cam: Any, ada: Any
) -> None:
    assert f"<@{cam.id}>" in ada.command("/mend", "causes").message.visible
    mine = ada.command("/mend", "help").message
    mine.blocks = board.blocks
    ada.press(mine, "Say what is done")
    assert ada.modal is None
    assert "can help" in ada.ephemerals[-1].visible


def test_a_long_board_is_read_page_by_page(
    bot: Bot, clock: Clock, people: list[Any], cam: Any
) -> None:
    for factor in list(Factor)[:9]:
        for person in people[:5]:
            answer(bot, person, [factor])
        clock.advance(minutes=1)
    monday_morning(bot, clock)
    first = cam.command("/mend", "causes").message
    cam.press(first, "Older")
    assert "Newer" in only([cam.ephemerals[-1]]).buttons
