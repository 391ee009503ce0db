"""Keys, tokens and links that let whoever has them in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from mend.text.redaction.found import Found
from mend.text.redaction.reading import Reading

# Prefixes that makers publish so that leaked keys are noticed.
_MARKED = re.compile(
    r"(?<![\w\-])(?:(?:AKIA|ASIA)[A-Z\d]{12,20}|(?:sk|pk|rk|whsec)_(?:(?:live|test)_)?[A-Za-z\d]{8,}|"
    r"gh[opsur]_\w{12,}|github_pat_\w{12,}|gl(?:pat|ptt|dt|rt|cbt)-[\w\-]{10,}|"
    r"xox[a-z]-[\w\-]{8,}|xapp-[\w\-]{8,}|SG\.[\w\-]{8,}\.[\w\-]{8,}|AIza[\w\-]{20,}|"
    r"ya29\.[\w\-.]{6,}|eyJ[\w\-]{8,}\.[\w\-]{4,}(?:\.[\w\-]*)?|sk-(?:[a-z]{2,10}-)?[\w\-]{16,}|"
    r"(?:npm|hf|dop|doo|shpat|shpss|shpca|lin_api|sntrys|pypi|figd|secret|dckr_pat|atlasv1|hvs)"
    r"[_\-][\w\-]{16,}|EAA[A-Za-z\d]{20,}|key-[\da-f]{24,}|AC[\da-f]{32}|SK[\da-f]{32})"
    r"(?![\w\-])",
)
_PEM = re.compile(r"-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[^-]{0,3000}(?:-----END[A-Z \-]{0,60})?")
_CALLED = re.compile(
    r"(?<![a-z])(?:(?:api|app|secret|access|private|public|client|auth(?:entication)?|session|refresh|"
    r"bearer|webhook|encryption|signing|smtp|ssh|master|service|admin|account|id|csrf|"
    r"security|recovery|backup|licen[cs]e|activation|product)[ _\-]?(?:key|token|secret|seed)s?|"
    r"(?:client|app|shared|consumer)?[ _\-]?secret|tokens?|bearer|jwt|x-api-key|"
    r"(?:secret|pass)[ _\-]?phrase|[a-z]{2,12} key)"
    r"['\"]?(?:\s?[:=]\s?|\s(?:is|was|are|to|called|named|number|no\.?|value|here|now)\s|[\s(]){1,3}"
    r"(?:is\s|was\s|:\s?|=\s?)?['\"(]?"
)
# Long, and no word: has a digit and a letter, or is longer than any word.
_RANDOM = re.compile(
    r"(?=[^\s]{0,40}[a-z])(?=[^\s\d]{0,40}\d)[\w\-./+=~]{10,400}(?<![.,])|[\da-f]{16,64}|"
    r"[a-z\d_\-]{24,400}",
    re.IGNORECASE,
)
_REFERENCE_KEY = re.compile(
    r"(?:locker|door|room|house|car|flat|gate|bike|spare|tracking|booking|order|case|jira|issue|"
    r"ticket|sort|primary|foreign|the|a|this|that|one|hotel|safe|cabinet|office|front|shed) key"
)

_LINK = re.compile(r"(?<![\w@])(?:https?://|www\.)[^\s<>\"'|]{4,600}", re.IGNORECASE)
_END_OF_LINK = re.compile(r"[.,;:!?)\]}]+$")
_OPENS: Final = re.compile(
    r"[?&#;/](?:[a-z]{1,20}[_\-.]?)?(?:token|code|otp|pin|key|sig(?:nature)?|secret|session(?:id)?|"
    r"sid|auth|pass(?:word|wd|code)?|pwd|pw|jwt|ticket|hash|nonce|magic|invite|state|credential|"
    r"confirmation|verification|activation|reset|login)[_\-]?(?:id|key|hash|code|token)?"
    r"=[^&#\s]{4,}",
    re.IGNORECASE,
)
_DOOR = re.compile(
    r"/(?:[\w\-]{0,20}[_\-])?(?:reset|set|forgot|change|recover|verif(?:y|ication)|confirm|activate|"
    r"activation|magic|login|log-in|signin|sign-in|sso|auth|oauth|invit(?:e|ation)s?|token|join|"
    r"unlock|session|one-time|otp|share|sharing|s|secure|access|download|guest|approve|accept|"
    r"unsubscribe|password|passwd|pw)(?:[_\-][\w\-]{0,20})?/(?:[^?#\s]{0,80}/)?([\w\-.~=%]{8,})",
    re.IGNORECASE,
)
_LOOKS_RANDOM = re.compile(
    r"(?=[\w\-.~=%]*\d)(?=[\w\-.~=%]*[a-z])[\w\-.~=%]{8,}|[\w\-]{24,}|\d{9,}|(?-i:[A-Z]{12,})",
    re.IGNORECASE,
)
_LONG_AND_RANDOM = re.compile(
    r"[/=](?=[a-z]*\d)(?=\d*[a-z])[a-z\d]{20,}(?![a-z\d\-])", re.IGNORECASE
)
_CREDENTIALS = re.compile(r"//[^/\s:@]{1,60}:[^/\s@]{1,60}@")


def secrets(reading: Reading) -> Iterator[Found]:
    """Keys by their makers' prefixes or by what they are called, and links that open a door."""
    text = reading.text
    for pattern in (_MARKED, _PEM):
        for match in pattern.finditer(text):
            yield reading.found("secret", *match.span())
    for cue in _CALLED.finditer(reading.low):
        value = _RANDOM.match(text, cue.end())
        if value and not _REFERENCE_KEY.match(cue[0]):
            yield reading.found("secret", *value.span())
    for link in _LINK.finditer(text):
        whole = _END_OF_LINK.sub("", link[0])
        if _opens_a_door(whole):
            yield reading.found("secret", link.start(), link.start() + len(whole))


def _opens_a_door(link: str) -> bool:
    door = _DOOR.search(link)
    return bool(
        _OPENS.search(link)
        or _CREDENTIALS.search(link)
        or (door and _LOOKS_RANDOM.fullmatch(door[1]))
        or _LONG_AND_RANDOM.search(link)
        or _MARKED.search(link)
    )
