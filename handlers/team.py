"""`/mend team`: what holds in a channel, making it a team, and changing what holds."""

from __future__ import annotations

from handlers import ownit
from mend.db.model import Refused
from mend.dispatch.routes import Deps, Reply, Request, Routes, opens, tells
from mend.people import views as blocks
from mend.people.audit import Audit
from mend.people.model import Role, Team

on = Routes()


@on.subcommand("team", help="What holds in this channel: zone, recap, supervisors.")
def show(deps: Deps, request: Request) -> Reply:
    role = deps.role_of(request.person)
    team = deps.teams.get(request.channel)
    if team is None and role is Role.ADMIN and not request.channel.startswith("D"):
        return Reply(blocks.offer(request.channel))
    team = team or deps.teams.of(request.person)
    if team is None:
        raise Refused("Mend does not know your team yet. Type `/mend team` in its channel.")
    return Reply(
        blocks.about(
            team,
            deps.recapping.next_at(team),
            may_change=_may_change(deps, request, team),
            may_remove=role is Role.ADMIN and team.channel != deps.teams.first,
        )
    )


@on.action(blocks.ADD, role=Role.ADMIN)
def add(deps: Deps, request: Request) -> Reply:
    """Straight on to the form: a zone and a time are what a new team needs first."""
    deps.teams.add(request.value)
    _note(deps, request, "made a team of", request.value)
    return _form(deps, request.value)


@on.action(blocks.OPEN, role=Role.SUPERVISOR)
def change(deps: Deps, request: Request) -> Reply:
    check(deps, request, request.value)
    return _form(deps, request.value)


@on.view(blocks.FORM, role=Role.SUPERVISOR)
def changed(deps: Deps, request: Request) -> Reply:
    check(deps, request, request.private)
    team = deps.teams.choose(request.private, blocks.read_team(request.answers))
    _note(deps, request, "changed the team of", request.private)
    deps.recapping.plan()
    next_recap = deps.recapping.next_at(team)
    return Reply(
        blocks.about(team, next_recap, may_change=False, may_remove=False), refreshes_home=True
    )


@on.action(blocks.REMOVE, role=Role.ADMIN)
def remove(deps: Deps, request: Request) -> Reply:
    deps.teams.remove(request.value)
    _note(deps, request, "took away the team of", request.value)
    return tells("It is no team any more. What its people own stays theirs.")


@on.action(blocks.MINE)
def mine(deps: Deps, request: Request) -> Reply:
    """The answer to the question under a first receipt; the note goes with it."""
    channel, _, entry = request.value.partition(" ")
    if channel not in deps.teams.to_choose(request.person):
        raise Refused("You are not in that channel. Type `/ownit` in your team's channel.")
    deps.teams.joined(request.person, channel)
    return ownit.receipt(deps, deps.owning.move(request.person, entry, channel))


def _note(deps: Deps, request: Request, act: str, channel: str) -> None:
    Audit(deps.db).note(request.person, act, channel, deps.now())


def _form(deps: Deps, channel: str) -> Reply:
    form = blocks.team_form(channel, deps.teams.texts(channel), deps.teams.fixed)
    return opens(form, blocks.OPEN, channel)


def _may_change(deps: Deps, request: Request, team: Team) -> bool:
    is_lead = request.person in team.supervisors
    return is_lead or deps.role_of(request.person) is Role.ADMIN


def check(deps: Deps, request: Request, channel: str) -> Team:
    """The team, for its own supervisors and for admins; raises Refused for anybody else."""
    team = deps.teams.rules(channel)
    if not _may_change(deps, request, team):
        deps.people.require(request.person, Role.ADMIN)
    return team
