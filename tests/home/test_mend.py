"""`/mend` and its words."""

from typing import Any

import pytest

import handlers
from mend.app import Bot
from mend.dispatch.routes import Kind
from mend.ownit.store import NoteStore
from workspace import Workspace


def mend(person: Any, words: str) -> str:
    outcome = person.command("/mend", words, channel="support")
    assert outcome.acked, outcome.error
    return str(outcome.message.visible)


@pytest.mark.parametrize("words", ["", "help", "HELP"])
def test_help_lists_every_command_for_this_person(bot: Bot, ada: Any, words: str) -> None:
    shown = mend(ada, words)
    for name in ("/repair", "/ownit", "/mend recap"):
        assert name in shown
    assert "/mend doctor" not in shown


def test_a_mistyped_word_is_told_what_was_meant(bot: Bot, ada: Any) -> None:
    assert "Did you mean `/mend recap`?" in mend(ada, "recpa")
    assert "`/mend help` lists" in mend(ada, "xyzzy")


def test_the_doctor_is_for_admins_and_says_who_is_one(bot: Bot, ada: Any, dee: Any) -> None:
    assert f"for an admin. <@{dee.id}> can help" in mend(ada, "doctor")


@pytest.mark.parametrize("command", ["/mend", "/ownit", "/repair"])
@pytest.mark.parametrize("asked", ["--help", "-h", "help", "HELP", "\u2014help"])
def test_who_asks_a_command_for_help_gets_it_and_no_note(
    bot: Bot, ada: Any, command: str, asked: str
) -> None:
    said = ada.command(command, asked, channel="support").message.visible
    assert "/repair" in said and "/ownit" in said
    assert NoteStore(bot.db).mine(ada.id, limit=1) == []


def doctor(person: Any) -> str:
    assert person.command("/mend", "doctor", channel="support").acked
    return str(person.ephemerals[-1].visible)


def test_the_doctor_finds_a_healthy_bot_healthy(bot: Bot, dee: Any) -> None:
    report = doctor(dee)
    assert "✗" not in report, report
    for line in ("Scopes: all", "#support", "can be written", "served, no problems"):
        assert line in report
    assert "Next recap: Tuesday 24 November 2026, 18:00 UTC" in report


def test_the_doctor_names_a_missing_scope_and_what_to_do(bot: Bot, ws: Workspace, dee: Any) -> None:
    ws.scopes.discard("groups:read")
    assert "✗ Scopes: missing groups:read" in doctor(dee)
    assert "reinstall the app" in doctor(dee)


def test_the_doctor_says_when_the_bot_is_not_in_the_channel(
    environment: dict[str, str], start: Any, ws: Workspace, dee: Any
) -> None:
    environment["MEND_CHANNEL"] = ws.channel("random").id
    start()
    assert "not in #random" in doctor(dee) and "/invite @Mend" in doctor(dee)


def test_the_doctor_says_when_the_channel_does_not_exist(
    environment: dict[str, str], start: Any, dee: Any
) -> None:
    environment["MEND_CHANNEL"] = "C0NOSUCH"
    start()
    assert "✗ Team channel: C0NOSUCH: channel not found" in doctor(dee)


def test_the_doctor_says_when_the_clock_is_off(bot: Bot, ws: Workspace, dee: Any) -> None:
    assert "Clock: " in doctor(dee)


def test_the_doctor_names_a_user_group_that_cannot_be_read(
    environment: dict[str, str], start: Any, ws: Workspace, cam: Any, dee: Any
) -> None:
    environment["MEND_SUPERVISORS"] += " S0LEADS S0GONE"
    ws.user_groups["S0LEADS"] = [dee.id]
    start()
    report = doctor(dee)
    assert "✗ Roles: user group S0GONE: no_such_subteam" in report and "paid plan" in report
    assert "Roles: 1 admin, 2 supervisors" in report and "S0LEADS" not in report


def test_a_user_group_makes_supervisors_of_its_members(
    environment: dict[str, str], start: Any, ws: Workspace, ada: Any, ben: Any
) -> None:
    environment["MEND_SUPERVISORS"] = "S0LEADS"
    ws.user_groups["S0LEADS"] = [ben.id]
    start()
    assert "What got in the way" in ben.open_home().choices
    assert "What got in the way" not in ada.open_home().choices
    assert f"<@{ben.id}>" in mend(ada, "team")


def test_nothing_is_declared_twice_and_everything_a_message_shows_is_answered() -> None:
    routes = handlers.declared()
    assert len(list(routes)) == len({(route.kind, route.id) for route in routes})
    assert {route.id for route in routes.of(Kind.COMMAND)} == {"/repair", "/ownit", "/mend"}
    for route in routes:
        if route.kind in (Kind.COMMAND, Kind.SUBCOMMAND, Kind.SHORTCUT):
            assert route.help
