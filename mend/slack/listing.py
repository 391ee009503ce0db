"""What is more than a screen holds, turned in place, so that nothing of it is ever left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from slack_sdk.models.blocks import Block, InteractiveElement

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

LINES = 10  # a page, which fits a phone


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing (Slack's formatting; escape what people wrote) and what can be done about it."""

    markup: str
    controls: tuple[InteractiveElement, ...] = ()
    below: Message = Message("", ())


def listing(
    heading: str,
    things: Sequence[T],
    line: Callable[[T], str],
    page: int,
    action: str,
    place: str,
    *,
    empty: str,
    controls: Sequence[InteractiveElement] = (),
) -> Message:
    """One page of lines to read; `action` turns it: its value is place and page."""
    last = max(0, (len(things) - 1) // LINES)
    page = min(max(page, 0), last)
    lines = [line(thing) for thing in things[page * LINES :][:LINES]] or [empty]
    turns = [("Previous", page - 1), ("Next", page + 1)]
    turn = [
        button(label, f"{action}_{number}", pack(place, to))
        for number, (label, to) in enumerate(turns)
        if 0 <= to <= last
    ]
    below = [buttons(*controls, *turn)] if controls or turn else []
    said = says("\n".join(f"• {each}" for each in lines)) if things else aside(empty)
    return message("\n".join([heading, *lines]), says(f"*{heading}*"), said, *below)


def one_by_one(
    heading: str,
    things: Sequence[T],
    item: Callable[[T], Item],
    place: int,
    action: str,
    name: str = "",
    *,
    empty: str,
    controls: Sequence[InteractiveElement] = (),
    above: Sequence[Block] = (),
) -> Message:
    """Things that are to be decided, one at a time; `action` shows the next, and the first again.

    Its value is name and place.
    """
    if not things:
        below = [buttons(*controls)] if controls else []
        return message(f"{heading}\n{empty}", *above, says(f"*{heading}*"), aside(empty), *below)
    place %= len(things)
    shown = item(things[place])
    of = f" · {place + 1} of {len(things)}" if len(things) > 1 else ""
    following = [button("Next", action, pack(name, place + 1))] if of else []
    content = message(
        f"{heading}\n{shown.markup}\n{shown.below.text}",
        *above,
        says(f"*{heading}*{of}"),
        *([says(shown.markup)] if shown.markup else []),
        buttons(*shown.controls, *following, *controls),
    )
    return Message(content.text, (*content.blocks, *shown.below.blocks))


def page_of(value: str) -> tuple[str, int]:
    """What a button that turns a page, or opens the list, stands for."""
    if value.startswith("["):
        place, page = unpack(value, 2)
    else:  # as an older Mend wrote it
        place, _, page = value.rpartition(" ")
    return str(place), int(page) if str(page).isdigit() else 0
