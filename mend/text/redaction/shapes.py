"""What is known by its shape, or by the value beside it: e-mail, IBAN, sort codes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from stdnum import iban

from mend.text.redaction.cues import Kind
from mend.text.redaction.found import Found, Type
from mend.text.redaction.reading import ACCOUNT_MARK, CARD_MARK, Reading

_LOCAL = r"(?<![\w.%+\-'])[\w.%+\-']{1,64}"
_SPOKEN_LOCAL = _LOCAL + r"(?:\s(?:dot|underscore|dash|hyphen|point)\s[\w\-]{1,30}){0,3}"
_BRACKETED_AT = r"\s?(?:[\[({]\s?at\s?[\])}]|(?<=\s)at(?=\s))\s?"
_AT = rf"(?:\s?@\s?|{_BRACKETED_AT})"
_SPOKEN_DOT = r"\s?(?:[\[({]\s?dot\s?[\])}]|(?<=\s)(?:dot|point)(?=\s))\s?"
_DOT = rf"(?:\s?\.\s?|{_SPOKEN_DOT})"
_PROVIDER = (
    r"(?:g(?:oogle)?mail|yahoo|ymail|hotmail|outlook|icloud|aol|live|proton(?:mail)?|msn|btinternet|"
    r"bigpond|optusnet|rocketmail|sky|virginmedia|comcast|mail|email|example|company)"
)
_NOT_AN_ADDRESS = (  # "bought at example.com"
    r"(?!(?:look\w*|shop\w*|bought|buy|order\w*|placed|check\w*|is|was|us|it|them|me|him|her|page|"
    r"site|website|available|items?|purchased?|found|sold|here|online|seen|saw)\s?[\[({]?at\b)"
)

_SHAPES: Final[dict[Type, str]] = {
    "email": _LOCAL + r"(?:@\s?|\s@\s)[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,6}(?<![.\-_\d])|"
    rf"{_NOT_AN_ADDRESS}{_SPOKEN_LOCAL}(?:{_AT}{_PROVIDER}(?:{_DOT}[a-z]{{2,6}}){{1,2}}|"
    rf"{_BRACKETED_AT}[\w\-]{{2,40}}(?:{_SPOKEN_DOT}[a-z]{{2,10}}){{1,3}})(?!\w)|"
    rf"{_LOCAL}\s?[\[({{]\s?at\s?[\])}}]\s?[\w\-]{{2,40}}(?:\.[a-z]{{2,10}}){{1,3}}|"
    rf"{_LOCAL}@{_PROVIDER}(?![\w.])",
    "security_code": rf"(?<={CARD_MARK})(?:=\d{{4,64}}|\^[^^\n]{{2,40}}\^\d{{4,64}})",  # a stripe
    "account": r"(?<![\d\-])\d{2}-\d{2}-\d{2}[\s,;/&]{1,3}(?:(?:and )?acc(?:oun)?t?\.? ?)?"
    rf"(?:\d{{8}}\b|(?={ACCOUNT_MARK}))",  # UK sort code and account number
}
_PATTERNS: Final = {kind: re.compile(pattern) for kind, pattern in _SHAPES.items()}


def shaped(reading: Reading, kinds: Mapping[int, Kind]) -> Iterator[Found]:
    """All but what words call a reference; `kinds` says what introduced numbers are."""
    for kind, pattern in _PATTERNS.items():
        for match in pattern.finditer(reading.low):
            if kinds.get(match.start()) != "reference":
                yield reading.found(kind, *match.span())


_IBAN_START = re.compile(r"(?<![a-z0-9])[a-z]{2}\s?\d\s?\d(?=[ \-.]{0,2}[a-z0-9])")
_IBAN_PIECE = re.compile(r"[ \-.\n]{0,2}([a-z0-9])")


def ibans(reading: Reading) -> Iterator[Found]:
    """IBANs whose check digits are right, whatever stands around them."""
    text = reading.low
    for start in _IBAN_START.finditer(text):
        compact, position, end = "", start.start(), 0
        while len(compact) < 34 and (piece := _IBAN_PIECE.match(text, position)):
            position = piece.end()
            compact += piece[1]
            whole = len(compact) >= 15 and not text[position : position + 1].isalnum()
            if whole and iban.is_valid(compact):
                end = position
        if end:
            yield reading.found("account", start.start(), end)
