"""Blame and reactive wording: noticed, and said another way without adding a fact."""

from mend.text.wording.apologies import apology
from mend.text.wording.calming import calmer
from mend.text.wording.cues import Span
from mend.text.wording.direct import About, about
from mend.text.wording.distress import is_distress
from mend.text.wording.judging import (
    TONE,
    Encoder,
    Wording,
    judge,
    judge_reactive,
)
from mend.text.wording.remembering import Remembering
from mend.text.wording.rewriting import rewrite

__all__ = [
    "TONE",
    "About",
    "Encoder",
    "Remembering",
    "Span",
    "Wording",
    "about",
    "apology",
    "calmer",
    "is_distress",
    "judge",
    "judge_reactive",
    "rewrite",
]
