"""App Home: everything a command reaches, and every control of a message that vanishes."""

from __future__ import annotations

from mend.db.model import Refused
from mend.dispatch.routes import Deps, Reply, Request, Routes
from mend.helping.store import HelpStore
from mend.home import onboarding_views as onboarding
from mend.home import views as blocks
from mend.ownit.store import NoteStore
from mend.people.model import Role
from mend.promises.store import PromiseStore
from mend.slack.model import NotSent
from mend.slack.ui import Message

on = Routes()

RECENT = 3  # playbooks


@on.event("app_home_opened")
def opened(deps: Deps, request: Request) -> Reply:
    if request.event.get("tab", "home") != "home":
        return Reply()
    is_new = deps.onboarding.is_new(request.person)
    return Reply(after=lambda: publish(deps, request.person, is_new=is_new))


@on.action(blocks.PAGE)
def turn_page(deps: Deps, request: Request) -> Reply:
    return Reply(refreshes_home=True, home_page=max(0, int(request.value)))


def refresh(deps: Deps, person: str, page: int = 0) -> None:
    """Bring the page up to date, for whoever has one: most people never opened it."""
    if not deps.onboarding.is_new(person):
        publish(deps, person, page=page)


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
