"""What a search gives back."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Confidence(StrEnum):
    """How an answer may be shown."""

    SURE = "sure"  # as the answer
    MAYBE = "maybe"  # "closest, but maybe not"
    NONE = "none"  # nothing fits: the universal repair first


@dataclass(frozen=True, slots=True)
class Hit:
    """A playbook and how close it is: 1 for its own words, about 0 for nothing in common."""

    slug: str
    score: float


@dataclass(frozen=True, slots=True)
class Answer:
    """Best first. Hits are given with NONE too: they are the nearest, not an answer."""

    hits: tuple[Hit, ...]
    confidence: Confidence
