"""Names: those of the workspace's people, and those that a title or "customer" introduces."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

from mend.language.personal_data.found import Found
from mend.language.personal_data.name_words import (
    COMMON,
    GIVEN_AND_FAMILY,
    MONTHS,
    NOT_A_NAME,
    PARTICLES,
    SHORT_FAMILY,
)
from mend.language.personal_data.reading import Reading

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_JOIN = re.compile(r"[ .\-_]{1,2}(?:(?:de|del|dela|la|las|los|van|von|der|bin)[ .\-_]){0,2}")


def roster_names(reading: Reading, names: Iterable[str]) -> Iterator[Found]:
    """Every whole word that is part of a colleague's name, neighbours taken together."""
    parts, pairs = _roster(tuple(names))
    if not parts:
        return
    text = reading.text
    words = [(_word(match[0]), match.start()) for match in _WORD.finditer(text)]
    start = end = -1
    for index, (word, position) in enumerate(words):
        key = word.casefold()
        if key not in parts:
            continue
        after = position + len(word)
        joins = start >= 0 and bool(_JOIN.fullmatch(text, end, position))
        following = words[index + 1][0] if index + 1 < len(words) else ""
        if joins or _is_pair(word, following, pairs) or _is_meant(text, position, after):
            if start >= 0 and not joins:
                yield reading.found("name", start, end)
            start, end = (start if joins else position), after
    if start >= 0:
        yield reading.found("name", start, end)


def _is_pair(word: str, following: str, pairs: frozenset[tuple[str, str]]) -> bool:
    return (word.casefold(), following.casefold()) in pairs and (
        word.casefold() not in COMMON
        or following.casefold() not in COMMON
        or (word[0].isupper() and following[0].isupper())
    )


def _word(written: str) -> str:
    return written[:-2] if written[-2:].casefold() == "'s" else written


@lru_cache(maxsize=16)
def _roster(names: tuple[str, ...]) -> tuple[frozenset[str], frozenset[tuple[str, str]]]:
    """All parts of the names, and which part stands before which."""
    split = [[part.casefold() for part in _WORD.findall(_without_marks(name))] for name in names]
    parts = {part for name in split for part in name if len(part) > 1 and part not in PARTICLES}
    return frozenset(parts), frozenset(pair for name in split for pair in pairwise(name))


def _without_marks(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


_SENTENCE_START = re.compile(r"(?:^|[.!?:\n*>\u2022]|\n\s*-)[\s\"'(]*$")
_DATE_BEFORE = re.compile(
    r"(?:\d(?:st|nd|rd|th)?|\b(?:in|by|since|until|till|of|on|last|next|from|to|this|early|late|mid))\s$",
    re.IGNORECASE,
)


def _is_meant(text: str, start: int, end: int) -> bool:
    """A name that is also a common word counts only with @, or capitalised in mid-sentence."""
    written = text[start:end]
    word = written.casefold()
    if word not in COMMON and len(word) > 2:
        return True
    if text[start - 1 : start] == "@":
        return True
    before = text[max(0, start - 12) : start]
    if not written.istitle() or _SENTENCE_START.search(before if start > 12 else "\n" + before):
        return False
    is_date = word in MONTHS and (_DATE_BEFORE.search(before) or re.match(r"\s\d", text[end:]))
    return not is_date


_CUE = re.compile(
    r"(?<![\w\-])(?:(?P<title>mr|mrs|messrs|mx|atty|engr)\b\.?"
    r"|(?:ms|dr|prof|sir|ma'?am|madam|miss|mister|(?-i:Ate|Kuya|Rev))\b\.?"
    r"|(?:customer|cust(?:\.(?= ))?|cx|caller|client|cardholder|"
    r"(?:account|acct|policy|card) ?holder|passenger|pax|guest|patient|"
    r"subscriber|buyer|member|recipient|sender)(?:'s)?(?: (?:full |first |last )?name)?(?!\w)"
    r"(?: is| was| named| called)?"
    r"|(?<!file )(?<!user )(?<!item )(?<!product )(?<!company )(?<!brand )(?<!store )(?<!plan )"
    r"(?<!business )(?<!domain )(?<!host )(?<!merchant )(?:full |first |last |complete |sur)?name"
    r"(?: on (?:the |his |her )?(?:account|card|file|order|booking))?(?:'s|d| is| was|(?=\s?[:=])))"
    r"[ \t]{0,2}[:=,(\-]?[ \t\"']{0,2}",
    re.IGNORECASE,
)
_LONGEST = 6  # words


def introduced_names(reading: Reading) -> Iterator[Found]:
    """Names after a title, after "customer" and its short forms, or after "name is"."""
    text = reading.text
    for cue in _CUE.finditer(text):
        end = _name_end(text, cue.end(), after_title=bool(cue["title"]))
        if end:
            yield reading.found("name", cue.end(), end)


_GAP = re.compile(r" |-")
_GAP_AFTER_SHORT = re.compile(r"\.? |-|\. ?(?=[A-Z])")  # "Jose P. Rizal", "Ma. Teresa"


def _name_end(text: str, position: int, *, after_title: bool) -> int:
    """Where the name that starts at `position` ends, or 0 if none does."""
    end = 0
    for _ in range(_LONGEST):
        word = _WORD.match(text, position)
        if not word or re.match(r"[\d_@]", text[word.end() : word.end() + 1]):
            break
        written = _word(word[0])
        is_first = not end
        if written.casefold() not in PARTICLES:
            if not (
                (after_title and is_first and written.casefold() not in NOT_A_NAME)
                or _reads_as_name(written, is_first, text[word.end() : word.end() + 1])
            ):
                break
            end = word.start() + len(written)
        gap = (_GAP_AFTER_SHORT if len(written) <= 2 else _GAP).match(text, word.end())
        if not gap or written != word[0]:
            break
        position = gap.end()
    return end


def _reads_as_name(written: str, is_first: bool, follows: str) -> bool:
    word = written.casefold()
    if len(word) == 1:
        return written.isupper() and (follows == "." or not is_first)
    if written.istitle() and not is_first and word in SHORT_FAMILY:
        return True
    if word in NOT_A_NAME:
        return False
    is_acronym = written.isupper()
    return word in GIVEN_AND_FAMILY or (written[0].isupper() and not is_acronym)
