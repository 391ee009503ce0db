"""Set limits: one form by role, saved into the playbooks' files."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from mend.app import Bot
from mend.db.model import Refused
from mend.editor import limit_views
from mend.editor.limit_model import LimitWanted
from mend.editor.limits import Limits
from mend.people.model import Role
from tests.conftest import saved
from tests.repair.test_repair import repair
from workspace import Workspace

ZEBRA = """---
title: The zebra escaped   # as they say it
authority:
  # agreed with the zoo in May
  - what: Send another zebra
    next: zoo desk
  - what: Pay for the fence
    limit: {agent: 20 EUR}  # for now
owner: zoo lead
---
## Say first
I am on it.
"""
OWL = "---\ntitle: The owl is ill\nauthority:\n  - what: Call the vet\n---\n## Say first\nOh.\n"


@pytest.fixture
def zoo(environment: dict[str, str], tmp_path: Path) -> Path:
    folder = tmp_path / "playbooks"
    folder.mkdir()
    (folder / "zebra.md").write_text(ZEBRA)
    (folder / "owl.md").write_text(OWL)
    environment["MEND_PLAYBOOKS"] = str(folder)
    return folder


@pytest.fixture
def fay(ws: Workspace, environment: dict[str, str]) -> Any:
    """Another admin."""
    person = ws.add_person("Fay", role="admin")
    environment["MEND_ADMINS"] += f",{person.id}"
    return person


def open_limits(dee: Any) -> dict[str, str]:
    """What is asked about every line, each with the input's id."""
    dee.press(dee.open_home(), "Set limits")
    dee.choose(dee.modal, "limits_role_1", "Other (3)")
    return asked(dee)


def test_what_needs_a_limit_is_asked_first(zoo: Path, bot: Bot, dee: Any) -> None:
    dee.press(dee.open_home(), "Set limits")
    assert list(asked(dee)) == [VET_LINE, ZEBRA_LINE]
    dee.submit({asked(dee)[VET_LINE]: "no limit", asked(dee)[ZEBRA_LINE]: "2 zebras"})
    dee.press(dee.modal, "Limits of supervisors")
    assert list(asked(dee)) == [VET_LINE, ZEBRA_LINE, FENCE_LINE]  # as agents: nothing is missing


def asked(dee: Any) -> dict[str, str]:
    inputs = [block for block in dee.modal.blocks if block["type"] == "input"]
    return {block["label"]["text"]: block["block_id"] for block in inputs}


ZEBRA_LINE = "The zebra escaped · Send another zebra"
FENCE_LINE = "The zebra escaped · Pay for the fence"
VET = ("owl", "Call the vet")
VET_LINE = "The owl is ill · Call the vet"


def test_one_form_sets_the_limits_of_all_playbooks_and_agents_see_them(
    zoo: Path, bot: Bot, ada: Any, dee: Any
) -> None:
    lines = open_limits(dee)
    assert list(lines) == [VET_LINE, ZEBRA_LINE, FENCE_LINE]
    dee.submit({lines[VET_LINE]: "no limit", lines[ZEBRA_LINE]: "2 zebras"})
    assert "Limits of agents: 2 playbooks changed" in dee.modal.text
    assert "You may, without asking  Call the vet" in repair(ada, "the owl is ill").visible
    assert "Send another zebra (up to 2 zebras)" in repair(ada, "the zebra escaped").visible


def test_only_the_limits_change_in_the_files(zoo: Path, bot: Bot, dee: Any) -> None:
    lines = open_limits(dee)
    dee.submit({lines[ZEBRA_LINE]: "50 EUR"})
    written = (zoo / "zebra.md").read_text()
    assert [line for line in written.split("\n") if line not in ZEBRA.split("\n")] == [
        "    limit: {agent: 50 EUR}"
    ]
    assert re.sub(r"    limit: \{agent: 50 EUR\}\n", "", written) == ZEBRA
    assert (zoo / "owl.md").read_text() == OWL


def test_an_emptied_line_takes_the_limit_out(zoo: Path, bot: Bot, ada: Any, dee: Any) -> None:
    lines = open_limits(dee)
    dee.submit({lines[FENCE_LINE]: ""})
    assert "Pay for the fence" in repair(ada, "the zebra escaped").visible
    assert "You may" not in repair(ada, "the zebra escaped").visible


def test_each_role_has_its_own_and_sees_what_those_below_may(zoo: Path, bot: Bot, dee: Any) -> None:
    open_limits(dee)
    dee.choose(dee.modal, "limits_role_0", "supervisors")
    assert "as agents: 20 EUR" in str(dee.modal.blocks)
    dee.submit({asked(dee)[FENCE_LINE]: "200 EUR"})
    assert "limit: {agent: 20 EUR, supervisor: 200 EUR}" in (zoo / "zebra.md").read_text()


NOT_ONE = ("50", "50 EUR 50 EUR", "0 EUR", "0,00 EUR")
MISTYPED = "5O EUR|-50 EUR|fifty|(fifty)|50 EUR }|50: EUR|# 50 EUR|yes|null|no|1e9 EUR|*5 EUR*"


@pytest.mark.parametrize(
    "typed", [*NOT_ONE, *MISTYPED.split("|"), "<!channel> 5 EUR", "5 EUR\u202e"]
)
def test_what_may_be_a_slip_of_the_finger_goes_into_no_file(
    zoo: Path, bot: Bot, dee: Any, typed: str
) -> None:
    lines = open_limits(dee)
    dee.submit({lines[ZEBRA_LINE]: typed, lines[VET_LINE]: "no limit"})
    assert "does not read as one limit" in dee.modal.errors[lines[ZEBRA_LINE]]
    assert (zoo / "owl.md").read_text() == OWL and (zoo / "zebra.md").read_text() == ZEBRA


@pytest.mark.parametrize(
    "typed",
    ["50 EUR", "€50", "50€", "50EUR", "1,500.50 USD", "2 nights a year", "10 %", "10%", "no limit"],
)
def test_a_limit_is_written_as_people_write_it(zoo: Path, bot: Bot, dee: Any, typed: str) -> None:
    dee.submit({open_limits(dee)[ZEBRA_LINE]: typed})
    assert typed in (zoo / "zebra.md").read_text()


@pytest.mark.parametrize("is_seen", [False, True])
def test_what_somebody_else_changed_meanwhile_is_not_overwritten(
    zoo: Path, bot: Bot, dee: Any, is_seen: bool
) -> None:
    lines = open_limits(dee)
    (zoo / "zebra.md").write_text(ZEBRA.replace("20 EUR", "30 EUR"))
    (zoo / "owl.md").write_text(OWL.replace("Call the vet", "Call two vets"))
    if is_seen:
        saved(bot)
    dee.submit({lines[ZEBRA_LINE]: "50 EUR", lines[VET_LINE]: "10 EUR"})
    assert "changed meanwhile and stay as they are" in dee.modal.text
    assert "The owl is ill" in dee.modal.text
    assert "limit: {agent: 30 EUR}  # for now" in (zoo / "zebra.md").read_text()
    assert "agent: 50 EUR" in (zoo / "zebra.md").read_text()


def test_of_two_who_set_one_limit_the_second_hears_whose_stands_and_chooses(
    zoo: Path, fay: Any, bot: Bot, dee: Any
) -> None:
    lines = open_limits(dee)
    open_limits(fay)
    fay.submit({lines[FENCE_LINE]: "80 EUR"})
    dee.submit({lines[FENCE_LINE]: "60 EUR", lines[VET_LINE]: "no limit"})
    assert f"Pay for the fence* is 80 EUR by now (<@{fay.id}>)" in dee.modal.visible
    assert "{agent: 80 EUR}" in (zoo / "zebra.md").read_text()
    assert "no limit" in (zoo / "owl.md").read_text()
    dee.press(dee.modal, "Limits of agents")
    dee.choose(dee.modal, "limits_role_1", "Other (3)")
    dee.submit({asked(dee)[FENCE_LINE]: "60 EUR"})
    assert "{agent: 60 EUR}" in (zoo / "zebra.md").read_text()


def test_two_who_set_the_same_are_at_one(zoo: Path, fay: Any, bot: Bot, dee: Any) -> None:
    lines = open_limits(dee)
    open_limits(fay)
    fay.submit({lines[FENCE_LINE]: "80 EUR"})
    dee.submit({lines[FENCE_LINE]: "80 EUR"})
    assert "Nothing was changed." in dee.modal.visible and "meanwhile" not in dee.modal.visible


def test_the_checklist_leads_there_and_ticks_itself(zoo: Path, bot: Bot, dee: Any) -> None:
    (zoo / "zebra.md").write_text(ZEBRA.replace("    limit: {agent: 20 EUR}  # for now\n", ""))
    saved(bot)
    step = "What agents may do without asking"
    assert f"○ {step}" in dee.open_home().text
    dee.press(dee.home, "limits_open_0")
    dee.submit({asked(dee)[VET_LINE]: "no limit"})
    assert f"✓ {step}" in dee.open_home().text
    assert "Set limits" in dee.home.choices  # with the admins' other doors


def test_who_is_no_admin_is_neither_asked_nor_heard(zoo: Path, bot: Bot, cam: Any) -> None:
    assert "Set limits" not in cam.open_home().choices
    for act in (
        lambda: bot.of(Limits).lines(cam.id),
        lambda: bot.of(Limits).set(cam.id, Role.AGENT, {VET: LimitWanted("no limit", "")}),
    ):
        with pytest.raises(Refused, match="for an admin"):
            act()
    assert (zoo / "owl.md").read_text() == OWL


def test_what_was_set_is_told_in_the_audit_without_a_line_for_each(
    zoo: Path, bot: Bot, dee: Any
) -> None:
    lines = open_limits(dee)
    dee.submit({lines[VET_LINE]: "no limit", lines[ZEBRA_LINE]: "2 zebras"})
    told = dee.command("/mend", "audit").message.visible
    assert told.count("limits") == 1 and "set limits of agents in *2 of the playbooks*" in told


def test_a_long_library_is_asked_a_screen_at_a_time_and_nothing_is_left_out(
    zoo: Path, bot: Bot, dee: Any
) -> None:
    """Though what was saved meanwhile is no longer among what is not set."""
    for number in range(12):
        text = f"---\ntitle: The bird {number:02}\nauthority:\n  - what: Feed it\n---\n"
        (zoo / f"bird{number:02}.md").write_text(f"{text}## Say first\nOh.\n")
    saved(bot)
    dee.press(dee.open_home(), "Set limits")
    seen: list[str] = []
    while dee.modal.body.get("submit"):
        inputs = asked(dee)
        assert len(inputs) <= limit_views.PAGE
        seen += inputs
        dee.submit(dict.fromkeys(inputs.values(), "1 bowl"))
        saved(bot)
    assert len(seen) == len(set(seen)) == 14
