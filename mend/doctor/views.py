"""The doctor's findings as a message."""

from collections.abc import Sequence
from dataclasses import dataclass

from mend.settings.values import ended
from mend.slack import doors, ui

OPEN = doors.DOCTOR
MARKS = ("✓", "✗")
PLAIN_MARKS = ("ok", "!!")  # for a console whose letters have no such signs
MORE = "… and {count} more. `.venv/bin/python bot.py doctor` shows them all."


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `remedy` is empty where all is well."""

    what: str
    says: str
    remedy: str = ""


def lines(findings: Sequence[Finding], marks: tuple[str, str] = MARKS) -> list[str]:
    """One line a finding, faults with what to do."""
    return [
        f"{marks[bool(each.remedy)]} {each.what}: "
        + (f"{ended(each.says)} {each.remedy}" if each.remedy else each.says)
        for each in findings
    ]


def report(findings: Sequence[Finding]) -> ui.Message:
    """Faults first: they are why somebody asked. What does not fit is counted."""
    ordered = sorted(findings, key=lambda each: not each.remedy)
    shown: list[str] = []
    left = ui.SECTION_LENGTH - len(MORE) - 10
    for line in map(ui.escape, lines(ordered)):
        left -= len(line) + 1
        if left < 0 and shown:
            break
        shown.append(line)
    if rest := len(ordered) - len(shown):
        shown.append(MORE.format(count=rest))
    return ui.notice("\n".join(shown))
