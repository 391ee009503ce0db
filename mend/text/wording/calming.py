"""Two calmer ways to say what somebody was about to send."""

from __future__ import annotations

import re

from mend.playbooks.model import DEFAULT_ASK
from mend.text.wording.clauses import as_sentence, clauses, sentences
from mend.text.wording.judging import Encoder, judge_reactive

_OPENING = "I hear you, and I want to get this right."
_OTHER_OPENING = "Thank you for telling me. Let me go through this with you."
_OTHER_ASK = "Which part should we take first?"
_LEAST_WORDS = 3
_DEMAND = re.compile(
    r"^(?:so |and |but |then )?(?:you|u)(?:'ll| will)? (?:just |really )?"
    r"(?:must|(?:have|need|got) to) (?:just )?(?!be\b|have\b|not\b|do anything)([a-z]+ .+)",
    re.IGNORECASE,
)
_SAID_BEFORE = re.compile(
    r"^(?:as|like) (?:i|we) (?:\w+ )*?(?:said|told you|told|mentioned|explained|stated)"
    r"(?: (?:before|already|earlier|yesterday|\w+ times))*,?\s*",
    re.IGNORECASE,
)


def calmer(
    text: str, say_first: str = "", encoder: Encoder | None = None
) -> tuple[str, str] | None:
    """Two versions of a reply that keep what it tells and drop what would heat things up.

    `say_first` is a playbook's opening, used where it holds no blank. None where there is no reply.
    """
    if not re.search(r"[^\W\d_]", text):
        return None
    told = _told(text, encoder)
    usable = say_first.strip() and "{" not in say_first and not judge_reactive(say_first).flag
    first = say_first.strip() if usable else _OPENING
    ask = "" if first.endswith("?") else DEFAULT_ASK
    return _joined(first, told, ask, encoder), _joined(_OTHER_OPENING, told, _OTHER_ASK, encoder)


def _joined(opening: str, told: list[str], ask: str, encoder: Encoder | None) -> str:
    closing = "" if told and told[-1].endswith("?") else ask
    version = " ".join(filter(None, [opening, *told, closing]))
    if told and judge_reactive(version, encoder).flag:
        return _joined(opening, [], ask, encoder)
    return version


def _told(text: str, encoder: Encoder | None) -> list[str]:
    """What a reply tells, sentence by sentence, its demands turned into requests."""
    kept: list[str] = []
    for sentence in sentences(text):
        said = _asked(sentence)
        whole = not judge_reactive(said, encoder).flag
        parts = [said] if whole else [_asked(clause) for clause in clauses(sentence)]
        long = [part for part in parts if whole or len(part.split()) >= _LEAST_WORDS]
        kept += [as_sentence(part) for part in long if not judge_reactive(part, encoder).flag]
    return kept


def _asked(said: str) -> str:
    said = _SAID_BEFORE.sub("", said.replace("’", "'"))
    demand = _DEMAND.match(said)
    return f"Could you please {demand[1].rstrip('.! ')}?" if demand else said
