"""What Mend answers to, written from the handlers' own declarations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from mend.slack.ui import Message, notice


class Declared(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def usage(self) -> str: ...
    @property
    def help(self) -> str: ...


def overview(commands: Sequence[Declared], subcommands: Sequence[Declared]) -> Message:
    lines = [
        *(f"`{f'{each.id} {each.usage}'.strip()}`  {each.help}" for each in commands),
        *(f"`/mend {each.id}`  {each.help}" for each in subcommands),
        "In a thread, where commands do not work: the ⋮ menu of a message, *Own this* or *Find a"
        " repair*. A direct message to me is a note, too.",
    ]
    return notice("\n".join(lines))
