"""The brief before a shift: at most ten lines, each of which says what to say."""

from __future__ import annotations

from mend.playbooks.model import DEFAULT_ASK
from mend.recap.brief.model import LEAST_DAYS, Brief
from mend.recap.daily.views import (
    Line,
    change,
    if_then,
    watch,
)
from mend.slack import ui

OPEN = "brief_open"
CHANGES_SHOWN = 3
CONDITIONS_SHOWN = 3
USUAL_SHOWN = 2


def brief(found: Brief, since: str) -> ui.Message:
    """`since` completes "Nothing changed …"."""
    heading = f"Before we start: {found.day:%A %-d %B}"
    lines = [
        Line(label.label, if_then(line) if line else label.words)
        for label, line in ((change(told), line) for told, line in found.changes[:CHANGES_SHOWN])
    ]
    notes = [] if lines else [f"No playbook changed {since}."]
    for condition, line in found.conditions[:CONDITIONS_SHOWN]:
        then = if_then(line) if line else f"If a customer is hit by it, then I ask: “{DEFAULT_ASK}”"
        lines.append(Line("Watch", f"{watch(condition).words}. {then}"))
    weekday = f"{found.day:%A}s"
    lines += [Line(f"Usual on {weekday}", if_then(line)) for line in found.usual[:USUAL_SHOWN]]
    if not lines:
        notes.append(
            f"What {weekday} usually bring, Mend does not know yet: it takes {LEAST_DAYS} of them"
            " with enough lookups."
        )
    if len(found.changes) > CHANGES_SHOWN or len(found.conditions) > CONDITIONS_SHOWN:
        notes.append("There is more: `/repair` finds every playbook.")
    return ui.message(
        "\n".join([heading, *(line.plain() for line in lines), *map(ui.escape, notes)]),
        ui.says(f"*{heading}*"),
        *(line.block() for line in lines),
        *(ui.aside(note) for note in notes),
    )
