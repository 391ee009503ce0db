"""The text as detectors read it: one plain character for each that counts, and the way back.

Full-width and other digits become ASCII, all dashes "-", all spaces " "; zero-width, control and
combining characters are left out; Slack's `<tel:…|…>` shows only its label. What is masked already
becomes one mark, so that it can serve as context but never be found again.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from mend.language.personal_data.found import PLACEHOLDER, Found, Type

CARD_MARK, ACCOUNT_MARK, OTHER_MARK = "\ue000", "\ue001", "\ue002"
_MARKS = {"[card": CARD_MARK, "[account]": ACCOUNT_MARK}

_WRAPPED = re.compile(r"<(?:tel|mailto):([^<>|\n]{1,320})(?:\|([^<>\n]{0,320}))?>")


@dataclass(frozen=True)
class Reading:
    """`text` is what detectors search; `origin[i]` is where its i-th character came from."""

    text: str
    origin: Sequence[int]
    wrapped: tuple[tuple[int, int], ...] = ()

    def found(self, kind: Type, start: int, end: int) -> Found:
        """The finding in terms of the input, with all of a Slack wrapper that it touches."""
        first, last = self.origin[start], self.origin[end - 1] + 1
        for opened, closed in self.wrapped:
            if opened < last and first < closed:
                first, last = min(first, opened), max(last, closed)
        return Found(kind, first, last)


def read(text: str) -> Reading:
    wrapped = tuple(_WRAPPED.finditer(text))
    placed = tuple(PLACEHOLDER.finditer(text))
    if text.isascii() and text.isprintable() and not wrapped and not placed:
        return Reading(text, range(len(text)))
    marks = {m.start(): (m.end(), _MARKS.get(m[0].split()[0], OTHER_MARK)) for m in placed}
    skipped: dict[int, int] = {}
    for m in wrapped:
        if m[2] and _same(m[1], m[2]):
            skipped[m.start()] = m.start(2)
            skipped[m.end() - 1] = m.end()
    characters: list[str] = []
    origin: list[int] = []
    position = 0
    while position < len(text):
        if position in marks:
            after, character = marks[position]
        elif position in skipped:
            position = skipped[position]
            continue
        else:
            after, character = position + 1, _folded(text[position])
        if character:
            characters.append(character)
            origin.append(position)
        position = after
    return Reading("".join(characters), origin, tuple(m.span() for m in wrapped))


def _same(target: str, label: str) -> bool:
    """Whether a label says what its link holds; if not, both are read."""
    digits = re.sub(r"\D", "", label)[-7:]
    return label == target or (len(digits) == 7 and re.sub(r"\D", "", target).endswith(digits))


@lru_cache(maxsize=4096)
def _folded(character: str) -> str:
    """One plain character, or nothing if it cannot be seen or only decorates another."""
    category = unicodedata.category(character)
    if character in "\n\t\r" or category in ("Zl", "Zp"):
        return "\n" if character != "\t" else " "
    if category in ("Cf", "Cc", "Cs", "Mn", "Me"):
        return ""
    if category == "Zs":
        return " "
    if category == "Pd" or character == "\u2212":
        return "-"
    if CARD_MARK <= character <= OTHER_MARK:
        return "\ufffd"
    if character in "\u2018\u2019\u02bc`":
        return "'"
    if character in "\u201c\u201d":
        return '"'
    digit = unicodedata.digit(character, None)
    if digit is not None:
        return str(digit)
    plain = unicodedata.normalize("NFKD", character)
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return plain if len(plain) == 1 else character
