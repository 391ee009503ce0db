"""`/mend recap`: what the recap would say if it were posted now."""

from __future__ import annotations

from mend.db.model import Refused
from mend.dispatch.routes import Deps, Reply, Request, Routes
from mend.recap.daily import views as blocks

on = Routes()


@on.subcommand("recap", help="The recap as it would be posted now, only for you.")
@on.action(blocks.OPEN)
def recap(deps: Deps, request: Request) -> Reply:
    """Of the team of the channel it is asked in, or else the asker's own."""
    team = deps.teams.of(request.person, request.channel)
    if team is None:
        raise Refused("Mend does not know your team yet. Type `/mend recap` in its channel.")
    return Reply(
        blocks.preview(deps.recapping.preview(team), deps.next_recap(team)), replaces=False
    )
