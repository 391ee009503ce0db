"""Ranks playbooks for a sentence: in memory, by words and by meaning."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # the matrices are small: two threads are slower

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
