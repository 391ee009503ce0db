"""Signs that somebody is not well. Whoever reads one answers with support and with nothing else."""

from __future__ import annotations

import re

from mend.text.wording.cues import hits, load
from mend.text.wording.reading import read, sign

_CLAUSE = re.compile(r"[.!?;,\n]| (?:and|so|but) i\b")
_SOMEBODY_ELSE = re.compile(r"\b(?:she|he|they)\b|¤")
_ONESELF = re.compile(r"\b(?:i|i'm|im|me|my|myself|ako|ko)\b")


def is_distress(text: str) -> bool:
    """Whether the writer of a text seems to be in distress. Rather once too often."""
    reading = read(text)
    for found in hits(load("distress.txt"), reading):
        before = _CLAUSE.split(reading[: found.start])[-1]
        own = _ONESELF.search(before + reading[found.start : found.end])
        if own or not (_SOMEBODY_ELSE.search(before) or sign("customer").search(before)):
            return True
    return False
