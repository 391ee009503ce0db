"""A list that is turned page by page in place, so that nothing of it is ever left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from slack_sdk.models.blocks import Block, ButtonElement

from mend.slack.ui import (
    Message,
    aside,
    button,
    buttons,
    message,
    pack,
    says,
    unpack,
)

LINES = 15  # a page, of two blocks each: far from Slack's fifty, and a few screens of a phone


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Line:
    """One line (Slack's formatting; escape what people wrote) and what can be done about it."""

    markup: str
    buttons: tuple[ButtonElement, ...] = ()


def listing(
    heading: str,
    things: Sequence[T],
    line: Callable[[T], Line],
    page: int,
    action: str,
    place: str = "",
    *,
    empty: str,
    above: Sequence[Block] = (),
) -> Message:
    """One page of the things' lines; `action` turns it: its value is place and page."""
    last = max(0, (len(things) - 1) // LINES)
    page = min(max(page, 0), last)
    shown = [line(thing) for thing in things[page * LINES :][:LINES]]
    blocks: list[Block] = [*above, says(f"*{heading}*")]
    for each in shown:
        blocks.append(says(each.markup))
        if each.buttons:
            blocks.append(buttons(*each.buttons))
    if not shown:
        blocks.append(aside(empty))
    turns = [("Previous", page - 1), ("Next", page + 1)]
    turn = [
        button(label, f"{action}_{number}", pack(place, to))
        for number, (label, to) in enumerate(turns)
        if 0 <= to <= last
    ]
    if turn:
        blocks.append(buttons(*turn))
    said = [each.markup for each in shown] or [empty]
    return message("\n".join([heading, *said]), *blocks)


def page_of(value: str) -> tuple[str, int]:
    """What a button that turns a page, or opens the list, stands for."""
    if value.startswith("["):
        place, page = unpack(value, 2)
    else:  # as an older Mend wrote it
        place, _, page = value.rpartition(" ")
    return str(place), int(page) if str(page).isdigit() else 0
