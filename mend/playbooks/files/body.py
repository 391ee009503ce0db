"""The Markdown of a playbook: where its sections stand, and how text, lists and scripts read."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mend.playbooks.model import SECTIONS, Script

ITEM = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])\s+(?:\[[ xX]\]\s+)?(?=\S)")
Span = tuple[int, int]

_FENCE = re.compile(r"---\s*$")
_HEADING = re.compile(r"(#{1,6})\s*(.*?)\s*#*\s*$")
_CODE = re.compile(r"\s*(```|~~~)")
_QUOTE = re.compile(r"^\s*>\s?")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_FIELD_OF = {heading.casefold(): field for field, heading in SECTIONS.items()}


@dataclass(frozen=True, slots=True)
class Section:
    """A `## heading` at `line` and what stands under it, up to `end`.

    `field` is the playbook's field, or "" for a heading Mend does not know.
    """

    field: str
    heading: str
    line: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """A file cut up; lines count from 0, and a fence that is missing is at -1.

    `shown` are the lines without comments, one for one.
    """

    shown: list[str]
    opened: int
    closed: int
    sections: list[Section]

    def under(self, field: str) -> list[str]:
        """The lines under a heading; of a heading that stands twice, the lines of both."""
        parts = [self.shown[s.line + 1 : s.end] for s in self.sections if s.field == field]
        return [line for part in parts for line in [*part, ""]]


def cut(lines: list[str]) -> Document:
    """Find the parts of a file. Never fails: what is missing is not there."""
    fences = [n for n, line in enumerate(lines) if _FENCE.match(line)]
    opened = fences[0] if fences and not "".join(lines[: fences[0]]).strip() else -1
    closed = fences[1] if opened >= 0 and len(fences) > 1 else -1
    start = max(opened, closed) + 1
    shown = lines[:start] + without_comments(lines[start:])
    found = [(n, text) for n, level, text in headings(shown, start) if level == 2]
    ends = [n for n, _ in found[1:]] + [len(lines)]
    sections = [
        Section(field_of(text), text, n, end) for (n, text), end in zip(found, ends, strict=False)
    ]
    return Document(shown, opened, closed, sections)


def without_comments(lines: list[str]) -> list[str]:
    """The lines with `<!-- comments -->` taken out, one for one."""
    return _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), "\n".join(lines)).split("\n")


def field_of(heading: str) -> str:
    """The field a heading stands for, or ""."""
    return _FIELD_OF.get(heading.rstrip(":").strip().casefold(), "")


def headings(lines: list[str], start: int = 0) -> list[tuple[int, int, str]]:
    """Line, level and text of each heading that is not in a code fence."""
    found: list[tuple[int, int, str]] = []
    code = False
    for n, line in enumerate(lines[start:], start):
        if _CODE.match(line):
            code = not code
        elif not code and (match := _HEADING.match(line)) and match[2]:
            found.append((n, len(match[1]), match[2]))
    return found


def text_of(lines: list[str]) -> str:
    """A section's text: lines of a paragraph joined, paragraphs and list items on their own."""
    parts: list[str] = []
    fresh = True
    for line in lines:
        text = _QUOTE.sub("", line).strip()
        if text and (fresh or ITEM.match(line)):
            parts.append(text)
        elif text:
            parts[-1] += f" {text}"
        fresh = not text
    return "\n".join(parts)


def items_of(lines: list[str]) -> list[tuple[Span, str]]:
    """The items of a list with their lines. Without list marks every paragraph is an item."""
    items: list[tuple[Span, str]] = []
    fresh = True
    for n, line in enumerate(lines):
        mark = ITEM.match(line)
        text = line[mark.end() if mark else 0 :].strip()
        if text and items and not mark and (not fresh or line.startswith(("  ", "\t"))):
            (start, _), so_far = items[-1]
            items[-1] = (start, n + 1), f"{so_far} {text}"
        elif text:
            items.append(((n, n + 1), text))
        fresh = not text
    return items


def scripts_of(lines: list[str]) -> list[tuple[Span, Script]]:
    """The scripts under `### name` headings with their lines, empty lines at the end left out.

    Text before the first heading is a script that nobody gave a name; it starts at -1.
    """
    heads = [(-1, "Script"), *((n, name) for n, level, name in headings(lines) if level >= 3)]
    scripts: list[tuple[Span, Script]] = []
    ends = [n for n, _ in heads[1:]] + [len(lines)]
    for (start, name), end in zip(heads, ends, strict=True):
        while end > start + 1 and not lines[end - 1].strip():
            end -= 1
        if text := message_of(lines[start + 1 : end]):
            scripts.append(((start, end), Script(name, text)))
    return scripts


def message_of(lines: list[str]) -> str:
    """A message to send: wrapped lines joined, empty lines between paragraphs kept, and what
    stands in a code fence as it was typed."""
    text = ""
    joint = "\n\n"
    code = False
    for line in lines:
        if _CODE.match(line):
            code = not code
            joint = "\n\n"
        elif code:
            text += joint + line
            joint = "\n"
        elif not line.strip():
            joint = "\n\n"
        else:
            shown = _QUOTE.sub("", line).strip()
            joint = "\n" if joint == " " and ITEM.match(line) else joint
            text += joint + shown.removesuffix("\\").rstrip()
            joint = "\n" if shown.endswith("\\") or line.endswith("  ") else " "
    return text.strip()
