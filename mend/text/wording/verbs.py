"""Verbs that tell an act without judging it, in the three forms that a rewrite needs."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import Final

_TEXT: Final = files(__package__).joinpath("verbs.txt").read_text(encoding="utf-8")
_REGULAR, _DOUBLED, _IRREGULAR = (part.split() for part in re.split(r"\[\w+\]", _TEXT)[1:])
# What charges is said by what it came to: an ignored mail was not answered by anybody.
MILDER: Final = {
    "ignored": "missed",
    "overlooked": "missed",
    "missed": "missed",
    "skipped": "skipped",
    "forgot": "forgotten",
    "dumped": "left",
    "shoved": "put",
    "rubber-stamped": "approved",
    "copy-pasted": "pasted",
}
DITRANSITIVE: Final = frozenset(
    ["given", "told", "sent", "offered", "quoted", "promised", "charged", "emailed", "e-mailed"]
    + ["texted", "shown", "handed", "asked", "paid", "sold", "billed", "refunded", "lent"]
)


def _past(base: str) -> str:
    if base in _DOUBLED:
        return base + base[-1] + "ed"
    if base.endswith("e"):
        return base + "d"
    if base.endswith("y") and base[-2] not in "aeou":
        return base[:-1] + "ied"
    return base + "ed"


def _forms() -> tuple[dict[str, str], dict[str, str]]:
    by_past: dict[str, str] = {}
    by_base: dict[str, str] = {}
    for base in _REGULAR:
        past = _past(base)
        by_past[past] = by_base[base] = past
    by_past["canceled"] = "canceled"
    for row in _IRREGULAR:
        base, past, participle = row.split("/")
        by_past[past] = by_base[base] = participle
        by_past.setdefault(participle, participle)
    return by_past, by_base


BY_PAST, BY_BASE = _forms()  # "sent" to "sent", "send" to "sent"
