"""Words that make an upset customer angrier, for judging what a playbook lets an agent say.

A short list on purpose: each entry is on most practitioners' lists of what to avoid, and none has
a common harmless use in the mouth of an agent.
"""

from __future__ import annotations

import re

_RULES = {
    "Say back the problem instead.": r"calm (?:down|yourself)|no need to (?:shout|yell)",
    "Say the reason in one sentence, and what they can have.": (
        r"(?:it'?s|that'?s|it is|that is|as per) (?:just )?(?:our|the|company) policy"
        r"|(?:can'?t|cannot) help (?:you|with)|nothing (?:i|we) can do"
    ),
    "Say what I do, or ask: could you …?": (
        r"you(?:'ll| will) (?:just )?(?:have|need) to|you (?:just )?(?:have to|must)(?! have)"
    ),
    "Say what I or we did, and what happens now.": (
        r"you (?:should|could|ought to|must) have|you (?:forgot|failed|misunderstood|misread)"
        r"|sorry (?:if|you feel|that you feel)|any inconvenience|mistakes were made"
        r"|(?:colleague|courier|agent|driver)s? (?:forgot|failed|messed|lied|made a mistake)"
        r"|(?:courier|supplier|bank|warehouse|colleague|system|customer)'?s? fault"
    ),
    "Say it once more, in other words.": r"(?:as|like) i (?:already )?(?:said|told|mentioned)",
    "Say: let me find out, by …": r"i don'?t know(?! (?:that )?yet)",
    "Say who can, and bring them in yourself.": r"not (?:my|our) (?:department|job|problem|fault)",
}
_COMPILED = [(re.compile(rf"\b(?:{words})\b", re.IGNORECASE), fix) for fix, words in _RULES.items()]


def reactive_wording(text: str) -> list[tuple[str, str]]:
    """The words found, each with what to do instead."""
    plain = text.replace("’", "'")
    return [(match[0], fix) for rule, fix in _COMPILED for match in rule.finditer(plain)]
