"""Reads the YAML between the fences into plain values, with the line of everything."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from mend.domain.playbook_problems import Problem, Severity
from mend.domain.playbooks import State
from mend.playbook_files.yaml_mistakes import explain, field_at, quoted

KEYS = (
    "title",
    "summary",
    "phrases",
    "category",
    "state",
    "owner",
    "verified",
    "review_days",
    "authority",
)

_STR = "tag:yaml.org,2002:str"
_NULL = "tag:yaml.org,2002:null"
_PLAIN_TAGS = {
    "tag:yaml.org,2002:int": "a number",
    "tag:yaml.org,2002:float": "a number",
    "tag:yaml.org,2002:bool": "yes or no",
    "tag:yaml.org,2002:timestamp": "a date",
}
# Words that other YAML readers take for true and false; "no" as a title must stay the word.
_OLD_BOOLEANS = frozenset({"y", "n", "yes", "no", "on", "off"})
_COMMENT_BY_ACCIDENT = re.compile(r"\s#\S")


class Unreadable(Exception):
    """The front matter is not YAML that can be understood."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


@dataclass
class FrontMatter:
    """The keys of one file. Reading a key notes what is wrong with it in `problems`."""

    file: str
    lines: list[str]
    first: int  # the file's line number of lines[0], counted from 1
    problems: list[Problem] = field(default_factory=list)
    nodes: dict[str, Node] = field(default_factory=dict)
    at: dict[str, int] = field(default_factory=dict)

    def note(
        self, line: int, key: str, says: str, fix: str, severity: Severity = Severity.ERROR
    ) -> None:
        self.problems.append(Problem(self.file, self.first + line, key, says, fix, severity))

    def text(self, key: str) -> str:
        return self.text_of(self.nodes[key], key) if key in self.nodes else ""

    def texts(self, key: str) -> tuple[str, ...]:
        node = self.nodes.get(key)
        if node is None or is_empty(node):
            return ()
        if isinstance(node, ScalarNode):
            self.note(
                self.at[key],
                key,
                "this is a list, and one text stands here.",
                f"Write each on a line of its own below {key}:, starting with two spaces and -.",
                Severity.WARNING,
            )
            return (self.text_of(node, key),)
        if not isinstance(node, SequenceNode):
            self.wanted(node, key, "a list")
            return ()
        read = (self.text_of(item, key) for item in node.value)
        return tuple(text for text in read if text)

    def day(self, key: str) -> date | None:
        text = self._quiet_text(key)
        if not text:
            return None
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            try:
                return date.fromisoformat(text)
            except ValueError:
                pass  # a day that no calendar has, told below
        self.note(
            self.at[key],
            key,
            f"{text} is not a date that can be read, so the playbook counts as never verified.",
            "Write year-month-day, such as 2026-11-02.",
        )
        return None

    def days(self, key: str, default: int) -> int:
        text = self._quiet_text(key)
        if not text:
            return default
        if re.fullmatch(r"\d{1,5}", text) and int(text) > 0:
            return int(text)
        self.note(
            self.at[key],
            key,
            f"{text} is not a number of days, so {default} is used.",
            f"Write a whole number above 0, such as {key}: 90.",
        )
        return default

    def state(self, key: str) -> State | None:
        """None, with an error, for a word that is no state: guessing could serve a draft."""
        text = self._quiet_text(key)
        if not text:
            return State.READY
        if text in {state.value for state in State}:
            return State(text)
        near = get_close_matches(text.casefold(), [state.value for state in State], 1, 0.5)
        self.note(
            self.at[key],
            key,
            f"{text} is not a state.",
            f"Write {key}: {near[0] if near else 'ready'} (draft, ready or archived).",
        )
        return None

    def text_of(self, node: Node, key: str, numbers: bool = False) -> str:
        """One text; a number, a date or "no" without quotes is taken as the word it looks like."""
        if not isinstance(node, ScalarNode):
            self.wanted(node, key, "a text")
            return ""
        line = node.start_mark.line
        value = " ".join(str(node.value).split())
        if node.tag == _NULL:
            return ""
        plain = node.style is None
        if node.tag != _STR and node.tag not in _PLAIN_TAGS:
            self.note(line, key, f"{node.tag} is not used here.", f"Write {quoted(value)}.")
            return ""
        looks_like = _PLAIN_TAGS.get(node.tag, "")
        if plain and value.casefold() in _OLD_BOOLEANS:
            looks_like = "yes or no"
        if looks_like and not numbers:
            self.note(
                line,
                key,
                f"{value} without quotes reads as {looks_like}; it is taken as text.",
                f"Write {quoted(value)}.",
                Severity.WARNING,
            )
        if plain:
            self._accidental_comment(node, key)
        return value

    def _accidental_comment(self, node: ScalarNode, key: str) -> None:
        source = self.lines[node.end_mark.line] if node.end_mark.line < len(self.lines) else ""
        rest = source[node.end_mark.column :]
        if _COMMENT_BY_ACCIDENT.match(rest):
            whole = source[node.start_mark.column :].strip()
            self.note(
                node.end_mark.line,
                key,
                f"everything after the # is taken for a comment: {rest.strip()}",
                f"Write {quoted(whole)}, or put a space after the # if it is a comment.",
                Severity.WARNING,
            )

    def _quiet_text(self, key: str) -> str:
        """The text of a key that is no text to its reader: a date, a number, a state."""
        node = self.nodes.get(key)
        if node is None or is_empty(node):
            return ""
        if isinstance(node, ScalarNode):
            return str(node.value).strip()
        self.wanted(node, key, "one value")
        return ""

    def wanted(self, node: Node, key: str, what: str) -> None:
        """Note that something else stands where `what` ("a text", "a list") belongs."""
        line = node.start_mark.line
        source = self.lines[line].strip() if line < len(self.lines) else ""
        item = source.startswith("- ")
        if what == "a text" and isinstance(node, MappingNode) and item:
            says = "this item has a colon or braces in it, so it needs quotes."
            fix = f"Write: - {quoted(source[2:])}"
        elif what == "a list":
            line = self.at.get(key, line)
            says = "a list belongs here, and something else stands here."
            fix = f"Write {key}: alone, then one line each, starting with two spaces and -."
        else:
            found = "a list" if isinstance(node, SequenceNode) else "a set of names and values"
            says = f"{what} belongs here, and {found} stands here."
            fix = f"Write {what} in quotes, on the same line as {key}."
        self.note(line, key, says, fix)


def read_front_matter(file: str, lines: list[str], first: int) -> FrontMatter:
    """Read the keys. Raises Unreadable when it is no YAML, no mapping, or has a key twice."""
    front = FrontMatter(file, lines, first)

    def refuse(line: int, key: str, says: str, fix: str) -> Unreadable:
        front.note(line, key, says, fix)
        return Unreadable(front.problems)

    root = _compose(lines, refuse)
    if root is None:
        return front
    if not isinstance(root, MappingNode):
        raise refuse(
            root.start_mark.line,
            "",
            "the front matter is not a set of names and values.",
            "Write one name, a colon and a value on each line, such as title: They charged me.",
        )
    for name_node, value in root.value:
        line = name_node.start_mark.line
        name = str(name_node.value) if isinstance(name_node, ScalarNode) else "?"
        if name in front.nodes:
            raise refuse(
                line,
                name,
                f"{name} is set twice, first on line {first + front.at[name]}.",
                "Keep one and remove the other.",
            )
        front.nodes[name] = value
        front.at[name] = line
        if name not in KEYS:
            front.note(
                line,
                name,
                f"{name} means nothing to Mend; it is kept and not shown.",
                did_you_mean(name, KEYS),
                Severity.WARNING,
            )
    return front


def _compose(lines: list[str], refuse: Callable[[int, str, str, str], Unreadable]) -> Node | None:
    for n, line in enumerate(lines):
        if re.match(r" *\t", line) and line.strip():
            key = field_at(lines, n)
            raise refuse(n, key, "the line starts with a tab.", "Use spaces: two for each step in.")
    try:
        node: Node | None = YAML(typ="safe", pure=True).compose("\n".join(lines) + "\n")
    except MarkedYAMLError as error:
        mistake = explain(lines, error)
        raise refuse(mistake.line, mistake.field, mistake.says, mistake.fix) from error
    except RecursionError as error:
        raise refuse(
            0, "", "lists stand inside lists too deep to read.", "Flatten them."
        ) from error
    return node


def is_empty(node: Node) -> bool:
    return isinstance(node, ScalarNode) and node.tag == _NULL


def did_you_mean(name: str, known: tuple[str, ...]) -> str:
    near = get_close_matches(name.casefold(), known, 1, 0.7)
    return f"Did you mean {near[0]}?" if near else f"Known here: {', '.join(known)}."
