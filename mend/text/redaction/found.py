"""What was found, and how it reads once it is masked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal, get_args

# In the order in which they win where two overlap: what must never be stored comes first.
Secret = Literal["card", "security_code", "password", "code", "secret"]
Type = Literal[
    Secret,
    "national_id",
    "account",
    "email",
    "phone",
    "expiry",
    "date_of_birth",
    "address",
    "name",
    "colleague",
]

PLACEHOLDER: Final = re.compile(
    r"\[(?:(card) ending \d{4}|(account)|security code|password|code|secret|national id|e-mail|"
    r"phone|expiry|date of birth|address|name)\]"
)


def label(kind: Type, digits: str) -> str:
    """What stands in the text instead; a card keeps its last four digits, so it can be repaired."""
    special = {"card": f"[card ending {digits[-4:]}]", "email": "[e-mail]"}
    return special.get(kind, f"[{kind.replace('_', ' ')}]")


@dataclass(frozen=True)
class Found:
    """One masked item: `start` and `end` are character offsets into the text that was given."""

    type: Type
    start: int
    end: int


@dataclass(frozen=True)
class Redacted:
    """The text that may be kept, and what was taken out of it, in reading order."""

    text: str
    found: tuple[Found, ...]


def undoable(found: Found) -> bool:
    """Whether its writer may write it back, because it was not personal after all.

    Never for what must not be stored at all (cards, security codes, passwords and codes), and never
    for a colleague's name, which is not theirs to give.
    """
    return found.type not in (*get_args(Secret), "colleague")
