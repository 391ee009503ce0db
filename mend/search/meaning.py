"""Ranks by meaning: how near a query's vector is to the vectors of each playbook."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mend.search.sentences import DIMENSIONS, Vectors, unit

_NEAREST = 0.3  # weight of a playbook's nearest text; the rest goes to the middle of its texts
_CANDIDATES = 64  # playbooks whose single texts are compared; of the others only the middle


class MeaningIndex:
    """The vectors of a library, grouped by playbook."""

    def __init__(
        self,
        groups: Sequence[Sequence[Vectors]],
        weights: Sequence[float],
        not_for: Sequence[Sequence[Vectors]],
    ) -> None:
        """`groups`: at least one vector a playbook; `weights` go with them, in order.

        A vector's weight is its part in the middle of its playbook. `not_for`: for each playbook
        the vectors of what it is not for, perhaps none.
        """
        # Rounded like the cache's. Of a usual library they are kept ready to be multiplied.
        rows = np.array([row for group in groups for row in group], np.float16)
        self.rows = rows.astype(np.float32) if len(groups) <= _CANDIDATES else rows
        self._weights = np.array(weights, np.float32)
        self._ends = np.cumsum([len(group) for group in groups])
        self._starts = self._ends - [len(group) for group in groups]
        places = zip(self._starts, self._ends, strict=True)
        self._middles = unit(np.array([self._weights[a:b] @ self.rows[a:b] for a, b in places]))
        self.not_for = [
            np.array(group, np.float16).reshape(len(group), DIMENSIONS) for group in not_for
        ]

    def owner_of(self, row: int) -> int:
        """The playbook that a row belongs to."""
        return int(np.searchsorted(self._ends, row, side="right"))

    def closeness(self, vector: Vectors, without: int | None = None) -> Vectors:
        """One number a playbook, like a cosine; as if row `without` were not in the library."""
        middle = self._middles @ vector
        if without is not None:
            owner = self.owner_of(without)
            rest = np.arange(self._starts[owner], self._ends[owner])
            rest = rest[rest != without]
            middle[owner] = unit(self._weights[rest] @ self.rows[rest]) @ vector
        closeness = middle.copy()
        likely = _greatest(middle, _CANDIDATES)
        sizes = self._ends[likely] - self._starts[likely]
        if len(likely) == len(middle):
            rows, texts = np.arange(len(self.rows)), self.rows
        else:
            places = zip(self._starts[likely], self._ends[likely], strict=True)
            rows = np.concatenate([np.arange(start, end) for start, end in places])
            texts = self.rows[rows]
        cosines = texts.astype(np.float32, copy=False) @ vector
        if without is not None:
            cosines[rows == without] = -1
        nearest = np.maximum.reduceat(cosines, np.cumsum(sizes) - sizes)
        closeness[likely] += _NEAREST * (nearest - middle[likely])
        return closeness

    def nearest(self, number: int, vector: Vectors, without: int | None = None) -> float:
        """The cosine of the nearest text of one playbook."""
        rows = np.arange(self._starts[number], self._ends[number])
        return _highest(self.rows[rows[rows != without]], vector)

    def refused(self, number: int, vector: Vectors, without: int | None = None) -> float:
        """The cosine of the nearest sentence that one playbook is not for; 0 where there is none.

        `without` is the place among these sentences of one that does not count.
        """
        rows = self.not_for[number]
        kept = np.arange(len(rows)) != (-1 if without is None else without)
        return _highest(rows[kept], vector)


def _highest(rows: NDArray[Any], vector: Vectors) -> float:
    return float((rows.astype(np.float32, copy=False) @ vector).max(initial=0.0))


def _greatest(values: Vectors, count: int) -> np.ndarray:
    """The places of the `count` greatest values, in order of place."""
    if count >= len(values):
        return np.arange(len(values))
    return np.sort(np.argpartition(-values, count)[:count])
