"""What is wrong with a playbook file, said so that whoever opens the file can put it right."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum

from mend.domain.playbooks import SECTIONS


class Severity(StrEnum):
    """How much a problem matters; only an error fails `python bot.py check`."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to put right.

    `line` counts from 1; 0 means the file as a whole. `field` is the playbook's field
    ("say_first"), a front-matter key, or empty. `says` and `fix` are whole sentences.
    """

    file: str
    line: int
    field: str
    says: str
    fix: str = ""
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        line = f"line {self.line}" if self.line else ""
        place = filter(None, (self.file, line, SECTIONS.get(self.field, self.field)))
        return f"{', '.join(place)}: {self.says} {self.fix}".rstrip()

    def to_json(self) -> dict[str, str | int]:
        """The problem as plain values for `json.dumps`."""
        return {**asdict(self), "severity": self.severity.value}


class BrokenPlaybook(Exception):
    """The file has no reading that is safe to serve; `problems` say what to put right."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems
