"""The text as detectors read it: one plain character for each that counts, and the way back.

Full-width and other digits become ASCII, all dashes "-", all spaces " "; zero-width, control and
combining characters are left out; Slack's `<tel:…|…>` loses its brackets. What is masked already
becomes one mark, so that it can serve as context but never be found again.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from mend.text.redaction.found import PLACEHOLDER, Found, Type

CARD_MARK, ACCOUNT_MARK, OTHER_MARK = "\ue000", "\ue001", "\ue002"
_MARKS = {"card": CARD_MARK, "account": ACCOUNT_MARK}
_WRAPPED = re.compile(r"<(?:tel|mailto):([^<>|\n]{1,320})(?:\|[^<>\n]{0,320})?>")
_PLAINER = str.maketrans("\r\t\u2212\u2018\u2019\u02bc`\u201c\u201d", "\n -''''\"\"")


@dataclass(frozen=True)
class Reading:
    """`text` is what detectors search, `low` the same in lower case, character by character.

    `origin[i]` is where its i-th character came from.
    """

    text: str
    origin: Sequence[int]
    wrapped: tuple[tuple[int, int], ...] = ()

    @cached_property
    def low(self) -> str:
        return self.text.lower()

    def found(self, kind: Type, start: int, end: int) -> Found:
        """The finding in terms of the input, with all of a Slack wrapper that it touches."""
        first, last = self.origin[start], self.origin[end - 1] + 1
        for opened, closed in self.wrapped:
            if opened < last and first < closed:
                first, last = min(first, opened), max(last, closed)
        return Found(kind, first, last)


def read(text: str, masked: Iterable[Found] = ()) -> Reading:
    """The text with one mark for each placeholder in it and for each item that is `masked`."""
    wrapped = tuple(_WRAPPED.finditer(text))
    steps = {match.end() - 1: (match.end(), "") for match in wrapped}
    steps |= {match.start(): (match.start(1), "") for match in wrapped}
    for match in PLACEHOLDER.finditer(text):
        steps[match.start()] = (match.end(), _MARKS.get(match[1] or match[2], OTHER_MARK))
    steps |= {item.start: (item.end, _MARKS.get(item.type, OTHER_MARK)) for item in masked}
    characters: list[str] = []
    origin: list[int] = []
    position = 0
    while position < len(text):
        after, character = steps.get(position) or (position + 1, folded(text[position]))
        if character:
            characters.append(character)
            origin.append(position)
        position = after
    return Reading("".join(characters), origin, tuple(match.span() for match in wrapped))


@lru_cache(maxsize=4096)
def folded(character: str) -> str:
    """One plain character, or nothing if it cannot be seen or only decorates another."""
    character = character.translate(_PLAINER)
    category = unicodedata.category(character)
    if character == "\n" or category in ("Zl", "Zp"):
        return "\n"
    if category in ("Cf", "Cc", "Cs", "Mn", "Me"):
        return ""
    if category in ("Zs", "Pd"):
        return " " if category == "Zs" else "-"
    if CARD_MARK <= character <= OTHER_MARK:
        return "\ufffd"
    digit = unicodedata.digit(character, None)
    if digit is not None:
        return str(digit)
    plain = unicodedata.normalize("NFKD", character)
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return plain if len(plain) == 1 else character
