"""An act without whoever did it: "Graham closed the ticket" is "The ticket was closed".

Only verbs of `verbs.py` are taken, so that a charge never turns into a fact, and only words of the
clause itself. What cannot be said in this way is not said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from mend.text.redaction.cues import words
from mend.text.wording.verbs import BY_BASE, BY_PAST, DITRANSITIVE, MILDER

_TOKEN = re.compile(r"[^\s]+")
# After these the object of an act is over.
_AFTER_OBJECT: Final = words(
    """to for from in on at without by before after and or because so when while until till
    instead again yesterday today tomorrow tonight twice once late early into onto under over
    off out up down through as than that which who although though if unless since during
    about around between against within as per via back away anyway too straight then but now
    monday tuesday wednesday thursday friday saturday sunday open shut empty blank unlocked
    unattended unsigned done live with unread unopened unchecked cold blind overnight half
    he she they we i mid-call mid-sentence sa kay para kasi kaya nang noong"""
)
_DETERMINERS: Final = words("""the a an his her their our my your its this that these those""")
_PLURAL = re.compile(
    r"(?:all|both|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|many|some|"
    r"[2-9]|\d{2,})$"
)
_OBJECTS: Final = {"me": "I", "us": "we", "him": "he", "her": "she", "them": "they", "you": "you"}
# Said about an act to charge somebody with it.
_SNEERS = re.compile(
    r"\b(?:even|just|simply|obviously|clearly|conveniently|apparently|actually|really|happily|"
    r"cheerfully|blindly|carelessly|lazily|sloppily|stupidly|of course|as usual|as always|"
    r"once more|yet again|for once|at all|whatsoever|bloody|damn|freaking|magically|somehow|always|"
    r"constantly|literally|totally|completely|honestly|randomly|deliberately|properly|"
    r"(?:so much as )?(?:bothering|bothered) to)\b ?",
    re.IGNORECASE,
)
# Where the facts of a clause end and its charge begins.
_CHARGE = re.compile(
    r",? (?:because|coz|cos|since|just to|only to|so (?:he|she|they|that (?:he|she|they))|and then|"
    r"then|while (?:he|she|they)|like|as if|as though|which|who|thanks to|"
    r"without (?:so much|ever|any|a single|even|both|check|read|look|think|ask|tell|listen|car)|"
    r"for the \w+ time|kasi\b|,(?!\d{3})).*",
    re.IGNORECASE,
)
_NOT_DONE = re.compile(
    r"(?:(?:forgot|forgets|failed|fails|neglected|neglects|refused|refuses|omitted) to|"
    r"(?:was|were) (?:supposed|meant|told|asked) to|(?:is|are) supposed|(?:did|has|have|had|would)"
    r"(?:n't|n’t| not)|never|not|didnt|"
    r"(?:should|could|might|must) ?(?:'ve|have|of)|ought to have|needed)$"
)
# A second act of the same doer, who is gone from the sentence.
_NEXT_ACT = re.compile(
    rf",? (?:and|but|then)(?: (?:then|never|did\S*|not|also|just))*"
    rf" (?:{'|'.join(sorted(BY_PAST))}|forgot|forgets|swore|\w{{2,}}ed|went|hid|drank|sat|"
    r"slept|got|said|let|made|did|saw|ran|didn't|never|was|were|had|expects?|wants?|keeps?|"
    r"won't|wouldn't|can't|will|acts?|charges?|says?|denies|blames?|pretends?|now|look)\b.*",
    re.IGNORECASE,
)
_AND_THEN = re.compile(
    rf",? (?:and|but)(?: then| also| just)* (?="
    rf"(?:{'|'.join(sorted(BY_PAST, key=len, reverse=True))}|"
    r"never|didn't|did not|forgot to)\b)"
)
_ANY: Final = {"anyone": "nobody", "anybody": "nobody", "anything": "nothing", "a thing": "nothing"}
# What follows is wished, asked, thought or told by somebody else.
_NOT_A_FACT: Final = words(
    """if unless whenever when would he'd she'd they'd you'd pretend thought thinks think claims
    says said that who whoever whose why which how whether hope hoping hopes let's lets
    imagine guess bet always every anyone nobody sure shall wants wanted likes loves keep
    keeps knows know used you your please could might should've"""
)
_NOT_TOLD: Final = words(
    """to not will would can could should must may might i'll we'll be been get gets"""
)
_PARTICLES: Final = words(
    """out up off over back down in on away through aside open shut empty blank unlocked"""
)
_PREPOSITIONS: Final = words("on in over down through")
_UP_TO_VERB: Final = 7  # words of who did it
_OWN = frozenset(("i", "we", "i've", "i'd", "we've", "we'd", "i'm", "we're"))
_CUSTOMER = re.compile(
    r"^(?:the |my |our |a |this |that )?(?:customer|cx|caller|client|guest|member|passenger|"
    r"patient|mr|mrs|ms|sir|ma'am)\b",
    re.IGNORECASE,
)


_NOBODY = re.compile(r"(?:none|neither|few|no|not (?:one|a))\b", re.IGNORECASE)  # "… picked it up"


def each_act(clause: str) -> list[str]:
    """The clause, or each of the acts that it tells of one and the same doer."""
    first, *others = _AND_THEN.split(clause)
    if not others or first.split()[0].lower() in _OWN:
        return [clause]
    return [first, *(f"they {other}" for other in others)]


def said_past(clause: str) -> bool:
    """Whether a clause begins with what was done, and leaves out by whom."""
    return clause.split()[0].lower() in BY_PAST


def passive(clause: str) -> Iterator[str]:
    """The act of a clause, or what was not done, without its doer: the fullest version first."""
    plain = " ".join(_SNEERS.sub("", clause.replace("’", "'")).split()).strip(" ,.!?;:")
    said = plain.split()
    if not said or said[0].lower() in _OWN or _CUSTOMER.match(plain) or _NOBODY.match(plain):
        return
    for place in range(min(_UP_TO_VERB, len(said))):
        found = _act_at(said, place)
        if found:
            participle, rest, is_done = found
            yield from _said(participle, rest, is_done)
            return
        unknown = any(_NOT_DONE.fullmatch(" ".join(said[place : place + n])) for n in (1, 2, 3))
        if said[place].lower() in _NOT_A_FACT or unknown:
            return


def _act_at(said: list[str], place: int) -> tuple[str, list[str], bool] | None:
    """The participle of the act that is told at a place, what follows, and whether it was done."""
    word = said[place].lower()
    pair = " ".join(said[place : place + 2]).lower()
    triple = " ".join(said[place : place + 3]).lower()
    for length, phrase in ((3, triple), (2, pair), (1, word)):
        if place + length < len(said) and _NOT_DONE.fullmatch(phrase):
            skip = place + length
            if said[skip].lower() in ("to", "have", "bother", "been") and skip + 1 < len(said):
                skip += 1
                if said[skip].lower() == "to" and skip + 1 < len(said):
                    skip += 1
            verb = said[skip].lower()
            participle = BY_BASE.get(verb) or BY_PAST.get(verb)
            return (participle, said[skip + 1 :], False) if participle else None
    if place and word in ("never", "hardly"):
        return None
    before = said[place - 1].lower() if place else ""
    if not before or before in _NOT_TOLD or before in _DETERMINERS:
        return None  # nobody stands before it, or it is only thought of, or "a trained monkey"
    milder = MILDER.get(word)
    if milder:
        return milder, said[place + 1 :], True
    participle = BY_PAST.get(word)
    if participle and place + 1 < len(said):
        participle = f"double-{participle}" if before == "double" else participle
        return participle, said[place + 1 :], True
    return None


def _said(participle: str, rest: list[str], is_done: bool) -> Iterator[str]:
    if (
        len(rest) > 1
        and rest[0].lower() in _PARTICLES - _PREPOSITIONS
        and rest[1].lower() not in _AFTER_OBJECT
    ):
        participle, rest = f"{participle} {rest[0].lower()}", rest[1:]
    count = _object_length(participle, rest)
    if not count:
        if not is_done and not rest:
            yield f"It was not {participle}"
        elif not is_done and " ".join(rest).lower() == "back" and participle == "called":
            yield "The callback was not made"
        return
    thing, tail = rest[:count], rest[count:]
    subject, is_plural = _subject(thing)
    if not subject:
        return
    if not is_done and subject.lower() in _ANY:
        subject, is_done = _ANY[subject.lower()], True
    if tail and tail[0].lower() == "from" and participle in MILDER.values():
        subject, tail = " ".join([subject, *tail]), []
    verb = "were" if is_plural else "was"
    sentence = f"{subject} {verb} {'' if is_done else 'not '}{participle}"
    particle = tail[0].lower().strip(",") if tail else ""
    if particle in _PARTICLES and not (particle in _PREPOSITIONS and tail[1:]):
        sentence, tail = f"{sentence} {tail[0]}", tail[1:]
    told = _NEXT_ACT.sub("", " ".join([sentence, *tail]))
    shorter = _CHARGE.sub("", told)
    needs_more = participle in DITRANSITIVE and tail and len(thing) < 3
    for version in dict.fromkeys((told, shorter, *(() if needs_more else (sentence,)))):
        if not needs_more or len(version) > len(sentence):
            yield version[0].upper() + version[1:]


def _object_length(participle: str, rest: list[str]) -> int:
    """How many of the words are what the act was done to."""
    if not rest or rest[0].lower().strip(",") in _AFTER_OBJECT:
        return 0
    first = rest[0].lower()
    if first in ("nobody", "noone") or (first in ("anyone", "anybody") and len(rest) > 1):
        return 1
    if first in _OBJECTS and (first != "her" or participle in DITRANSITIVE or len(rest) == 1):
        return 1
    if participle in DITRANSITIVE and first in _DETERMINERS and len(rest) > 3:
        second = rest[2].lower()
        if second in _DETERMINERS or second[0].isdigit():
            return 2  # "the caller his wife's times"
    if participle in DITRANSITIVE and first.endswith("s") and rest[1:] and rest[1] in _DETERMINERS:
        return 1  # "candidates our support line"
    count = 0
    for word in rest:
        ends = word.lower().strip(",") in _AFTER_OBJECT or rest[count + 1 : count + 2] == ["times"]
        if count > (first in _DETERMINERS) and ends:  # "the till" is a thing
            break
        count += 1
        if word.endswith((",", ";", ":", ".")):
            break
    return count


def _subject(thing: list[str]) -> tuple[str, bool]:
    """The words as what something was done to, and whether they are many."""
    named = [word.strip(",;:.") for word in thing]
    first = named[0].lower()
    if len(named) == 1 and first in _OBJECTS:
        return _OBJECTS[first], first in ("us", "them", "you")
    if len(named) == 1 and first in ("it", "this", "that", "everything", "nothing", "anything"):
        return ("It" if first == "it" else first), False
    if first in ("his", "her", "their", "your"):
        named[0] = "the"
    if first == "any":
        named[0] = "the"
    last = named[-1].lower()
    is_one = first in ("a", "an", "this", "that", "one") or last.endswith(("ss", "us", "is", "'s"))
    is_plural = bool(_PLURAL.match(first)) or (last.endswith("s") and not is_one)
    is_plural = is_plural and not (len(named) == 1 and first.isdigit())
    is_plural = is_plural or " and " in " ".join(named) or first in ("these", "those")
    return " ".join(named), is_plural


def without_charge(clause: str) -> str:
    """The clause up to where its charge begins, without the words that only sneer."""
    return _CHARGE.sub("", " ".join(_SNEERS.sub("", clause).split()))
