"""An apology to copy: responsibility first, the offer of repair second (Lewicki et al. 2016)."""

from __future__ import annotations

import re

from mend.playbooks.model import DEFAULT_ASK
from mend.text.wording.clauses import as_sentence, clauses, sentences
from mend.text.wording.distress import is_distress
from mend.text.wording.judging import judge, judge_reactive

_ONE = "This was my mistake, and I am sorry."
_US = "We got this wrong, and I am sorry."
_OFFER = "I want to put it right. "
_VERB_FIRST = re.compile(
    r"(?:sent|gave|told|forgot|took|put|read|made|said|left|hung|quoted|missed|lost|broke|did|got|"
    r"went|kept|set|cut|let|wrote|misread|spoke|paid|[a-z]+ed)\b(?! (?:by|to be|from)\b)",
    re.IGNORECASE,
)
_OWN_ACT = re.compile(
    r"(i|we) (?!am\b|was\b|were\b|feel|felt|should|could|had|can|think)\w+ ", re.I
)
# The customer reads it: "the customer" is "you"; who he or she is, nobody can tell from a note.
_CUSTOMER = re.compile(
    r"\b(?:the |my |our |a )?(?:customer|cx|caller|client|guest|member)\b(?!'s|s\b)", re.I
)
_UNSAYABLE = re.compile(
    r"\b(?:he|she|him|her|his|hers|they|them|their|mr|mrs|ms|cx|colleague|agent|lead|team|aht|qa|"
    r"ticket|crm|queue|macro)\b|[\[\]{}@#<>]|\b(?:customer|client|caller)",
    re.I,
)
_ONESELF = re.compile(r"\b(?:i|my|ko|ako)\b", re.IGNORECASE)
_LONGEST = 20  # words of the act; a longer one tells a story instead of owning it


def apology(text: str, offer: str = "") -> str | None:
    """An apology for what a note owns up to, with `offer` as the repair where it has no blank.

    The act is named only where the note says it as an own act that its customer could be told.
    None for an empty note and for one in distress.
    """
    if not re.search(r"[^\W\d_]", text) or is_distress(text):
        return None
    usable = offer.strip() and not re.search(r"[\[\]{}]", offer) and not judge_reactive(offer).flag
    repair = as_sentence(offer) if usable else _OFFER + DEFAULT_ASK
    act = _act(text)
    if act:
        return f"{as_sentence(act).rstrip('.!')}, and I am sorry. {repair}"
    others = judge(text).flag and not _ONESELF.search(text)
    return f"{_US if others else _ONE} {repair}"


def _act(text: str) -> str | None:
    for clause in (clause for sentence in sentences(text) for clause in clauses(sentence)):
        own = f"I {clause[0].lower()}{clause[1:]}" if _VERB_FIRST.match(clause) else clause
        said = _CUSTOMER.sub("you", own)
        if _OWN_ACT.match(said) and not judge(own).flag:
            long = len(said.split()) > _LONGEST
            return None if long or _UNSAYABLE.search(said) else said[0].upper() + said[1:]
    return None
