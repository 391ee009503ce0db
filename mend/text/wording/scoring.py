"""A small model: what the words, the cues and the meaning of a text weigh.

Words and cues count by themselves. What the sentence model makes of a text counts as it is, and in
squares: along some directions it does not matter which way a text leans, but how far. The weights
are data, fitted to the tuning sets by `python -m tests.bench.wording --fit`. Each kind has two sets
of them: one for words and cues, one for these together with the sentence model.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import sqrt
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from mend.text.wording.cues import Span

Kind = Literal["blame", "reactive"]
Numbers = NDArray[np.float32]

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[§·¤]+|[!?.]")


_SENTENCE = re.compile(r"[^.!?\n]*[.!?\n]*")
_LONGEST = 30  # words of a part; the lines that the weights were fitted to are no longer


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the sentence model's numbers weigh: each by itself, and squared along directions."""

    straight: Numbers
    directions: Numbers  # a row each
    middles: Numbers  # of the fitted texts along each direction
    strengths: Numbers

    def score(self, meant: Numbers) -> float:
        along = self.directions @ meant - self.middles
        return float(self.straight @ meant + self.strengths @ along**2)


@dataclass(frozen=True, slots=True)
class Weights:
    """At `threshold` a text is flagged."""

    threshold: float
    bias: float
    words: dict[str, float]
    cues: dict[str, float]
    meaning: Meaning | None = None

    def score(self, reading: str, found: Iterable[Span], meant: Numbers | None = None) -> float:
        """How far a part of a text leans towards being flagged: words, cues and meaning."""
        terms = terms_of(reading)
        return (
            self.bias
            + sum(self.words.get(term, 0.0) for term in terms) / sqrt(len(terms))
            + sum(self.cues.get(cue, 0.0) for cue in cues_of(found))
            + (self.meaning.score(meant) if self.meaning and meant is not None else 0.0)
        )


def parts_of(reading: str, found: Iterable[Span]) -> list[slice]:
    """Where the parts of a reading are: whole sentences, as many as make a short note.

    Each part is judged alone, so that what blames is not lost in a long and friendly text; so is
    each sentence with a cue in it.
    """
    parts: list[slice] = []
    cued: list[slice] = []
    start, words = 0, 0
    for sentence in _SENTENCE.finditer(reading):
        count = len(_WORD.findall(sentence[0]))
        if words and words + count > _LONGEST:
            parts.append(slice(start, sentence.start()))
            start, words = sentence.start(), 0
        words += count
        if any(sentence.start() <= hit.start < sentence.end() for hit in found):
            cued.append(slice(*sentence.span()))
    parts.append(slice(start, len(reading)))
    return parts + [part for part in cued if part not in parts]


def cues_of(found: Iterable[Span]) -> set[str]:
    """The labels of the cues found, and whether they are enough to point at."""
    found = list(found)
    enough = {"enough"} if sum(hit.weight for hit in found) >= 2 else set()
    return {hit.label for hit in found} | enough


def terms_of(reading: str) -> set[str]:
    """The words and pairs of words of a reading; every name counts as one and the same word."""
    words = ["<", *(word[0] if word[0] in "§·¤" else word for word in _WORD.findall(reading)), ">"]
    return set(words) | {f"{one} {two}" for one, two in zip(words, words[1:], strict=False)}


@cache
def weights(kind: Kind, with_meaning: bool) -> Weights:
    """The fitted weights of a kind."""
    fitted: dict[str, Any] = json.loads(files(__package__).joinpath("weights.json").read_bytes())
    if not with_meaning:
        return Weights(**fitted[kind]["words"])
    with files(__package__).joinpath("meaning.npz").open("rb") as file, np.load(file) as arrays:
        straight, directions, scales, middles, strengths = (
            arrays[f"{kind} {name}"].astype(np.float32)
            for name in ("straight", "directions", "scales", "middles", "strengths")
        )
    meaning = Meaning(straight, directions * scales[:, None], middles, strengths)
    return Weights(**fitted[kind]["words and meaning"], meaning=meaning)
