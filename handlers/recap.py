"""The recap, previewed privately."""

from __future__ import annotations

from handlers import Deps, Reply, Request, Routes
from mend.blocks.home import RECAP
from mend.blocks.recap import preview


def register(on: Routes) -> None:
    on.subcommand("recap", show, help="The recap as it would be posted now, only for you.")
    on.action(RECAP, show)


def show(deps: Deps, request: Request) -> Reply:
    next_at = deps.recapping.next_at() if deps.owning.team else None
    return Reply(preview(deps.recapping.preview(), next_at), replaces=False)
