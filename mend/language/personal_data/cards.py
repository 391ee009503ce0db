"""Payment cards: the number, the security code beside it, the expiry.

A number of 15 or 16 digits with a real card prefix and a valid check digit is masked whatever
introduces it: an order number that looks like a whole card is the safer thing to lose (about one
in 25 random numbers of 16 digits). Shorter and longer numbers (Diners Club, old Visa, Maestro,
UnionPay), and numbers with a mistyped digit, are cards only where the words around them do not say
order, tracking, barcode and the like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stdnum import ean, luhn

from mend.language.personal_data.context import Context
from mend.language.personal_data.found import Found
from mend.language.personal_data.numbers import Window, best, runs, windows
from mend.language.personal_data.reading import Reading

# Prefixes as the networks publish them; each with the lengths its numbers have.
_BRANDS: tuple[tuple[re.Pattern[str], range], ...] = tuple(
    (re.compile(prefix), lengths)
    for prefix, lengths in (
        (r"4", range(16, 17)),  # Visa
        (r"5[1-5]|2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720)", range(16, 17)),  # Mastercard
        (r"3[47]", range(15, 16)),  # American Express
        (r"3(?:0[0-5]|095|6|8|9)", range(14, 15)),  # Diners Club
        (r"3(?:0[0-5]|095|6|8|9)", range(16, 17)),
        (r"35(?:2[89]|[3-8])", range(16, 17)),  # JCB
        (r"6(?:011|4[4-9]|5)", range(16, 17)),  # Discover
        (r"62|81", range(16, 17)),  # UnionPay
        (r"220[0-4]|9792|60|508|50(?:18|20|38)|5[6-8]|6(?:304|7)", range(16, 17)),  # regional
    )
)
_SHORT = re.compile(r"50|5[6-8]|6304|67")  # Maestro of 12 and 13 digits
_LONG = re.compile(r"4|50|5[6-8]|6(?:0|2|304|4[4-9]|5|7)|3(?:0[0-5]|095|6|8|9|5(?:2[89]|[3-8]))|81")
_LIKELY = re.compile(r"[2-6]|81|9792")
_BETWEEN = re.compile(r"[\s.\-/,_|*]{1,4}")
_PLAIN_SHAPES = re.compile(r"\d+|(?:4-){2,4}[1-4]|4-6-[45]|6-10|8-8|(?:2-){5,9}[12]|(?:1-){11,18}1")


def cards(reading: Reading) -> Iterator[Found]:
    """Card numbers of all brands, spaced in any way."""
    context = Context(reading.text)
    for run in runs(reading.text, _BETWEEN):
        graded = (
            (_grade(context, window), window)
            for first, group in enumerate(run)
            if group.digits[0] in "2345689"
            for window in windows(run, first, 12, 19)
        )
        for window in best(graded):
            yield reading.found("card", window.start, window.end)


def _grade(context: Context, window: Window) -> int:
    """How surely a window is a card: 0 is no card."""
    digits = window.digits
    if not _LIKELY.match(digits):
        return 0
    plain = bool(_PLAIN_SHAPES.fullmatch(window.shape))
    valid = (plain or _is_card(digits)) and luhn.is_valid(digits)
    if valid and _is_card(digits) and len(digits) >= 15:
        return 5 if plain else 4
    if not plain:
        return 0
    kind = context.kind_of(window.start, window.end)
    if kind in ("reference", "id", "account"):
        return 0
    if valid and (kind == "card" or _is_card(digits) or _is_rare_card(digits)):
        return 3
    mistyped = len(digits) >= 13 and (kind == "card" or (kind is None and _in_fours(window)))
    return 2 if mistyped else 0


def _is_card(digits: str) -> bool:
    return any(len(digits) in lengths and prefix.match(digits) for prefix, lengths in _BRANDS)


def _in_fours(window: Window) -> bool:
    return window.shape == "4-4-4-4" and _is_card(window.digits)


def _is_rare_card(digits: str) -> bool:
    """Lengths that few cards have, and that barcodes and waybills have more often."""
    if len(digits) in (12, 13):
        old_visa = len(digits) == 13 and digits[0] == "4" and not ean.is_valid(digits)
        return old_visa or bool(_SHORT.match(digits))
    return bool(_LONG.match(digits))
