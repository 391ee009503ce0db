"""`/mend brief`: what to know before the next call."""

from __future__ import annotations

from mend.db.model import Refused
from mend.dispatch.routes import Deps, Reply, Request, Routes
from mend.recap.brief import views as blocks

on = Routes()


@on.subcommand(
    "brief", help="What changed, what to watch, what today usually brings; only for you."
)
@on.action(blocks.OPEN)
def brief(deps: Deps, request: Request) -> Reply:
    team = deps.teams.of(request.person, request.channel)
    if team is None:
        raise Refused("Mend does not know your team yet. Type `/mend brief` in its channel.")
    return Reply(deps.briefing.brief(request.person, team), replaces=False)
