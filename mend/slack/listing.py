"""What is more than a screen holds, turned in place, so that nothing of it is ever left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from mend.slack import ui
from mend.slack.packing import pack, unpack

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing (Slack's formatting; escape what people wrote) and what can be done about it."""

    markup: str
    controls: tuple[ui.Element, ...] = ()
    below: ui.Message = ui.Message("", ())


def one_by_one(
    heading: str,
    things: Sequence[T],
    item: Callable[[T], Item],
    place: int,
    action: str,
    name: str = "",
    *,
    empty: str,
    controls: Sequence[ui.Element] = (),
    above: Sequence[ui.Block] = (),
) -> ui.Message:
    """Things to decide or to read, one at a time; `action` shows the next, and the first again.

    Its value is name and place.
    """
    if not things:
        below = [ui.buttons(*controls)] if controls else []
        return ui.message(
            f"{heading}\n{empty}", *above, ui.says(f"*{heading}*"), ui.aside(empty), *below
        )
    place %= len(things)
    shown, is_one = item(things[place]), len(things) == 1
    of = "" if is_one else f" · {place + 1} of {len(things)}"
    following = [] if is_one else [ui.button("Next", action, pack(name, place + 1))]
    acts = [*shown.controls, *following, *controls]
    content = ui.message(
        f"{heading}\n{shown.markup}\n{shown.below.text}",
        *above,
        ui.says(f"*{heading}*{of}"),
        *([ui.says(shown.markup)] if shown.markup else []),
        *([ui.buttons(*acts)] if acts else []),
    )
    return ui.Message(content.text, (*content.blocks, *shown.below.blocks))


def page_of(value: str) -> tuple[str, int]:
    """What a button that turns a page, or opens the list, stands for."""
    if value.startswith("["):
        place, page = unpack(value, 2)
    else:  # as an older Mend wrote it
        place, _, page = value.rpartition(" ")
    return str(place), int(page) if str(page).isdigit() else 0
