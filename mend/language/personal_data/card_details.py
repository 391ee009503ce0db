"""What stands beside a card number: the security code and the expiry."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mend.language.personal_data.cues import PASSED, announced
from mend.language.personal_data.found import Found
from mend.language.personal_data.reading import CARD_MARK, OTHER_MARK, Reading
from mend.language.personal_data.words import words

_SECURITY_CODE = re.compile(
    r"(?<![\w\-])(?:cvv2?s?|cv2|cvc2?s?|cvn2?|csc|cid|cav2?|cvd"
    r"|(?:security|sec|verification|signature)[ -]?(?:code|number|no|value|digit)s?"
    r"|card code|front code"
    r"|(?:3|three|4|four)[ -]?digits?(?: (?:security )?(?:code|number))?(?! (?:pin|otp))"
    r"|(?:3|three|4|four) (?:numbers?|security digits)"
    r"|back of (?:the |his |her |their |my )?card)(?!\w)",
    re.IGNORECASE,
)
_ON_THE_BACK = PASSED | words("on the back front reverse side of card in cvc cvv")
_THREE_OR_FOUR = re.compile(r"(\d ?\d ?\d(?: ?\d)?)(?![\w%]|[.,:/\-]\d| \d)")
_CODE_AFTERWARDS = re.compile(
    r"(?<![\w.,:/\-])(\d{3,4})\s?[(\-=,]?\s?(?:(?:is|was|as)\s)?(?:(?:the|his|her|their|my|a)\s)?"
    r"(?:cvv2?|cv2|cvc2?|cvn|csc|security code|sec code)\b"
    r"(?!\s?(?:errors?|fail|attempts?|tries|times|mismatch|requests?))",
    re.IGNORECASE,
)
_CODE_BESIDE_CARD = re.compile(
    CARD_MARK + r"[\s,;|/\-]{0,4}(?:(?:exp\w{0,7}[:.]?\s?)?" + OTHER_MARK + r"[\s,;|/\-]{0,4})?"
    r"(\d{3,4})(?![\w%]|[.,:/\-]\d|\s?(?:times|php|pesos?|usd|dollars?|gbp|pounds?|quid|aud|eur|"
    r"items?|pcs|units?|days?|hrs?|hours?|mins?|am|pm)\b)",
    re.IGNORECASE,
)
_CODE_AT_THE_END = re.compile(  # "she gave the CVV before I could stop her, 882"
    r"\b(?:cvv2?|cvc2?|cvn)\b[^.\d\n]{0,60}[,:(\-]\s?(\d{3,4})(?=\s*(?:$|[.,;)\n]))(?![.,:]\d)",
    re.IGNORECASE,
)
_CODE_NEAR_CARD = re.compile(
    CARD_MARK + r"[^.\n]{0,40}?\bcode\b[\s:=#]{0,3}(?:is |was )?(\d{3,4})(?![\w%]|[.,:/\-]\d)",
    re.IGNORECASE,
)
_REST_OF_TRACK = re.compile(  # a stripe that was read
    CARD_MARK + r"(=\d{4,64}|\^[^^\n]{2,40}\^\d{4,64})"
)


def security_codes(reading: Reading) -> Iterator[Found]:
    """CVV, CVC and the like, known only by what stands around them; and the rest of a stripe."""
    text = reading.text
    for start, end in announced(text, _SECURITY_CODE.finditer(text), _THREE_OR_FOUR, _ON_THE_BACK):
        yield reading.found("security_code", start, end)
    for pattern in (
        _CODE_AT_THE_END,
        _CODE_AFTERWARDS,
        _CODE_BESIDE_CARD,
        _CODE_NEAR_CARD,
        _REST_OF_TRACK,
    ):
        for match in pattern.finditer(text):
            yield reading.found("security_code", *match.span(1))


_MONTH = r"(?:0?[1-9]|1[0-2])"
_MONTH_NAME = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_DATE = (
    rf"((?<!\d)(?:{_MONTH}\s?[/\-.|]\s?(?:20)?[2-4]\d|{_MONTH} (?:20)?[2-4]\d|"
    rf"(?:0[1-9]|1[0-2])[2-4]\d|20[2-4]\d\s?[/\-]\s?{_MONTH}|"
    rf"{_MONTH_NAME}[ ,/\-]{{0,2}}'?(?:20)?[2-4]\d)(?!\d|[/.\-]\d))"
)
_EXPIRES = re.compile(
    r"\b(?:(?P<sure>exp(?:iry|iration)?(?:[ .]?(?:date|dt))?|(?:valid|good) (?:thru|through))|"
    r"expir(?:es|ed|ing)|valid (?:until|till|to))\b[\s.:=#\-\"']{0,4}"
    r"(?:(?:is|was|on|in|the|of|date|reads|as|it's|and)\b[\s:=]{0,2}){0,3}" + _DATE,
    re.IGNORECASE,
)
_CORRECTED = re.compile(
    r"(?:[\s,;/()]|\b(?:not|it|is|it's|was|and|or|then|should|be|instead|of|to|but|now)\b){1,10}"
    + _DATE,
    re.IGNORECASE,
)
_BESIDE_CARD = re.compile(CARD_MARK + r"[\s,;|/\-]{0,4}" + _DATE, re.IGNORECASE)
_CARD = re.compile(
    CARD_MARK + r"|\b(?:cards?|visa|mastercard|amex|maestro|debit|cvv|cvc|cc)\b", re.IGNORECASE
)
_OTHER_THING = re.compile(
    r"\b(?:voucher|promo\w*|coupon|offer|warranty|contract|passport|licen[cs]e|subscription|plan|"
    r"points|membership|quote|link|trial|token|certificate|policy|application|id card|sim card|"
    r"gift card|code|medicine|milk|food|batch|lot|product|item|insurance|permit|lease|domain|"
    r"miles)\b",
    re.IGNORECASE,
)


def expiries(reading: Reading) -> Iterator[Found]:
    """Month and year after a word for expiry, unless a voucher, promo or the like expires."""
    text = reading.text
    for match in _EXPIRES.finditer(text):
        if _OTHER_THING.search(text, max(0, match.start() - 30), match.start()):
            continue
        if match["sure"] or _CARD.search(text, max(0, match.start() - 60), match.end() + 40):
            yield reading.found("expiry", *match.span(2))
            corrected = _CORRECTED.match(text, match.end())
            if corrected:
                yield reading.found("expiry", *corrected.span(1))
    for match in _BESIDE_CARD.finditer(text):
        yield reading.found("expiry", *match.span(1))
