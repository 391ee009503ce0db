"""Values that words announce: "the OTP she read out was 482913", "5125550143 (order)"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mend.text.redaction.cues import (
    AROUND_NUMBERS,
    CUES,
    PASSED,
    SENTENCE_END,
    Cue,
    Kind,
)
from mend.text.redaction.found import Found
from mend.text.redaction.ids import id_labels
from mend.text.redaction.name_words import is_ordinary
from mend.text.redaction.reading import (
    ACCOUNT_MARK,
    CARD_MARK,
    OTHER_MARK,
    Reading,
)

_ASIDE = re.compile(r"\s?\([^()\d]{0,60}\)")
_GAP = re.compile(rf"[\s:=#\-(),./>|&*;+\u00b0{OTHER_MARK}]*")
_WORD = re.compile(r"[\"']|[^\W\d_]+(?:'[^\W\d_]+)?")
# "the PIN of the landlord is 4417"
_WHOSE = re.compile(
    r"\s(?:of|for|from|to|on)\s(?:(?:the|his|her|our|my|their|an?|this|that)\s)?[a-z][a-z']{2,20}"
    r"(?:\s(?:account|card|portal|page|app|file|laptop|site|one))?(?=\s|,|:)"
)
_MOST_WORDS = 12
_MOST_VALUES = 24  # a card that is spelled has nineteen
_NO_CARD = re.compile(  # expires too
    r"\b(?:voucher|promo\w*|coupon|offer|warranty|contract|passport|licen[cs]e|plan|points|quote|"
    r"subscription|membership|link|trial|token|certificate|policy|application|id|sim|gift|code|food|"
    r"batch|lot|product|item|insurance|permit|domain|miles)\b"
)
_EXPLAINED = re.compile(
    r"(?<![\w.,:/\-$])((?:[a-z]-)?\d(?:[ \-]?\d){2,21})\)?\s?"
    r"([(=]|- |,?\s?(?:is|was|as|being)\s|,?)\s?"
    r"(?:(?:the|his|her|their|my|your|our|a|an|for|customer|cx)\s){0,2}$"
)


_BARE = re.compile(r" [\"']?([^\W\d_]{4,40})(?![\w'\-])")


def introduced(reading: Reading) -> tuple[list[Found], dict[int, Kind]]:
    """What words say is personal, and by its place what each introduced number is.

    The nearest words before a number decide; without any, those that explain it afterwards.
    """
    text = reading.low
    found: list[Found] = []
    secrets: set[str] = set()
    before: dict[int, Kind] = {}
    after: dict[int, Kind] = {}
    cues = [(match, cue) for cue in CUES for match in cue.words.finditer(text)]
    cues += id_labels(text)
    for match, cue in sorted(cues, key=lambda pair: pair[0].end()):
        if cue.kind == "expiry" and _NO_CARD.search(
            text, max(0, match.start() - 30), match.start()
        ):
            continue
        explained = list(_explained(cue, text, match.start()))
        announced = list(_announced(cue, text, match.end()))
        if cue.kind == "password" and not announced:
            announced += _bare_secret(text, match.end())
        after.update((place, cue.kind) for span in explained for place in range(*span))
        before.update((place, cue.kind) for span in announced for place in range(*span))
        if cue.kind != "reference" and cue.kind != "other" and not cue.is_context:
            found += (reading.found(cue.kind, *span) for span in (*explained, *announced))
        if cue.kind == "password":
            secrets.update(text[start:end] for start, end in announced if end - start >= 6)
    found += (reading.found("password", *span) for span in _repeated(text, secrets))
    return found, after | before


def _announced(cue: Cue, text: str, position: int) -> Iterator[tuple[int, int]]:
    """The values after a cue with nothing but passed words between ("X, not Y")."""
    aside = _ASIDE.match(text, position)
    position = aside.end() if aside else position
    words = values = 0
    if not cue.is_context and cue.kind != "expiry" and (whose := _WHOSE.match(text, position)):
        position = whose.end()
    while words <= _MOST_WORDS and values < _MOST_VALUES:
        gap = _GAP.match(text, position)
        gap_end = gap.end() if gap else position
        if cue.is_context and SENTENCE_END.search(text, position, gap_end):
            return
        value = cue.value.match(text, gap_end)
        if value:
            yield value.span()
            if cue.kind == "password":
                return
            position = value.end()
            values += 1
            continue
        word = _WORD.match(text, gap_end)
        passed = word and (word[0] in PASSED or (cue.is_context and word[0] in AROUND_NUMBERS))
        if not word or not passed:
            return
        position = word.end()
        words += 1


def _bare_secret(text: str, position: int) -> Iterator[tuple[int, int]]:
    """The word right after "password" with no colon, where it is a word of no note."""
    word = _BARE.match(text, position)
    if word and not is_ordinary(word[1]):
        yield word.span(1)


def _explained(cue: Cue, text: str, position: int) -> Iterator[tuple[int, int]]:
    """The number that a cue explains: "5512 is his PIN"."""
    match = _EXPLAINED.search(text, max(0, position - 60), position)
    if not match or cue.kind == "password" or text[position] in (CARD_MARK, ACCOUNT_MARK):
        return
    if match[2].strip(", ") or cue.kind in ("code", "security_code"):
        value = cue.value.match(text, match.start(1))
        if value and (cue.is_context or value.end() == match.end(1)):
            yield value.span()


def _repeated(text: str, secrets: set[str]) -> Iterator[tuple[int, int]]:
    """The same password wherever else it stands."""
    for token in re.finditer(r"\S*[^\s.,;:?)]", text) if secrets else ():
        if token[0] in secrets and not token[0].isalpha():
            yield token.span()
