"""What newcomers see: a first look at App Home, an admin's checklist, the offer to make a team."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import Block, DividerBlock

from mend.editor import limit_views as limits
from mend.people.model import Role
from mend.people.views import ADD
from mend.slack.ui import (
    Message,
    button,
    buttons,
    notice,
    says,
)

DISMISS = "setup_dismiss"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to set up."""

    is_done: bool
    what: str


def first_look() -> list[Block]:
    """Three lines; the two buttons they speak of stand right below."""
    return [
        says(
            "*Welcome.* A customer's problem: *Find a repair*, or `/repair` and their words.\n"
            "Something slipped: *Own something*, or `/ownit` and one line. It stays yours alone"
            " until you choose who sees it.\n"
            "Mend never counts, ranks or reports people. *Privacy* says what is kept about you."
        )
    ]


def checklist(steps: Sequence[Step]) -> list[Block]:
    """Ticks itself; nothing where there is nothing to do."""
    if not steps:
        return []
    lines = [f"{'✓' if step.is_done else '○'} {step.what}" for step in steps]
    agents = str(int(Role.AGENT))
    return [
        says("\n".join(["*To set up* (only admins see this)", *lines])),
        buttons(
            button(limits.TITLE, f"{limits.OPEN}_0", agents),
            button("Do not show this again", DISMISS, "setup"),
        ),
        DividerBlock(),
    ]


def invited(channel: str) -> Message:
    return notice(
        f"You invited me to <#{channel}>. Shall its people be a team? Then the notes they show and"
        " their recap stand there. Until then I say nothing there.",
        buttons(button("Make it a team", ADD, channel, "primary")),
    )
