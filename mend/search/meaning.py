"""Ranks by meaning: how near a query's vector is to the vectors of each playbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mend.search.sentences import Vectors, unit

_NEAREST = 0.3  # weight of a playbook's nearest text; the rest goes to the middle of its texts
_CANDIDATES = 64  # playbooks whose single texts are compared; of the others only the middle

_SAMPLES = 300  # phrases that thresholds are read from
_FEWEST = 30  # phrases below which they say too little


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The closeness from which on a playbook fits, and what makes the best one sure."""

    fits: float
    sure: float
    lead: float


class MeaningIndex:
    """The vectors of a library, grouped by playbook."""

    def __init__(
        self, groups: Sequence[Sequence[Vectors]], weights: Sequence[float], phrases: Sequence[bool]
    ) -> None:
        """`groups`: at least one vector a playbook. `weights` and `phrases` go with the vectors.

        A vector's weight is its part in the middle of its playbook; `phrases` says which vectors
        are of example phrases.
        """
        self.rows = np.array([row for group in groups for row in group], np.float16)
        self._weights = np.array(weights, np.float32)
        self._ends = np.cumsum([len(group) for group in groups])
        self._starts = self._ends - [len(group) for group in groups]
        places = zip(self._starts, self._ends, strict=True)
        self._middles = unit(np.array([self._weights[a:b] @ self.rows[a:b] for a, b in places]))
        self.thresholds = self._thresholds(np.flatnonzero(phrases))

    def closeness(self, vector: Vectors, without: int | None = None) -> Vectors:
        """One number a playbook, like a cosine; as if row `without` were not in the library."""
        middle = self._middles @ vector
        if without is not None:
            owner = int(np.searchsorted(self._ends, without, side="right"))
            rest = np.arange(self._starts[owner], self._ends[owner])
            rest = rest[rest != without]
            middle[owner] = unit(self._weights[rest] @ self.rows[rest]) @ vector
        closeness = middle.copy()
        likely = _greatest(middle, _CANDIDATES)
        places = zip(self._starts[likely], self._ends[likely], strict=True)
        rows = np.concatenate([np.arange(start, end) for start, end in places])
        cosines = self.rows[rows].astype(np.float32) @ vector
        if without is not None:
            cosines[rows == without] = -1
        sizes = self._ends[likely] - self._starts[likely]
        nearest = np.maximum.reduceat(cosines, np.cumsum(sizes) - sizes)
        closeness[likely] += _NEAREST * (nearest - middle[likely])
        return closeness

    def _thresholds(self, phrases: np.ndarray) -> Thresholds:
        """Where the library's own phrases stand, each asked of the library without it.

        What 92 % of them reach fits. Sure is what 80 % reach, with a lead over the next playbook
        from which on at most 3 % of them were wrong, within bounds that hold where they are few.
        """
        if len(phrases) < _FEWEST:
            return Thresholds(fits=0.33, sure=0.45, lead=0.1)
        count = min(len(phrases), _SAMPLES)
        top, lead, right = [], [], []
        for row in phrases[np.linspace(0, len(phrases) - 1, count).astype(int)]:
            closeness = self.closeness(self.rows[row].astype(np.float32), without=row)
            first = int(closeness.argmax())
            top.append(closeness[first])
            lead.append(closeness[first] - np.delete(closeness, first).max(initial=0))
            right.append(self._starts[first] <= row < self._ends[first])
        sure = float(np.quantile(top, 0.2))
        near = np.array(top) >= sure
        least = _least_lead(np.array(lead)[near], np.array(right)[near])
        return Thresholds(
            fits=float(np.quantile(top, 0.08)), sure=sure, lead=min(max(least, 0.05), 0.12)
        )


def _greatest(values: Vectors, count: int) -> np.ndarray:
    """The places of the `count` greatest values, in order of place."""
    if count >= len(values):
        return np.arange(len(values))
    return np.sort(np.argpartition(-values, count)[:count])


def _least_lead(lead: np.ndarray, right: np.ndarray) -> float:
    """The lead from which on at most 3 % are wrong."""
    order = np.argsort(-lead)
    wrong = np.cumsum(~right[order]) / np.arange(1, len(order) + 1)
    good = np.flatnonzero(wrong <= 0.03)
    return float(lead[order[good[-1]]]) if len(good) else float("inf")
