"""Cues of a kind of wording, kept as patterns in a data file; the head of `blame.txt` says how."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_PART = re.compile(r"\{([a-z]+)\}")


@dataclass(frozen=True, slots=True)
class Cue:
    """All patterns of one label. `weight` 2 is enough to point at; 1 needs a second cue."""

    label: str
    weight: int
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Span:
    """Where a cue was found: character offsets into the text."""

    label: str
    start: int
    end: int
    weight: int = 2


@cache
def load(name: str) -> tuple[Cue, ...]:
    """The cues of a data file of this package."""
    parts: dict[str, str] = {}
    patterns: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
    label = ""
    text = files(__package__).joinpath(name).read_text(encoding="utf-8").replace("\n\t", "")
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        if line.startswith("["):
            label = line[1:-1]
        elif line.startswith("@"):
            part, _, pattern = line[1:].partition(" = ")
            parts[part] = _filled(pattern, parts)
        else:
            weight = 1 if line.startswith("? ") else 2
            patterns[label, weight].append(_filled(line.removeprefix("? "), parts))
    return tuple(
        Cue(label, weight, re.compile(rf"(?<!\w)(?:{'|'.join(lines)})(?!\w)", re.MULTILINE))
        for (label, weight), lines in patterns.items()
    )


def hits(cues: tuple[Cue, ...], reading: str) -> list[Span]:
    """Every place where a cue is found, in reading order."""
    found = (
        Span(cue.label, *match.span(), cue.weight)
        for cue in cues
        for match in cue.pattern.finditer(reading)
    )
    return sorted(found, key=lambda hit: (hit.start, hit.end))


def _filled(pattern: str, parts: dict[str, str]) -> str:
    return _PART.sub(lambda match: parts[match[1]], pattern)
