"""`/mend doctor`: what works, and what to do about the rest."""

from __future__ import annotations

from mend.dispatch.routes import Deps, Reply, Request, Routes
from mend.doctor import views as blocks
from mend.people.model import Role

on = Routes()


@on.subcommand("doctor", help="What works and what to do about the rest.", role=Role.ADMIN)
@on.action(blocks.OPEN, role=Role.ADMIN)
def doctor(deps: Deps, request: Request) -> Reply:
    return Reply(later=lambda: blocks.report(deps.doctor.examine()), replaces=False)
