"""The mistakes people make in YAML, recognised and told with the line that would be right.

A YAML reader stops where it is lost, which is often one line after the mistake and in its own
words ("mapping values are not allowed here"). These rules look at the lines up to there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ruamel.yaml.error import MarkedYAMLError

_KEY = re.compile(r"\s*(?:-\s+)*([A-Za-z_][\w ]*?)\s*:(?:\s+|$)")
_GLUED_KEY = re.compile(r"\s*([A-Za-z_]\w*):(\S.*)$")
_ITEM = re.compile(r"\s*-(?:\s+|$)")
_SPECIAL = "@`%*&!{}[]|>,?"


@dataclass(frozen=True, slots=True)
class Mistake:
    """`line` counts from 0 within the front matter."""

    line: int
    field: str
    says: str
    fix: str


def explain(lines: list[str], error: MarkedYAMLError) -> Mistake:
    """The mistake behind a YAML error, at the line a person should change."""
    stopped = error.problem_mark.line if error.problem_mark else len(lines) - 1
    stopped = min(stopped, len(lines) - 1)
    began = error.context_mark.line if error.context_mark else stopped
    for n in sorted({stopped, _before(lines, stopped), min(began, stopped)}):
        mistake = _tab(lines, n) or _open_quote(lines, n) or _missing_colon(lines, n)
        if mistake:
            return mistake
    for n in range(stopped + 1):
        mistake = _open_quote(lines, n)
        if mistake:
            return mistake
    return (
        _special_start(lines, stopped)
        or _list_on_the_key_line(lines, stopped)
        or _colon_inside(lines, stopped)
        or _indentation(lines, stopped)
        or Mistake(
            stopped,
            field_at(lines, stopped),
            f"this line cannot be read ({error.problem or 'YAML error'}).",
            "Put quotes round the text, and check the spaces at the start of the line.",
        )
    )


def quoted(text: str) -> str:
    """The text in the quotes that need the least escaping; quotes it has round it are replaced."""
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        text = text[1:-1]
    elif text.count(text[:1]) == 1:
        text = text.lstrip("\"'")
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def field_at(lines: list[str], line: int) -> str:
    """The top-level key that a line belongs to."""
    for n in range(min(line, len(lines) - 1), -1, -1):
        match = _KEY.match(lines[n])
        if match and not lines[n].startswith((" ", "\t", "-")):
            return match[1]
    return ""


def _before(lines: list[str], line: int) -> int:
    """The last line before `line` that is neither empty nor a comment."""
    for n in range(line - 1, -1, -1):
        if lines[n].strip() and not lines[n].lstrip().startswith("#"):
            return n
    return line


def _value(lines: list[str], n: int) -> tuple[str, str]:
    """What stands before the value of a line (dash, key), and the value.

    A phrase has no key: "cx: late" in the list of phrases is a text with a colon.
    """
    line = lines[n]
    dash = _ITEM.match(line)
    start = dash.end() if dash else 0
    key = _KEY.match(line)
    if key and not (dash and field_at(lines, n) == "phrases"):
        start = max(start, key.end())
    return line[:start].lstrip(), line[start:].rstrip()


def _tab(lines: list[str], n: int) -> Mistake | None:
    indent = lines[n][: len(lines[n]) - len(lines[n].lstrip())]
    if "\t" not in indent or not lines[n].strip():
        return None
    return Mistake(
        n,
        field_at(lines, n),
        "the line starts with a tab.",
        "Use spaces: two for each step in.",
    )


def _open_quote(lines: list[str], n: int) -> Mistake | None:
    before, value = _value(lines, n)
    mark = value[:1]
    if mark not in ('"', "'") or not mark:
        return None
    inner = value[1:]
    closing = re.search(r'(?<!\\)"' if mark == '"' else r"(?:[^']|'')*?'(?!')", inner)
    if closing is None:
        return Mistake(
            n,
            field_at(lines, n),
            f"the quote {mark} is opened and never closed.",
            f"Write: {before}{quoted(value)}",
        )
    rest = inner[closing.end() :].strip()
    if rest and not rest.startswith("#"):
        return Mistake(
            n,
            field_at(lines, n),
            f"the text goes on after the closing {mark}.",
            f"Put quotes round all of it: {before}{quoted(value)}",
        )
    return None


def _missing_colon(lines: list[str], n: int) -> Mistake | None:
    line = lines[n]
    glued = _GLUED_KEY.match(line)
    if glued and not line.lstrip().startswith(("-", "#")):
        return Mistake(
            n,
            glued[1],
            "the space after the colon is missing.",
            f"Write: {glued[1]}: {glued[2].strip()}",
        )
    starts_in_column_0 = bool(line.strip()) and not line.startswith((" ", "\t", "-", "#"))
    if starts_in_column_0 and not _KEY.match(line):
        word, _, rest = line.partition(" ")
        return Mistake(
            n,
            word,
            "this line has no colon, so it is not clear what it sets.",
            f"Write: {word}: {rest.strip() or '…'}",
        )
    return None


def _special_start(lines: list[str], n: int) -> Mistake | None:
    before, value = _value(lines, n)
    if value[:1] not in _SPECIAL or not value:
        return None
    return Mistake(
        n,
        field_at(lines, n),
        f"a text cannot start with {value[0]} without quotes.",
        f"Write: {before}{quoted(value)}",
    )


def _list_on_the_key_line(lines: list[str], n: int) -> Mistake | None:
    key = _KEY.match(lines[n])
    if not key or not _ITEM.match(lines[n][key.end() :]):
        return None
    return Mistake(
        n,
        key[1],
        "a list starts on the line after its name.",
        f"Write {key[1]}: alone, and on the next line:   {lines[n][key.end() :].strip()}",
    )


def _colon_inside(lines: list[str], n: int) -> Mistake | None:
    before, value = _value(lines, n)
    if not re.search(r":(\s|$)", value):
        return None
    return Mistake(
        n,
        field_at(lines, n),
        "the text has a colon in it, so it needs quotes.",
        f"Write: {before}{quoted(value)}",
    )


def _indentation(lines: list[str], n: int) -> Mistake | None:
    here = lines[n]
    above = lines[_before(lines, n)]
    key = _KEY.match(here)
    if not key or _indent(here) == _indent(above):
        return None
    return Mistake(
        n,
        key[1],
        f"the line starts {_indent(here)} spaces in, the one above {_indent(above)}.",
        f"Start {key[1]}: below its neighbours, with the same number of spaces.",
    )


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
