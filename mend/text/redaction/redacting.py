"""Every detector over one text, until nothing more is found."""

from __future__ import annotations

from collections.abc import Iterable
from typing import get_args

from mend.text.redaction.digits import card_digits, cards, phones
from mend.text.redaction.found import (
    Found,
    Redacted,
    Type,
    label,
    undoable,
)
from mend.text.redaction.ids import ids
from mend.text.redaction.introduced import introduced
from mend.text.redaction.names import introduced_names, roster_names
from mend.text.redaction.places import addresses, birth_dates
from mend.text.redaction.reading import Reading, read
from mend.text.redaction.secrets import secrets
from mend.text.redaction.shapes import ibans, shaped

_GRAVEST_FIRST = get_args(Type)


def redact(
    text: str,
    names: Iterable[str] = (),
    zone_country: str | None = None,
    *,
    colleague: str = "a colleague",
    as_written: bool = False,
) -> Redacted:
    """The text without personal data. Never raises; masking what is masked finds nothing.

    `names` are the people of the workspace; `colleague` is written instead of one, so that what
    happened stays a sentence. `zone_country` (ISO, "PH") is where the writer works: it decides
    whether a bare number may be a local phone number. `as_written`: its writer says that it is not
    personal, so only what is not `undoable` is masked.

    What was masked is context for what stands beside it (a code after a card), so the text is
    read again with marks in its place until a reading finds nothing new.
    """
    roster = tuple(names)
    found: list[Found] = []
    while fresh := _detect(read(text, found), roster, zone_country):
        found += fresh
    if as_written:  # what a longer number holds may still be a card
        found = [
            kept for item in found for kept in (_cards_in(text, item) if undoable(item) else [item])
        ]
    found.sort(key=lambda item: item.start)
    pieces: list[str] = []
    position = 0
    for item in found:
        written = colleague if item.type == "colleague" else _written(text, item)
        pieces += (text[position : item.start], written)
        position = item.end
    return Redacted("".join((*pieces, text[position:])), tuple(found))


def _detect(reading: Reading, roster: tuple[str, ...], zone: str | None) -> list[Found]:
    """Findings that do not overlap: those that do are one, and called what the longest is called.

    A card within a longer id is a part of that id, and nothing of either is left beside a mask.
    """
    announced, kinds = introduced(reading)
    guesses = [
        *announced,
        *ibans(reading),
        *cards(reading, kinds),
        *shaped(reading, kinds),
        *ids(reading, kinds),
        *secrets(reading),
        *birth_dates(reading),
        *addresses(reading),
        *phones(reading, kinds, zone),
        *roster_names(reading, roster),
        *introduced_names(reading),
    ]
    whole: list[Found] = []
    longest = 0
    for item in sorted(guesses, key=lambda item: (item.start, _GRAVEST_FIRST.index(item.type))):
        length = item.end - item.start
        if whole and item.start < whole[-1].end:
            last = whole.pop()
            kind = item.type if length > longest else last.type
            whole.append(Found(kind, last.start, max(last.end, item.end)))
            longest = max(longest, length)
        else:
            whole.append(item)
            longest = length
    return whole


def _cards_in(text: str, item: Found) -> list[Found]:
    """The card in an item, by its digits alone."""
    within = cards(read(text[item.start : item.end]), {})
    return [Found("card", item.start + card.start, item.start + card.end) for card in within][:1]


def _written(text: str, item: Found) -> str:
    plain = read(text[item.start : item.end]).text
    digits = card_digits(plain) if item.type == "card" else ""
    return label(item.type, digits or "".join(filter(str.isdigit, plain)))
