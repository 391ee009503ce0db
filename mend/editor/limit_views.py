"""One form for what a role may do without asking, over every line of all playbooks."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from mend.editor.limit_model import (
    LIMIT_LENGTH,
    UNSET,
    LimitLeft,
    LimitLine,
    LimitWanted,
    check_limit,
    groups,
    limit_mark,
    of_group,
)
from mend.people.model import Role
from mend.repair.model import limit_of
from mend.slack import ui
from mend.slack.packing import pack, unpack

OPEN = "limits_open"
ROLE = "limits_role"
FORM = "limits_form"
TITLE = "Set limits"
PAGE, GROUPS = 4, 100  # lines on a phone's screen; choices of a menu
LABEL_LENGTH = 2000


@dataclass(frozen=True, slots=True)
class Place:
    """Whose limits, for which lines, and after which of them: those before are done."""

    role: Role
    group: str
    after: str = ""

    def packed(self) -> str:
        return pack(int(self.role), self.group, self.after)

    def left(self, lines: Sequence[LimitLine]) -> list[LimitLine]:
        """As they stand by now; all of them where the last one is gone."""
        ids = [_line_id(line) for line in lines]
        start = ids.index(self.after) + 1 if self.after in ids else 0
        return of_group(lines[start:], self.role, self.group)


def begun(lines: Sequence[LimitLine], place: Place) -> Place:
    """There, or in the first category where there is nothing of that."""
    return (
        place
        if place.left(lines)
        else replace(place, group=next(iter(groups(lines, place.role)), UNSET))
    )


def limits_form(lines: Sequence[LimitLine], place: Place, said: str = "") -> dict[str, Any]:
    """As many lines as a screen holds; menus change whose and which. `said` stands above them."""
    role, every = place.role, groups(lines, place.role)
    left = place.left(lines)
    shown = left[:PAGE]
    if not every:
        return ui.panel(TITLE, ui.notice("No playbook says yet what anybody may do."))
    which = {
        Place(role, group).packed(): f"{name} ({count})"
        for group, (name, count) in list(every.items())[:GROUPS]
    }
    whose = {Place(each, place.group).packed(): f"{each.word}s" for each in Role}
    blocks: list[ui.Block] = [
        *([ui.says(said)] if said else []),
        ui.buttons(
            ui.select(f"{ROLE}_0", "Whose", whose, Place(role, place.group).packed()),
            ui.select(f"{ROLE}_1", "Which", which, Place(role, place.group).packed()),
        ),
        ui.aside("Up to how much, without asking? Left empty, they ask first."),
    ]
    blocks += [_question(line, role) for line in shown]
    submit = "Save, then more" if len(left) > PAGE else "Save"
    last = _line_id(shown[-1]) if shown else ""
    return ui.form(FORM, TITLE, submit, replace(place, after=last).packed(), *blocks)


def read_place(packed: str) -> Place:
    """Where a form goes on. A button of an older Mend names the role alone."""
    role, group, after = unpack(packed, 3)
    return Place(Role(int(role)), group, after)


def read_limits(
    lines: Sequence[LimitLine], answers: ui.Answers
) -> dict[tuple[str, str], LimitWanted]:
    """What was changed, by its line's key; of a line that is gone, the key of no line.

    Raises Refused, naming the field, for what is no limit.
    """
    keys = {_line_id(line): line.key for line in lines}
    changed: dict[tuple[str, str], LimitWanted] = {}
    for block in answers:
        line_id, _, was = block.rpartition(":")
        is_line = ":" in line_id  # else it is the menu of roles
        if not is_line or limit_mark(limit := ui.written(answers, block)) == was:
            continue
        if limit:
            check_limit(limit, block)
        changed[keys.get(line_id, (line_id.partition(":")[0], ""))] = LimitWanted(limit, was)
    return changed


def saved(role: Role, count: int, left: str) -> ui.Message:
    """What is on its way into the files, and what was not changed."""
    number = f"{count} playbook{'' if count == 1 else 's'}"
    said = f"Limits of {role.word}s: {number} changed. Agents see it within seconds; "
    said += "what cannot be written you are told."
    if not count:
        said = "Nothing was changed."
    said = f"{said}\n{left}".strip()
    others = [
        ui.button(f"Limits of {each.word}s", f"{OPEN}_{int(each)}", str(int(each)))
        for each in Role
        if left or each is not role
    ]
    return ui.notice(said, ui.buttons(*others))


def left_alone(left: Sequence[LimitLeft], titles: Mapping[str, str]) -> str:
    """What changed meanwhile and stays, whose it is, and how to choose; empty for nothing."""
    lines = []
    for each in left:
        title = ui.escape(titles.get(each.slug, each.slug))
        if each.what:
            who = f"<@{each.by}>" if each.by else "somebody"
            limit = ui.escape(each.stands) or "to ask first"
            title += f" · {ui.escape(each.what)}* is {limit} by now ({who}"
            lines.append(f"*{title}).")
        else:
            lines.append(f"*{title}*.")
    said = "These changed meanwhile and stay as they are. To set yours, open the limits once more."
    return "\n".join([said, *lines]) if lines else ""


def _question(line: LimitLine, role: Role) -> ui.Block:
    own = line.entry.limits.get(role.word, "")
    below = limit_of(line.entry, Role(role - 1)) if role > Role.AGENT else None
    same = below and f"as {Role(role - 1).word}s: {ui.shortened(below, LIMIT_LENGTH)}"
    element = ui.typed(LIMIT_LENGTH, own, lines=False, placeholder=same)
    label = ui.shortened(f"{line.book.title} · {line.entry.what}", LABEL_LENGTH)
    block = f"{_line_id(line)}:{limit_mark(own)}"
    return ui.ask(block, label, element, required=False)


def _line_id(line: LimitLine) -> str:
    """An input names its line and, after it, what stood there: what is left alone is not saved."""
    return f"{line.book.slug}:{_mark(line.entry.what)}"


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
