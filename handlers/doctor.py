"""`/mend doctor`: what works, and what to do about the rest."""

from __future__ import annotations

from mend.dispatch.routes import Reply, Request, Routes
from mend.doctor import views as blocks
from mend.doctor.service import Doctor
from mend.people.model import Role

on = Routes()


@on.subcommand("doctor", help="What works and what to do about the rest.", role=Role.ADMIN)
@on.action(blocks.OPEN, role=Role.ADMIN)
def examine(request: Request, doctor: Doctor) -> Reply:
    return Reply(later=lambda: blocks.report(doctor.examine()), replaces=False)
