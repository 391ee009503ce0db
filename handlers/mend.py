"""`/mend` and its first word: help, the recap's preview, the doctor. Others register their own."""

from __future__ import annotations

import difflib

from mend.db.model import Refused
from mend.dispatch import errors
from mend.dispatch.help import overview
from mend.dispatch.routes import Deps, Kind, Reply, Request, Routes
from mend.doctor.views import report
from mend.home import audit_views as audit_blocks
from mend.home import views as home
from mend.people.audit import Audit
from mend.people.model import KEEP_AUDIT, Role
from mend.recap.daily.views import preview

on = Routes()

ACTS_SHOWN = 20


@on.command("/mend", usage="[help]", help="Everything else; see below.")
def command(deps: Deps, request: Request) -> Reply:
    """Without a first word what there is; with an unknown one what may have been meant."""
    word = (request.text.split() or ["help"])[0].casefold()
    route = deps.routes.get(Kind.SUBCOMMAND, word)
    if route is None:
        known = [each.id for each in deps.routes.of(Kind.SUBCOMMAND)]
        near = difflib.get_close_matches(word, known, n=1)
        hint = f"Did you mean `/mend {near[0]}`?" if near else "`/mend help` lists what there is."
        raise Refused(f"There is no such command. {hint}")
    errors.check(route, request, deps)
    return route.run(deps, request)


@on.subcommand("help", help="This list.")
def show_help(deps: Deps, request: Request) -> Reply:
    return Reply(overview(deps.routes, deps.role_of(request.person)))


@on.subcommand("recap", help="The recap as it would be posted now, only for you.")
@on.action(home.RECAP)
def recap(deps: Deps, request: Request) -> Reply:
    """Of the team of the channel it is asked in, or else the asker's own."""
    team = deps.teams.of(request.person, request.channel)
    if team is None:
        raise Refused("Mend does not know your team yet. Type `/mend recap` in its channel.")
    return Reply(preview(deps.recapping.preview(team), deps.next_recap(team)), replaces=False)


@on.subcommand("doctor", help="What works and what to do about the rest.", role=Role.ADMIN)
@on.action(home.DOCTOR, role=Role.ADMIN)
def doctor(deps: Deps, request: Request) -> Reply:
    return Reply(later=lambda: report(deps.doctor.examine()), replaces=False)


@on.subcommand("audit", help="What admins did lately.", role=Role.ADMIN)
def audit(deps: Deps, request: Request) -> Reply:
    acts = Audit(deps.db).recent(ACTS_SHOWN)
    return Reply(
        audit_blocks.recent(acts, deps.teams.zone_of(request.person), KEEP_AUDIT.days),
        replaces=False,
    )
