"""Newcomers: the admin's checklist, and a channel that Mend was invited to."""

from __future__ import annotations

from mend.dispatch.routes import Deps, Reply, Request, Routes
from mend.home import onboarding_views as blocks
from mend.people.model import Role

on = Routes()


@on.event("member_joined_channel")
def joined(deps: Deps, request: Request) -> Reply:
    """Only Mend's own coming is of interest."""
    event = request.event
    inviter = str(event.get("inviter") or "")
    if event.get("user") != deps.bot_user or not inviter:
        return Reply()
    at = str(event.get("event_ts") or "")
    return Reply(jobs=deps.onboarding.offer_team(request.channel, inviter, at))


@on.action(blocks.DISMISS, role=Role.ADMIN)
def dismiss(deps: Deps, request: Request) -> Reply:
    deps.onboarding.dismiss(request.person)
    return Reply(refreshes_home=True)
