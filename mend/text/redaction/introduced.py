"""Values that words announce: "the OTP she read out was 482913", "5125550143 (order)"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from mend.text.redaction.cues import (
    AROUND_NUMBERS,
    BETWEEN,
    CUES,
    NO_THING,
    PASSED,
    PEOPLE,
    SENTENCE_END,
    Cue,
    Kind,
)
from mend.text.redaction.found import Found, Type
from mend.text.redaction.ids import id_labels
from mend.text.redaction.name_words import GIVEN_AND_FAMILY, is_ordinary
from mend.text.redaction.reading import (
    ACCOUNT_MARK,
    CARD_MARK,
    OTHER_MARK,
    Reading,
)

_ASIDE = re.compile(r"\s?\([^()\d]{0,60}\)")
_GAP = re.compile(rf"[\s:=#\-()\[\],./>|&*;+~_\u00b0\u2192{OTHER_MARK}]*")
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
    r"(?: (?:on|in|at) the [a-z]+ )?"
    r"([(\[=:]|(?:- |,?\s?)(?:that |this |which )?(?:is|was|as|being|es|era|ang|yung|into|in)\s"
    r"|- |,?)\s?"
    r"(?:(?:the|his|her|their|my|your|our|a|an|for|customer|cx|el|la|su|wrong|right|other|old|new)"
    r"\s){0,3}(?:(?:numero|no|n)[.\u00b0]? (?:(?:de|ng) )?)?$"
)
# "the order for the blue sofa, 2125550147", "the case that I closed is 6505550143"
_ABOUT = re.compile(
    r"(?:(?: (?:no|number|ref|id))?\.? (?:(?:for|from|of|on|about|in|with)"
    r" (?:the|her|his|their|my|our|this|that|an?|last|next)"
    rf"(?: (?!(?:{'|'.join(PEOPLE)})\b)[a-z']+){{1,3}}|"
    r"(?:that|which) (?:i|we|she|he|they|you) [a-z']+))"
    r"(?:, |: ?| \(| (?:is|was|says|reads|shows) )(?=\d)"
)
_OF_ANOTHER = frozenset(("is", "was", "are"))  # after a value: "booking 5512 is on 0917 ..."
# A word and ten digits that are a phone only by chance: "pump 4125550161".
_THING = re.compile(r"(?<![\w'\-])([^\W\d_]{3,20}):? (?=[2-9]\d{9}(?!\d))")
_AS_DIALLED = re.compile(r"[\s:]*\(?(?:0|\d{3}\)|\d{3}[ .\-]\d{3}[ .\-]\d{4})")
_NUMBER_WORD = re.compile(r"\b(?:id|no|num|number|nr|ref|code)\b|#")
_RUN = re.compile(r"(?<!\d)\d{7,19}(?!\d)")
_REFERENCES = ("reference", "other")
_BARE = re.compile(r" [\"']?([^\W\d_]{4,40})(?![\w'\-])")


def introduced(reading: Reading) -> tuple[list[Found], dict[int, Kind]]:
    """What words say is personal, and by its place what each introduced number is.

    The nearest words before a number decide; without any, those that explain it afterwards.
    """
    text = reading.low
    spans: list[tuple[Type, tuple[int, int]]] = []
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
        announced = list(_announced(cue, text, match.end()))
        explained = list(_explained(cue, text, match, bool(announced)))
        if cue.kind == "password" and not announced:
            announced += _bare_secret(text, match.end())
        _add(after, cue.kind, explained)
        _add(before, cue.kind, announced)
        if cue.kind != "reference" and cue.kind != "other" and not cue.is_context:
            spans += ((cue.kind, span) for span in (*explained, *announced))
        if cue.kind == "password":
            secrets.update(text[start:end] for start, end in announced if end - start >= 6)
    spans += (("password", span) for span in _repeated(text, secrets))
    kinds = after | before
    found = [
        reading.found(kind, *span)
        for kind, span in spans
        # a nearer word may say what it is: "SSN 219-09-9999 in chat 88401"
        if kind not in ("national_id", "account") or kinds.get(span[0]) != "reference"
    ]
    _add_things(reading, kinds)
    _add_sisters(text, kinds)
    return found, kinds


def _add(kinds: dict[int, Kind], kind: Kind, spans: Iterable[tuple[int, int]]) -> None:
    """Notes what stands there; a name of its own says less than that it is a reference."""
    for place in (place for span in spans for place in range(*span)):
        if kind != "other" or kinds.get(place) != "reference":
            kinds[place] = kind


def _announced(cue: Cue, text: str, position: int) -> Iterator[tuple[int, int]]:
    """The values after a cue with nothing but passed words between ("X, not Y")."""
    aside = _ASIDE.match(text, position)
    position = aside.end() if aside else position
    words = values = 0
    last = ""
    if not cue.is_context and cue.kind != "expiry" and (whose := _WHOSE.match(text, position)):
        position = whose.end()
    if cue.kind in ("reference", "other") and (about := _ABOUT.match(text, position)):
        position = about.end()
    while words <= _MOST_WORDS and values < _MOST_VALUES:
        gap = _GAP.match(text, position)
        gap_end = gap.end() if gap else position
        is_listed = values and text[position:gap_end].strip() == ";" and text[gap_end].isdigit()
        if cue.is_context and not is_listed and SENTENCE_END.search(text, position, gap_end):
            return
        if cue.is_context and values and ":" in text[position:gap_end]:
            return
        if cue.kind in _REFERENCES and _is_dialled(last, text, position):
            return
        value = cue.value.match(text, gap_end)
        if value:
            yield value.span()
            if cue.kind == "password":
                return
            position, last = value.end(), ""
            values += 1
            continue
        word = _WORD.match(text, gap_end)
        if not word or not _is_passed(word[0], cue, values):
            return
        position, last = word.end(), word[0]
        words += 1


def _is_dialled(word: str, text: str, position: int) -> bool:
    """Whether what stands after a word is whom to call: "order of cx 0917 ...", "cx at 415 ..."."""
    return word == "at" or (
        (word in ("for", "by", "from") or word in PEOPLE)
        and bool(_AS_DIALLED.match(text, position))
    )


def _is_passed(word: str, cue: Cue, values: int) -> bool:
    if not cue.is_context:
        return word in PASSED
    if values and word in _OF_ANOTHER:
        return False
    return word in PASSED or word in AROUND_NUMBERS or word in BETWEEN


def _add_things(reading: Reading, kinds: dict[int, Kind]) -> None:
    """Ten digits right after the name of a thing are called by it, whatever the trade."""
    for match in _THING.finditer(reading.low):
        word, written = match[1], reading.text[match.start() : match.end() - 1]
        is_name = word in GIVEN_AND_FAMILY or (written.istitle() and not is_ordinary(word))
        if not is_name and word not in NO_THING and not word.endswith(("ed", "ing")):
            for place in range(match.end(), match.end() + 10):
                kinds.setdefault(place, "other")


def _add_sisters(text: str, kinds: dict[int, Kind]) -> None:
    """Numbers that begin and end up as long as a reference: "order 512867, I opened 512876"."""
    runs = [match for match in _RUN.finditer(text)]
    known = {(len(run[0]), run[0][:4]) for run in runs if kinds.get(run.start()) in _REFERENCES}
    for run in runs:
        if (len(run[0]), run[0][:4]) in known:
            for place in range(*run.span()):
                kinds.setdefault(place, "reference")


def _bare_secret(text: str, position: int) -> Iterator[tuple[int, int]]:
    """The word right after "password" with no colon, where it is a word of no note."""
    word = _BARE.match(text, position)
    if word and not is_ordinary(word[1]):
        yield word.span(1)


def _explained(
    cue: Cue, text: str, words: re.Match[str], announces: bool
) -> Iterator[tuple[int, int]]:
    """The number that a cue explains: "5512 is his PIN", "5512, meter no".

    One that `announces` another ("0917 555 0123, order number 5512") explains none before a comma.
    """
    position = words.start()
    match = _EXPLAINED.search(text, max(0, position - 60), position)
    if not match or cue.kind == "password" or text[position] in (CARD_MARK, ACCOUNT_MARK):
        return
    called = cue.kind in _REFERENCES and _NUMBER_WORD.search(text, position, words.end() + 8)
    is_number = called and not announces
    if match[2].strip(",: ") or is_number or cue.kind in ("code", "security_code"):
        value = cue.value.match(text, match.start(1))
        if value and (cue.is_context or value.end() == match.end(1)):
            yield value.span()


def _repeated(text: str, secrets: set[str]) -> Iterator[tuple[int, int]]:
    """The same password wherever else it stands."""
    for token in re.finditer(r"\S*[^\s.,;:?)]", text) if secrets else ():
        if token[0] in secrets and not token[0].isalpha():
            yield token.span()
