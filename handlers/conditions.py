"""`/mend condition`: what the next shift should watch ("courier strike till friday")."""

from __future__ import annotations

from mend.db.model import Refused
from mend.dispatch.routes import Deps, Reply, Request, Routes, opens
from mend.people.model import Role, Team
from mend.recap.conditions import views as blocks
from mend.recap.conditions.model import last_day_in
from mend.repair import picker
from mend.text.slack_text import plain

on = Routes()


@on.subcommand(
    "condition",
    help="What the next shift should watch; `/mend condition courier strike till friday`.",
    role=Role.SUPERVISOR,
)
def command(deps: Deps, request: Request) -> Reply:
    """With words the form, without them what is open; of the channel's team, or the person's."""
    known = deps.teams.of(request.person, request.channel)
    if known is None:
        raise Refused("Mend does not know your team yet. Type `/mend condition` in its channel.")
    found = _team(deps, request, known.channel)
    _, _, typed = plain(request.text).partition(" ")
    if typed.strip():
        return _form(deps, request, found, typed.strip())
    return Reply(blocks.overview(found.channel, deps.conditions.open(found)))


@on.action(blocks.ADD, role=Role.SUPERVISOR)
def add(deps: Deps, request: Request) -> Reply:
    return _form(deps, request, _team(deps, request, request.value), "")


@on.options(blocks.PLAYBOOK)
def suggest(deps: Deps, request: Request) -> Reply:
    return Reply(options=picker.options(deps.library.suggest(request.value, picker.OPTIONS)))


@on.view(blocks.FORM, role=Role.SUPERVISOR)
def filled(deps: Deps, request: Request) -> Reply:
    words, until, playbook, for_all = blocks.read_condition(request.answers)
    found = _team(deps, request, request.private)
    if for_all:
        deps.people.require(request.person, Role.ADMIN)
    deps.conditions.set(found, words, until, playbook, for_all=for_all)
    return Reply(blocks.overview(found.channel, deps.conditions.open(found), "Set."))


@on.action(blocks.END, role=Role.SUPERVISOR)
def end(deps: Deps, request: Request) -> Reply:
    """One that holds for every team is ended by admins."""
    channel, _, key = request.value.partition(" ")
    found = _team(deps, request, channel)
    ended = [each for each in deps.conditions.open(found) if each.id == key]
    for each in ended:
        if not each.team:
            deps.people.require(request.person, Role.ADMIN)
        deps.conditions.end(each.id)
    return Reply(blocks.overview(channel, deps.conditions.open(found), "Ended." if ended else ""))


def _form(deps: Deps, request: Request, found: Team, typed: str) -> Reply:
    words, until = last_day_in(typed, deps.now().astimezone(found.zone).date())
    for_all = deps.role_of(request.person) is Role.ADMIN
    form = blocks.condition_form(found.channel, words, until, for_all=for_all)
    return opens(form, blocks.ADD, found.channel)


def _team(deps: Deps, request: Request, channel: str) -> Team:
    return deps.people.leading(request.person, deps.teams.rules(channel))
