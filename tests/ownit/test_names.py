"""What colleagues are called is kept nowhere, whichever way it was typed."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from mend.app import Bot
from mend.doctor.service import Doctor
from mend.people.directory import People
from mend.repair.store import LearningStore
from mend.text.redactor import Redactor
from tests.conftest import Clock
from tests.lookbacks.test_lookbacks import answer, days_later
from tests.ownit.test_ownit import note_window, notes, own, root
from tests.repair.test_feedback import dump
from tests.repair.test_repair import repair
from workspace import Workspace

NAME = "Zlatan"


@pytest.fixture(autouse=True)
def zlatan(ws: Workspace) -> Any:
    """Here before the bot starts, so that the directory it reads holds him."""
    return ws.add_person(NAME)


def test_a_colleague_in_a_note_is_a_colleague(bot: Bot, ws: Workspace, ada: Any) -> None:
    receipt = own(ada, f"told {NAME} and @zlatan the wrong date")
    assert notes(bot, ada) == ["told a colleague and a colleague the wrong date"]
    assert "a colleague's name" in receipt.visible
    ada.press(receipt, "Post as me")
    assert "told a colleague" in root(ws).visible


def test_ones_own_name_goes_too_because_the_note_may_be_shown_without_it(
    bot: Bot, ada: Any
) -> None:
    own(ada, "this is Ada, I sent the wrong form")
    assert notes(bot, ada) == ["this is a colleague, I sent the wrong form"]


def test_no_way_in_keeps_a_colleagues_name(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any, cam: Any, tmp_path: Path
) -> None:
    """Every field of every form, a command, a message, a thread, a miss and what it taught."""
    receipt = own(ada, f"{NAME} and I sent the wrong form")
    ada.press(receipt, "Edit")
    ada.submit({"happened": f"sent the wrong form, {NAME} saw it"})
    ada.press(receipt, "Post as me")  # the new words are shown first
    ada.press(receipt, "Post as me")
    ada.say("support", f"{NAME} called them back", thread=root(ws))
    ada.press(note_window(ada), "What I learned")
    ada.submit({"learned": f"ask {NAME} to read it back"})
    ada.press(receipt, "Promise a follow-up")
    due = int((clock() + timedelta(hours=1)).timestamp())
    ada.submit({"what": f"call back with {NAME}", "due": due})
    ada.press(ada.open_home(), "Own something")
    ada.submit({"happened": f"told {NAME}", "did": f"rang {NAME}", "would_help": f"{NAME} asks"})
    ada.dm(f"forgot to tell {NAME} about it")
    missed = repair(ada, f"flamingo zeppelin {NAME}")
    ada.press(missed, "Send my words to the playbook team")
    ada.press(missed, "Get help")
    help_request = next(message for message in cam.dms if "asks for a hand" in message.visible)
    cam.press(help_request, "I'm coming")
    cam.press(help_request, "Answer")
    cam.submit({"words": f"ask {NAME} at desk four"})
    days_later(bot, clock)
    answer(ada, words=f"{NAME} was alone")
    kept = dump(bot)
    assert NAME.casefold() not in kept.casefold()
    assert kept.count("a colleague") >= 10


def test_a_name_in_a_customers_words_is_a_name_and_teaches_nothing(
    bot: Bot, ws: Workspace, ada: Any
) -> None:
    ada.press(repair(ada, f"charged twice flamingo {NAME}"), "It worked")
    assert LearningStore(bot.db).phrases() == []
    assert bot.of(Redactor).asked(f"{NAME} was charged") == "[name] was charged"


def test_a_name_added_later_is_known_a_day_later(bot: Bot, ws: Workspace, clock: Clock) -> None:
    ws.add_person("Quillon")
    clock.advance(hours=25)
    bot.of(People).refresh()
    assert bot.of(Redactor).typed("asked quillon").text == "asked a colleague"


def test_without_the_scope_notes_are_kept_and_doctor_says_so(
    start: Callable[[], Bot], ws: Workspace, ada: Any
) -> None:
    ws.fail("users.list", "missing_scope", times=9)
    bot = start()
    own(ada, f"told {NAME} the wrong date")
    assert notes(bot, ada) == [f"told {NAME} the wrong date"]
    [finding] = [each for each in bot.of(Doctor).examine() if each.what == "People"]
    assert finding.says.startswith("a scope is missing") and finding.remedy


def test_three_thousand_names_cost_a_note_less_than_five_milliseconds() -> None:
    syllables = ("ka", "lo", "mi", "ru", "te", "vo", "sa", "ne", "pi", "du")
    parts = [a + b + c for a in syllables for b in syllables for c in syllables]
    names = tuple(
        f"{parts[number % 1000].title()} {parts[number * 7 % 997].title()}"
        for number in range(3000)
    )
    note = f"sent the wrong form to {names[5]}, rang back, told the lead and logged it twice. " * 4

    def quickest(redactor: Redactor) -> float:
        times = []
        for _ in range(20):
            began = time.perf_counter()
            redactor.typed(note)
            times.append(time.perf_counter() - began)
        return min(times)

    assert "a colleague" in Redactor(lambda: names).typed(note).text
    extra = quickest(Redactor(lambda: names)) - quickest(Redactor(lambda: names[5:6]))
    assert extra < 0.005
