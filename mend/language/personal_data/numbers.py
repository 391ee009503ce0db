"""Digits that may belong together, however they are spaced."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_DIGITS = re.compile(r"\d+", re.ASCII)

# Dates, times and amounts are whole already: no card or phone number runs through them.
_WHOLE = re.compile(
    r"(?<![\d.\-/])(?:\d{1,2}(?P<s>[./-])\d{1,2}(?P=s)(?:19|20)?\d{2}|(?:19|20)\d{2}(?P<t>[./-])\d{1,2}"
    r"(?P=t)\d{1,2})(?![.\-/]?\d)"
    r"|(?<![\d:])\d{1,2}:\d{2}(?::\d{2})?(?!\d)"
    r"|(?:[$\u00a3\u20ac\u20b1]|\b(?:php|usd|aud|gbp|eur|sgd|aed|rs|p)\b)\s?"
    r"(?:\d{1,3}(?:,\d{3})+|\d{1,8})(?:\.\d{1,2})?(?![\d]|[ .-]\d{3,4}[ .-])",
    re.IGNORECASE,
)


class Group(NamedTuple):
    """Digits without anything between them."""

    start: int
    end: int
    digits: str


class Window(NamedTuple):
    """Neighbouring groups read as one number; `shape` is their lengths ("4-4-4-4")."""

    start: int
    end: int
    digits: str
    groups: tuple[Group, ...]
    shape: str


def runs(text: str, between: re.Pattern[str]) -> Iterator[list[Group]]:
    """Groups of digits with nothing but `between` from one to the next, in reading order."""
    whole = [match.span() for match in _WHOLE.finditer(text)]
    run: list[Group] = []
    position = 0
    for match in _DIGITS.finditer(text):
        start, end = match.span()
        while position < len(whole) and whole[position][1] <= start:
            position += 1
        inside = position < len(whole) and whole[position][0] < end
        if run and (inside or not between.fullmatch(text, run[-1].end, start)):
            yield run
            run = []
        if not inside:
            run.append(Group(start, end, match[0]))
    if run:
        yield run


def windows(run: list[Group], first: int, least: int, most: int) -> Iterator[Window]:
    """Every stretch of groups from the `first` one on with `least` to `most` digits."""
    digits = shape = ""
    for last in range(first, len(run)):
        digits += run[last].digits
        shape += f"{'-' if shape else ''}{len(run[last].digits)}"
        if len(digits) > most:
            break
        if len(digits) >= least:
            groups = tuple(run[first : last + 1])
            yield Window(groups[0].start, groups[-1].end, digits, groups, shape)


def best(graded: Iterable[tuple[int, Window]]) -> Iterator[Window]:
    """Windows that do not overlap: the higher grade first, then the longer; grade 0 is dropped."""
    taken: set[int] = set()
    likely = [pair for pair in graded if pair[0]]
    likely.sort(key=lambda pair: (-pair[0], -len(pair[1].digits), pair[1].start))
    for _, window in likely:
        starts = {group.start for group in window.groups}
        if taken.isdisjoint(starts):
            taken |= starts
            yield window
