"""What a direct message to Mend is about, as far as its words alone say."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache

from mend.text.wording.cues import hits, load
from mend.text.wording.reading import read, sign

READ = 600  # characters; what somebody is about, they say at the beginning
_COURTEOUS = 8  # words at most


class About(StrEnum):
    COURTESY = "courtesy"  # thanks and hello
    SLIP = "slip"  # in the first person
    PROBLEM = "problem"  # a question, or a customer's problem
    UNCLEAR = "unclear"


def about(text: str, *, fits: bool = False) -> About:
    """`fits` says that some playbook surely is about these words.

    Rather unclear than a confession that was none: whoever writes is asked then.
    """
    reading = read(text[:READ])
    if _is_courtesy(text):
        return About.COURTESY
    found = {hit.label for hit in hits(load("direct.txt"), reading)}
    if "question" in found:
        return About.PROBLEM
    is_told = "voice" not in found and bool(
        "confession" in found
        or "own act" in found
        or {"act", "mishap", "receiver"} <= found
        or ({"act", "mishap"} <= found and not fits)
    )
    if is_told:
        return About.SLIP
    if fits or sign("customer").search(reading) or "voice" in found:
        return About.PROBLEM
    return About.UNCLEAR


@cache
def _courtesy() -> re.Pattern[str]:
    [cue] = [cue for cue in load("direct.txt") if cue.label == "courtesy"]
    return cue.pattern


def _is_courtesy(text: str) -> bool:
    few = len(text.split()) <= _COURTEOUS
    return few and not re.search(r"\w", _courtesy().sub("", text.lower()))
