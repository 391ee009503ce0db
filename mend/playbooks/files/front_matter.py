"""Reads the YAML between the fences into the fields of a playbook, the careful way.

What is wrong is said in an admin's words, with the line that would be right. A YAML reader stops
where it is lost, often a line after the mistake: the few mistakes that most people make are looked
for around there; the rest keeps the reader's own message.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from mend.playbooks.model import Authority, BrokenPlaybook, Problem, Severity, State


@dataclass
class Notes:
    """The problems of a file; `line` counts from 1, 0 is the whole file."""

    file: str
    problems: list[Problem] = field(default_factory=list)

    def error(self, line: int, key: str, says: str, fix: str) -> None:
        self.problems.append(Problem(self.file, line, key, says, fix))

    def warn(self, line: int, key: str, says: str, fix: str) -> None:
        self.problems.append(Problem(self.file, line, key, says, fix, Severity.WARNING))

    def broken(self, line: int, key: str, says: str, fix: str) -> BrokenPlaybook:
        self.error(line, key, says, fix)
        return BrokenPlaybook(self.problems)


def did_you_mean(name: str, known: list[str]) -> str:
    """The known name that this one is nearest to, or all of them."""
    near = get_close_matches(name, known, 1, 0.6) or get_close_matches(name.capitalize(), known)
    return f"Did you mean {near[0]}?" if near else f"Known here: {', '.join(known)}."


# How other systems say that a text is not for readers: a playbook so marked is never served.
_OFF_WHEN_TRUE = """
    archived deleted deprecated disabled draft hidden inactive internal obsolete private retired
    trashed unlisted unpublished wip
"""
_OFF_WHEN_FALSE = "active enabled live public publish published visible"
_STATES = ("status", "visibility", "stage", "workflow", "publication")
_OFF_STATES = """
    archived deleted deprecated disabled draft drafts expired hidden idea inactive in_progress
    in_review internal none not_published obsolete off outdated pending private retired review
    to_do todo trash unpublished wip work_in_progress
"""
_YES = "true yes on 1 y"
_NO = "false no off 0 n"


def takes_off(name: str, value: str) -> bool:
    """Whether a name and value of the front matter say that the text is not to be served."""
    name, value = (part.casefold().strip().replace("-", "_") for part in (name, value))
    if name in _OFF_WHEN_TRUE.split():
        return value in _YES.split()
    if name in _OFF_WHEN_FALSE.split():
        return value in _NO.split()
    is_state = name in _STATES or name.endswith(("_status", "_state"))
    return is_state and value.replace(" ", "_") in _OFF_STATES.split()


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


def _days(text: str) -> int:
    if not re.fullmatch(r"0*[1-9]\d{0,4}", text):
        raise ValueError(text)
    return int(text)


def _amount(text: str) -> str:
    return "no limit" if text.casefold() == "no limit" else text


# What stands under each key: a reader of texts, or such readers in a list or under names.
LIMIT = {"agent": _amount, "supervisor": _amount, "admin": _amount}
ENTRY = {"what": str, "limit": LIMIT, "next": str, "reach": str, "record": str}
KEYS: dict[str, Any] = {
    "title": str,
    "summary": str,
    "phrases": [str],
    "not_for": [str],
    "category": str,
    "state": State,
    "owner": str,
    "verified": date.fromisoformat,
    "review_days": _days,
    "authority": [ENTRY],
    "from_note": str,
}
_HOW = [
    (str, "a text", "Write it in quotes, on the line of its name."),
    (KEYS["phrases"], "a list", "Write one line each below, starting with two spaces and -."),
    (KEYS["authority"], "a list", "Write one entry each below, starting with - what:."),
    (State, "a state", "Write draft, ready or archived."),
    (date.fromisoformat, "a date", "Write year-month-day, such as 2026-11-02."),
    (_days, "a number of days", "Write a whole number above 0, such as 90."),
    (ENTRY, "what agents may do", "Write - what: Refund the fee, with your own words."),
    (LIMIT, "a limit for each role", "Write limit: {agent: 50 EUR}, and other roles the same way."),
    (_amount, "an amount", "Write it with its currency, such as 50 EUR."),
]
_MANY_DASHES = re.compile(r"(?:[-?]\s+){9}")
_MANY_BRACKETS = 100


@dataclass
class FrontMatter:
    """What the keys of one file say, and the line of each, from 0 within `lines`."""

    notes: Notes
    lines: list[str]
    first: int  # the file's line number of lines[0]
    at: dict[str, int] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    marks: list[str] = field(default_factory=list)  # names by which other systems take it off


def read_front_matter(notes: Notes, lines: list[str], first: int) -> FrontMatter:
    """Read the keys; what cannot be read is noted and left out, so that it counts as not set.

    Raises BrokenPlaybook for YAML that cannot be read at all or that has a name twice.
    """
    front = FrontMatter(notes, lines, first)
    root = _compose(front)
    if isinstance(root, MappingNode):
        front.at = {str(name.value): name.start_mark.line for name, _ in root.value}
        front.values = _names(front, "", root, KEYS)
        if front.marks and front.values.get("state", State.READY) is State.READY:
            front.values["state"] = State.DRAFT
    elif root is not None:
        fix = "Write one name, a colon and a value on each line, such as title: They charged me."
        raise notes.broken(first, "", "the front matter is not a set of names and values.", fix)
    return front


def _compose(front: FrontMatter) -> Any:
    text = "\n".join(front.lines) + "\n"
    for n, line in enumerate(front.lines):
        if re.match(r" *\t\s*\S", line):
            says, fix = "the line starts with a tab.", "Use spaces: two for each step in."
            raise front.notes.broken(front.first + n, field_at(front.lines, n), says, fix)
    # YAML's fast reader, where it is installed, would crash on what is nested very deep.
    if text.count("[") + text.count("{") > _MANY_BRACKETS or _MANY_DASHES.search(text):
        says = "there are too many brackets or dashes, so it is too deep to read."
        raise front.notes.broken(front.first, "", says, "Write one value on each line.")
    try:
        return YAML(typ="safe").compose(text)
    except MarkedYAMLError:
        pass  # the other reader's messages are better, and it has the last word
    try:
        return YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        at, key, says, fix = explain(front.lines, error)
        raise front.notes.broken(front.first + at, key, says, fix) from error


def _names(front: FrontMatter, key: str, node: MappingNode, known: dict[str, Any]) -> Any:
    read: dict[str, Any] = {}
    for name_node, part in node.value:
        name, line = str(name_node.value), front.first + name_node.start_mark.line
        if name in read:
            says = f"{name} is set twice."
            raise front.notes.broken(line, key or name, says, "Keep one and remove the other.")
        if not key and isinstance(part, ScalarNode) and takes_off(name, str(part.value)):
            front.marks.append(name)
            says = f"{name}: {part.value} takes it from agents; other systems mark drafts so."
            front.notes.warn(line, name, says, "To serve it, take this line out.")
        elif name not in known:
            says = f"{name} means nothing to Mend here; it is kept and not used."
            front.notes.warn(line, key or name, says, did_you_mean(name, list(known)))
        read[name] = _read(front, key or name, part, known[name]) if name in known else None
    return {name: value for name, value in read.items() if value}


def _read(front: FrontMatter, key: str, node: Node, wanted: Any) -> Any:
    """A value as `wanted`; None where it is empty, or where it is not, which is noted."""
    if node.tag == "tag:yaml.org,2002:null":
        return None
    if isinstance(node, ScalarNode) and wanted is ENTRY:
        what = _read(front, key, node, str)
        return Authority(what) if what else None
    if isinstance(node, ScalarNode) and callable(wanted):
        _note_accidental_comment(front, key, node)
        # A title of 404, or of no, is that word, whatever YAML takes it for.
        text = " ".join(str(node.value).split())
        try:
            return wanted(text) if text else None
        except ValueError:
            pass
    elif isinstance(node, SequenceNode) and isinstance(wanted, list):
        items = [_read(front, key, item, wanted[0]) for item in node.value]
        return tuple(item for item in items if item)
    elif isinstance(node, MappingNode) and isinstance(wanted, dict):
        parts = _names(front, key, node, wanted)
        if wanted is not ENTRY:
            return parts
        if "what" in parts:
            return Authority(limits=parts.pop("limit", {}), **parts)
    what, fix = next((what, fix) for kind, what, fix in _HOW if kind == wanted)
    source = front.lines[node.start_mark.line].strip()
    says = f"{what} belongs here" + (
        f", not {node.value}." if isinstance(node, ScalarNode) else "."
    )
    if wanted is str and isinstance(node, MappingNode) and source.startswith("- "):
        says = "this item has a colon or braces in it, so it needs quotes."
        fix = f"Write: - {quoted(source[2:])}"
    front.notes.error(front.first + node.start_mark.line, key, says, fix)
    return None


def _note_accidental_comment(front: FrontMatter, key: str, node: ScalarNode) -> None:
    line = node.end_mark.line
    rest = front.lines[line][node.end_mark.column :] if line < len(front.lines) else ""
    if not node.style and re.match(r"\s#\S", rest):
        whole = quoted(front.lines[line][node.start_mark.column :].strip())
        says = f"everything after the # is taken for a comment: {rest.strip()}"
        fix = f"Write {whole}, or put a space after the # if it is a comment."
        front.notes.warn(front.first + line, key, says, fix)
