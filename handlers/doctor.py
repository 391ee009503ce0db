"""`/mend doctor`: what works, what does not, and what to do about it."""

from __future__ import annotations

from handlers import Deps, Reply, Request, Routes
from mend.blocks.doctor import report
from mend.blocks.home import DOCTOR
from mend.domain.roles import Role


def register(on: Routes) -> None:
    on.subcommand("doctor", show, help="What works and what to do about the rest.", role=Role.ADMIN)
    on.action(DOCTOR, show, role=Role.ADMIN)


def show(deps: Deps, request: Request) -> Reply:
    return Reply(later=lambda: report(deps.doctor.examine()), replaces=False)
