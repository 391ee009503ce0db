"""Everybody at everything Mend answers to: what a route declares decides who is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

import handlers
from mend.app import Bot
from mend.db.model import Refused
from mend.dispatch.manifest import BOT_EVENTS, manifest
from mend.dispatch.routes import Kind, Route
from mend.helping.service import Helping
from mend.home.service import Onboarding
from mend.ownit.direct_views import HELLO
from mend.people.directory import UNKNOWN
from mend.people.model import DEACTIVATED, ELSEWHERE, GUEST, Role
from mend.repair.gaps import Gaps
from mend.repair.service import Feedback
from tests.conftest import Clock, only
from tests.owed.bad_days import away, hours
from tests.ownit.test_ownit import notes, own, root
from tests.repair.test_feedback import dump
from tests.repair.test_repair import repair
from workspace import Workspace, payloads

ROLES = {"ada": Role.AGENT, "cam": Role.SUPERVISOR, "dee": Role.ADMIN}
OUTSIDE = {"gus": GUEST, "eve": ELSEWHERE, "ida": DEACTIVATED}
REFUSALS = ("That is for a", *OUTSIDE.values())
WORDS = "sent the refund to the wrong card"


@pytest.fixture
def everybody(ws: Workspace) -> list[Any]:
    """Ada, Cam and Dee; Gus is a guest, Ida left, Eve is of another company."""
    ws.add_person("gus").user.is_guest = True
    ws.add_person("ida").user.is_deactivated = True
    return [ws.person(name) for name in (*ROLES, *OUTSIDE)]


def expected(person: Any, route: Route, ws: Workspace) -> tuple[str, str]:
    """What this person is told instead of an answer, and whom it names; empty where they may."""
    if person.name in OUTSIDE:
        return OUTSIDE[person.name], ws.person("dee").id if person.name == "gus" else ""
    if ROLES[person.name] >= route.role:
        return "", ""
    is_admins = route.role is Role.ADMIN
    who = ws.person("dee" if is_admins else "cam").id
    return f"That is for {'an admin' if is_admins else 'a supervisor'}.", who


def ask(ws: Workspace, person: Any, route: Route) -> str:
    """Do what sets off this route, here in the team; what came back privately."""
    channel = ws.channel("support")
    seen = len(person.ephemerals), len(person.dms)
    if route.kind in (Kind.COMMAND, Kind.SUBCOMMAND):
        command = route.id if route.kind is Kind.COMMAND else "/mend"
        outcome = person.command(command, route.id if command != route.id else WORDS)
        return outcome.message.visible if outcome.message else ""
    if route.kind is Kind.EVENT:
        return tell(ws, person, route)
    body: dict[str, Any] = {"channel": {"id": channel.id, "name": channel.name}}
    body["response_url"] = person._response_url(channel)
    if route.kind is Kind.SHORTCUT:
        said = payloads.message(ws.messages("support")[0])
        kind, body = "message_action", body | {"callback_id": route.id, "message": said}
    elif route.kind is Kind.VIEW:
        view = {"id": "V1", "callback_id": route.id, "type": "modal", "blocks": []}
        view["private_metadata"] = channel.id
        kind, body = "view_submission", {"view": view | {"state": {"values": {}}}}
    elif route.kind is Kind.OPTIONS:
        kind, body = "block_suggestion", {"action_id": route.id, "block_id": "b", "value": "ref"}
    else:
        action = {"action_id": route.id, "block_id": "b", "type": "button"}
        action["value"] = channel.id
        kind, body = "block_actions", body | {"actions": [action]}
        body["container"] = {"type": "message", "is_ephemeral": True, "channel_id": channel.id}
    outcome = person._interact(kind, body)
    assert outcome.acked, (person.name, route.id)
    if route.kind is Kind.OPTIONS:
        return json.dumps(outcome.body)
    later = [*person.ephemerals[seen[0] :], *person.dms[seen[1] :]]
    return json.dumps(outcome.body) + "".join(each.visible for each in later)


def tell(ws: Workspace, person: Any, route: Route) -> str:
    if route.id == "app_home_opened":
        home = person.open_home()
        return home.text if home else ""
    if route.id == "message":
        person.dm(WORDS)
        return str(person.dms[-1].visible)
    ws.invite_bot("random", by=person)
    return person.dms[-1].visible if person.dms else ""


def test_each_role_at_each_action_gets_what_the_route_declares(
    everybody: list[Any], bot: Bot, ws: Workspace
) -> None:
    ws.person("ben").say("support", "a customer was charged twice")
    wrong = []
    for route in handlers.declared():
        for person in everybody:
            told, names = expected(person, route, ws)
            bot.db.has_changed()  # from here on
            public = len(ws.messages("support"))
            answer = ask(ws, person, route)
            if told and route.kind is Kind.OPTIONS:
                is_right = answer == '{"options": []}'
            elif told and route.id == "member_joined_channel":
                is_right = "team" not in answer  # nobody asked, so nobody is told
            elif told:
                is_right = told in answer and names in answer
            else:
                is_right = not any(refusal in answer for refusal in REFUSALS)
            if told and (bot.db.has_changed() or len(ws.messages("support")) != public):
                is_right = False
            if not is_right:
                wrong.append(f"{person.name} at {route.kind} {route.id}: {answer[:200]}")
    assert wrong == []


def test_the_manifest_and_the_routes_name_the_same() -> None:
    routes, declared = handlers.declared(), manifest(handlers.declared())
    features = declared["features"]
    assert {each["command"] for each in features["slash_commands"]} == {
        route.id for route in routes.of(Kind.COMMAND)
    }
    assert {each["callback_id"] for each in features["shortcuts"]} == {
        route.id for route in routes.of(Kind.SHORTCUT)
    }
    events = {name.partition(".")[0] for name in BOT_EVENTS}
    assert events == {route.id for route in routes.of(Kind.EVENT)}


def test_services_ask_again(bot: Bot, ws: Workspace, ada: Any, cam: Any) -> None:
    helping = bot.of(Helping)
    help_request = helping.ask(ada.id, "what do I say?").help_request.id
    acts: list[Callable[[], object]] = [
        lambda: helping.take(ada.id, help_request),
        lambda: helping.answer(ada.id, help_request, "words", keep_open=False),
        lambda: helping.close(ada.id, help_request),
        lambda: bot.of(Feedback).undo_phrase(cam.id, 1),
        lambda: bot.of(Gaps).dismiss(cam.id, "1", "why"),
        lambda: bot.of(Onboarding).dismiss(cam.id),
    ]
    before = dump(bot)
    for act in acts:
        with pytest.raises(Refused, match="That is for a"):
            act()
    assert dump(bot) == before


def test_a_guest_may_where_the_operator_allows_it(
    everybody: list[Any], environment: dict[str, str], start: Callable[[], Bot], ws: Workspace
) -> None:
    environment["MEND_ALLOW_GUESTS"] = "yes"
    bot, gus = start(), ws.person("gus")
    own(gus)
    assert notes(bot, gus) == [WORDS]
    assert "people of this workspace" in repair(ws.person("eve"), "they charged me twice").visible


def test_a_guest_sees_why_in_app_home_and_nothing_else(
    everybody: list[Any], bot: Bot, ws: Workspace
) -> None:
    home = ws.person("gus").open_home()
    assert GUEST in home.text and home.buttons == []
    assert ws.person("gus").dms == []


def unreachable(ws: Workspace) -> None:
    ws.fail("users.info", "http_500", times=100)


def test_a_message_of_somebody_slack_did_not_name_in_an_outage_is_refused_audibly_after_it(
    bot: Bot, ws: Workspace, clock: Clock
) -> None:
    new = ws.add_person("new")
    with away(ws):
        new.dm("sent the refund to the wrong card")
        hours(bot, clock, 5)
    hours(bot, clock, 1)
    assert "Slack did not say in time who you are" in only(new.dms[1:]).visible
    assert notes(bot, new) == []


def test_an_answer_in_direct_messages_comes_after_the_outage(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any
) -> None:
    own(ada)
    with away(ws):
        ada.dm("hello")
        hours(bot, clock, 5)
    hours(bot, clock, 24)
    assert HELLO in only([each for each in ada.dms if each.user != ada.id]).text


def test_repair_answers_somebody_slack_is_silent_about_without_what_they_may_offer(
    bot: Bot, ws: Workspace
) -> None:
    new = ws.add_person("new")
    unreachable(ws)
    assert "Ask team lead first" not in repair(new, "they charged me twice").visible
    assert "Say first" in only(new.ephemerals).visible


def test_repair_follows_whole_once_slack_says_who_asks(bot: Bot, ws: Workspace) -> None:
    new = ws.add_person("new")
    first = repair(new, "they charged me twice")
    assert "Ask team lead first" not in first.visible
    then = only([message for message in new.ephemerals if message is not first])
    assert "Ask team lead first" in then.visible
    assert "Ask team lead first" in repair(new, "they charged me twice").visible


def test_repair_tells_a_newcomer_who_turns_out_to_be_a_guest(bot: Bot, ws: Workspace) -> None:
    new = ws.add_person("new")
    new.user.is_guest = True
    first = repair(new, "they charged me twice")
    assert GUEST in only([message for message in new.ephemerals if message is not first]).visible
    assert GUEST in repair(new, "they charged me twice").visible


def test_everything_else_says_try_again_while_slack_is_silent(bot: Bot, ws: Workspace) -> None:
    new = ws.add_person("new")
    unreachable(ws)
    assert UNKNOWN in new.command("/ownit", WORDS).message.visible
    new.dm(WORDS)
    assert UNKNOWN in new.dms[-1].visible
    assert notes(bot, new) == []
    ws.web_api.failures.clear()
    own(new)
    assert notes(bot, new) == [WORDS]


def test_what_slack_last_said_holds_while_it_is_silent(
    bot: Bot, ws: Workspace, clock: Any, ada: Any
) -> None:
    clock.advance(hours=30)
    unreachable(ws)
    own(ada)
    assert notes(bot, ada) == [WORDS]


def test_one_company_of_several_workspaces_is_told_from_another_company(
    bot: Bot, ws: Workspace
) -> None:
    """Eve's payloads come from her workspace; Slack says whether she belongs to ours as well."""
    eve = ws.person("eve")
    assert eve.user.team_id != ws.id
    assert "people of this workspace" in repair(eve, "they charged me twice").visible
    home = eve.open_home()
    assert ELSEWHERE in home.text and home.buttons == []


def test_chatter_in_the_channel_asks_slack_about_nobody(bot: Bot, ws: Workspace, ada: Any) -> None:
    ada.press(own(ada), "Post as me")
    new = ws.add_person("new")
    asked = len(ws.calls)
    new.say("support", "good morning")
    ws.person("eve").say("support", "hello from next door", thread=root(ws))
    assert [call.method for call in ws.calls[asked:]] == []
