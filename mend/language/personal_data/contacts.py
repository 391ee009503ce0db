"""Phone numbers and e-mail addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

import phonenumbers

from mend.language.personal_data.context import Context
from mend.language.personal_data.found import Found
from mend.language.personal_data.numbers import Window, best, runs, windows
from mend.language.personal_data.reading import Reading

_BETWEEN = re.compile(r"[\s.\-/()]{1,3}")
_WORD_AFTER = re.compile(r"[^\W\d_]|-\w|_")
_TRUNK_ZERO = re.compile(r"0[1-9]\d{8,9}|1[38]00\d{6}")  # PH, UK, AU with the trunk zero
_WITHOUT_PLUS = re.compile(r"63[2-9]\d{8,9}|44[1-37]\d{8,9}|61[2-478]\d{8}|00[1-9]\d{8,13}")
_AMERICAN = re.compile(r"1?[2-9]\d{2}[2-9]\d{6}")
_AMERICAN_SHAPES = ("3-3-4", "1-3-3-4")


def phones(reading: Reading, zone_country: str | None) -> Iterator[Found]:
    """Phone numbers: with a plus any country's, else those of the four countries by shape."""
    text, context = reading.text, Context(reading.text)
    for run in runs(text, _BETWEEN):
        graded: list[tuple[int, Window]] = []
        for first, group in enumerate(run):
            opening = text[_opening(text, group.start) : group.start]
            for window in windows(run, first, 7, 15):
                if "+" in opening:
                    grade = _grade_abroad(window)
                else:
                    grade = _grade(context, window, zone_country)
                graded.append((grade, window))
        for window in best(graded):
            yield reading.found("phone", _opening(text, window.start), window.end)


_OPENING = re.compile(r"\(?(?:\+\s?)?\(?$")


def _opening(text: str, start: int) -> int:
    """The start of the number with its plus sign and bracket."""
    opening = _OPENING.search(text, max(0, start - 4), start)
    return opening.start() if opening else start


def _grade_abroad(window: Window) -> int:
    if _is_valid("+" + window.digits, None):
        return 4
    return 2 if len(window.digits) >= 8 else 0


def _grade(context: Context, window: Window, zone_country: str | None) -> int:
    """How surely a window without a plus sign is a phone number: 0 is none."""
    digits, count = window.digits, len(window.groups)
    shaped = bool(_TRUNK_ZERO.fullmatch(digits) or _WITHOUT_PLUS.fullmatch(digits))
    american = bool(_AMERICAN.fullmatch(digits))
    spoken = len(digits) <= 12 and (count <= 5 or count == len(digits))
    if not (shaped or american or spoken) or _in_a_word(context.text, window):
        return 0
    kind = context.kind_of(window.start, window.end)
    if kind == "phone":
        return 3 if shaped or american else int(spoken)
    if kind is not None:
        return 0
    if shaped or (american and window.shape in _AMERICAN_SHAPES):
        return 3
    if american and count == 1:
        return int(zone_country in (None, "US") and _is_valid(digits, "US"))
    local = zone_country is not None and 1 < count <= 4 and len(digits) >= 8
    return int(local and _is_valid(digits, zone_country))


def _in_a_word(text: str, window: Window) -> bool:
    after = text[window.end : window.end + 2]
    return text[window.start - 1 : window.start] == "_" or bool(_WORD_AFTER.match(after))


def _is_valid(number: str, region: str | None) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(number, region))
    except phonenumbers.NumberParseException:
        return False


_MAIL = re.compile(
    r"(?<![\w.%+\-])[\w.%+\-']{1,64}(?:@\s?|\s@\s)[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,6}(?<![.\-_\d])"
)
_PROVIDERS = (
    r"(?:g(?:oogle)?mail|yahoo|ymail|hotmail|outlook|icloud|aol|live|proton(?:mail)?|msn|btinternet|"
    r"bigpond|optusnet|rocketmail|sky|virginmedia|comcast|mail|email|example|company)"
)
_AT = r"\s?(?:@|[\[({]\s?at\s?[\])}]|(?<=\s)at(?=\s))\s?"
_DOT = r"\s?(?:\.|[\[({]\s?dot\s?[\])}]|(?<=\s)(?:dot|point)(?=\s))\s?"
_LOCAL = (
    r"(?<![\w.%+\-])[\w.%+\-]{1,64}(?:\s(?:dot|underscore|dash|hyphen|point)\s[\w\-]{1,30}){0,3}"
)
_SPOKEN = (
    re.compile(
        _LOCAL + _AT + _PROVIDERS + r"(?:" + _DOT + r"[a-z]{2,6}){1,2}(?!\w)", re.IGNORECASE
    ),
    re.compile(
        _LOCAL + r"\s?(?:[\[({]\s?at\s?[\])}]|(?<=\s)at(?=\s))\s?[\w\-]{2,40}"
        r"(?:\s?(?:[\[({]\s?dot\s?[\])}]|(?<=\s)dot(?=\s))\s?[a-z]{2,10}){1,3}(?!\w)",
        re.IGNORECASE,
    ),
    re.compile(r"(?<![\w.%+\-])[\w.%+\-]{1,64}@" + _PROVIDERS + r"(?![\w.])", re.IGNORECASE),
)
_VERBS = re.compile(
    r"(?:look\w*|shop\w*|bought|buy|order\w*|placed|check\w*|is|was|us|it|them|me|him|her|page|site|"
    r"website|available|item|purchased?|found|sold|here|online|seen|saw)\s?(?:at|[\[({]at)",
    re.IGNORECASE,
)


def mails(reading: Reading) -> Iterator[Found]:
    text = reading.text
    for match in _MAIL.finditer(text):
        yield reading.found("email", *match.span())
    for rule in _SPOKEN:
        for match in rule.finditer(text):
            if not _VERBS.match(match[0]):
                yield reading.found("email", *match.span())
