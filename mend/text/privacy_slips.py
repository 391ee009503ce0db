"""Notices that a note is about personal data that reached the wrong person.

Conservative: it asks for the act of sending and the wrong receiver in one sentence. Money and goods
sent astray are slips of another kind. A miss costs a line of advice, a false alarm as well.
"""

from __future__ import annotations

import re

_SENT = (
    r"(?:sent|send|sending|re-?sent|e-?mailed|e-?mailing|mailed|forwarded|texted|messaged|faxed|"
    r"shared|disclosed|posted|uploaded|attached|gave|given|read(?: out)?|replied|"
    r"na-?send|na-?email|na-?forward|(?:na)?ipinadala|pinadala|naipadala)"
)
_DATA = (
    r"(?:data|details|info(?:rmation)?|records?|passwords?|addresses|names|lists?|files?|documents?|"
    r"statements?|accounts?|e-?mails?|spreadsheets?)"
)
_WHO = (
    r"(?:persons?|people|customers?|clients?|callers?|members?|patients?|policyholders?|inbox|"
    r"mailbox|e-?mail|number|contact|chat|recipient|one|guy|lady|tao)"
)
_NEAR = r"[^.!?\n]{0,80}?"
_MAIL = r"(?:e-?mail(?:ed|ing)?|na-?email|forwarded|texted|cc)"

_WHOSE = r"(?:customer|client|caller|member|patient|person|guest)"
_PAPER = (
    rf"(?:{_DATA}|invoices?|bills?|contracts?|letters?|reports?|results?|forms?|polic(?:y|ies)|"
    r"tickets?|confirmations?)"
)
_WRONG = r"(?:wrong|incorrect|maling)"

_SLIPS = re.compile(
    "|".join(
        (
            r"\b(?:wrong|incorrect|unintended) (?:recipient|addressee)s?\b",
            rf"\b{_SENT}\b{_NEAR}\b(?:to|with|sa) (?:the |an? |mga )?{_WRONG} {_WHO}\b",
            rf"\b{_MAIL}\b{_NEAR}\b{_WRONG} (?:e-?mail )?address",
            rf"\b(?:e-?mailed|texted|faxed|messaged) (?:the |an? )?{_WRONG} {_WHO}\b",
            # one customer's papers to another
            rf"\b{_SENT}\b{_NEAR}\b(?:(?:an)?other|different|wrong) {_WHOSE}['’]?s?['’]?"
            rf" (?:\w+ ){{0,2}}?{_PAPER}\b",
            rf"\b{_SENT}\b{_NEAR}\b(?:some|any)(?:one|body) else['’]s (?:\w+ ){{0,2}}?{_PAPER}\b",
            rf"\b{_SENT}\b{_NEAR}\b{_WHOSE}['’]?s['’]?{_NEAR}"
            rf"\bto (?:another|a different|some other|the other) {_WHOSE}\b",
            rf"\bleak(?:ed|ing)\b[^.!?\n]{{0,40}}\b{_DATA}\b",
            rf"\b{_DATA}\b[^.!?\n]{{0,30}}\bleaked\b",
            r"\bcc['’]?(?:d|ed)\b[^.!?\n]{0,60}"
            r"\b(?:wrong|all|every(?:one|body)|whole|other|another|(?:instead of|not) bcc)\b",
            r"\b(?:instead of|forgot(?: to use)?|rather than)(?: (?:the|a))? bcc\b",
        )
    ),
    re.IGNORECASE,
)
_GOODS = re.compile(  # but their papers are data
    r"\b(?:refund\w*|payments?|money|credits?|vouchers?|transfers?|parcels?|packages?|orders?|"
    r"replacements?|couriers?|technicians?|drivers?|engineers?|calls?|"
    r"discounts?|upgrades?|gifts?|bonus|compensation|promos?)"
    rf"\b(?! (?:history|receipt|note|{_PAPER}))",
    re.IGNORECASE,
)
_NOT_THIS = re.compile(
    r"\b(?:almost|nearly|about to|water|pipes?|roof|taps?|boilers?|gas|oil|batter(?:y|ies))\b",
    re.IGNORECASE,
)


def is_privacy_slip(text: str) -> bool:
    """Whether the words tell that somebody's data went to a person it was not meant for."""
    return any(
        not _GOODS.search(slip[0]) and not _NOT_THIS.search(sentence)
        for sentence in re.split(r"(?<=[.!?])\s+|\n+", text)
        for slip in _SLIPS.finditer(sentence)
    )
