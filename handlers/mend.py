"""`/mend` and its first word; without one, or with an unknown one, what there is."""

from __future__ import annotations

import difflib

from handlers import Deps, Kind, Reply, Request, Routes, errors
from mend.blocks.help import overview
from mend.domain.errors import Refused


def register(on: Routes) -> None:
    on.command("/mend", command, usage="[help]", help="Everything else; see below.")
    on.subcommand("help", show_help, help="This list.")


def command(deps: Deps, request: Request) -> Reply:
    word = (request.text.split() or ["help"])[0].casefold()
    route = deps.routes.get(Kind.SUBCOMMAND, word)
    if route is None:
        known = [each.id for each in deps.routes.of(Kind.SUBCOMMAND)]
        near = difflib.get_close_matches(word, known, n=1)
        hint = f"Did you mean `/mend {near[0]}`?" if near else "`/mend help` lists what there is."
        raise Refused(f"There is no such command. {hint}")
    errors.check(route, request, deps)
    return route.run(deps, request)


def show_help(deps: Deps, request: Request) -> Reply:
    role = deps.role_of(request.person)
    mine = [each for each in deps.routes.of(Kind.SUBCOMMAND) if each.role <= role]
    return Reply(overview(deps.routes.of(Kind.COMMAND), mine))
