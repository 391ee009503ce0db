"""The doctor's findings as a message."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from mend.slack import doors
from mend.slack.ui import Message, escape, notice

OPEN = doors.DOCTOR


class Found(Protocol):
    @property
    def what(self) -> str: ...
    @property
    def says(self) -> str: ...
    @property
    def remedy(self) -> str: ...


def lines(findings: Sequence[Found]) -> list[str]:
    """One line a finding, faults with what to do."""
    return [
        f"{'✗' if each.remedy else '✓'} {each.what}: {each.says}"
        + (f". {each.remedy}" if each.remedy else "")
        for each in findings
    ]


def report(findings: Sequence[Found]) -> Message:
    """Faults first: they are why somebody asked."""
    ordered = sorted(findings, key=lambda each: not each.remedy)
    return notice(escape("\n".join(lines(ordered))))
