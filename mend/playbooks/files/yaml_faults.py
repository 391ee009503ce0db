"""Says what is wrong with YAML in an admin's words, with the line that would be right.

A YAML reader stops where it is lost, often a line after the mistake. The few mistakes that most
people make are looked for around there; the rest keeps the reader's own message.
"""

from __future__ import annotations

import re

from ruamel.yaml.error import MarkedYAMLError

_KEY = re.compile(r"\s*(?:-\s+)*([A-Za-z_][\w ]*?)\s*:(?:\s+|$)")
_NO_KEY = re.compile(r"(?![\s#-]|[\w ]+:(?:\s|$))([^\s:]*):?\s*(.*)")
_QUOTED = re.compile(r"""("[^"]*"|'[^']*')?(\s+#.*)?""")


def explain(lines: list[str], error: MarkedYAMLError) -> tuple[int, str, str, str]:
    """Line (from 0), key, what is wrong, and the fix."""
    marks = [mark.line for mark in (error.context_mark, error.problem_mark) if mark]
    stopped = min(marks[-1] if marks else 0, len(lines) - 1)
    for n in sorted({min(marks[0], stopped) if marks else 0, max(stopped - 1, 0), stopped}):
        before, value = _cut(lines, n)
        if lines[n] and (match := _NO_KEY.fullmatch(lines[n])):
            says = "a name, a colon and a space are wanted at the start of this line."
            return n, match[1], says, f"Write: {match[1]}: {match[2] or '…'}"
        if value[:1] in ("'", '"') and not _QUOTED.fullmatch(value):
            says = f"the quote {value[0]} is not closed at the end of the text."
            return n, field_at(lines, n), says, f"Write: {before}{quoted(value)}"
    before, value = _cut(lines, stopped)
    says = f"this line cannot be read ({error.problem})."
    fix = f"Check the spaces at its start and put quotes round the text: {before}{quoted(value)}"
    if re.search(r":(\s|$)", value):
        says = "the text has a colon in it, so it needs quotes."
        fix = f"Write: {before}{quoted(value)}"
    return stopped, field_at(lines, stopped), says, fix


def quoted(text: str) -> str:
    """The text in the quotes that need the least escaping; quotes it has round it are replaced."""
    if text[:1] in ("'", '"') and (text[-1] == text[0] or text.count(text[0]) == 1):
        text = text.strip(text[0])
    return "'" + text.replace("'", "''") + "'" if re.search(r'["\\]', text) else f'"{text}"'


def field_at(lines: list[str], line: int) -> str:
    """The key at the left edge that a line belongs to."""
    keys = [match[1] for text in lines[: line + 1] if (match := re.match(r"(\w[\w ]*?) *:", text))]
    return keys[-1] if keys else ""


def _cut(lines: list[str], n: int) -> tuple[str, str]:
    """A line's dash and key, and its value. "cx: late" in a list of sentences has no key."""
    dash = re.match(r"\s*-\s+", lines[n])
    key = None if dash and field_at(lines, n) in ("phrases", "not_for") else _KEY.match(lines[n])
    start = (key or dash or re.match("", "")).end()  # type: ignore[union-attr]
    return lines[n][:start].lstrip(), lines[n][start:].strip()
