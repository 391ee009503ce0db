"""Every detector over one text, until nothing more is found."""

from __future__ import annotations

from collections.abc import Iterable
from typing import get_args

from mend.text.redaction.digits import cards, phones
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
    if as_written:
        found = [item for item in found if not undoable(item)]
    found.sort(key=lambda item: item.start)
    pieces: list[str] = []
    position = 0
    for item in found:
        written = colleague if item.type == "colleague" else _written(text, item)
        pieces += (text[position : item.start], written)
        position = item.end
    return Redacted("".join((*pieces, text[position:])), tuple(found))


def _detect(reading: Reading, roster: tuple[str, ...], zone: str | None) -> list[Found]:
    """Findings that do not overlap; of two that do, the graver one stays.

    An IBAN goes before all, though a part of it may look like a card.
    """
    announced, kinds = introduced(reading)
    guesses = [
        *announced,
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
    kept: list[Found] = []
    taken: set[int] = set()
    whole = _without_parts(guesses)
    for item in (
        *ibans(reading),
        *sorted(whole, key=lambda item: _GRAVEST_FIRST.index(item.type)),
    ):
        span = range(item.start, item.end)
        if taken.isdisjoint(span):
            taken.update(span)
            kept.append(item)
    return kept


def _without_parts(guesses: list[Found]) -> list[Found]:
    """All but what lies within something longer: a "code" in a link, three digits of an id.

    A card goes before whatever it lies in, for what is around it may be anything.
    """
    longest = sorted(guesses, key=lambda item: (item.start, -item.end))
    kept: list[Found] = []
    reach = (-1, -1)
    for item in longest:
        inside = item.end <= reach[1] and (item.start, item.end) != reach
        if not inside or item.type == "card":
            kept.append(item)
        if item.end > reach[1] and item.type != "card":
            reach = (item.start, item.end)
    return kept


def _written(text: str, item: Found) -> str:
    plain = read(text[item.start : item.end]).text
    return label(item.type, "".join(c for c in plain if c.isdigit()))
