"""What of a text is its writer's own wording.

The reading of a text has the same length as the text, so that places in one are places in the
other. It is in lower case, names are runs of `§`, what is only passed on (a quotation, a customer's
words, a title) is a run of `·`, in which no cue is found, and the customer's he or she is `¤`.
"""

from __future__ import annotations

import re
from functools import cache

from mend.text.redaction.name_words import COMMON, GIVEN_AND_FAMILY
from mend.text.wording.cues import load

_APOSTROPHES = str.maketrans("’‘`´“”", "''''\"\"")
_QUOTED = (
    re.compile(r'"[^"\n]{2,600}"'),
    re.compile(r"(?<![\w'])'[^'\n]{2,200}?(?:'(?:t|s|re|ve|ll|d|m)\b[^'\n]{0,200}?){0,4}'(?!\w)"),
    re.compile(r"[«][^»\n]{2,600}[»]"),
)
_TITLE = re.compile(r"\b[A-Z][a-z]+(?: (?:[A-Z][a-z]+|\d+))+\b")
_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE_BEGINS = re.compile(r"(?:^|[.!?:;\n>-])[^\w§·]*$")
_PRONOUN = re.compile(r"\b(?:he|she|him|his)\b")


def read_for_blame(text: str) -> str:
    """The reading of a text in which what says that nobody is to blame is not legible either."""
    return sign("absolved").sub(lambda match: "·" * len(match[0]), read(text))


def read(text: str) -> str:
    """The reading of a text: as long as the text, only the writer's own words legible."""
    plain = text.translate(_APOSTROPHES)
    for quoted in _QUOTED:
        plain = quoted.sub(lambda match: "·" * len(match[0]), plain)
    plain = _WORD.sub(_name, _TITLE.sub(_title, plain))
    plain = "".join(low if len(low := letter.lower()) == 1 else letter for letter in plain)
    plain = sign("reported").sub(_report, plain)
    first = sign("customer").search(plain)
    if first and not sign("colleague").search(plain):  # then he or she can only be the customer
        told = _PRONOUN.sub(lambda match: "¤" * len(match[0]), plain[first.end() :])
        plain = plain[: first.end()] + told
    return plain


@cache
def sign(label: str) -> re.Pattern[str]:
    """The pattern of a label of `reading.txt`."""
    return next(cue.pattern for cue in load("reading.txt") if cue.label == label)


def _report(match: re.Match[str]) -> str:
    start, end = next(match.span(name) for name in "abcdef" if match[name] is not None)
    start, end = start - match.start(), end - match.start()
    return match[0][:start] + "·" * (end - start) + match[0][end:]


def _title(match: re.Match[str]) -> str:
    named = any(word.lower() in GIVEN_AND_FAMILY for word in match[0].split())
    return match[0] if named else "·" * len(match[0])


def _name(match: re.Match[str]) -> str:
    word, low, text = match[0], match[0].lower(), match.string
    if low in GIVEN_AND_FAMILY:
        named = word[0].isupper() or low not in COMMON
    elif len(word) < 3 or not word.istitle() or sign("nobody").fullmatch(low):
        named = False
    else:
        first = _SENTENCE_BEGINS.search(text[: match.start()])
        acts = sign("does").match(text, match.end() + 1) and not sign("thing").fullmatch(low)
        named = not first or bool(acts)
    return "§" * len(word) if named else word
