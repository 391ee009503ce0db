"""What newcomers see: a first look at App Home, an admin's checklist, the offer to make a team."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mend.people.views import ADD
from mend.slack import ui

DISMISS = "setup_dismiss"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to set up; `opens` are label, route and value of the form that does it, if any."""

    is_done: bool
    what: str
    opens: tuple[str, str, str] | None = None


def first_look() -> list[ui.Block]:
    """Three lines; the two buttons they speak of stand right below."""
    return [
        ui.says(
            "*Welcome.* A customer's problem: *Find a repair*, or `/repair` and their words.\n"
            "Something slipped: *Own something*, or `/ownit` and one line. It stays yours alone"
            " until you choose who sees it.\n"
            "Mend never counts, ranks or reports people. *Privacy* says what is kept about you."
        )
    ]


def checklist(steps: Sequence[Step]) -> list[ui.Block]:
    """Ticks itself; nothing where there is nothing to do."""
    if not steps:
        return []
    lines = [f"{'✓' if step.is_done else '○'} {step.what}" for step in steps]
    forms = [step.opens for step in steps if step.opens and not step.is_done]
    return [
        ui.says("\n".join(["*To set up* (only admins see this)", *lines])),
        ui.buttons(
            *(ui.button(label, f"{route}_0", value) for label, route, value in forms),
            ui.button("Do not show this again", DISMISS, "setup"),
        ),
        ui.divider(),
    ]


def invited(channel: str) -> ui.Message:
    return ui.notice(
        f"You invited me to <#{channel}>. Shall its people be a team? Then the notes they show and"
        " their recap stand there. Until then I say nothing there.",
        ui.buttons(ui.button("Make it a team", ADD, channel, "primary")),
    )
