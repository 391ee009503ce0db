"""Changes named fields in a file's text and leaves the rest as its author made it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from mend.domain.errors import Refused
from mend.domain.playbooks import (
    DEFAULT_ASK,
    REVIEW_DAYS,
    SECTIONS,
    Authority,
    Playbook,
    Script,
    State,
)
from mend.playbook_files.edit_front_matter import change_key, front_matter_span
from mend.playbook_files.edit_section import change_section
from mend.playbook_files.front_matter import KEYS
from mend.playbook_files.parsing import BrokenPlaybook, parse

Change = str | int | date | Sequence[str] | Sequence[Authority] | Sequence[Script] | None

_ONE_LINE = ("title", "summary", "category", "owner")
_LISTS = ("phrases", "do", "avoid")
_TEXTS = ("say_first", "ask", "if_stuck", "close")


def edit(text: str, changes: Mapping[str, Change]) -> str:
    """The text with these fields changed: comments, order and all other lines stay.

    `changes` maps fields of Playbook to new values; None or an empty value takes the field out.
    Raises BrokenPlaybook if the text cannot be read as it is, and Refused, naming the field, for
    a value that would not read back as given (a title left empty, a line that starts a heading).
    """
    before, _ = parse("playbook", text)
    wanted = replace(before, **{name: _clean(name, value) for name, value in changes.items()})
    changed = [name for name in (*KEYS, *SECTIONS) if _value(before, name) != _value(wanted, name)]
    if not changed:
        return text
    lines = text.replace("\r\n", "\n").split("\n")
    for name in changed:
        lines = _change(lines, name, wanted, before)
        before = _check(lines, name, wanted, before)
    return _with_line_ends(lines, text)


def new_file(changes: Mapping[str, Change]) -> str:
    """The text of a new file with these fields. Raises Refused as `edit` does."""
    return edit("---\ntitle: …\n---\n", {"title": "", **changes})


def _change(lines: list[str], name: str, wanted: Playbook, before: Playbook) -> list[str]:
    value = _value(wanted, name)
    if name in SECTIONS:
        return change_section(lines, name, value)
    start, stop = front_matter_span(lines)
    front = change_key(lines[start:stop], name, value, before.authority)
    return lines[:start] + front + lines[stop:]


def _value(playbook: Playbook, name: str) -> Any:
    """A field as a file holds it, where the usual question is not written down."""
    value = getattr(playbook, name)
    return "" if name == "ask" and value == DEFAULT_ASK else value


def _clean(name: str, value: Any) -> Any:
    """A field's value in the shape that reading the file gives."""
    if name in _ONE_LINE:
        return _one_line(value)
    if name in _LISTS:
        return tuple(text for item in value or () if (text := _one_line(item)))
    if name in _TEXTS:
        text = "\n".join(line for part in (value or "").split("\n") if (line := part.strip()))
        return text or (DEFAULT_ASK if name == "ask" else "")
    if name == "scripts":
        return tuple(Script(_one_line(item.name), _message(item.text)) for item in value or ())
    if name == "authority":
        return tuple(map(_authority, value or ()))
    if name == "state":
        return _state(value)
    if name == "review_days":
        return value if value else REVIEW_DAYS
    if name == "verified":
        return value
    raise KeyError(name)


def _state(value: Any) -> State:
    try:
        return State(value or State.READY)
    except ValueError as error:
        raise Refused("A playbook is a draft, ready or archived.", "state") from error


def _authority(entry: Authority) -> Authority:
    texts = {name: _one_line(getattr(entry, name)) for name in ("what", "next", "reach", "record")}
    limits = {role: text for role, given in entry.limits.items() if (text := _one_line(given))}
    return Authority(limits=limits, **texts)


def _one_line(value: str | None) -> str:
    return " ".join((value or "").split())


def _message(text: str) -> str:
    lines = "\n".join(line.strip() for line in text.strip().split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines)


def _with_line_ends(lines: list[str], original: str) -> str:
    """The lines joined with the line ends they had; new ones get that of the first line."""
    if "\r" not in original:
        return "\n".join(lines)
    before = original.split("\n")
    bare = [line.removesuffix("\r") for line in before]
    end = "\r" if before[0].endswith("\r") else ""
    before[-1] += end  # it ends with the file, and may come to stand in the middle
    ended: list[str] = []
    for step, start, stop, new_start, new_stop in SequenceMatcher(
        None, bare, lines, autojunk=False
    ).get_opcodes():
        if step == "equal":
            ended += before[start:stop]
        else:
            ended += [line + end for line in lines[new_start:new_stop]]
    return "\n".join(ended).removesuffix(end)


def _check(lines: list[str], name: str, wanted: Playbook, before: Playbook) -> Playbook:
    """The playbook as it reads with one field changed; Refused unless exactly that happened."""
    meant = replace(before, **{name: getattr(wanted, name)})
    heading = SECTIONS.get(name, name)
    try:
        after, _ = parse("playbook", "\n".join(lines))
    except BrokenPlaybook as broken:
        says = broken.problems[0].says
        raise Refused(f"{heading} cannot be saved as it is: {says}", name) from broken
    if replace(after, digest=before.digest) != meant:
        says = "Leave out headings (#), quotes (>), comments (<!--) and code fences (```)."
        raise Refused(f"{heading} cannot be saved as it is. {says}", name)
    return after
