"""Values that a word announces: "the OTP she read out was 482913"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from mend.language.personal_data.words import words

# Words that may stand between the announcing word and the value.
PASSED: Final = words(
    """is was are were be as the a an this that it its it's his her their our my your no nos num
    number numbers nr code codes digit digits full new old correct right wrong other same
    second and or not then also instead of to into from id ids card acct account acc he she
    they i we you me us him them cx cust customer customer's caller client member agent gave
    give gives given said says say saying read reads reading told tells sent send got get
    gets received receives used uses typed entered provided quoted texted shared forwarded
    had has showed shows noted wrote saved put out back aloud loud over phone via text sms
    chat email just now today again which that's thats answer
    written message should below above here being called niya nya ay yung ang po
    daw raw na ko siya sya binigay sinabi kanyang ng ni kay sabi niyang nyang"""
)
# At the start of a value: a date or a span of years is not one.
NOT_A_DATE: Final = (
    r"(?!(?:(?:19|20)\d\d ?- ?(?:19|20)\d\d|(?:19|20)\d\d-\d\d?-\d\d?|"
    r"\d\d?-\d\d?-(?:19|20)\d\d)(?!\d))"
)
_GAP = re.compile(r"[\s:=#\-(),.'\"/>|&*;]*")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_ASIDE = re.compile(r"\s?\([^()\d]{0,60}\)")
_MOST_WORDS = 12


def announced(
    text: str,
    cues: Iterable[re.Match[str]],
    value: re.Pattern[str],
    passed: frozenset[str] = PASSED,
) -> Iterator[tuple[int, int]]:
    """Where the values stand that follow a cue with nothing but `passed` words between them.

    More values may follow the first ("X, not Y").
    """
    for cue in cues:
        aside = _ASIDE.match(text, cue.end())
        position = aside.end() if aside else cue.end()
        for _ in range(_MOST_WORDS):
            position = _after_gap(text, position)
            here = value.match(text, position)
            if here:
                yield here.span(1)
                position = here.end()
                continue
            word = _WORD.match(text, position)
            if not word or word[0].lower() not in passed:
                break
            position = word.end()


def _after_gap(text: str, position: int) -> int:
    gap = _GAP.match(text, position)
    return gap.end() if gap else position
