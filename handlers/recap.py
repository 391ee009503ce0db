"""`/mend recap`: what the recap would say if it were posted now."""

from __future__ import annotations

from mend.dispatch.routes import Reply, Request, Routes
from mend.people.teams import Teams
from mend.recap.daily import views as blocks
from mend.recap.daily.service import Recapping

on = Routes()


@on.subcommand("recap", help="The recap as it would be posted now, only for you.")
@on.action(blocks.OPEN)
def recap(request: Request, teams: Teams, recapping: Recapping) -> Reply:
    """Of the team of the channel it is asked in, or else the asker's own."""
    team = teams.known(request.user, request.channel, "recap")
    return Reply(blocks.preview(recapping.preview(team), recapping.next_at(team)), replaces=False)
