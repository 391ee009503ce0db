"""`/mend` and its help, App Home, what newcomers see, and what admins did."""

from __future__ import annotations

import difflib

from mend.db.model import Refused
from mend.dispatch.help import overview
from mend.dispatch.routes import MEND, Deps, Kind, Reply, Request, Routes, first_word
from mend.helping.store import HelpStore
from mend.home import audit_views as audit_blocks
from mend.home import onboarding_views as onboarding
from mend.home import views as blocks
from mend.ownit.store import NoteStore
from mend.people.audit import Audit
from mend.people.model import KEEP_AUDIT, Role
from mend.promises.store import PromiseStore
from mend.slack.model import NotSent
from mend.slack.ui import Message

on = Routes()

RECENT = 3  # playbooks
ACTS_SHOWN = 20


@on.event("app_home_opened")
def opened(deps: Deps, request: Request) -> Reply:
    if request.event.get("tab", "home") != "home":
        return Reply()
    is_new = deps.onboarding.is_new(request.person)
    return Reply(after=lambda: publish(deps, request.person, is_new=is_new))


@on.action(blocks.PAGE)
def turn_page(deps: Deps, request: Request) -> Reply:
    return Reply(refreshes_home=True, home_page=max(0, int(request.value)))


def show(deps: Deps, person: str, said: Message | None, page: int) -> None:
    """Bring the page up to date; `said`, if anything, goes on top.

    Most people never opened it: without an answer to show, theirs is left alone.
    """
    if said or not deps.onboarding.is_new(person):
        publish(deps, person, said, page)


def publish(
    deps: Deps, person: str, said: Message | None = None, page: int = 0, *, is_new: bool = False
) -> None:
    """Show App Home to `person`; `said` is the answer to what they just pressed there."""
    try:
        deps.people.admit(person, deps.db.workspace)
    except Refused as refused:
        deps.slack.publish_home(person, blocks.closed(refused.sentence))
        return
    mine = of(deps, person, page)
    on_top = onboarding.first_look() if is_new else []
    if mine.role is Role.ADMIN:
        on_top += onboarding.checklist(deps.onboarding.steps(person))
    view = blocks.home(mine, deps.now(), deps.policy_url, said, on_top)
    sent = deps.slack.publish_home(person, view)
    if is_new and not isinstance(sent, NotSent):
        deps.onboarding.seen(person)


def of(deps: Deps, person: str, page: int) -> blocks.Mine:
    """Everything on this person's page, and nothing of anybody else's."""
    role, team = deps.role_of(person), deps.teams.of(person)
    first = page * blocks.NOTES_SHOWN
    found = NoteStore(deps.db).mine(person, limit=blocks.NOTES_SHOWN + 1, offset=first)
    is_lead = role >= Role.SUPERVISOR
    return blocks.Mine(
        entries=found[: blocks.NOTES_SHOWN],
        promises=PromiseStore(deps.db).open_of(person),
        lookbacks=NoteStore(deps.db).asked_about(person),
        recent=deps.feedback.recently_used(person, RECENT),
        hands=HelpStore(deps.db).open_for(person) if is_lead else (),
        role=role,
        team=team.channel if team else "",
        next_recap=deps.next_recap(team),
        page=page,
        has_older=len(found) > blocks.NOTES_SHOWN,
    )


@on.event("member_joined_channel")
def joined(deps: Deps, request: Request) -> Reply:
    """Only Mend's own coming is of interest."""
    event = request.event
    inviter = str(event.get("inviter") or "")
    if event.get("user") != deps.bot_user or not inviter:
        return Reply()
    at = str(event.get("event_ts") or "")
    return Reply(jobs=deps.onboarding.offer_team(request.channel, inviter, at))


@on.action(onboarding.DISMISS, role=Role.ADMIN)
def dismiss(deps: Deps, request: Request) -> Reply:
    deps.onboarding.dismiss(request.person)
    return Reply(refreshes_home=True)


@on.command(MEND, usage="[help]", help="Everything else; see below.")
def unknown(deps: Deps, request: Request) -> Reply:
    """A first word that is none of them; without one it is `help`."""
    known = [each.id for each in deps.routes.of(Kind.SUBCOMMAND)]
    near = difflib.get_close_matches(first_word(request), known, n=1)
    hint = f"Did you mean `/mend {near[0]}`?" if near else "`/mend help` lists what there is."
    raise Refused(f"There is no such command. {hint}")


@on.subcommand("help", help="This list.")
def show_help(deps: Deps, request: Request) -> Reply:
    return Reply(overview(deps.routes, deps.role_of(request.person)))


@on.subcommand("audit", help="What admins did lately.", role=Role.ADMIN)
def audit(deps: Deps, request: Request) -> Reply:
    acts = Audit(deps.db).recent(ACTS_SHOWN)
    return Reply(
        audit_blocks.recent(acts, deps.teams.zone_of(request.person), KEEP_AUDIT.days),
        replaces=False,
    )
