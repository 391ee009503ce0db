"""A neutral version of a text that blames. It takes words away; it never adds a fact.

Own acts stay as "I + verb". What somebody else did, or did not do, is told without them ("The
ticket was closed"). Verdicts, sneers and names go. Where no fact is left there is no rewrite.
"""

from __future__ import annotations

import re
from itertools import combinations

from mend.text.redaction.name_words import is_ordinary
from mend.text.wording.acts import each_act, passive, said_past, without_charge
from mend.text.wording.clauses import as_sentence, clauses, sentences
from mend.text.wording.cues import load
from mend.text.wording.judging import LETTERS, Encoder, judge, noticed
from mend.text.wording.reading import read, read_for_blame, sign

_LEAST_WORDS = 3
_MOST_SENTENCES = 30  # a longer story is for its writer to shorten
_OWN = re.compile(r"(?:i|we)\b(?! (?:want|wish|hope|bet|guess|blame|told you)\b)", re.IGNORECASE)
_OWN_SENTENCE = re.compile(r"(?:i|i'm|my|what is wrong with me|stupid me)\b", re.IGNORECASE)
_PEOPLE = re.compile(
    r"\b(?:man|men|woman|women|guys?|lads?|ladies|fella|bloke|desk|office|team|people|lot|crew|staff|"
    r"departments?|dept|branch|partners?|vendors?|manager|boss|predecessor|intern|temp|nurse|doctor|"
    r"driver|courier|technician|engineer|mechanic|teacher|tutor|porter|cleaner|planner|clerk|cashier|"
    r"reception(?:ist)?|kitchen|warehouse|payroll|billing|finance|legal|marketing|hr|qa|ops|"
    r"dispatch|support|sales|somebody|someone|nobody|everybody|everyone|whoever|shift)\b"
)
_COLLEAGUE = re.compile(r"\b(?:he|she|they|him|them|his|her|their|hers|theirs|himself|herself)\b")
_TELLS = re.compile(
    r"\b(?:is|are|was|were|has|have|had|got|gets|went|came|did|does|can|cannot|can't|stood|stayed|"
    r"waited|lost|paid|rang|sent|gave|told|took|put|left|made|said|forgot|read|kept|need|needs|"
    r"wants|[a-z]{2,}ed)\b",
    re.IGNORECASE,
)


def rewrite(text: str, encoder: Encoder | None = None) -> str | None:
    """A neutral version of a text, which passes `judge`; a text that passes comes back as it is.

    None where no fact would be left, or where the text is too long to be said another way: then
    ask the writer what happened.
    """
    judged = judge(text, encoder)
    if not judged.flag:
        return text
    told = sentences(text)
    if len(text) > LETTERS or len(told) > _MOST_SENTENCES:
        return None
    kept: list[str] = []
    for sentence in told:
        kept += [as_sentence(said) for said in _neutral(sentence)]
    return _longest_that_passes(list(dict.fromkeys(kept)), encoder)


def _longest_that_passes(kept: list[str], encoder: Encoder | None) -> str | None:
    """As many of the sentences as pass together; the model knows what single ones do not show."""
    every = [" ".join(kept)] if kept else []
    fewer = [" ".join(part) for part in combinations(kept[:4], max(1, min(len(kept), 4) - 1))]
    for said in dict.fromkeys([*every, *sorted(fewer, key=len, reverse=True), *kept[:4]]):
        if len(said.split()) >= _LEAST_WORDS and not judge(said, encoder).flag:
            return said
    return None


def _neutral(sentence: str) -> list[str]:
    """What of a sentence may stay."""
    said: list[str] = []
    whole_is_fine = _may_stay(sentence) and not judge(sentence).flag
    whole_is_fine = whole_is_fine and not any(passive(sentence))
    parts = [sentence.rstrip(".!")] if whole_is_fine else clauses(sentence)
    doer = "I" if _OWN_SENTENCE.match(sentence) else "they"
    for clause in (act for part in parts for act in each_act(part)):
        if clause != parts[0] and said_past(clause):  # "I am hopeless, booked her for the third"
            clause = f"{doer} {clause[0].lower()}{clause[1:]}"
        version = next((way for way in _ways(clause) if _may_be_said(way)), None)
        if version:
            said.append(version)
    return said


def _ways(clause: str) -> list[str]:
    """The clause as it is, where it tells of no colleague, or else what it says without one."""
    own = _own_step(clause)
    if own:
        return [own]
    told = [clause, without_charge(clause)] if _may_stay(clause) else []
    return told if _OWN.match(clause) else [*passive(clause), *told]


def _may_stay(clause: str) -> bool:
    """Whether the clause tells what happened, and not what a colleague did."""
    reading = read(clause)
    first = clause.split()[0]
    if first.isalpha() and first[0].isupper() and not is_ordinary(first.lower()):
        return False  # a name, most likely
    dangling = load("rewriting.txt")[-2].pattern
    if dangling.match(clause.lower()) or not _TELLS.search(clause):
        return False
    if _OWN.match(clause):
        return "§" not in reading
    about_customer = bool(sign("customer").search(reading)) or "¤" in reading
    somebody = (
        sign("colleague").search(reading)
        or _PEOPLE.search(_bare(clause)[:40])
        or (_COLLEAGUE.search(reading) and not about_customer)
    )
    return not somebody


def _bare(clause: str) -> str:
    """The clause from its first word that says who or what."""
    return re.sub(
        r"^(?:(?:the|a|an|our|my|their|his|her|that|this|\w+ing|\w+'s) ){0,2}", "", clause.lower()
    )


def _may_be_said(version: str) -> bool:
    """Whether a version has no name, no sneer and no blame in it that its words give away."""
    sneer = load("rewriting.txt")[-1].pattern
    return (
        len(version.split()) >= _LEAST_WORDS
        and not sneer.search(version.lower().replace("’", "'"))
        and "§" not in read(version)
        and sum(hit.weight for hit in noticed("blame", version, read_for_blame(version))) < 2
    )


def _own_step(clause: str) -> str | None:
    """What its writer should have done, as what had not been done."""
    plain = clause.replace("’", "'")
    for form in load("rewriting.txt")[:-2]:
        match = form.pattern.fullmatch(plain.lower())
        if match and len(plain.lower()) == len(plain):
            return form.label.format(
                *(plain[slice(*match.span(n + 1))] for n in range(len(match.groups())))
            )
    return None
