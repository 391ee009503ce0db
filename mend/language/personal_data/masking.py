"""Every detector over one text, until nothing more is found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mend.language.personal_data.banking import accounts, ibans
from mend.language.personal_data.card_details import expiries, security_codes
from mend.language.personal_data.cards import cards
from mend.language.personal_data.contacts import mails, phones
from mend.language.personal_data.found import RANK, Found, Masked, label
from mend.language.personal_data.names import introduced_names, roster_names
from mend.language.personal_data.national_ids import national_ids
from mend.language.personal_data.reading import Reading, read
from mend.language.personal_data.secrets import codes, passwords


def mask(text: str, names: Iterable[str] = (), zone_country: str | None = None) -> Masked:
    """The text without personal data. Never raises; masking what is masked finds nothing.

    `names` are the people of the workspace. `zone_country` (ISO, "PH") is where the writer works:
    it decides whether a bare number may be a local phone number.

    What was masked is context for what stands beside it (a code after a card), so the masked text
    is read again until a reading finds nothing new.
    """
    roster = tuple(names)
    found: list[Found] = []
    masked = text
    while fresh := _detect(read(masked), roster, zone_country):
        found = sorted([*found, *_in_input(fresh, found, text)], key=lambda item: item.start)
        masked = _written(text, found)
    return Masked(masked, tuple(found))


def _detect(reading: Reading, roster: tuple[str, ...], zone_country: str | None) -> list[Found]:
    """All findings of one reading; an IBAN is one, though a part of it may look like a card."""
    return _distinct([*ibans(reading)], [*_guesses(reading, roster, zone_country)])


def _guesses(
    reading: Reading, roster: tuple[str, ...], zone_country: str | None
) -> Iterator[Found]:
    yield from cards(reading)
    yield from security_codes(reading)
    yield from expiries(reading)
    yield from passwords(reading)
    yield from codes(reading)
    yield from national_ids(reading)
    yield from accounts(reading)
    yield from mails(reading)
    yield from phones(reading, zone_country)
    yield from roster_names(reading, roster)
    yield from introduced_names(reading)


def _distinct(certain: list[Found], guesses: list[Found]) -> list[Found]:
    """Findings that do not overlap, in reading order; of two that do, the graver one stays."""
    kept: list[Found] = []
    taken: set[int] = set()
    guesses.sort(key=lambda item: (RANK[item.type], item.start, -item.end))
    for item in (*certain, *guesses):
        span = range(item.start, item.end)
        if taken.isdisjoint(span):
            taken.update(span)
            kept.append(item)
    return sorted(kept, key=lambda item: item.start)


def _in_input(fresh: list[Found], earlier: list[Found], text: str) -> Iterator[Found]:
    """Findings in the masked text as offsets into the input; no finding touches a placeholder."""
    shift, upcoming = 0, 0
    for item in fresh:
        while upcoming < len(earlier) and earlier[upcoming].start + shift <= item.start:
            before = earlier[upcoming]
            shift += len(_replacement(text, before)) - (before.end - before.start)
            upcoming += 1
        yield Found(item.type, item.start - shift, item.end - shift)


def _written(text: str, found: list[Found]) -> str:
    pieces: list[str] = []
    position = 0
    for item in found:
        pieces += (text[position : item.start], _replacement(text, item))
        position = item.end
    return "".join((*pieces, text[position:]))


def _replacement(text: str, item: Found) -> str:
    return label(
        item.type, "".join(c for c in read(text[item.start : item.end]).text if c.isdigit())
    )
