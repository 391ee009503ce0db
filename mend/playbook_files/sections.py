"""What stands under a heading: a paragraph, a list, or named scripts."""

from __future__ import annotations

import re

from mend.domain.playbooks import Script
from mend.playbook_files.document import code_lines, heading_of, is_code_fence

ITEM = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])\s+(?:\[[ xX]\]\s+)?(?=\S)")
_QUOTE = re.compile(r"^\s*>\s?")


def words_of(lines: list[str]) -> str:
    """A section's text: lines of a paragraph joined, paragraphs and list items on their own."""
    parts: list[str] = []
    fresh = True
    for line in lines:
        text = _QUOTE.sub("", line).strip()
        if not text:
            fresh = True
        elif fresh or ITEM.match(line):
            parts.append(text)
            fresh = False
        else:
            parts[-1] += f" {text}"
    return "\n".join(parts)


def items_of(lines: list[str]) -> list[tuple[int, int, str]]:
    """The items of a list as (first line, line after the last, text).

    Without list marks every paragraph is an item, so a hurried file still reads.
    """
    items: list[tuple[int, int, str]] = []
    fresh = True
    for n, line in enumerate(lines):
        text = line.strip()
        mark = ITEM.match(line)
        if not text:
            fresh = True
        elif mark:
            items.append((n, n + 1, line[mark.end() :].strip()))
            fresh = False
        elif items and (not fresh or line.startswith(("  ", "\t"))):
            start, _, so_far = items[-1]
            items[-1] = (start, n + 1, f"{so_far} {text}")
            fresh = False
        else:
            items.append((n, n + 1, text))
            fresh = False
    return items


def script_spans(lines: list[str]) -> list[tuple[int, int, str]]:
    """The scripts as (heading line, line after the last, name); text before the first has no name
    and heading line -1."""
    code = code_lines(lines)
    heads: list[tuple[int, str]] = []
    for n, line in enumerate(lines):
        heading = None if code[n] else heading_of(line)
        if heading and heading[0] >= 3:
            heads.append((n, heading[1]))
    first = heads[0][0] if heads else len(lines)
    spans: list[tuple[int, int, str]] = []
    if any(line.strip() for line in lines[:first]):
        spans.append((-1, first, ""))
    ends = [n for n, _ in heads[1:]] + [len(lines)]
    return spans + [(n, end, name) for (n, name), end in zip(heads, ends, strict=False)]


def scripts_of(lines: list[str]) -> list[Script]:
    """The scripts under `### name` headings, with their line breaks as a reader of Markdown sees
    them; text in a code fence stays exactly as typed."""
    return [
        Script(name or "Script", text)
        for start, end, name in script_spans(lines)
        if (text := message_of(lines[start + 1 : end]))
    ]


def message_of(lines: list[str]) -> str:
    """A message to send: wrapped lines joined, empty lines between paragraphs kept."""
    text = ""
    joint = "\n\n"
    code = False
    for line in lines:
        if is_code_fence(line):
            code = not code
            joint = "\n\n"
        elif code:
            text += joint + line
            joint = "\n"
        elif not line.strip():
            joint = "\n\n"
        else:
            shown = _QUOTE.sub("", line).strip()
            if joint == " " and ITEM.match(line):
                joint = "\n"
            text += joint + shown.removesuffix("\\").rstrip()
            joint = "\n" if shown.endswith("\\") or line.endswith("  ") else " "
    return text.strip()
