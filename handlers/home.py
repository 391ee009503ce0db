"""`/mend` and its help, App Home, what newcomers see, what admins did, and the doctor."""

import difflib

from mend.db.model import Refused
from mend.db.worker import Scheduler
from mend.dispatch.help import overview
from mend.dispatch.routes import MEND, Kind, Reply, Request, Routes, Typed, first_word
from mend.doctor import views as doctor_views
from mend.doctor.service import Doctor
from mend.editor.sheets import Sheets
from mend.home import onboarding_views as welcome
from mend.home import views as blocks
from mend.home.page import HomePage
from mend.home.service import Onboarding
from mend.people.directory import People
from mend.people.model import KEEP_AUDIT, Role
from mend.people.store import Audit
from mend.people.teams import Teams
from mend.slack.model import Identity

on = Routes()

ACTS_SHOWN = 20


@on.event("app_home_opened")
def opened(request: Request, page: HomePage) -> Reply:
    if request.event.get("tab", "home") != "home":
        return Reply()
    return Reply(after=lambda: page.open(request.user))


@on.action(blocks.PAGE)
def turn_page(request: Request) -> Reply:
    return Reply(home_page=max(0, int(request.value)))


@on.event("member_joined_channel")
def joined(
    request: Request, identity: Identity, onboarding: Onboarding, scheduler: Scheduler
) -> Reply:
    """Only Mend's own coming is of interest: what waited for it is due."""
    event = request.event
    inviter = str(event.get("inviter") or "")
    if event.get("user") != identity.bot_user or not inviter:
        return Reply()
    scheduler.slack_accepted(request.channel)
    at = str(event.get("event_ts") or "")
    return Reply(jobs=onboarding.offer_team(request.channel, inviter, at))


@on.action(welcome.DISMISS, role=Role.ADMIN)
def dismiss(request: Request, onboarding: Onboarding) -> Reply:
    onboarding.dismiss(request.user)
    return Reply()


@on.command(MEND, usage="[help]", help="Everything else; see below.", typed=Typed.OTHERS)
def unknown(request: Request, routes: Routes) -> Reply:
    """A first word that is none of them; without one it is `help`."""
    known = [each.id for each in routes.of(Kind.SUBCOMMAND)]
    near = difflib.get_close_matches(first_word(request), known, n=1)
    hint = f"Did you mean `/mend {near[0]}`?" if near else "`/mend help` lists what there is."
    raise Refused(f"There is no such command. {hint}")


@on.subcommand("help", help="This list.")
@on.action(blocks.HELP)
def show_help(request: Request, people: People, routes: Routes) -> Reply:
    return Reply(overview(routes, people.role_of(request.user)))


@on.subcommand("audit", help="What admins did lately.", role=Role.ADMIN)
@on.action(blocks.AUDIT, role=Role.ADMIN)
def acts(request: Request, teams: Teams, audit: Audit, sheets: Sheets) -> Reply:
    done, zone = audit.recent(ACTS_SHOWN), teams.zone_of(request.user)
    shown = blocks.admin_acts(done, sheets.title, zone, KEEP_AUDIT.days)
    return Reply(shown, replaces=False)


@on.subcommand("doctor", help="What works and what to do about the rest.", role=Role.ADMIN)
@on.action(doctor_views.OPEN, role=Role.ADMIN)
def examine(request: Request, doctor: Doctor) -> Reply:
    return Reply(later=lambda: doctor_views.report(doctor.examine()), replaces=False)
