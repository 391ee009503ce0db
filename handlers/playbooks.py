"""`/mend playbooks` for admins: the doors to the gap queue, to use and to what is to be checked."""

from __future__ import annotations

from handlers import Deps, Reply, Request, Routes
from mend.blocks import playbooks as blocks
from mend.domain.roles import Role


def register(on: Routes) -> None:
    on.subcommand(
        "playbooks", show, help="How playbooks are used, and what is missing.", role=Role.ADMIN
    )


def show(deps: Deps, request: Request) -> Reply:
    return Reply(blocks.overview(len(deps.library.all())))
