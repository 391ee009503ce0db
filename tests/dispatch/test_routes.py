"""What handlers declare, and how a press finds its way to one."""

from __future__ import annotations

import pytest

import handlers
from mend.dispatch.help import overview
from mend.dispatch.routes import Deps, Kind, Reply, Request, Routes
from mend.people.model import Role


def answers(deps: Deps, request: Request) -> Reply:
    raise NotImplementedError


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
    there.view("keep")(answers)
    assert len(list(Routes(here, there))) == 2  # a form and a button may share a name
    there.action("keep")(answers)
    with pytest.raises(ValueError, match="action keep is declared twice"):
        Routes(here, there)


def test_several_buttons_of_one_action_find_the_same_handler() -> None:
    on = Routes()
    on.action("show")(answers)
    found = on.get(Kind.ACTION, "show")
    assert found and on.find(Kind.ACTION, "show_12") is found is on.find(Kind.ACTION, "show")
    assert on.find(Kind.ACTION, "show_x") is None
    assert on.find(Kind.VIEW, "show") is None


def test_help_lists_subcommands_by_name() -> None:
    shown = overview(handlers.declared(), Role.ADMIN).text
    listed = [line.split("`")[1] for line in shown.split("\n") if line.startswith("`/mend ")]
    assert len(listed) > 3
    assert listed[1:] == sorted(listed[1:])  # the first is /mend itself
