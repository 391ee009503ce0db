"""A playbook file cut into its front matter and its sections, by line, without reading either."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mend.domain.playbooks import SECTIONS

FENCE = re.compile(r"---\s*$")
_HEADING = re.compile(r"(#{1,6})\s*(.*?)\s*#*\s*$")
_CODE_FENCE = re.compile(r"\s*(```|~~~)")
_FIELD_OF = {heading.casefold(): field for field, heading in SECTIONS.items()}


@dataclass(frozen=True, slots=True)
class Section:
    """A `## heading` and what stands under it; line numbers count from 0 within the file."""

    heading: str
    line: int
    end: int

    @property
    def field(self) -> str:
        """The playbook's field, or "" for a heading Mend does not know."""
        return _FIELD_OF.get(self.heading.rstrip(":").strip().casefold(), "")


@dataclass(frozen=True, slots=True)
class Document:
    """The lines of a file and where its parts stand.

    `lines` are as in the file, a carriage return included, so that joining them with "\\n" gives
    the file back. `opened` and `closed` are the lines of the two fences, -1 where one is missing.
    """

    lines: tuple[str, ...]
    opened: int
    closed: int
    sections: tuple[Section, ...]

    def visible(self, start: int, end: int) -> list[str]:
        """Lines without carriage returns and without `<!-- comments -->`, one for one."""
        return hide_comments([line.rstrip("\r") for line in self.lines[start:end]])


def cut(text: str) -> Document:
    """Cut a file. Never fails: what is missing is told by the fences and the sections."""
    lines = tuple(text.split("\n"))
    first = next((n for n, line in enumerate(lines) if line.strip("\ufeff \t\r")), -1)
    if first < 0 or not FENCE.match(lines[first].lstrip("\ufeff")):
        return Document(lines, -1, -1, tuple(_sections(lines, 0)))
    closed = next((n for n in range(first + 1, len(lines)) if FENCE.match(lines[n])), -1)
    body = closed + 1 if closed >= 0 else len(lines)
    return Document(lines, first, closed, tuple(_sections(lines, body)))


def heading_of(line: str) -> tuple[int, str] | None:
    """The level and text of a Markdown heading, or None."""
    match = _HEADING.match(line.rstrip("\r"))
    return (len(match[1]), match[2]) if match and match[2] else None


def hide_comments(lines: list[str]) -> list[str]:
    """The lines with Markdown comments taken out; a comment over many lines leaves empty ones."""
    shown: list[str] = []
    inside = False
    for line in lines:
        kept = ""
        rest = line
        while rest:
            before, mark, after = rest.partition("-->" if inside else "<!--")
            kept += "" if inside else before
            rest = after
            inside = inside != bool(mark)
        shown.append(kept if kept == line else kept.rstrip())
    return shown


def is_code_fence(line: str) -> bool:
    """Whether the line opens or closes a block of code."""
    return bool(_CODE_FENCE.match(line))


def code_lines(lines: list[str]) -> list[bool]:
    """For each line, whether it is a code fence or stands inside one."""
    marks: list[bool] = []
    inside = False
    for line in lines:
        fence = is_code_fence(line)
        marks.append(inside or fence)
        inside = inside != fence
    return marks


def _sections(lines: tuple[str, ...], start: int) -> list[Section]:
    shown = hide_comments(list(lines[start:]))
    code = code_lines(shown)
    found: list[tuple[int, str]] = []
    for n, line in enumerate(shown):
        heading = None if code[n] else heading_of(line)
        if heading and heading[0] == 2:
            found.append((start + n, heading[1]))
    ends = [line for line, _ in found[1:]] + [len(lines)]
    return [Section(text, line, end) for (line, text), end in zip(found, ends, strict=False)]
