"""Words that decide whether something is a name."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Final

from mend.text.redaction.cues import (
    AROUND_NUMBERS,
    NOT_SECRET,
    PASSED,
    listed,
    words,
)

# Names that are common words too: taken for a name only where they are written like one.
COMMON: Final = listed("common")
WEEKDAYS: Final = words("monday tuesday wednesday thursday friday saturday sunday")
MONTHS: Final = words("january february march april may june july august october jan")
PARTICLES: Final = words(
    "de del dela des du la las los van von der den bin binti ibn al el da dos di le st y jr sr ni"
)

# Taken for a name after "customer" however they are written.
GIVEN_AND_FAMILY: Final = listed("given and family")

# Of the common ones those that often are a second given name: "mary grace".
SECOND_GIVEN: Final = listed("second given")

# Follows "customer", "cx" or a title and is written like a name without being one.
NOT_A_NAME: Final = PASSED | AROUND_NUMBERS | NOT_SECRET | MONTHS | listed("follows a title")


@cache
def _ordinary() -> frozenset[str]:
    text = files(__package__).joinpath("ordinary.txt").read_text(encoding="utf-8")
    return words(text.partition("\n")[2]) | NOT_A_NAME | COMMON


def is_ordinary(word: str) -> bool:
    """Whether a word, in lower case, says something; what does not may be a name."""
    if word in GIVEN_AND_FAMILY:
        return False
    return word in _ordinary() or (
        len(word) > 4 and word.endswith(("ed", "ing", "n't", "'s", "ly"))
    )
