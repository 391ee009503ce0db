"""A small linear model beside the cues: what the words, and the meaning, of a text weigh.

The weights are data, fitted to the tuning sets by `python -m tests.bench.wording --fit`. Each kind
has two sets of them: one for the words alone, one for the words together with a sentence vector.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import sqrt
from typing import Literal

Kind = Literal["blame", "reactive"]

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[§·¤]+|[!?.]")


@dataclass(frozen=True, slots=True)
class Weights:
    """`meaning` is empty where no sentence vector is used; at `threshold` a text is flagged."""

    threshold: float
    bias: float
    words: dict[str, float]
    meaning: list[float]

    def said(self, reading: str) -> float:
        """How far the words of a reading lean towards being flagged, cues aside."""
        terms = terms_of(reading)
        return self.bias + sum(self.words.get(term, 0.0) for term in terms) / sqrt(len(terms))

    def meant(self, vector: Iterable[float]) -> float:
        """How far the meaning of a text leans that way."""
        return sum(weight * float(part) for weight, part in zip(self.meaning, vector, strict=True))


def terms_of(reading: str) -> set[str]:
    """The words and pairs of words of a reading; every name counts as one and the same word."""
    words = ["<", *(word[0] if word[0] in "§·¤" else word for word in _WORD.findall(reading)), ">"]
    return set(words) | {f"{one} {two}" for one, two in zip(words, words[1:], strict=False)}


@cache
def weights(kind: Kind, with_meaning: bool) -> Weights:
    """The fitted weights of a kind."""
    fitted = json.loads(files(__package__).joinpath("weights.json").read_text(encoding="utf-8"))
    return Weights(**fitted[kind]["words and meaning" if with_meaning else "words"])
