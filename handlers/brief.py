"""`/mend brief`: what to know before the next call."""

from __future__ import annotations

from mend.db.model import Refused
from mend.dispatch.routes import Reply, Request, Routes
from mend.people.teams import Teams
from mend.recap.brief import views as blocks
from mend.recap.brief.service import Briefing

on = Routes()


@on.subcommand(
    "brief", help="What changed, what to watch, what today usually brings; only for you."
)
@on.action(blocks.OPEN)
def brief(request: Request, teams: Teams, briefing: Briefing) -> Reply:
    team = teams.of(request.user, request.channel)
    if team is None:
        raise Refused("Mend does not know your team yet. Type `/mend brief` in its channel.")
    return Reply(briefing.brief(request.user, team), replaces=False)
