"""Bank accounts: IBANs by their check digits, other numbers by the words before them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stdnum import iban

from mend.language.personal_data.cues import NOT_A_DATE, PASSED, announced
from mend.language.personal_data.found import Found
from mend.language.personal_data.reading import ACCOUNT_MARK, Reading
from mend.language.personal_data.words import words

_IBAN_START = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}\s?\d\s?\d(?=[ \-.]{0,2}[A-Za-z0-9])")
_IBAN_PIECE = re.compile(r"[A-Za-z0-9]|[ \-.\n]{1,2}(?=[A-Za-z0-9])")
_IBAN_MISTYPED = re.compile(
    r"\biban\b[\s:#=\-]*(?:(?:is|was|number|no|to)\b[\s:.]*){0,3}([A-Z]{2}\d{2}"
    r"(?:[A-Z0-9]{11,30}|[ \-]?[A-Z0-9]{4}(?:[ \-](?=\w{0,3}\d)[A-Z0-9]{1,4}\b){2,7}))(?!\w)",
    re.IGNORECASE,
)
_BANKS = (
    r"(?:bdo|bpi|metrobank|unionbank|landbank|rcbc|pnb|barclays|hsbc|lloyds|natwest|santander|"
    r"monzo|halifax|nationwide|chase|wells fargo|citibank|westpac|anz|nab|commbank|cba)"
)


def _digits(least: int, most: int) -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w.]){NOT_A_DATE}(\d(?:[ \-]?\d){{{least - 1},{most - 1}}})(?![\w%]|[.,:/\-]\d)"
    )


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)


_RULES = (
    (
        _words(r"(?:account|acct|acc)(?= ?(?:no|num|number|nbr|#))|acct|a/c|accno|acctno"),
        _digits(5, 17),
    ),
    (_words(_BANKS + r"|bank"), _digits(6, 17)),
    (_words(r"savings|checking|chequing|current|deposit|payroll"), _digits(9, 17)),
    (_words(r"accounts?|acc"), _digits(8, 17)),
    (
        _words(r"sort(?: ?codes?)?|s/c(?:ode)?"),
        re.compile(r"(\d{2}[ \-.]?\d{2}[ \-.]?\d{2})(?![\w\-])"),
    ),
    (_words(r"routing|aba|rtn|transit"), re.compile(r"(\d(?:[ \-]?\d){8})(?![\w\-])")),
    (_words(r"bsb"), re.compile(r"(\d{3}[ \-]?\d{3})(?![\w\-])")),
)
_PASSED = PASSED | words(
    """for in at with savings checking current bank customer's joint business personal"""
)
_BESIDE = re.compile(
    ACCOUNT_MARK
    + r"[\s,;/&+\-]{1,3}(?:and |acc?t? ?|account )?(\d(?:[ \-]?\d){5,11})(?![\w.]|-\d)",
    re.IGNORECASE,
)
_SORT_CODE_BESIDE = re.compile(
    r"(?<![\d\-])(\d{2}-\d{2}-\d{2})(?=[\s,;/&]{1,3}(?:acc?t?\.? ?)?(?:\d{8}\b|"
    + ACCOUNT_MARK
    + "))",
    re.IGNORECASE,
)


def ibans(reading: Reading) -> Iterator[Found]:
    """IBANs whose check digits are right, whatever stands around them."""
    for start in _IBAN_START.finditer(reading.text):
        end = _iban_end(reading.text, start.start())
        if end:
            yield reading.found("account", start.start(), end)


def accounts(reading: Reading) -> Iterator[Found]:
    """Account numbers, sort codes, routing numbers and BSBs, by the words before them."""
    text = reading.text
    for cue, value in _RULES:
        for span in announced(text, cue.finditer(text), value, _PASSED):
            yield reading.found("account", *span)
    for rule in (_IBAN_MISTYPED, _BESIDE, _SORT_CODE_BESIDE):
        for match in rule.finditer(text):
            yield reading.found("account", *match.span(1))


def _iban_end(text: str, start: int) -> int:
    """Where the IBAN that starts here ends, or 0: the longest stretch with valid check digits."""
    compact, position, found = "", start, 0
    while len(compact) < 34 and (piece := _IBAN_PIECE.match(text, position)):
        position = piece.end()
        compact += piece[0].strip(" -.\n")
        follows = text[position : position + 1]
        if len(compact) >= 15 and not follows.isalnum() and iban.is_valid(compact):
            found = position
    return found
