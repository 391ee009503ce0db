"""Names: those of the workspace's people, and those that a title or "customer" introduces."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from mend.text.redaction.found import Found
from mend.text.redaction.name_words import (
    COMMON,
    GIVEN_AND_FAMILY,
    MONTHS,
    NOT_A_NAME,
    PARTICLES,
    SECOND_GIVEN,
    WEEKDAYS,
    is_ordinary,
)
from mend.text.redaction.reading import Reading

_WORD = re.compile(r"[^\W\d_]+(?:'(?!s\b)[^\W\d_]+)*", re.IGNORECASE)
_JOIN = re.compile(r"[ .\-_]{1,2}(?:(?:de|del|dela|la|las|los|van|von|der|bin)[ .\-_]){0,2}")
_SENTENCE_START = re.compile(r"(?:^|[.!?:\n*>\u2022]|\n\s*-)[\s\"'(]*$")
_DATE_BEFORE = re.compile(
    r"(?:\d(?:st|nd|rd|th)?|\b(?:in|by|since|until|of|on|last|next|from|to|this|early|late|mid))\s$"
)


def roster_names(reading: Reading, names: tuple[str, ...]) -> Iterator[Found]:
    """Every whole word that is part of a colleague's name, the parts of one name together."""
    parts, pairs = _known(names)
    run: list[re.Match[str]] = []
    for word in (*_WORD.finditer(reading.text), None):
        if word and word[0].casefold() in PARTICLES:
            continue
        mine = word is not None and word[0].casefold() in parts
        if run and word and mine and _JOIN.fullmatch(reading.low, run[-1].end(), word.start()):
            is_pair = (run[-1][0].casefold(), word[0].casefold()) in pairs
            if is_pair or (_is_meant(reading, run[-1]) and _is_meant(reading, word)):
                run.append(word)
                continue
        full = len(run) > 1 and all(part[0][0].isupper() for part in run)
        if full or any(_is_meant(reading, part) for part in run):
            start = run[0].start()
            start -= reading.text[start - 1 : start] == "@"
            yield reading.found("colleague", start, run[-1].end())
        run = [word] if word and mine else []


@lru_cache(maxsize=16)
def _known(names: tuple[str, ...]) -> tuple[frozenset[str], frozenset[tuple[str, str]]]:
    """The words that names are made of, and which follows which in a name."""
    parts: set[str] = set()
    pairs: set[tuple[str, str]] = set()
    for name in names:
        bare = unicodedata.normalize("NFKD", name).casefold()
        written = _WORD.findall("".join(c for c in bare if not unicodedata.combining(c)))
        words = [word for word in written if len(word) > 1 and word not in PARTICLES | WEEKDAYS]
        parts.update(words)
        pairs.update(itertools.pairwise(words))
    return frozenset(parts), frozenset(pairs)


def _is_meant(reading: Reading, match: re.Match[str]) -> bool:
    """A name that is also a common word counts only with @, or capitalised in mid-sentence."""
    start, end = match.span()
    word = match[0].casefold()
    is_common = word in COMMON or word in NOT_A_NAME or len(word) <= 2
    if not is_common or reading.text[start - 1 : start] == "@":
        return True
    before = reading.low[max(0, start - 12) : start]
    if not match[0].istitle() or _SENTENCE_START.search(before if start > 12 else "\n" + before):
        return False
    is_date = _DATE_BEFORE.search(before) or re.match(r"\s\d", reading.text[end:])
    return not (word in MONTHS and is_date)


_CUE = re.compile(
    r"(?<![\w\-])(?:(?P<title>mr|mrs|messrs|mx|atty|engr)\b\.?"
    r"|(?:ms|dr|prof|sir|ma'?am|madam|miss|mister|(?-i:Ate|Kuya|Rev))\b\.?"
    r"|(?:customer|cust(?:\.(?= ))?|cx|caller|client|(?:account|acct|policy|card) ?holder|"
    r"passenger|pax|guest|patient|subscriber|buyer|member|recipient|sender|tenant|student|owner|"
    r"landlord|lessee|claimant|account of|policyholder|cardholder|applicant|borrower|payee|"
    r"beneficiary|attn|attention|on behalf of|in the name of|c/o|care of|"
    r"booked (?:it |them )?under|(?:lady|man|woman|gentleman|someone|somebody) called|"
    r"(?:sur|(?:first|last|family|maiden) )name|se llama|pangalan(?: niya| nya)? ay)(?:'s)?"
    r"(?P<said>(?: (?:full |first |last )?name)?(?!\w)(?: is| was| named| called)?)"
    r"|(?P<named>(?<!file )(?<!user )(?<!item )(?<!product )(?<!company )(?<!brand )(?<!store )"
    r"(?<!business )(?<!domain )(?<!merchant )(?:full |first |last |complete |sur)?name"
    r"(?: on (?:the |his |her )?(?:account|card|file|order|booking))?"
    r"(?: given)?(?:'s|d| is| was|(?=\s?[:=]))))"
    r"[ \t]{0,2}[:=,(\-]?[ \t\"']{0,2}",
    re.IGNORECASE,
)
_GAP = re.compile(r" (?:[\"'(][A-Z][a-z]+[\"')] )?|-|/(?=[A-Z]{2})")
_FAMILY_FIRST = re.compile(r", (?=[A-Z][a-z])")  # "name: Reyes, Ana"
_GAP_AFTER_SHORT = re.compile(r"\.? |-|\. ?(?=[A-Z])")  # "Jose P. Rizal", "Ma. Teresa"
_NOUN_OR_VERB = re.compile(r".{3}(?:ed|ing|tions?|ments?|ships?|ence|ance)$")
_NO_NAME = re.compile(
    r"(?:tions?|ments?|ness|ity|ous|[ai]ble|ive|[ae]nce|ships?|ware|ful|less|ists?|ism|ally|ure)$"
)
_LONGEST = 6  # words
_EXPLAINED = re.compile(
    r"\b([A-Z][^\W\d_]+ [A-Z][^\W\d_]+),? (?:(?:the|our|a) |\()"
    r"(?:customer|cx|caller|client|guest|member)\b"
)


def introduced_names(reading: Reading) -> Iterator[Found]:
    """Names after a title, after "customer" and its short forms, or after "name is"."""
    for cue in _CUE.finditer(reading.text):
        sure = cue["named"] or (cue["said"] or "").strip().endswith(("name", "name is", "named"))
        end = _name_end(reading.text, cue.end(), bool(cue["title"]), bool(sure))
        if end:
            yield reading.found("name", cue.end(), end)
    for name in _EXPLAINED.finditer(reading.text):
        if not any(is_ordinary(word) for word in name[1].lower().split()):
            yield reading.found("name", *name.span(1))


def _name_end(text: str, position: int, after_title: bool, is_named: bool) -> int:
    """Where the name that starts at `position` ends, or 0 if none does.

    `is_named`: the words before say that a name follows, so that any unknown word is one.
    """
    end = 0
    for _ in range(_LONGEST):
        word = _WORD.match(text, position)
        follows = text[word.end() : word.end() + 1] if word else ""
        if not word or follows.isdigit() or follows in ("_", "@"):
            break
        written = word[0]
        low = written.casefold()
        joined = text[position - 1] == "-" and not low.endswith(("ed", "ing"))  # "Mary-Jo"
        if low not in PARTICLES and not (end and joined):
            titled = after_title and not end and low not in NOT_A_NAME
            given = low in SECOND_GIVEN and _before_family(text, word.end())
            if not titled and not given and not _reads_as_name(written, bool(end), follows):
                unknown = len(low) > 2 and not is_ordinary(low) and not _NO_NAME.search(low)
                if not unknown or not (end or is_named or _goes_on(text, word.end())):
                    break
        if low not in PARTICLES:
            end = word.end()
        gap = (_GAP_AFTER_SHORT if len(written) <= 2 else _GAP).match(text, word.end())
        gap = gap or (_FAMILY_FIRST.match(text, word.end()) if is_named else None)
        if not gap:
            break
        position = gap.end()
    return end


def _before_family(text: str, position: int) -> bool:
    """Whether a word follows that is only a name: "GRACE SANTOS"."""
    word = _WORD.match(text, position + 1)
    return word is not None and word[0].casefold() in GIVEN_AND_FAMILY - COMMON


def _goes_on(text: str, position: int) -> bool:
    """Whether one more word follows that is nothing but a name."""
    word = _WORD.match(text, position + 1) if text[position : position + 1] == " " else None
    if not word or len(word[0]) < 3:
        return False
    low = word[0].casefold()
    return low not in PARTICLES and not is_ordinary(low) and not _NO_NAME.search(low)


def _reads_as_name(written: str, continues: bool, follows: str) -> bool:
    word = written.casefold()
    if len(word) == 1:
        return follows == "." or (continues and written.isupper())
    if word in GIVEN_AND_FAMILY or (continues and len(word) == 2 and written.istitle()):
        return True
    if continues and word in SECOND_GIVEN:
        return True
    ordinary = word in NOT_A_NAME or _NOUN_OR_VERB.search(word)
    return written[0].isupper() and not written.isupper() and not ordinary
