"""What handlers declare, and how a press finds its way to one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pytest

import handlers
from mend.dispatch.help import overview
from mend.dispatch.payloads import route_id
from mend.dispatch.routes import Kind, Reply, Request, Route, Routes, Typed
from mend.people.model import Role
from mend.playbooks.model import Playbook, Script
from mend.repair.control_views import Asked
from mend.repair.views import all_steps, answer, ending
from mend.slack import doors


def answers(request: Request) -> Reply:
    raise NotImplementedError


def asked(kind: Kind, text: str = "") -> Request:
    return Request(kind, "press:1", "U1", "T1", 0.0, text=text)


def test_a_declared_handler_stays_the_plain_function_it_was() -> None:
    on = Routes()
    assert on.action("one", "two", role=Role.ADMIN)(answers) is answers
    assert [(route.id, route.role, route.run) for route in on] == [
        ("one", Role.ADMIN, answers),
        ("two", Role.ADMIN, answers),
    ]


def test_what_two_modules_declare_is_named_at_the_start() -> None:
    here, there = Routes(), Routes()
    here.action("keep")(answers)
    there.view("keep", typed=Typed.MINE)(answers)
    assert len(list(Routes(here, there))) == 2  # a form and a button may share a name
    there.action("keep")(answers)
    with pytest.raises(ValueError, match="action keep is declared twice"):
        Routes(here, there)


def test_several_buttons_of_one_action_find_the_same_handler() -> None:
    on = Routes()
    on.action("show")(answers)
    pressed, sent = asked(Kind.ACTION), asked(Kind.VIEW)
    found = on.get(Kind.ACTION, "show")
    assert found and on.find("show_12", pressed) is found is on.find("show", pressed)
    assert on.find("show_x", pressed) is None
    assert on.find("show", sent) is None


def test_help_lists_subcommands_by_name() -> None:
    shown = overview(handlers.declared(), Role.ADMIN).text
    listed = [line.split("`")[1] for line in shown.split("\n") if line.startswith("`/mend ")]
    assert len(listed) > 3
    assert listed[1:] == sorted(listed[1:])  # the first is /mend itself


def test_the_first_word_after_mend_finds_its_own_handler() -> None:
    on = Routes()
    on.command("/mend", usage="", help="", typed=Typed.OTHERS)(answers)
    on.command("/other", usage="", help="", typed=Typed.OTHERS)(answers)
    on.subcommand("help", help="")(answers)

    def found(id: str, text: str) -> Route | None:
        return on.find(id, asked(Kind.COMMAND, text))

    word, whole = on.get(Kind.SUBCOMMAND, "help"), on.get(Kind.COMMAND, "/mend")
    assert word and whole
    assert found("/mend", "") is found("/mend", "HELP me") is word
    assert found("/mend", "hlep") is whole
    assert found("/other", "help") is on.get(Kind.COMMAND, "/other")


def test_every_door_to_another_feature_leads_somewhere() -> None:
    ids = [id for name, id in vars(doors).items() if name.isupper() and isinstance(id, str)]
    ids += doors.OF_OLD_MENUS.values()
    assert ids
    missing = [id for id in ids if not handlers.declared().get(Kind.ACTION, id)]
    assert missing == []


@pytest.mark.parametrize("role", list(Role))
def test_every_choice_of_an_answers_menus_leads_somewhere(role: Role) -> None:
    script = Script("Late", "I am sorry, {name}.")
    book = Playbook(slug="b" * 200, title="Late", scripts=(script,))
    today = date(2026, 11, 24)
    card, opened = answer(book, (), role, today, is_sure=True), all_steps(book, role, Asked())
    shown = (card, opened, ending(book, role, today, Asked()))
    blocks = [block for each in shown for block in each.blocks]
    menus = [each for each in elements(blocks) if each["type"] == "overflow"]
    assert len(menus) == 3
    for option in (option for menu in menus for option in menu["options"]):
        pressed = {"actions": [{"type": "overflow", "selected_option": option}]}
        assert handlers.declared().get(Kind.ACTION, route_id(Kind.ACTION, pressed)), option
        assert len(option["value"]) <= 150  # docs.slack.dev, option object
    assert all(len(menu["options"]) <= 5 for menu in menus)


def elements(blocks: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [
        each
        for block in blocks
        for each in (*block.get("elements", ()), block.get("accessory"))
        if each
    ]
