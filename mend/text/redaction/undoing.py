"""Putting back what was masked and was not personal after all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from mend.text.redaction.found import (
    PLACEHOLDER,
    Masked,
    Secret,
    label,
    undoable,
)

_SECRET = {label(kind, "") for kind in get_args(Secret)}


def originals(text: str, masked: Masked) -> tuple[str, ...]:
    """What was taken out of `text` and may be put back, in reading order."""
    return tuple(text[item.start : item.end] for item in masked.found if undoable(item))


def put_back(masked: str, originals: Sequence[str]) -> str | None:
    """The masked text with the originals in their places; None where the places are others."""
    places = [
        place
        for place in PLACEHOLDER.finditer(masked)
        if place[1] is None and place[0] not in _SECRET  # the first group is a card
    ]
    if len(places) != len(originals):
        return None
    pieces: list[str] = []
    position = 0
    for place, original in zip(places, originals, strict=True):
        pieces += (masked[position : place.start()], original)
        position = place.end()
    return "".join((*pieces, masked[position:]))
