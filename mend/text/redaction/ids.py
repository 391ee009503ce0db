"""Finds the ids of `id_kinds`: after a label, near one, or by a sure shape alone.

What a label announces is masked though its check digit is wrong: people mistype. Without the label
right before it, shape and sum decide.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib import import_module
from typing import Final, NamedTuple

from stdnum import luhn

from mend.text.redaction.cues import PASSED, SENTENCE_END, Cue, Kind
from mend.text.redaction.found import Found
from mend.text.redaction.id_kinds import ID_KINDS, IdKind
from mend.text.redaction.reading import Reading, folded

_PASSED = "|".join(sorted((word for word in PASSED if word.isalpha()), key=len, reverse=True))
_NO_ID = rf"(?!(?:{_PASSED}|dob|exp\w*|valid|card|page|line|ends?|ending)\b)"
_NOT_AN_ID = (  # the last four, a year, a date, a month
    r"(?!\d{1,4}(?!\w|[\-./]?\d| \d)|(?:19|20)\d\d(?!\w|[\-./ ]?\d)|\d{1,2}/\d{2,4}(?![\d/])|"
    r"\d{1,2}(?P<d>[./\-])\d{1,2}(?P=d)(?:19|20)?\d\d(?!\d)|(?:19|20)\d\d-\d\d-\d\d(?!\d))"
)
# What is taken for an id because it was called one: letters and digits in a few pieces.
ANY_ID: Final = (
    rf"(?=(?:[^\d\n]{{0,4}}\d){{4}})(?:[a-z]{{1,5}}[ \-./]?(?=[a-z*]{{0,3}}\d))?{_NOT_AN_ID}"
    r"(?=[a-z*]{0,6}\d)[a-z\d*]{1,20}"
    r"(?:(?:\s?[\-./_,]\s?|\s)(?=[a-z*]{0,3}\d)[a-z\d*]{1,14}){0,5}"
    r"(?: [a-d]\b)?(?![\w%]|[.,:]\d|-\w)"
)


def _nric(number: str) -> bool:
    letters = {"s": "jzihgfedcba", "t": "gfedcbajzih", "f": "xwutrqpnmlk", "g": "rqpnmlkxwut"}
    letters["m"] = "xwutrqpnjlk"
    weighed = sum(w * int(d) for w, d in zip((2, 7, 6, 5, 4, 3, 2), number[1:8], strict=True))
    start = weighed + (3 if number[0] == "m" else 0)
    return letters[number[0]][start % 11] == number[8]


def _hkid(number: str) -> bool:
    letters, digits, check = number[:-7], number[-7:-1], number[-1]
    values = [36] * (2 - len(letters)) + [ord(letter) - 87 for letter in letters]
    values += [int(digit) for digit in digits]
    total = sum(weight * value for weight, value in zip(range(9, 1, -1), values, strict=True))
    return (total + (10 if check == "a" else int(check))) % 11 == 0


SUMS: Final[dict[str, Callable[[str], bool]]] = {
    "nric": _nric,
    "hkid": _hkid,
    "luhn": luhn.is_valid,
}


@cache
def _check(name: str) -> Callable[[str], bool]:
    if name in SUMS:
        return SUMS[name]
    valid: Callable[[str], bool] = import_module(f"stdnum.{name}").is_valid
    return valid


class _Ready(NamedTuple):
    """A kind with its patterns compiled; `cue` takes whatever follows its label for an id."""

    kind: IdKind
    shape: re.Pattern[str]
    alone: re.Pattern[str] | None
    cue: Cue


_END: Final = r"(?![\w%]|[.,:\-/]\d|-\w)"


def _bounded(shape: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.\-/])(?:{shape}){_END}")


_READY: Final = tuple(
    _Ready(
        kind,
        _bounded(kind.shape),
        re.compile(rf"(?<!\d ){_bounded(kind.alone).pattern}(?! \d)") if kind.alone else None,
        Cue(
            "national_id",
            re.compile(kind.labels),
            re.compile(rf"{_NO_ID}(?:(?:{kind.shape}){_END}{'' if kind.exact else '|' + ANY_ID})"),
        ),
    )
    for kind in ID_KINDS
)


def _alternatives(pattern: str) -> list[str]:
    """The alternatives of a pattern that no bracket holds together."""
    parts, depth = [""], 0
    for character in pattern:
        depth += (character == "(") - (character == ")")
        if character == "|" and not depth:
            parts.append("")
        else:
            parts[-1] += character
    return parts


def _first_letters(label: str) -> set[str]:
    """With what the words of a label may begin."""
    if not label.startswith("(?:"):
        return {label[0]}
    depth, end = 1, 3
    while depth:
        depth += (label[end] == "(") - (label[end] == ")")
        end += 1
    parts = _alternatives(label[3 : end - 1])
    return {first for part in parts for first in _first_letters(part)}


def _by_letter() -> dict[str, re.Pattern[str]]:
    """For each letter the labels that begin with it, so that a word is not tried with all."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for number, kind in enumerate(ID_KINDS):
        of_kind: defaultdict[str, list[str]] = defaultdict(list)
        for label in _alternatives("".join(map(folded, kind.labels))):
            for first in _first_letters(label):
                of_kind[first].append(label)
        for first, labels in of_kind.items():
            found[first].append(rf"(?P<k{number}>{'|'.join(labels)})")
    return {first: re.compile(rf"(?:{'|'.join(labels)})(?!\w)") for first, labels in found.items()}


_LABELS: Final = _by_letter()
_WORD: Final = re.compile(r"(?<![\w\-])[^\W\d_]")
# Who works, learns or trains somewhere has a card of that place, not of a state.
_ISSUED_HERE: Final = re.compile(
    r"\b(?:staff|employee|agent|member|library|student|gym|company|visitor|school|team) $"
)
_DIGIT: Final = re.compile(r"\d")
_NEAR = 60  # characters between a label and what it may still be about


def id_labels(text: str) -> Iterator[tuple[re.Match[str], Cue]]:
    """Every label of an id, with what it may announce."""
    for label in _labels(text):
        yield label, _READY[_number(label)].cue


def _labels(text: str) -> Iterator[re.Match[str]]:
    position = 0
    while word := _WORD.search(text, position):
        position = word.end()
        labels = _LABELS.get(word[0])
        if labels and (label := labels.match(text, word.start())):
            position = label.end()
            if not _ISSUED_HERE.search(text, max(0, word.start() - 12), word.start()):
                yield label


def _number(label: re.Match[str]) -> int:
    return int((label.lastgroup or "k0")[1:])


def ids(reading: Reading, kinds: Mapping[int, Kind]) -> Iterator[Found]:
    """Ids that a sure shape gives away, and those whose label stands somewhere near.

    `kinds` is what words say of numbers by their place: a reference stays.
    """
    text = reading.low
    if not _DIGIT.search(text):
        return
    labelled: dict[int, list[re.Match[str]]] = {}
    for label in _labels(text):
        labelled.setdefault(_number(label), []).append(label)
    for number, ready in enumerate(_READY):
        if ready.alone:
            for match in ready.alone.finditer(text):
                free = ready.kind.despite or kinds.get(match.start()) != "reference"
                if free and _is_right(ready.kind, match[0]):
                    yield reading.found("national_id", *match.span())
        for label in labelled.get(number, ()):
            for match in ready.shape.finditer(
                text, max(0, label.start() - _NEAR), label.end() + _NEAR
            ):
                if (
                    kinds.get(match.start()) != "reference"
                    and _is_right(ready.kind, match[0])
                    and not _parted(text, match, label)
                ):
                    yield reading.found("national_id", *match.span())


def _parted(text: str, one: re.Match[str], other: re.Match[str]) -> bool:
    """Whether a sentence ends, or another number stands, between the two."""
    first, last = sorted((one.span(), other.span()))
    between = text[first[1] : last[0]]
    return bool(SENTENCE_END.search(between) or re.search(r"\d|\n", between))


def _is_right(kind: IdKind, written: str) -> bool:
    if kind.always or not kind.check:
        return True
    return _check(kind.check)(re.sub(r"[^a-z\d]", "", written))
