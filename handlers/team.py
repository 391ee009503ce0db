"""`/mend team`: what holds in a channel, making it a team, and changing what holds."""

from mend.dispatch.routes import Reply, Request, Routes, Typed, opens, tells
from mend.people import views as blocks
from mend.people.directory import People
from mend.people.model import Role
from mend.people.teams import Teams
from mend.recap.daily.service import Recapping

on = Routes()


@on.subcommand("team", help="What holds in this channel: zone, recap, supervisors.")
@on.action(blocks.SHOW)
def show(request: Request, teams: Teams, recapping: Recapping, people: People) -> Reply:
    role = people.role_of(request.user)
    team = teams.get(request.channel)
    is_in_channel = request.channel[:1] not in ("", "D")
    if team is None and role is Role.ADMIN and is_in_channel:
        return Reply(blocks.offer(request.channel))
    team = team or teams.known(request.user, "", "team")
    return Reply(
        blocks.about(
            team,
            recapping.next_at(team),
            may_change=people.is_lead(request.user, team),
            may_remove=role is Role.ADMIN and team.channel != teams.first,
        )
    )


@on.action(blocks.ADD, role=Role.ADMIN)
def add(request: Request, teams: Teams) -> Reply:
    """Straight on to the form: a zone and a time are what a new team needs first."""
    teams.add(request.value, request.user)
    return _form(teams, request.value)


@on.action(blocks.OPEN, role=Role.SUPERVISOR)
def change(request: Request, teams: Teams, people: People) -> Reply:
    people.leading(request.user, teams.rules(request.value))
    return _form(teams, request.value)


@on.view(blocks.FORM, typed=Typed.OTHERS, role=Role.SUPERVISOR)
def changed(request: Request, teams: Teams, recapping: Recapping, people: People) -> Reply:
    channel, drawn = blocks.read_place(request.private_metadata)
    people.leading(request.user, teams.rules(channel))
    chosen = blocks.read_team(request.answers, drawn, teams.texts(channel))
    team = teams.choose(channel, chosen, request.user)
    recapping.plan()
    next_recap = recapping.next_at(team)
    return Reply(blocks.about(team, next_recap, may_change=False, may_remove=False))


@on.action(blocks.REMOVE, role=Role.ADMIN)
def remove(request: Request, teams: Teams) -> Reply:
    teams.remove(request.value, request.user)
    return tells("It is no team any more. What its people own stays theirs.")


def _form(teams: Teams, channel: str) -> Reply:
    form = blocks.team_form(channel, teams.texts(channel), teams.fixed)
    return opens(form, blocks.OPEN, channel)
