"""`/mend causes`: the causes board of a supervisor's team, and what is done about each."""

from __future__ import annotations

from mend.dispatch.routes import Reply, Request, Routes, Typed, opens
from mend.lookbacks.model import Factor
from mend.people.directory import People
from mend.people.model import Role, Team
from mend.people.teams import Teams
from mend.recap.causes import views as blocks
from mend.recap.causes.service import Causes
from mend.slack import ui
from mend.slack.packing import unpack

on = Routes()


@on.subcommand(
    "causes",
    help="What got in the way in closed weeks, and what is done about it.",
    role=Role.SUPERVISOR,
)
def show(request: Request, teams: Teams, causes: Causes, people: People) -> Reply:
    found = teams.known(request.user, request.channel, "causes")
    return _board(request, teams, causes, people, found.channel, 0)


@on.action(blocks.OPEN, role=Role.SUPERVISOR)
def turn(request: Request, teams: Teams, causes: Causes, people: People) -> Reply:
    """The board, from App Home, or another page of it."""
    channel, page = unpack(request.value, 2)
    return _board(request, teams, causes, people, channel, int(page or 0))


@on.action(blocks.ADD, role=Role.SUPERVISOR)
def add(request: Request, teams: Teams, people: People) -> Reply:
    channel, factor = unpack(request.value, 2)
    _team(request, teams, people, channel)
    return opens(blocks.action_form(Factor[factor], channel, None), blocks.ADD, request.value)


@on.action(blocks.CHANGE, role=Role.SUPERVISOR)
def change(request: Request, teams: Teams, causes: Causes, people: People) -> Reply:
    channel, action = unpack(request.value, 2)
    found = causes.get(_team(request, teams, people, channel), action)
    form = blocks.action_form(found.factor, channel, found)
    return opens(form, blocks.CHANGE, request.value)


@on.view(blocks.FORM, typed=Typed.OTHERS, role=Role.SUPERVISOR)
def saved(request: Request, teams: Teams, causes: Causes, people: People) -> Reply:
    channel, factor, action, version = blocks.read_place(request.private_metadata)
    where = _team(request, teams, people, channel)
    given = blocks.read_action(request.answers)
    if action:
        causes.change(where, action, version, given)
    else:
        causes.add(where, factor, given)
    return Reply(_message(causes, where, 0))


def _board(
    request: Request, teams: Teams, causes: Causes, people: People, channel: str, page: int
) -> Reply:
    return Reply(_message(causes, _team(request, teams, people, channel), page))


def _message(causes: Causes, where: Team, page: int) -> ui.Message:
    return blocks.board(causes.board(where), where.channel, causes.k, page)


def _team(request: Request, teams: Teams, people: People, channel: str) -> Team:
    return people.leading(request.user, teams.rules(channel))
