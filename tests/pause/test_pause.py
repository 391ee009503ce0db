"""`/mend pause`: private, in reach everywhere, and gone without a trace."""

import json
import logging
from pathlib import Path
from typing import Any

import pytest

from mend.app import Bot
from mend.pause import views as pause
from mend.playbooks.library import Library
from tests.conftest import PLAYBOOKS
from tests.repair.test_feedback import dump
from tests.repair.test_repair import repair
from workspace import Workspace

HEATED = "Stop asking me about it, zebrastripe. They charged me twice is all you ever say."
WORDS_OF_MINE = "zebrastripe"
HEAT = "Calm down."
FACT = "Your refund of 40 EUR for order A-77 was sent on Monday."


def paused(person: Any) -> Any:
    outcome = person.command("/mend", "pause", channel="support")
    assert outcome.acked and outcome.message is not None, outcome.error
    return outcome.message


def calmer(person: Any, words: str, to: str = "To a customer") -> str:
    person.press(paused(person), pause.WHAT_TO_SEND)
    person.choose(person.modal, "answer", to, block_id="to")
    person.submit({"words": words})
    return str(person.modal.text)


def test_a_minute_comes_at_once_and_to_nobody_else(
    bot: Bot, ws: Workspace, ada: Any, ben: Any
) -> None:
    shown = paused(ada).visible
    assert pause.BREATH in shown and pause.GO_BACK in shown
    assert ben.sees("support") == []
    assert [call.method for call in ws.calls if call.method != "auth.test"] == []


def test_help_names_it(bot: Bot, ada: Any) -> None:
    assert "/mend pause" in ada.command("/mend", "help").message.visible


@pytest.mark.parametrize(("label", "_", "lines"), pause.ADVICE.values())
def test_a_tap_brings_its_advice_in_the_same_place(
    bot: Bot, ada: Any, label: str, _: str, lines: tuple[str, ...]
) -> None:
    before = len(ada.ephemerals)
    ada.press(paused(ada), label)
    assert len(ada.ephemerals) == before + 1
    assert all(line in ada.ephemerals[-1].visible for line in lines)


def test_a_tap_may_be_changed(bot: Bot, ada: Any) -> None:
    ada.press(paused(ada), "Tired")
    ada.press(ada.ephemerals[-1], "Fresh")
    assert "One chat at a time" not in ada.ephemerals[-1].visible


def test_pausing_under_more_leaves_the_answer_where_it_is(bot: Bot, ada: Any) -> None:
    answer = repair(ada, "they charged me twice")
    ada.choose(answer, "repair_more", "Pause")
    assert "They charged me twice" in ada.ephemerals[-2].visible
    assert pause.GO_BACK in ada.ephemerals[-1].visible


def test_pausing_still_works_when_the_playbook_is_gone(bot: Bot, ada: Any) -> None:
    answer = repair(ada, "they charged me twice")
    bot.of(Library).replace([])
    ada.choose(answer, "repair_more", "Pause")
    assert pause.GO_BACK in ada.ephemerals[-1].visible


def test_from_home_it_is_a_window_and_nothing_stays_on_the_page(bot: Bot, ada: Any) -> None:
    ada.press(ada.open_home(), "Pause")
    ada.press(ada.modal, "Running on empty")
    assert "Ask for a break now" in ada.modal.text
    ada.press(ada.modal, pause.WHAT_TO_SEND)
    ada.submit({"words": FACT})
    assert FACT in ada.modal.text
    assert pause.GO_BACK not in ada.home.text and "break" not in ada.home.text


def test_two_calmer_ways_stand_in_the_window_and_copy_as_they_are(bot: Bot, ada: Any) -> None:
    shown = calmer(ada, f"{FACT} {HEAT}")
    assert FACT in shown
    assert HEAT not in shown
    ways = [block for block in ada.modal.blocks if "preformatted" in json.dumps(block)]
    assert len(ways) == 2
    assert len(ada.ephemerals) == 1  # the card alone


@pytest.fixture
def charged_twice(environment: dict[str, str], tmp_path: Path) -> str:
    """The one playbook there is; what it says first."""
    folder = tmp_path / "playbooks"
    folder.mkdir()
    (folder / "double-charge.md").write_text((PLAYBOOKS / "double-charge.md").read_text())
    environment["MEND_PLAYBOOKS"] = str(folder)
    return "We took your payment twice. I'm sorry."


def test_a_customer_hears_the_fitting_playbooks_first_sentence_first(
    charged_twice: str, bot: Bot, ada: Any
) -> None:
    shown = calmer(ada, "They charged me twice")
    assert charged_twice in shown
    assert "opens like the playbook They charged me twice" in shown.replace("*", "")


def test_a_colleague_hears_no_playbook(charged_twice: str, bot: Bot, ada: Any) -> None:
    shown = calmer(ada, "They charged me twice", to="To a colleague")
    assert charged_twice not in shown and "the playbook" not in shown


def test_words_that_surely_fit_no_playbook_borrow_none(bot: Bot, ada: Any) -> None:
    assert "the playbook" not in calmer(ada, "Qwertz asdf.")


def test_who_is_at_the_end_of_their_strength_writes_to_nobody_now(bot: Bot, ada: Any) -> None:
    shown = calmer(ada, "I can't do this anymore, I should just quit.")
    assert "a lot to carry" in shown and "Two calmer ways to say it" not in shown
    assert "a lot to carry" not in calmer(ada, FACT)


@pytest.mark.parametrize("nothing", ["!!!", "…", "\u200b"])
def test_a_form_without_words_says_so_on_its_field(bot: Bot, ada: Any, nothing: str) -> None:
    ada.press(paused(ada), pause.WHAT_TO_SEND)
    ada.submit({"words": nothing})
    assert "no words in it yet" in ada.modal.errors["words"]


def test_the_longest_text_the_form_takes_is_answered(bot: Bot, ada: Any) -> None:
    shown = calmer(ada, (FACT + "\n") * 34 + "You never listen.")
    assert "Two calmer ways to say it" in shown


def test_text_that_looks_like_slacks_own_pings_nobody(bot: Bot, ws: Workspace, ada: Any) -> None:
    calmer(ada, "<!channel> the refund is on its way, <@U1>.")
    unparsed = [each for each in ada.modal.blocks if each["type"] == "rich_text"]
    parsed = [each for each in ada.modal.blocks if each not in unparsed]
    assert "refund is on its way" in json.dumps(unparsed)
    assert "channel" not in json.dumps(parsed) and "<" not in json.dumps(ada.modal.blocks)


def test_a_form_that_slack_would_not_open_is_one_press_away(
    bot: Bot, ws: Workspace, ada: Any
) -> None:
    ws.fail("views.open", error="expired_trigger_id", times=1)
    ada.press(paused(ada), pause.WHAT_TO_SEND)
    ada.press(ada.ephemerals[-1], "Open the form")
    assert ada.modal.title == "Before you send it"


def test_somebody_of_another_company_is_refused(bot: Bot, eve: Any) -> None:
    assert pause.GO_BACK not in paused(eve).visible


def test_nothing_of_it_is_kept(
    bot: Bot, ws: Workspace, ada: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "mend")
    caplog.set_level(logging.DEBUG, "handlers")
    answer, home = repair(ada, "they charged me twice"), ada.open_home()
    caplog.clear()
    files, rows, calls = database(tmp_path), dump(bot), len(ws.calls)

    for label, _, _ in pause.ADVICE.values():
        ada.press(paused(ada), label)
    ada.choose(answer, "repair_more", "Pause")
    ada.press(home, "Pause")
    ada.press(ada.modal, "Tired")
    calmer(ada, HEATED)
    calmer(ada, HEATED, to="To a colleague")

    assert database(tmp_path) == files
    assert dump(bot) == rows  # no job, no lookup, no row of any kind
    assert caplog.text == ""
    assert WORDS_OF_MINE not in json.dumps([call.args for call in ws.calls[calls:]])
    repair(ada, "they charged me twice")
    assert database(tmp_path) != files and dump(bot) != rows  # so the comparison does see a row


def database(folder: Path) -> dict[str, bytes]:
    """The database's file and its log; the third, shared memory, holds no content."""
    found = {path.name: path.read_bytes() for path in folder.glob("mend.db*")}
    found.pop("mend.db-shm", None)
    assert found
    return found
