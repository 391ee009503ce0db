"""The text as detectors read it: one plain character for each that counts, and the way back.

Full-width and other digits become ASCII, all dashes "-", all spaces " "; zero-width, control and
combining characters are left out; Slack's `<tel:…|…>` loses its brackets. What is masked already
becomes one mark, so that it can serve as context but never be found again. Digits that are spelled
("four one one one"), three and more in a row, are read as digits.
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

    Its i-th character came from `origin[i]` and what follows, up to `until[i]`.
    """

    text: str
    origin: Sequence[int]
    until: Sequence[int]
    wrapped: tuple[tuple[int, int], ...] = ()

    @cached_property
    def low(self) -> str:
        return self.text.lower()

    def found(self, kind: Type, start: int, end: int) -> Found:
        """The finding in terms of the input, with all of a Slack wrapper that it touches."""
        first, last = self.origin[start], self.until[end - 1]
        for opened, closed in self.wrapped:
            if opened < last and first < closed:
                first, last = min(first, opened), max(last, closed)
        return Found(kind, first, last)


def read(text: str, masked: Iterable[Found] = ()) -> Reading:
    """The text with one mark for each placeholder in it and for each item that is `masked`."""
    wrapped = tuple(_WRAPPED.finditer(text))
    steps = {match.end() - 1: (match.end(), "") for match in wrapped}
    steps |= {match.start(): (match.start(1), "") for match in wrapped}
    steps |= _spelled(text)
    for match in PLACEHOLDER.finditer(text):
        steps[match.start()] = (match.end(), _MARKS.get(match[1] or match[2], OTHER_MARK))
    steps |= {item.start: (item.end, _MARKS.get(item.type, OTHER_MARK)) for item in masked}
    characters: list[str] = []
    origin: list[int] = []
    until: list[int] = []
    position = 0
    for start, (after, written) in (*sorted(steps.items()), (len(text), (len(text), ""))):
        if start < position:
            continue  # within what was passed already
        between = _plain(text[position:start])
        characters += between
        shown = [place for place, character in enumerate(between, position) if character]
        origin += shown
        until += [place + 1 for place in shown]
        characters += written
        origin += [start] * len(written)
        until += [after] * len(written)
        position = after
    return Reading("".join(characters), origin, until, tuple(match.span() for match in wrapped))


def _plain(text: str) -> Sequence[str]:
    """For each character what it is read as."""
    if text.isascii() and text.isprintable():  # as nearly all are
        return text.replace("`", "'")
    return [folded(character) for character in text]


_DIGIT_WORDS = {
    word: str(number)
    for number, words in enumerate(
        (
            ("zero", "oh", "o", "nought", "cero", "wala"),
            ("one", "uno", "isa"),
            ("two", "dos", "dalawa"),
            ("three", "tres", "tatlo"),
            ("four", "cuatro", "apat"),
            ("five", "cinco", "lima"),
            ("six", "seis", "anim"),
            ("seven", "siete", "pito"),
            ("eight", "ocho", "walo"),
            ("nine", "niner", "nueve", "siyam"),
        )
    )
    for word in words
}
_MANY = {"double": 2, "dobleng": 2, "triple": 3}
_DIGIT = rf"(?:(?:double|triple|dobleng)[ \-])?(?:{'|'.join(_DIGIT_WORDS)})(?:[ \-]hundred)?"
_SPELLED = re.compile(rf"(?<![\w'])(?:{_DIGIT}(?:[ ,.\-]{{1,3}}|(?!\w))){{3,40}}", re.IGNORECASE)
_ONE_SPELLED = re.compile(rf"{_DIGIT}(?!\w)", re.IGNORECASE)


def _spelled(text: str) -> dict[int, tuple[int, str]]:
    """Where digits are spelled: by the place of each its end, and the digits that it says."""
    return {
        run.start() + word.start(): (run.start() + word.end(), _said(word[0].lower()))
        for run in _SPELLED.finditer(text)
        for word in _ONE_SPELLED.finditer(run[0])
    }


def _said(word: str) -> str:
    first, *others = re.split(r"[ \-]", word)
    times = _MANY.get(first, 1)
    digit = _DIGIT_WORDS[others[0] if times > 1 else first]
    return digit * times + "00" * (others[-1:] == ["hundred"])


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
