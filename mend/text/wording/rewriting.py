"""A neutral version of a text that blames. It takes words away; it never adds a fact.

Own acts stay as "I + verb". What somebody else did not do becomes a step that was not done. Where
something was taken away that only its writer knows about, a question stands in brackets.
"""

from __future__ import annotations

import re

from mend.text.wording.clauses import as_sentence, clauses, sentences
from mend.text.wording.cues import load
from mend.text.wording.judging import Encoder, judge

_ASK = "[what happened at that step?]"
_LEAST_WORDS = 3
_OWN = re.compile(r"(?:i|we)\b|(?:my|our) ", re.IGNORECASE)


def rewrite(text: str, encoder: Encoder | None = None) -> str | None:
    """A neutral version of a text, which passes `judge`; a text that passes comes back as it is.

    None where nothing but blame would be left: then ask the writer what happened.
    """
    judged = judge(text, encoder)
    if not judged.flag:
        return text
    kept: list[str] = []
    for sentence in sentences(text):
        if judge(sentence, encoder).flag:
            kept += [as_sentence(said) for said in _neutral(sentence, encoder)]
        else:
            kept.append(sentence)
    kept = list(dict.fromkeys(kept))
    if sum(len(part.split()) for part in kept) < _LEAST_WORDS:
        return None
    own = "self" in judged.labels or all(_OWN.match(part) for part in kept)
    for version in (kept, [part for part in kept if _OWN.match(part)]):
        asked = version if own or not version else [*version, _ASK]
        said = " ".join(asked)
        if version and not judge(said, encoder).flag:
            return said
    return None


def _neutral(sentence: str, encoder: Encoder | None) -> list[str]:
    """What of a flagged sentence may stay."""
    said: list[str] = []
    dangling = load("rewriting.txt")[-1].pattern
    for clause in clauses(sentence):
        blames = judge(clause, encoder).flag
        version = (
            _nameless(clause) if blames else None if dangling.match(clause.lower()) else clause
        )
        if version and len(version.split()) >= _LEAST_WORDS and not judge(version, encoder).flag:
            said.append(version)
    return said


def _nameless(clause: str) -> str | None:
    """The same clause without the person, if it tells of an act or of one that was not done."""
    plain = clause.replace("’", "'")
    for form in load("rewriting.txt"):
        match = form.pattern.fullmatch(plain.lower())
        if match and form.label != "dangling" and len(plain.lower()) == len(plain):
            return form.label.format(
                *(plain[slice(*match.span(n + 1))] for n in range(len(match.groups())))
            )
    return None
