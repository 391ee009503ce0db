"""Ranks playbooks for a sentence: in memory, by words and by meaning."""

from mend.search.answers import Answer, Confidence, Hit
from mend.search.ranker import Ranker
from mend.search.sentences import ModelUnavailable, SentenceModel
from mend.search.vectors import VectorCache

__all__ = [
    "Answer",
    "Confidence",
    "Hit",
    "ModelUnavailable",
    "Ranker",
    "SentenceModel",
    "VectorCache",
]
