"""What Mend answers to, written from the handlers' own declarations."""

from __future__ import annotations

from mend.dispatch.routes import Kind, Routes
from mend.people.model import Role
from mend.slack import ui


def overview(routes: Routes, role: Role) -> ui.Message:
    """The commands, and what somebody of this role may type after `/mend`."""
    commands = routes.of(Kind.COMMAND)
    words = [each for each in routes.of(Kind.SUBCOMMAND) if each.role <= role]
    lines = [
        *(f"`{f'{each.id} {each.usage}'.strip()}`  {each.help}" for each in commands),
        *(f"`/mend {each.id}`  {each.help}" for each in sorted(words, key=lambda each: each.id)),
        "In a thread, where commands do not work: the ⋮ menu of a message, *Own this* or *Find a"
        " repair*. Or write to me directly: a customer's problem, or a slip of yours.",
    ]
    return ui.notice("\n".join(lines))
