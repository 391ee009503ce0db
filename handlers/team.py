"""`/mend team`: what holds in a channel, making it a team, and changing what holds."""

from __future__ import annotations

from mend.db.model import Refused
from mend.dispatch.routes import Deps, Reply, Request, Routes, opens, tells
from mend.people import views as blocks
from mend.people.audit import Audit
from mend.people.model import Role

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
            may_change=deps.people.is_lead(request.person, team),
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
    deps.people.leading(request.person, deps.teams.rules(request.value))
    return _form(deps, request.value)


@on.view(blocks.FORM, role=Role.SUPERVISOR)
def changed(deps: Deps, request: Request) -> Reply:
    deps.people.leading(request.person, deps.teams.rules(request.private))
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


def _note(deps: Deps, request: Request, act: str, channel: str) -> None:
    Audit(deps.db).note(request.person, act, channel, deps.now())


def _form(deps: Deps, channel: str) -> Reply:
    form = blocks.team_form(channel, deps.teams.texts(channel), deps.teams.fixed)
    return opens(form, blocks.OPEN, channel)
