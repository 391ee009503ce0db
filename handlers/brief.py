"""`/mend brief`: what to know before the next call."""

from __future__ import annotations

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
    team = teams.known(request.user, request.channel, "brief")
    return Reply(briefing.brief(request.user, team), replaces=False)
