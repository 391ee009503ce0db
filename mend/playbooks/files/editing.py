"""Changes named fields in a file's text and leaves the rest as its author made it.

Every change is read back, and what does not read as it was meant is refused: no oddity of YAML or
Markdown needs a rule of its own.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, fields, replace
from datetime import date
from typing import Any

from ruamel.yaml.error import YAMLError

from mend.db.model import Refused
from mend.playbooks.files.body import cut
from mend.playbooks.files.front_matter import KEYS, Notes, read_front_matter
from mend.playbooks.files.parsing import lines_of, parse
from mend.playbooks.files.rewriting import key_lines, section_lines, spans
from mend.playbooks.model import (
    DEFAULT_ASK,
    SECTIONS,
    Authority,
    BrokenPlaybook,
    Playbook,
    Script,
    State,
)

Change = str | int | date | Sequence[str] | Sequence[Authority] | Sequence[Script] | None

_UNSET = {f.name: "" if f.default is MISSING else f.default for f in fields(Playbook)}


def edit(text: str, changes: Mapping[str, Change]) -> str:
    """The text with these fields changed: comments, order and all other lines stay.

    `changes` maps fields of Playbook to new values; None or an empty value takes the field out.
    Raises BrokenPlaybook if the text cannot be read as it is, and Refused, naming the field, for
    a value that would not read back as given (a title left empty, a line that starts a heading).
    """
    playbook, _ = parse("playbook", text)
    clean: dict[str, Any] = {name: _clean(name, changes[name]) or _UNSET[name] for name in changes}
    wanted = replace(playbook, **clean)
    if wanted == playbook:
        return text
    lines = lines_of(text)
    for name in (*KEYS, *SECTIONS):
        value, before = getattr(wanted, name), getattr(playbook, name)
        if value != before:
            playbook = replace(playbook, **{name: value})
            lines = _changed(lines, playbook, name, before)
    end = "\r\n" if 2 * text.count("\r\n") > text.count("\n") else "\n"
    return ("\ufeff" if text.startswith("\ufeff") else "") + end.join(lines)


def new_file(changes: Mapping[str, Change]) -> str:
    """The text of a new file with these fields. Raises Refused as `edit` does."""
    return edit("---\ntitle: …\n---\n", {"title": "", **changes})


def _changed(lines: list[str], playbook: Playbook, name: str, before: Any) -> list[str]:
    """The lines with one field set as in `playbook`; Refused unless they read exactly so."""
    value = getattr(playbook, name)
    heading = SECTIONS.get(name, name)
    try:
        change = _change_section if name in SECTIONS else _change_key
        lines = change(lines, name, None if value == DEFAULT_ASK else value, before)
        after, _ = parse("playbook", "\n".join(lines))
    except BrokenPlaybook as broken:
        says = broken.problems[0].says
        raise Refused(f"{heading} cannot be saved as it is: {says}", name) from broken
    except (YAMLError, RecursionError) as error:
        raise Refused(f"{heading} cannot be changed from here; edit the file.", name) from error
    if after != playbook:
        says = "Leave out headings (#), quotes (>), comments (<!--) and code fences (```)."
        raise Refused(f"{heading} cannot be saved as it is. {says}", name)
    return lines


def _change_key(lines: list[str], key: str, value: Any, before: Any) -> list[str]:
    document = cut(lines)
    first, last = document.opened + 1, document.closed
    front = read_front_matter(Notes(""), lines[first:last], 0)
    starts = [first + line for line in front.at.values()]
    at = dict(zip(front.at, spans(lines, [*starts, last]), strict=True))
    if key == "state" and front.marks:  # what took it off goes with the state that it stood for
        start, end = at[front.marks[0]]
        return _change_key(lines[:start] + lines[end:], key, value, before)
    earlier = [at[name][1] for name in list(KEYS)[: list(KEYS).index(key)] if name in at]
    start, end = at.get(key, [max(earlier, default=first)] * 2)
    new = key_lines(lines[start:end], key, value, before or ()) if value else []
    return lines[:start] + new + lines[end:]


def _change_section(lines: list[str], field: str, value: Any, before: Any) -> list[str]:
    sections = cut(lines).sections
    for section in sections:
        if section.field == field:
            was = lines[section.line : section.end]
            new = section_lines(was, field, value) if value else []
            return lines[: section.line] + new + lines[section.end :]
    later = list(SECTIONS)[list(SECTIONS).index(field) :]
    place = next((found.line for found in sections if found.field in later), len(lines))
    above = "\n".join(lines[:place]).rstrip().split("\n")
    return [*above, *section_lines([], field, value), "", *lines[place:]]


def _clean(name: str, value: Any) -> Any:
    """A field's value in the shape that reading a file gives."""
    if name == "state":
        try:
            return State(value or State.READY)
        except ValueError as error:
            raise Refused("A playbook is a draft, ready or archived.", name) from error
    if isinstance(value, str):
        return "\n".join(filter(None, map(_line, value.split("\n" if name in SECTIONS else "\0"))))
    if isinstance(value, Authority):
        texts = {part: _line(getattr(value, part)) for part in ("what", "reach", "record")}
        limits = {role: _line(limit) for role, limit in value.limits.items() if _line(limit)}
        return Authority(limits=limits, next=_line(value.next) or Authority("").next, **texts)
    if isinstance(value, Script):
        text = "\n".join(line.strip() for line in value.text.strip().split("\n"))
        return Script(_line(value.name), re.sub(r"\n{3,}", "\n\n", text))
    if isinstance(value, Sequence):
        one_line = name if name in ("scripts", "authority") else "title"
        return tuple(item for given in value if (item := _clean(one_line, given)))
    return value


def _line(text: str) -> str:
    return " ".join(text.split())
