"""What is wrong with one file, gathered while it is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches

from mend.playbooks.model import BrokenPlaybook, Problem, Severity


@dataclass
class Notes:
    """The problems of a file; `line` counts from 1, 0 is the whole file."""

    file: str
    problems: list[Problem] = field(default_factory=list)

    def error(self, line: int, key: str, says: str, fix: str) -> None:
        self.problems.append(Problem(self.file, line, key, says, fix))

    def warn(self, line: int, key: str, says: str, fix: str) -> None:
        self.problems.append(Problem(self.file, line, key, says, fix, Severity.WARNING))

    def broken(self, line: int, key: str, says: str, fix: str) -> BrokenPlaybook:
        self.error(line, key, says, fix)
        return BrokenPlaybook(self.problems)


def did_you_mean(name: str, known: list[str]) -> str:
    """The known name that this one is nearest to, or all of them."""
    near = get_close_matches(name, known, 1, 0.6) or get_close_matches(name.capitalize(), known)
    return f"Did you mean {near[0]}?" if near else f"Known here: {', '.join(known)}."
