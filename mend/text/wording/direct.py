"""What a direct message to Mend is about, as far as its words alone say."""

from __future__ import annotations

import re
from enum import StrEnum

from mend.text.wording.cues import hits, load
from mend.text.wording.reading import read, sign

READ = 600  # characters; what somebody is about, they say at the beginning
_POLITE = 8  # words at most


class About(StrEnum):
    HELLO = "hello"
    THANKS = "thanks"
    SLIP = "a slip, in the first person"
    PROBLEM = "a question, or a customer's problem"
    UNCLEAR = "unclear"


def about(text: str, *, fits: bool = False) -> About:
    """`fits` says that some playbook surely is about these words.

    Rather unclear than a confession that was none: whoever writes is asked then.
    """
    if said := _politely(text):
        return said
    reading = read(text[:READ])
    found = {hit.label for hit in hits(load("direct.txt"), reading)}
    if "question" in found:
        return About.PROBLEM
    is_told = "voice" not in found and (
        not found.isdisjoint({"confession", "own act"})
        or {"act", "mishap", "receiver"} <= found
        or ({"act", "mishap"} <= found and not fits)
    )
    if is_told:
        return About.SLIP
    if fits or "voice" in found or sign("customer").search(reading):
        return About.PROBLEM
    return About.UNCLEAR


def _politely(text: str) -> About | None:
    """Thanks, or hello; None where anything else is said, too."""
    if not 0 < len(text.split()) <= _POLITE:
        return None
    left, found = text.lower(), set()
    for cue in load("direct.txt"):
        if cue.label in ("thanks", "hello", "beside"):
            left, count = cue.pattern.subn("", left)
            found |= {cue.label} if count else set()
    if not found or re.search(r"\w", left):
        return None
    return About.HELLO if "hello" in found and "thanks" not in found else About.THANKS
