"""Every card and window is one screen with four controls, and each of them answers back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

import handlers
from mend.app import Bot
from mend.dispatch.routes import Kind
from mend.playbooks.library import Library
from tests.browser import histories, walks
from tests.browser.day import Day
from tests.browser.surfaces import SCREEN, heights, surface
from tests.browser.window import CHROMIUM, LAPTOP, PHONE, Window
from tests.conftest import Clock
from tests.refusals import refused_in
from workspace import Workspace, demo

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="there is no Chromium on this machine"),
]


WHOSE = {
    "agents": walks.AGENTS | histories.AGENTS,
    "leads": walks.LEADS,
    "admins": walks.ADMINS | histories.ADMINS,
}
NOT_IT = "repair_not_this"


@pytest.fixture
def environment(environment: dict[str, str], tmp_path: Path) -> dict[str, str]:
    """With the demo's limits: what one may takes more room than whom to ask."""
    return environment | {"MEND_PLAYBOOKS": str(demo.copied_playbooks(tmp_path))}


@pytest.fixture
def day(bot: Bot, ws: Workspace, clock: Clock) -> Day:
    return Day(bot, ws, clock)


def chosen(answer: Any, state: str) -> str:
    """A choice by its label; what refuses an answer has two."""
    names = ("Not this one", "None of these")
    return next(each for each in answer.choices if each in names) if state == NOT_IT else state


def playbooks(day: Day) -> Iterator[tuple[str, Any]]:
    """The card of each shipped one, as it is opened, and once it was not the one, or helped."""
    for book in day.bot.of(Library).all():
        answer = day.repair("")
        day.ada.choose(answer, "pick_search", book.title)
        for state in ("", "All steps", "If stuck, closing", "Fewer steps", NOT_IT):
            if state:
                day.ada.choose(answer, "repair_more", chosen(answer, state))
            yield f"{book.slug}, {state}", answer
        day.ada.press(answer, "Back to that answer")
        day.ada.press(answer, "It worked")
        yield f"{book.slug}, worked", answer
        if "Words to send" in answer.buttons:
            yield f"{book.slug}, words", day.window(day.ada, answer, "Words to send")
            day.ada.close()


FORM = 1010  # a form is filled in from top to bottom, and what sends it stays in sight
LONGER = {  # read or written whole, and on purpose: one form holds a playbook, or a team
    *("a playbook", "a playbook, edited", "a playbook, unpublished", "a new playbook"),
    *("the team's rules, changed", "a playbook, an older version"),
}


def declared() -> list[str]:
    """Everything that can be pressed or sent."""
    routes = handlers.declared()
    return [each.id for kind in (Kind.ACTION, Kind.VIEW) for each in routes.of(kind)]


def test_no_card_and_no_window_is_more_than_a_screen_or_has_more_than_four_controls(
    day: Day, browser: Browser
) -> None:
    shown = [surface(name, each) for name, each in playbooks(day)]
    first = walks.AGENTS | walks.LEADS | walks.ADMINS  # before there is a second team
    for name, walk in (first | histories.AGENTS | histories.ADMINS).items():
        person, each = walk(day)
        assert each, name
        shown.append(surface(name, each))
        while person.modal:
            person.close()
    missing = {*declared()} - {name for each in shown for name in each.leads_to}
    assert missing == set()
    crowded = [each for each in shown if len(each.in_sight) > 4 and each.kind != "home"]
    wrong = [f"{each.name}: {len(each.in_sight)} controls" for each in crowded]
    for size in (PHONE, LAPTOP):
        window = Window(browser, day.ws, "ada", size)
        for each, seen in zip(shown, heights(window.page, shown), strict=True):
            is_free = each.kind == "home" or each.name in LONGER
            is_tall = seen["height"] > (FORM if each.submit else SCREEN) and not is_free
            if is_tall or seen["isWide"]:
                wrong.append(f"{each.name}: {seen} at {size['width']}")
        window.close()
    assert wrong == [], "\n".join(wrong)


def looks(day: Day, person: Any, shown: Any) -> tuple[Any, ...]:
    """What there is before this person."""
    every = [person.ephemerals, person.dms, day.ws.messages("support")]
    lately = [
        (len(found), *((each.deleted, each.blocks) for each in found[-3:])) for found in every
    ]
    modal, home = person.modal, person.home
    return str((lately, shown.blocks)), modal and (modal.id, modal.hash), home and home.hash


@pytest.mark.parametrize("whose", WHOSE)
def test_every_control_in_sight_shows_an_effect_and_none_is_refused(day: Day, whose: str) -> None:
    for name, walk in WHOSE[whose].items():
        number, count = 0, 1
        while number < count:
            person, shown = walk(day)
            found = [each for each in surface(name, shown).in_sight[:6] if each[2] == "button"]
            count = len(found)
            if number < count:  # else it was there once only, such as a first look at App Home
                _press(day, person, shown, name, found[number])
            number += 1


def _press(day: Day, person: Any, shown: Any, name: str, found: tuple[str, ...]) -> None:
    block, action, _, value = found
    before, said = looks(day, person, shown), len(person.ephemerals)
    person.press(shown, action, value or None, block)
    assert looks(day, person, shown) != before, (name, action)
    now = [each.visible for each in person.ephemerals[said:]]
    now += [person.modal.text] if person.modal else []
    assert refused_in(now) == [], (name, action)
    while person.modal:
        person.close()
