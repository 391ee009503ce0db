"""Card and phone numbers, however they are spaced.

A number of 15 or 16 digits with a real card prefix and a valid check digit is masked whatever
introduces it: an order number that looks like a whole card is the safer thing to lose (about one
in 25 random numbers of 16 digits). Rarer lengths, numbers with a mistyped digit, and phone numbers
are masked only where the words around them do not say order, tracking, barcode and the like.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate
from typing import Final, Literal, NamedTuple

import phonenumbers
from stdnum import luhn

from mend.text.redaction.cues import Kind
from mend.text.redaction.found import Found
from mend.text.redaction.reading import Reading

# Dates, times and amounts are whole already: no card or phone number runs through them.
_WHOLE = re.compile(
    r"(?<![\d.\-/])(?:\d{1,2}(?P<s>[./-])\d{1,2}(?P=s)(?:19|20)?\d{2}|"
    r"(?:19|20)\d{2}(?P<t>[./-])\d{1,2}(?P=t)\d{1,2})(?![.\-/]?\d)"
    r"|(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\d.])"
    r"|(?<![\w.])v\d+(?:\.\d+)+"  # a version
    r"|(?<![\d:])\d{1,2}:\d{2}(?::\d{2})?(?!\d)"
    r"|(?:[$\u00a3\u20ac\u20b1]|\b(?:php|usd|aud|gbp|eur|sgd|aed|rs|p)\b)\s?"
    r"(?:\d{1,3}(?:,\d{3})+|\d{1,8})(?:\.\d{1,2})?(?!\d|[ .-]\d{3,4}[ .-])"
)
_DIGITS = re.compile(r"\d+")
_WRITTEN_TOGETHER = re.compile(r"[a-z]\d{0,4}[-_/]?$|_$|#\s?$")


_DOUBLED = str.maketrans("0123456789", "0246813579")  # as the sum of their digits


class _Search(NamedTuple):
    """What may stand between groups, how many digits there are, with which they begin.

    Without a hint in the words around it or a right check sum (`checked`), a number is worth a look
    in `most_groups` only, or where it begins as in `prefixes`.
    """

    between: re.Pattern[str]
    least: int
    most: int
    first_digits: str
    checked: bool
    most_groups: int
    prefixes: tuple[str, ...]


_CARDS = _Search(
    re.compile(  # bullets of any kind
        r"[\s.\-/,_|*\u00b7\u2022\u2219\u22c5\u25cf\u25e6~+:;]{1,4}|\s?[x\u00d7]\s?"
    ),
    *(12, 19, "2345689", True, 4, ()),
)
_PHONES = _Search(
    re.compile(r"[\s.\-/()]{1,3}"),
    *(7, 15, "0123456789", False, 4, ("0", "13", "18", "63", "441", "442", "443", "447", "61")),
)


class Window(NamedTuple):
    """Neighbouring groups of digits read as one number; `shape` is their lengths ("4-4-4-4")."""

    start: int
    end: int
    digits: str
    shape: str
    kind: Kind | Literal["abroad"] | None


def cards(reading: Reading, kinds: Mapping[int, Kind]) -> Iterator[Found]:
    """Card numbers of all brands. `kinds` says what introduced numbers are, by their place."""
    windows = _windows(reading.low, kinds, _CARDS)
    for window in _best((_card_grade(window), window) for window in windows):
        yield reading.found("card", *_joined(reading.low, window.start, window.end))


def card_digits(text: str) -> str:
    """The digits of the card in a text, without what is joined to it; empty where there is none."""
    windows = _windows(text, {}, _CARDS)
    found = _best((_card_grade(window), window) for window in windows)
    return next((window.digits for window in found), "")


def phones(reading: Reading, kinds: Mapping[int, Kind], zone: str | None) -> Iterator[Found]:
    """Phone numbers: with a plus any country's, else those of the four countries by shape."""
    windows = _windows(reading.low, kinds, _PHONES)
    graded = (
        (_phone_grade(window, zone), window)
        for window in windows
        if window.kind == "abroad"
        or _EXTENSION.match(reading.low, window.end)
        or not _WORD_AFTER.match(reading.low, window.end)
    )
    for window in _best(graded):
        extension = _EXTENSION.match(reading.low, window.end)
        end = extension.end() if extension else window.end
        yield reading.found("phone", *_joined(reading.low, _opening(reading.low, window), end))


_FAR: Final = 60  # characters: longer than any number


def _joined(text: str, start: int, end: int) -> tuple[int, int]:
    """The place with all digits joined to it as its own are: the 2 of "4111-...-1111-2"."""
    if marks := {*re.findall(r"(?<=\d)[^\w\s()](?=\d)", text[start:end])}:
        joint = f"[{re.escape(''.join(marks))}]"
        before = re.search(rf"(?<!\d)(?:\d+{joint})+$", text[max(0, start - _FAR) : start])
        after = re.compile(rf"(?:{joint}\d+)+(?!\d)").match(text, end, end + _FAR)
        return start - len(before[0]) if before else start, after.end() if after else end
    return start, end


def _windows(text: str, kinds: Mapping[int, Kind], search: _Search) -> Iterator[Window]:
    """Every stretch of groups of digits that is worth a look."""
    groups = _groups(text)
    digits = "".join(text[start:end] for start, end in groups)
    lengths = [str(end - start) for start, end in groups]
    before = [0, *accumulate(end - start for start, end in groups)]  # digits before each group
    last_joined = list(range(len(groups)))
    for place in range(len(groups) - 2, -1, -1):
        if search.between.fullmatch(text, groups[place][1], groups[place + 1][0]):
            last_joined[place] = last_joined[place + 1]
    sums = _Sums(digits)
    for first, (start, _) in enumerate(groups):
        if text[start] not in search.first_digits:
            continue
        from_here = before[first]
        nearest = bisect_left(before, from_here + search.least, first) - 1
        furthest = min(last_joined[first], bisect_right(before, from_here + search.most, first) - 2)
        if nearest > furthest:
            continue
        kind = _kind(text, kinds, start)
        known = kind in ("card", "phone", "abroad") or digits.startswith(search.prefixes, from_here)
        for last in range(nearest, furthest + 1):
            until = before[last + 1]
            few = last - first < search.most_groups
            if known or few or (search.checked and sums.is_right(from_here, until)):
                shape = "-".join(lengths[first : last + 1])
                yield Window(start, groups[last][1], digits[from_here:until], shape, kind)


def _groups(text: str) -> list[tuple[int, int]]:
    """Where digits stand that are no date, time or amount."""
    whole = [match.span() for match in _WHOLE.finditer(text)]
    starts = [start for start, _ in whole]
    found: list[tuple[int, int]] = []
    for match in _DIGITS.finditer(text):
        nearest = bisect_right(starts, match.start()) - 1
        if nearest < 0 or match.start() >= whole[nearest][1]:
            found.append(match.span())
    return found


class _Sums:
    """Luhn's sum of any stretch of some digits, from sums up to each place.

    A text of single digits holds thousands of stretches, too many for one sum each.
    """

    def __init__(self, digits: str) -> None:
        plain, doubled = [*map(int, digits)], [*map(int, digits.translate(_DOUBLED))]
        self._even = [
            0,
            *accumulate(
                d if n % 2 else p for n, (p, d) in enumerate(zip(plain, doubled, strict=True))
            ),
        ]
        self._odd = [
            0,
            *accumulate(
                p if n % 2 else d for n, (p, d) in enumerate(zip(plain, doubled, strict=True))
            ),
        ]

    def is_right(self, start: int, end: int) -> bool:
        """Whether the digits between fulfil the sum: the last counts once, the one before twice."""
        sums = self._even if end % 2 else self._odd
        return (sums[end] - sums[start]) % 10 == 0


def _kind(text: str, kinds: Mapping[int, Kind], start: int) -> Kind | Literal["abroad"] | None:
    """What words say a number is; one written together with letters or # is a reference."""
    is_sum = text[start - 1 : start] == " " and kinds.get(start) == "reference"  # "cases 12 + 13"
    if not is_sum and _PLUS.search(text, max(0, start - 3), start):
        return "abroad"
    together = _WRITTEN_TOGETHER.search(text, max(0, start - 6), start)
    return kinds.get(start, "reference" if together else None)


def _best(graded: Iterable[tuple[int, Window]]) -> Iterator[Window]:
    """Windows that do not overlap, the likeliest and longest first; without those of grade 0."""
    likely = [pair for pair in graded if pair[0]]
    likely.sort(key=lambda pair: (-pair[0], -len(pair[1].digits), pair[1].start))
    taken: set[int] = set()
    for _, window in likely:
        span = range(window.start, window.end)
        if taken.isdisjoint(span):
            taken.update(span)
            yield window


# Prefixes as the networks publish them, of 16 digits and (American Express) 15.
_SURE_CARD = re.compile(
    r"(?=\d{16}$)(?:4|5[1-8]|50(?:8|18|20|38)|2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720|20[0-4])|81|9792|"
    r"6(?:0|2|304|4[4-9]|5|7)|35(?:2[89]|[3-8])|3(?:0[0-5]|095|6|8|9))\d+|3[47]\d{13}"
)
# Diners Club of 14 digits; UnionPay, Maestro and Visa of 17 and more.
_RARE_CARD = re.compile(r"(?=\d{14}$)3(?:0[0-5]|095|6|8|9)\d+|(?=\d{17,19}$)(?:4|5[06-8]|6|81)\d+")
_LIKELY = re.compile(r"[2-6]|81|9792")
_PLAIN = re.compile(r"\d+|(?:4-){2,4}[1-4]|4-6-[45]|6-10|8-8|(?:2-){5,9}[12]|(?:1-){11,18}1")


def _card_grade(window: Window) -> int:
    """How surely a window is a card: 0 is no card."""
    digits, kind = window.digits, window.kind
    plain, sure = bool(_PLAIN.fullmatch(window.shape)), bool(_SURE_CARD.fullmatch(digits))
    valid = (sure or plain) and bool(_LIKELY.match(digits)) and luhn.is_valid(digits)
    if sure and valid:
        return 5 if plain else 4
    if (
        not plain
        or not _LIKELY.match(digits)
        or kind in ("reference", "other", "national_id", "account")
    ):
        return 0
    if valid and (kind == "card" or _RARE_CARD.fullmatch(digits)):
        return 3
    in_fours = sure and kind is None and window.shape == "4-4-4-4"
    return 2 if in_fours or (kind == "card" and len(digits) >= 13) else 0


_PLUS = re.compile(r"\+\s?\(?$")
_BRACKET = re.compile(r"\((?:\+\s?)?$")
_WORD_AFTER = re.compile(r"[^\W\d_]|-\w|_")
_EXTENSION = re.compile(
    r"(?:x| x(?=\d{2})|,?\s?ext(?:ension|n)?\.?|,?\s?loc(?:al)?\.?)\s?[:.]?\s?\d{1,6}(?!\w)"
)
_SHAPED = re.compile(  # PH, UK and AU with the trunk zero, or with the country but no plus
    r"0[1-9]\d{8,9}|1[38]00\d{6}|63[2-9]\d{8,9}|44[1-37]\d{8,9}|61[2-478]\d{8}|00[1-9]\d{8,13}"
)
_AMERICAN = re.compile(r"1?[2-9]\d{2}[2-9]\d{6}")


def _phone_grade(window: Window, zone: str | None) -> int:
    """How surely a window is a phone number: 0 is none."""
    digits, kind, groups = window.digits, window.kind, window.shape.count("-") + 1
    if kind == "abroad":
        return 4 if _is_valid("+" + digits, None) else 2 * (len(digits) >= 8)
    if kind not in ("phone", None):
        return 0
    if _SHAPED.fullmatch(digits):
        return 3
    american = bool(_AMERICAN.fullmatch(digits))
    if american and (kind or window.shape in ("3-3-4", "1-3-3-4")):
        return 3
    if kind == "phone":
        return int(len(digits) <= 12 and (groups <= 5 or groups == len(digits)))
    if american and groups == 1:
        return int(zone in (None, "US") and _is_valid(digits, "US"))
    local = zone is not None and 1 < groups <= 4 and 8 <= len(digits) <= 12
    return int(local and _is_valid(digits, zone))


def _is_valid(number: str, region: str | None) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(number, region))
    except phonenumbers.NumberParseException:
        return False


def _opening(text: str, window: Window) -> int:
    """The start of the number with its plus sign, and its bracket if that closes within it."""
    start, earliest = window.start, max(0, window.start - 3)
    opening = _PLUS.search(text, earliest, start)
    if ")" in text[start : window.end]:
        opening = _BRACKET.search(text, earliest, start) or opening
    return opening.start() if opening else start
