"""Passwords, PINs and one-time codes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from mend.language.personal_data.cues import NOT_A_DATE, announced
from mend.language.personal_data.found import Found
from mend.language.personal_data.reading import Reading
from mend.language.personal_data.words import words

_PASSWORD = re.compile(
    r"\b(?:pass ?words?|passwd|pass ?phrase|pword|pwd|pw|p/w|"
    r"(?<!/)pass(?=\s?[:=]|\s(?:is|was)\s\S*\d)|"
    r"memorable (?:word|name|place)|(?:secret|security) (?:answer|word|question answer)|"
    r"maiden name)\b",
    re.IGNORECASE,
)
_USER_AND_PASSWORD = re.compile(
    r"\b(?:(?:user(?:name)?|login|id|email)\s?(?:/|and|&|\+)\s?(?:pass(?:word)?|pw|pwd)|"
    r"cred(?:ential)?s)\b"
    r"(?:\s?[:=]\s?|\s(?:is|are|was)\s|\s)[^\s,/]{2,64}(?:\s?[/,&|]\s?|\s(?:and\s)?)"
    r"([^\s,]{4,64})",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"[\s,(]*(?:(?P<mark>[:=]|->|-(?=\s))|(?P<link>is|was|are|to|as|now|it's|its|be|being|ay)(?!\w)|"
    r"(?P<other>he|she|they|i|we|cx|customer|caller|client|gave|gives|used|uses|said|says|told|me|us|"
    r"sent|changed|set|reset|updated|today|there|here|read|out|typed|which|the|new|temp|temporary|old|"
    r"current|now|her|his|their|my|and|it|niya|nya|po|daw)(?!\w))",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"[\s(]*(\"[^\"\n]{2,60}\"|'[^'\n]{2,60}'|[^\s\"\ue000-\ue002]{2,64})")
_NOT_SECRET: Final = words(
    """a an the wrong incorrect invalid expired reset resets not locked working being same
    different weak strong too required needed case still already now blank empty missing
    unknown ok okay fine good bad old new temporary temp changed updated correct right
    accepted rejected refused denied forgotten lost out in on at for with without from and
    or but so that because by of to his her their my your our him me them us it this when
    while if again twice never always going sent shared given told asked typed entered saved
    stored visible shown written emailed texted why how what which where who field box page
    link screen form email issue issues problem problems error errors request policy manager
    protected attempt attempts retries tries hint change changes help hash prompt rules
    requirements update case-sensitive unsuccessful successful no yes set is was probably
    apparently currently only just also about during after before until since they he she we
    you i customer cx caller client agent user supposed confirmed verified recovery expiry
    unable able due less more very up secure safe private default simple complex long short
    easy hard common public compromised unchanged ready active inactive pending correctly"""
)
_CLOSING = ".,;:?)"
_MOST_LINKS = 8


def passwords(reading: Reading) -> Iterator[Found]:
    """What follows a word for password, and the same word wherever else it stands."""
    text = reading.text
    spans = [span for cue in _PASSWORD.finditer(text) if (span := _secret_after(text, cue.end()))]
    spans += [match.span(1) for match in _USER_AND_PASSWORD.finditer(text)]
    for start, end in spans:
        yield reading.found("password", start, end)
    repeated = {text[start:end] for start, end in spans if end - start >= 6}
    if repeated:
        for token in re.finditer(r"\S+", text):
            written = token[0].rstrip(_CLOSING)
            if written in repeated and not written.isalpha():
                yield reading.found("password", token.start(), token.start() + len(written))


def _secret_after(text: str, position: int) -> tuple[int, int] | None:
    linked = False
    for _ in range(_MOST_LINKS):
        link = _LINK.match(text, position)
        if not link:
            break
        linked = not link["other"]
        position = link.end()
    token = _TOKEN.match(text, position)
    if not token:
        return None
    start, written = token.start(1), token[1]
    if written[0] not in "\"'":
        written = written.rstrip(_CLOSING) or written
    return (start, start + len(written)) if _is_secret(written, linked) else None


def _is_secret(written: str, linked: bool) -> bool:
    """Words after "password" are a secret unless they only say what became of it."""
    if written[0] in "\"'" and len(written) > 2 and written[-1] == written[0]:
        return True
    word = written.casefold()
    if word in _NOT_SECRET:
        return False
    has_digit = any(c.isdigit() for c in word)
    if word.isdigit() or not has_digit:
        return (
            linked
            and not re.fullmatch(r"[a-z]+(?:ed|ing|n't)|\d{1,3}", word)
            or (word.isdigit() and len(word) >= 4)
        )
    return len(word) >= 4


_PIN = re.compile(r"(?<!\w)(?:[mt]-?)?pins?(?!\w)", re.IGNORECASE)
_ONE_TIME = re.compile(
    r"(?<!\w)(?:otps?|o\.t\.p|one[ -]?time[ -]?(?:pass ?words?|pass ?codes?|codes?|pins?)|"
    r"(?:verification|2fa|mfa|two[ -]factor|authenticat(?:ion|or)|sms|access|unlock|sign-?in|"
    r"log-?in|reset|recovery|security|temporary|temp|activation|gate|door|alarm|pass|safe|lock|"
    r"[4-8][ -]digit|(?:four|five|six|eight)[ -]digit) ?(?:codes?|pins?))(?!\w)",
    re.IGNORECASE,
)
_CODE_WORD = re.compile(r"(?<![\w\-/])codes?(?![\w\-])", re.IGNORECASE)
_OTHER_CODE = re.compile(
    r"(?:error|promo|promotion|voucher|discount|coupon|zip|postal|post|area|country|reason|product|"
    r"item|disposition|dispo|wrap|booking|tracking|reference|ref|sku|status|store|branch|swift|sort|"
    r"qr|bar|referral|dress|diall?ing|approval|auth|authori[sz]ation|response|decline|fault|exit|http|"
    r"return|colou?r|model|tax|cost|department|dept|plan|offer|gift|order|case|ticket|confirmation|"
    r"batch|date|source|line|reservation|action|category|resolution|merchant|currency|reject|campaign|"
    r"agent|employee|queue|pick-?up|collection|claim|locker|airport|fare|bank|state|short|morse|use)"
    r"(?: the)?\s?-?$",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"(?<![\w.$\u00a3\u20ac\u20b1])"
    + NOT_A_DATE
    + r"((?:[A-Z]-)?\d(?:[ \-]?\d){3,7})(?![\w%]|[.,:/\-]\d| \d)"
)
_ONLY_CODE_BEFORE = re.compile(r"codes?\s$", re.IGNORECASE)  # "code 4410" is a wrap-up code
_CODE_AFTERWARDS = re.compile(
    r"(?<![\w.,:/\-$])((?:[A-Z]-)?\d(?:[ \-]?\d){3,7})\s?[(\-=,]?\s?(?:(?:is|was|as)\s)?"
    r"(?:(?:the|his|her|their|my|your|a)\s)?(?:otp|one[ -]?time|verification code|pin|passcode|"
    r"(?:sms )?code(?= (?:he|she|they|i|we|the|cx|customer)\b|[.!,]|$))(?!\w)",
    re.IGNORECASE,
)


def codes(reading: Reading) -> Iterator[Found]:
    """PINs and one-time codes; not promo, zip, error and other codes of the trade."""
    text = reading.text
    for cue in (_PIN, _ONE_TIME):
        for span in announced(text, cue.finditer(text), _CODE):
            yield reading.found("code", *span)
    plain_codes = (
        cue
        for cue in _CODE_WORD.finditer(text)
        if not _OTHER_CODE.search(text, max(0, cue.start() - 20), cue.start())
    )
    for start, end in announced(text, plain_codes, _CODE):
        if end - start > 4 or not _ONLY_CODE_BEFORE.search(text, max(0, start - 8), start):
            yield reading.found("code", start, end)
    for match in _CODE_AFTERWARDS.finditer(text):
        yield reading.found("code", *match.span(1))
