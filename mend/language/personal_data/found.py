"""What was found, and how it reads once it is masked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

Type = Literal[
    "card",
    "security_code",
    "password",
    "code",
    "national_id",
    "account",
    "email",
    "phone",
    "expiry",
    "name",
]

# In the order in which they win where two overlap: what must never be stored comes first.
RANK: Final[dict[Type, int]] = {
    "card": 0,
    "security_code": 1,
    "password": 2,
    "code": 3,
    "national_id": 4,
    "account": 5,
    "email": 6,
    "phone": 7,
    "expiry": 8,
    "name": 9,
}

_LABELS: Final[dict[Type, str]] = {
    "security_code": "[security code]",
    "password": "[password]",
    "code": "[code]",
    "national_id": "[national id]",
    "account": "[account]",
    "email": "[e-mail]",
    "phone": "[phone]",
    "expiry": "[expiry]",
    "name": "[name]",
}

PLACEHOLDER = re.compile(
    r"\[card ending \d{4}\]|" + "|".join(re.escape(label) for label in _LABELS.values())
)


@dataclass(frozen=True)
class Found:
    """One masked item: `start` and `end` are character offsets into the text that was given."""

    type: Type
    start: int
    end: int


@dataclass(frozen=True)
class Masked:
    """The text that may be kept, and what was taken out of it, in reading order."""

    text: str
    found: tuple[Found, ...]


def undoable(found: Found) -> bool:
    """Whether its writer may put it back with one press, because it was not personal after all.

    Never for what must not be stored at all: cards, security codes, passwords and codes.
    """
    return found.type not in ("card", "security_code", "password", "code")


def label(kind: Type, digits: str) -> str:
    """What stands in the text instead; a card keeps its last four digits, so it can be repaired."""
    return f"[card ending {digits[-4:]}]" if kind == "card" else _LABELS[kind]
