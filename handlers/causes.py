"""`/mend causes`: the causes board of a supervisor's team, and what is done about each."""

from __future__ import annotations

from mend.db.model import Refused
from mend.dispatch.routes import Deps, Reply, Request, Routes, opens
from mend.lookbacks.model import Factor
from mend.people.model import Role, Team
from mend.recap.causes import views as blocks
from mend.slack.ui import Message

on = Routes()


@on.subcommand(
    "causes",
    help="What got in the way in closed weeks, and what is done about it.",
    role=Role.SUPERVISOR,
)
def show(deps: Deps, request: Request) -> Reply:
    found = deps.teams.of(request.person, request.channel)
    if found is None:
        raise Refused("Mend does not know your team yet. Type `/mend causes` in its channel.")
    return _board(deps, request, found.channel, 0)


@on.action(blocks.OPEN, role=Role.SUPERVISOR)
def turn(deps: Deps, request: Request) -> Reply:
    """The board, from App Home, or another page of it."""
    channel, _, page = request.value.partition(" ")
    return _board(deps, request, channel, int(page or 0))


@on.action(blocks.ADD, role=Role.SUPERVISOR)
def add(deps: Deps, request: Request) -> Reply:
    channel, _, factor = request.value.partition(" ")
    _team(deps, request, channel)
    return opens(blocks.action_form(Factor[factor], channel, None), blocks.ADD, request.value)


@on.action(blocks.CHANGE, role=Role.SUPERVISOR)
def change(deps: Deps, request: Request) -> Reply:
    channel, _, action = request.value.partition(" ")
    found = deps.causes.get(_team(deps, request, channel), action)
    form = blocks.action_form(found.factor, channel, found)
    return opens(form, blocks.CHANGE, request.value)


@on.view(blocks.FORM, role=Role.SUPERVISOR)
def saved(deps: Deps, request: Request) -> Reply:
    channel, factor, action, version = blocks.read_place(request.private)
    where = _team(deps, request, channel)
    given = blocks.read_action(request.answers)
    if action:
        deps.causes.change(where, action, version, given)
    else:
        deps.causes.add(where, factor, given)
    return Reply(_message(deps, where, 0), refreshes_home=True)


def _board(deps: Deps, request: Request, channel: str, page: int) -> Reply:
    return Reply(_message(deps, _team(deps, request, channel), page))


def _message(deps: Deps, where: Team, page: int) -> Message:
    return blocks.board(deps.causes.board(where), where.channel, deps.causes.k, page)


def _team(deps: Deps, request: Request, channel: str) -> Team:
    return deps.people.leading(request.person, deps.teams.rules(channel))
