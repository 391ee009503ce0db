"""`/mend condition`: what the next shift should watch ("courier strike till friday")."""

from __future__ import annotations

from mend.dispatch.routes import Reply, Request, Routes, Typed, opens
from mend.people.directory import People
from mend.people.model import Role, Team
from mend.people.teams import Teams
from mend.playbooks.library import Library
from mend.recap.conditions import views as blocks
from mend.recap.conditions.service import Conditions
from mend.repair import picker
from mend.slack.packing import unpack
from mend.text.slack_text import plain

on = Routes()


@on.subcommand(
    "condition",
    help="What the next shift should watch; `/mend condition courier strike till friday`.",
    role=Role.SUPERVISOR,
)
@on.action(blocks.SHOW, role=Role.SUPERVISOR)
def command(request: Request, teams: Teams, conditions: Conditions, people: People) -> Reply:
    """With words the form, without them what is open; of the channel's team, or the person's."""
    known = teams.known(request.user, request.channel, "condition")
    found = _team(request, teams, people, known.channel)
    _, _, typed = plain(request.text).partition(" ")
    if typed.strip():
        return _form(request, conditions, people, found, typed.strip())
    return Reply(blocks.overview(found.channel, conditions.open(found)))


@on.action(blocks.ADD, role=Role.SUPERVISOR)
def add(request: Request, teams: Teams, conditions: Conditions, people: People) -> Reply:
    return _form(request, conditions, people, _team(request, teams, people, request.value), "")


@on.options(blocks.PLAYBOOK)
def suggest(request: Request, library: Library) -> Reply:
    return Reply(options=picker.options(library.suggest(request.value, picker.OPTIONS)))


@on.view(blocks.FORM, typed=Typed.OTHERS, role=Role.SUPERVISOR)
def filled(request: Request, teams: Teams, conditions: Conditions, people: People) -> Reply:
    words, until, playbook, for_all = blocks.read_condition(request.answers)
    found = _team(request, teams, people, request.private_metadata)
    if for_all:
        people.require(request.user, Role.ADMIN)
    conditions.set(found, words, until, playbook, for_all=for_all)
    return Reply(blocks.overview(found.channel, conditions.open(found), "Set."))


@on.action(blocks.END, role=Role.SUPERVISOR)
def end(request: Request, teams: Teams, conditions: Conditions, people: People) -> Reply:
    """One that holds for every team is ended by admins."""
    channel, key = unpack(request.value, 2)
    found = _team(request, teams, people, channel)
    ended = [each for each in conditions.open(found) if each.id == key]
    for each in ended:
        if not each.team:
            people.require(request.user, Role.ADMIN)
        conditions.end(each.id)
    return Reply(blocks.overview(channel, conditions.open(found), "Ended." if ended else ""))


def _form(
    request: Request, conditions: Conditions, people: People, found: Team, typed: str
) -> Reply:
    words, until = conditions.read(found, typed)
    for_all = people.role_of(request.user) is Role.ADMIN
    form = blocks.condition_form(found.channel, words, until, for_all=for_all)
    return opens(form, blocks.ADD, found.channel)


def _team(request: Request, teams: Teams, people: People, channel: str) -> Team:
    return people.leading(request.user, teams.rules(channel))
