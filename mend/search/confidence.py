"""How sure an answer may be, learned from the library itself.

A library's own phrases say how near a right answer comes, its `not_for` sentences how near a wrong
one does, and a shipped list of questions that no repair playbook answers how near anything comes.
Thresholds are set on the three together, so that another library has other ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import NamedTuple

import numpy as np

from mend.search.answers import Confidence

_FEWEST = 30  # phrases below which a library says too little about itself
_WRONG_PHRASES = 0.064  # of the sure answers to the library's phrases; at most
_WRONG_NEAR_MISSES = 0.025  # of all near misses, their own playbook given surely; at most
_SURE_STRANGERS = 0.03  # of the strangers; at most
_NEVER_FITS = 0.03  # of the library's phrases that may be left without an answer
_LEAST_LEAD = 0.03  # below it two playbooks are as near as each other, however near they are
_REFUSED_FROM = 0.7  # closeness from which a sentence of `not_for` takes the sureness away


class Signals(NamedTuple):
    """What is known of the best playbook for a query."""

    closeness: float  # about a cosine
    lead: float  # over the next in the order
    nearest: float  # cosine of its nearest phrase
    refused: float  # cosine of its nearest sentence of `not_for`; 0 without any
    covered: float  # part of the query's words that it has, by rarity

    def evidence(self) -> float:
        """One number, greater for more likely right: log odds, fitted on the tuning queries."""
        apart = self.nearest - self.refused
        return 7.5 * self.closeness + 4.4 * self.lead + 1.2 * apart + 0.63 * self.covered - 5.3


@dataclass(frozen=True, slots=True)
class Sample:
    """The evidence for the best playbook of a sentence whose right one is known."""

    evidence: float
    is_right: bool


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The evidence from which on a playbook fits, and from which on it is sure."""

    fits: float = -1.25
    sure: float = 1.6

    def judge(self, signals: Signals) -> Confidence:
        evidence = signals.evidence()
        if evidence < self.fits:
            return Confidence.NONE
        is_refused = signals.refused >= max(_REFUSED_FROM, signals.nearest)
        is_sure = evidence >= self.sure and signals.lead >= _LEAST_LEAD and not is_refused
        return Confidence.SURE if is_sure else Confidence.MAYBE


def strangers() -> list[str]:
    """The shipped questions that no repair playbook answers."""
    lines = files(__package__).joinpath("strangers.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def calibrated(
    phrases: Sequence[Sample], near_misses: Sequence[Sample], foreign: Sequence[float]
) -> Thresholds:
    """Thresholds for one library; the usual ones while it has too few phrases.

    `phrases` were asked of the library without them, `near_misses` likewise; `foreign` is the
    evidence of the strangers. One that comes nearer than half of the phrases is no stranger here.
    """
    if len(phrases) < _FEWEST:
        return Thresholds()
    own = np.array([sample.evidence for sample in phrases])
    wrong = np.array([not sample.is_right for sample in phrases])
    missed = np.array([sample.evidence for sample in near_misses if not sample.is_right])
    strange = np.array([each for each in foreign if each < np.median(own)])
    sure = max(
        _from_where_right(own, wrong),
        _exceeded_by(missed, _WRONG_NEAR_MISSES * len(near_misses)),
        _exceeded_by(strange, _SURE_STRANGERS * len(foreign)),
    )
    return Thresholds(fits=min(float(np.quantile(own, _NEVER_FITS)), sure), sure=sure)


def _from_where_right(evidence: np.ndarray, wrong: np.ndarray) -> float:
    """The evidence from which on at most so many of the sure ones are wrong."""
    order = np.argsort(-evidence)
    share = np.cumsum(wrong[order]) / np.arange(1, len(order) + 1)
    good = np.flatnonzero(share <= _WRONG_PHRASES)
    return float(evidence[order[good[-1]]]) if len(good) else float("inf")


def _exceeded_by(evidence: np.ndarray, most: float) -> float:
    """The evidence that at most so many exceed."""
    if len(evidence) <= most:
        return float("-inf")
    return float(np.nextafter(np.sort(evidence)[::-1][int(most)], np.inf))
