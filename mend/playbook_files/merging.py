"""Puts a new list in place of an old one, line by line, so that what stays the same stays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from difflib import SequenceMatcher

Span = tuple[int, int]


def merge_items(
    lines: list[str],
    spans: Sequence[Span],
    old: Sequence[str],
    new: Sequence[str],
    render: Callable[[str], list[str]],
) -> list[str]:
    """The lines with `new` items instead of `old` ones; `spans` are the lines of each old item.

    Lines outside the spans (comments, empty lines) and items in both lists are left alone.
    """
    merged = list(lines)
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for step, start, end, new_start, new_end in reversed(steps):
        if step == "equal":
            continue
        fresh = [render(text) for text in new[new_start:new_end]]
        if step == "replace" and len(fresh) == end - start:
            for n, rendered in reversed(list(zip(range(start, end), fresh, strict=True))):
                merged[slice(*spans[n])] = rendered
            continue
        for n in reversed(range(start, end)):
            del merged[slice(*spans[n])]
        place = spans[start - 1][1] if start else spans[0][0]
        merged[place:place] = [line for rendered in fresh for line in rendered]
    return merged
