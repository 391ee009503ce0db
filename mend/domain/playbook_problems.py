"""What is wrong with a playbook file, said so that whoever opens the file can put it right."""

from __future__ import annotations

from dataclasses import dataclass
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
        place = ", ".join(
            part
            for part in (
                self.file,
                f"line {self.line}" if self.line else "",
                SECTIONS.get(self.field, self.field),
            )
            if part
        )
        return f"{place}: {self.says} {self.fix}".rstrip()

    def to_json(self) -> dict[str, str | int]:
        """The problem as plain values for `json.dumps`."""
        return {
            "file": self.file,
            "line": self.line,
            "field": self.field,
            "severity": self.severity.value,
            "says": self.says,
            "fix": self.fix,
        }
