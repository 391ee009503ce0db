"""National identity numbers of the US, the UK, the Philippines and Australia."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mend.language.personal_data.context import Context
from mend.language.personal_data.cues import NOT_A_DATE, PASSED, announced
from mend.language.personal_data.found import Found
from mend.language.personal_data.reading import Reading
from mend.language.personal_data.words import words


def _rule(words: str, least: int, most: int) -> tuple[re.Pattern[str], re.Pattern[str]]:
    digits = rf"(?<!\w){NOT_A_DATE}(\d(?:[ \-.]?\d){{{least - 1},{most - 1}}})(?!\w|-\d)"
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE), re.compile(digits)


_BY_WORD = (
    _rule(r"ssn|ss#|social(?: security)?|soc sec|itin", 9, 9),
    _rule(r"philsys|philid|phil id|national id|pcn|psn", 12, 16),
    _rule(r"tin", 9, 12),
    _rule(r"sss", 10, 10),
    _rule(r"umid|crn", 12, 12),
    _rule(r"gsis", 10, 12),
    _rule(r"philhealth|phic|pag-?ibig|hdmf", 12, 12),
    _rule(r"tfn|tax file(?: number)?", 8, 9),
    _rule(r"medicare", 10, 11),
    _rule(r"nhs", 10, 10),
    (
        re.compile(
            r"\b(?:passport|driv(?:er'?s?|ing) licen[cs]e|licen[cs]e (?=no\b|number))\b",
            re.IGNORECASE,
        ),
        re.compile(
            r"(?<!\w)((?=(?:[ \-]?[A-Z]){0,5}[ \-]?\d)[A-Z0-9]{1,9}(?:[ \-](?=\w*\d)[A-Z0-9]{2,8})"
            r"{0,2}(?<=\d{3}|\d[A-Z0-9]{2}))(?![\w/])",
            re.IGNORECASE,
        ),
    ),
    (
        re.compile(r"\b(?:nino?|national insurance)\b", re.IGNORECASE),
        re.compile(r"([A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]?)(?!\w)", re.IGNORECASE),
    ),
)
_ANY_WORD = re.compile("|".join(cue.pattern for cue, _ in _BY_WORD), re.IGNORECASE)  # for speed
_PASSED = PASSED | words("security pcn psn crn mid bp s for in gsis sss ni")

# Shapes that hardly anything else has; they stay where they are introduced as a reference.
_BY_SHAPE = (
    re.compile(r"(?<![\w\-])((?!666)\d{3}-\d{2}-\d{4})(?![\w]|-\d)"),  # US SSN, ITIN
    re.compile(r"(?<![\w\-.])(?<!\d )((?!000|666|9)\d{3} \d{2} \d{4})(?![\w]|[ \-]\d)"),
    re.compile(r"(?<![\w\-])(\d{2}-\d{7}-\d)(?![\w]|-\d)"),  # PH SSS
    re.compile(r"(?<![\w\-])(\d{4}-\d{7}-\d)(?![\w]|-\d)"),  # PH UMID
    re.compile(r"(?<![\w\-])(\d{2}-\d{9}-\d)(?![\w]|-\d)"),  # PH PhilHealth
    re.compile(  # UK National Insurance; QQ is the prefix of published examples
        r"(?<![\w\-])((?!BG|GB|KN|NK|NT|TN|ZZ)(?:QQ|[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z])"
        r"[ \-]?\d{2}[ \-]?\d{2}[ \-]?\d{2}[ \-]?[A-D])(?![\w]|-\w)",
        re.IGNORECASE,
    ),
)


def national_ids(reading: Reading) -> Iterator[Found]:
    """By the word before them (any number of the right length), or by an unmistakable shape."""
    text, context = reading.text, Context(reading.text)
    if _ANY_WORD.search(text):
        for cue, value in _BY_WORD:
            for span in announced(text, cue.finditer(text), value, _PASSED):
                yield reading.found("national_id", *span)
    for rule in _BY_SHAPE:
        for match in rule.finditer(text):
            if context.kind_of(*match.span(1)) != "reference":
                yield reading.found("national_id", *match.span(1))
