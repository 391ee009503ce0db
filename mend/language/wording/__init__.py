"""Blame and reactive wording: noticed, and said another way without adding a fact."""

from mend.language.wording.apologies import apology
from mend.language.wording.calming import calmer
from mend.language.wording.cues import Span
from mend.language.wording.distress import is_distress
from mend.language.wording.judging import TONE, Encoder, Wording, judge, judge_reactive
from mend.language.wording.rewriting import rewrite

__all__ = [
    "TONE",
    "Encoder",
    "Span",
    "Wording",
    "apology",
    "calmer",
    "is_distress",
    "judge",
    "judge_reactive",
    "rewrite",
]
