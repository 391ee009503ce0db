"""What teams are told, and what they may add to it: recap, brief, causes, open conditions."""

from mend.dispatch.routes import Reply, Request, Routes, Typed, opens
from mend.lookbacks.model import Factor
from mend.people.directory import People
from mend.people.model import Role, Team
from mend.people.teams import Teams
from mend.playbooks.library import Library
from mend.recap.causes import views as board
from mend.recap.causes.service import Causes
from mend.recap.conditions import views as watching
from mend.recap.conditions.service import Conditions
from mend.recap.daily import views as daily
from mend.recap.daily.service import Briefing, Recapping
from mend.repair import picker
from mend.slack.packing import unpack
from mend.text.slack_text import plain

on = Routes()


@on.subcommand("recap", help="The recap as it would be posted now, only for you.")
@on.action(daily.RECAP)
def recap(request: Request, teams: Teams, recapping: Recapping) -> Reply:
    """Of the team of the channel it is asked in, or else the asker's own."""
    team = teams.known(request.user, request.channel, "recap")
    shown = daily.preview(recapping.preview(team), recapping.next_at(team))
    return Reply(shown, replaces=False)


@on.subcommand(
    "brief", help="What changed, what to watch, what today usually brings; only for you."
)
@on.action(daily.BRIEF)
def brief(request: Request, teams: Teams, briefing: Briefing) -> Reply:
    team = teams.known(request.user, request.channel, "brief")
    return Reply(briefing.brief(request.user, team), replaces=False)


def _led(request: Request, teams: Teams, people: People, channel: str) -> Team:
    """That team; raises Refused where whoever asks does not lead it."""
    return people.leading(request.user, teams.rules(channel))


# --- the causes board


@on.subcommand(
    "causes",
    help="What got in the way in closed weeks, and what is done about it.",
    role=Role.SUPERVISOR,
)
def show_causes(request: Request, teams: Teams, causes: Causes, people: People) -> Reply:
    found = teams.known(request.user, request.channel, "causes")
    return _board(causes, _led(request, teams, people, found.channel))


@on.action(board.OPEN, role=Role.SUPERVISOR)
def turn(request: Request, teams: Teams, causes: Causes, people: People) -> Reply:
    """The board, from App Home, or another page of it."""
    channel, page = unpack(request.value, 2)
    return _board(causes, _led(request, teams, people, channel), int(page or 0))


@on.action(board.ADD, role=Role.SUPERVISOR)
def add_action(request: Request, teams: Teams, people: People) -> Reply:
    channel, factor = unpack(request.value, 2)
    _led(request, teams, people, channel)
    return opens(board.action_form(Factor[factor], channel, None), board.ADD, request.value)


@on.action(board.CHANGE, role=Role.SUPERVISOR)
def change_action(request: Request, teams: Teams, causes: Causes, people: People) -> Reply:
    channel, action = unpack(request.value, 2)
    found = causes.get(_led(request, teams, people, channel), action)
    form = board.action_form(found.factor, channel, found)
    return opens(form, board.CHANGE, request.value)


@on.view(board.FORM, typed=Typed.OTHERS, role=Role.SUPERVISOR)
def action_saved(request: Request, teams: Teams, causes: Causes, people: People) -> Reply:
    channel, factor, action, version = board.read_place(request.private_metadata)
    team, given = _led(request, teams, people, channel), board.read_action(request.answers)
    if action:
        causes.change(team, action, version, given)
    else:
        causes.add(team, factor, given)
    return _board(causes, team)


def _board(causes: Causes, team: Team, page: int = 0) -> Reply:
    return Reply(board.board(causes.board(team), team.channel, causes.k, page))


# --- what the next shift should watch ("courier strike till friday")


@on.subcommand(
    "condition",
    help="What the next shift should watch; `/mend condition courier strike till friday`.",
    role=Role.SUPERVISOR,
)
@on.action(watching.SHOW, role=Role.SUPERVISOR)
def show_conditions(
    request: Request, teams: Teams, conditions: Conditions, people: People
) -> Reply:
    """With words the form, without them what is open; of the channel's team, or the person's."""
    known = teams.known(request.user, request.channel, "condition")
    team = _led(request, teams, people, known.channel)
    _, _, typed = plain(request.text).partition(" ")
    if typed.strip():
        return _condition_form(request, conditions, people, team, typed.strip())
    return _open(conditions, team)


@on.action(watching.ADD, role=Role.SUPERVISOR)
def add_condition(request: Request, teams: Teams, conditions: Conditions, people: People) -> Reply:
    team = _led(request, teams, people, request.value)
    return _condition_form(request, conditions, people, team, "")


@on.options(watching.PLAYBOOK)
def suggest(request: Request, library: Library) -> Reply:
    return Reply(options=picker.options(library.suggest(request.value, picker.OPTIONS)))


@on.view(watching.FORM, typed=Typed.OTHERS, role=Role.SUPERVISOR)
def condition_set(request: Request, teams: Teams, conditions: Conditions, people: People) -> Reply:
    words, until, playbook, for_all = watching.read_condition(request.answers)
    team = _led(request, teams, people, request.private_metadata)
    if for_all:
        people.require(request.user, Role.ADMIN)
    conditions.set(team, words, until, playbook, for_all=for_all)
    return _open(conditions, team, "Set.")


@on.action(watching.END, role=Role.SUPERVISOR)
def end_condition(request: Request, teams: Teams, conditions: Conditions, people: People) -> Reply:
    """One that holds for every team is ended by admins."""
    channel, key = unpack(request.value, 2)
    team = _led(request, teams, people, channel)
    ended = next((each for each in conditions.open(team) if each.id == key), None)
    if ended and not ended.team:
        people.require(request.user, Role.ADMIN)
    if ended:
        conditions.end(ended.id)
    return _open(conditions, team, "Ended." if ended else "")


def _condition_form(
    request: Request, conditions: Conditions, people: People, team: Team, typed: str
) -> Reply:
    words, until = conditions.read(team, typed)
    for_all = people.role_of(request.user) is Role.ADMIN
    form = watching.condition_form(team.channel, words, until, for_all=for_all)
    return opens(form, watching.ADD, team.channel)


def _open(conditions: Conditions, team: Team, said: str = "") -> Reply:
    return Reply(watching.overview(team.channel, conditions.open(team), said))
