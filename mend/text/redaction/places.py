"""Dates of birth and addresses: by what they are called, and an address also by its shape.

Dates and places are what notes are full of; only what is said to be somebody's own goes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from mend.text.redaction.found import Found
from mend.text.redaction.name_words import PARTICLES
from mend.text.redaction.reading import Reading

_MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ene|abr|ago|dic|enero|pebrero|marso|mayo|"
    r"hunyo|hulyo|agosto|setyembre|oktubre|nobyembre|disyembre)[a-z]{0,7}\.?"
)
_DATE = (
    r"(?:\d{1,2}\s?[./\- ]\s?\d{1,2}\s?[./\- ]\s?(?:\d{4}|\d{2})|(?:19|20)\d{2}\s?[./\-]\s?\d{1,2}"
    r"\s?[./\-]\s?\d{1,2}|(?:19|20)\d{6}|[0-3]\d[01]\d(?:19|20)\d{2}|"
    rf"(?:the )?\d{{1,2}}(?:st|nd|rd|th)?[\s\-/.,]{{0,2}}(?:of |de )?{_MONTH}"
    r"[\s\-/.,]{0,2}(?:de )?(?:'?\d{4}|'?\d{2})?"
    rf"|{_MONTH}[\s\-/.]{{0,2}}\d{{1,2}}(?:st|nd|rd|th)?[\s\-/.,]{{0,2}}(?:'?\d{{4}}|'?\d{{2}}\b)?)"
    r"(?!\w|[./\-]\d)"
)
_BORN: Final = re.compile(
    r"(?<![\w\-])(?:d\.?o\.?b\.?|date of birth|birth ?-?dates?|birth ?days?|b-?day|born|b\.d\.|"
    r"fecha de nacimiento|nacid[oa]|nacio|geburtsdatum|geboren|date de naissance|nee?(?= le)|"
    r"data de nascimento|data di nascita|geboortedatum|"
    r"kapanganakan|kaarawan|ipinanganak)(?!\w)"
    r"(?:[\s:=,(\-]|(?:is|was|on|as|of|the|for|el|le|am|noong|in|her|his|their|they|gave|says?|said|"
    r"given|wrong|correct|customer'?s?|cx|it's|its|ay|niya|and|to|changed|from|showing|shows|"
    rf"entered|typed|recorded)\b){{0,14}}(?P<date>{_DATE})"
)


def birth_dates(reading: Reading) -> Iterator[Found]:
    """Dates that are called somebody's birth."""
    for match in _BORN.finditer(reading.low):
        start, end = match.span("date")
        yield reading.found("date_of_birth", start, start + len(match["date"].rstrip(" ,.-/'")))


_LIVES = re.compile(
    r"(?<![\w\-@])(?:(?<!e-mail )(?<!email )(?<!mail )(?<!web )(?<!ip )"
    r"(?<!mac )addr(?:ess(?:es)?)?\b"
    r"(?:\s(?:on (?:file|the \w+)|is|was|changed to|updated to|to|reads|shows|says|now|should be|"
    r"given|(?:i|we|she|he) (?:used|gave|read|typed|wrote))){0,3}|"
    r"residence(?: is)?|(?:her|his|their) home is|"
    r"(?:lives?|living|lived|resid(?:es?|ing)|stay(?:s|ing)|moved|moving)\s(?:at|in|on|to)|"
    r"nakatira\s(?:siya\s)?sa|"
    r"(?:deliver(?:ed|y)?|ship(?:ped)?|sent|posted|courier(?:ed)?|went)\s(?:it\s|(?:the|her|his|an?)\s[a-z]+\s)?"
    r"to|domicilio|direccion|"
    r"tirahan|endereco|adresse|indirizzo)[\s:=,\-(]{1,4}(?:at\s)?"
)
_HOME = re.compile(
    r"addr|adresse|lives|living|resid|(?:her|his|their) home|nakatira|tirahan|domicilio|direccion"
)
_STREET = (
    r"(?:street|st|road|rd|avenue|ave|av|lane|ln|drive|dr|close|cl|court|ct|crescent|cres|grove|gr|"
    r"way|place|pl|square|sq|terrace|ter|boulevard|blvd|highway|hwy|parkway|pkwy|circle|cir|walk|row|"
    r"mews|gardens?|gdns|hill|park|view|rise|quay|parade|pde|trail|loop|alley|green|extension|"
    r"subdivision|subd|village|vill|compound|barangay|brgy|bgy|purok|sitio|calle|kalye|rua|via|"
    r"\w*strasse|\w*str|\w*weg|\w*platz|rue|\w*straat|jalan|jln|marg|nagar|colony)"
)
_UNIT = (
    r"(?:flat|unit|apt|apartment|suite|ste|room|rm|floor|flr|fl|block|blk|lot|phase|ph|house|bldg|"
    r"building|tower|no|number|door|level|po|p\.o|box|barangay|brgy|bgy|purok|sitio|zone|house)"
)
_PIECE = re.compile(r"#?[^\W_](?:[\w'./\-#]*[^\W_])?\.?|#")
_JOIN = re.compile(r"(?:[ ]{1,2}|\s?,\s?|\s?\n\s?|\s?/\s?|\s-\s){1,2}")
_POSTCODE = (
    r"(?:[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]{2},? \d{5}(?:-\d{4})?|[A-Z]\d[A-Z] ?\d[A-Z]\d)"
)
_SHAPE: Final = re.compile(
    rf"(?<![\w\-/])(?:(?i:{_UNIT})\.? ?\w{{1,5}},? ){{0,3}}\d{{1,5}}[A-Za-z]?(?:-\d{{1,4}})?,? "
    rf"(?:[A-Z][\w'.]*\s){{1,4}}?(?i:{_STREET})\b\.?"
    rf"(?:,? (?:[A-Z][\w'.]*|\d{{1,5}}[A-Za-z]?)){{0,6}}?,? {_POSTCODE}(?!\w)"
)
_MOST_PIECES = 20


def addresses(reading: Reading) -> Iterator[Found]:
    """What is said to be where somebody lives, and a house, street and postcode in a row."""
    for match in _SHAPE.finditer(reading.text):
        yield reading.found("address", *match.span())
    for cue in _LIVES.finditer(reading.low):
        is_sure = bool(_HOME.match(cue[0]))
        end = _address_end(reading.text, cue.end(), is_sure)
        if end:
            yield reading.found("address", cue.end(), end)


def _address_end(text: str, start: int, is_sure: bool) -> int:
    """Where the address that begins at `start` ends, or 0 where none does.

    `is_sure`: the words before say that it is one, so that a number and two names are enough.
    """
    position, end, numbers, words, known, units = start, 0, 0, 0, False, 0
    for _ in range(_MOST_PIECES):
        piece = _PIECE.match(text, position)
        if not piece:
            break
        written = piece[0].rstrip(".").lower()
        is_unit = re.fullmatch(_UNIT, written) is not None
        is_street = re.fullmatch(_STREET, written) is not None
        is_number = any(c.isdigit() for c in written)
        is_name = piece[0][0].isupper()
        if not (is_unit or is_street or is_number or is_name or (end and written in PARTICLES)):
            follows = _NEAR_STREET.match(text, position) if numbers and not known else None
            if not follows:
                break
        numbers += is_number
        words += is_name or not (is_number or is_unit or is_street or written in PARTICLES)
        units += is_unit
        known = known or is_street
        end = piece.end()
        gap = _JOIN.match(text, end)
        if not gap:
            break
        position = gap.end()
    has_place = known or re.search(_POSTCODE, text[start:end])
    is_whole = has_place or (is_sure and (units > 1 or words > 1))
    return end if words and is_whole and (numbers or (is_sure and units > 1)) else 0


_NEAR_STREET = re.compile(rf"(?:[a-z'.]+ ){{1,3}}{_STREET}\b", re.IGNORECASE)
