"""What the library learns from use: phrases that led to the right playbook, and what is missing.

Numbers here are about playbooks, never about people. Who asked is kept apart, thirty days at
most, only to tell them once that what was missing exists.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from mend.people.model import Role
from mend.playbooks.model import Authority, Playbook

PHRASES_CAP = 20  # learned ones per playbook; an admin adopts the good ones into the file
PENDING_OF_ONE = 20  # of one person, that nobody else used yet
SERVED_AFTER_PEOPLE = 2
PHRASE_WORDS = range(2, 13)
NEAR_DUPLICATE = 0.8  # share of words in common (Jaccard)
RELATED = 0.4  # the same, of words that a changed playbook is meant to answer
KEEP_ASKERS = timedelta(days=30)
KEEP_USES = timedelta(days=90)
KEEP_GAPS = timedelta(days=90)  # since somebody asked last
KEEP_COUNTS = timedelta(days=366)
MOST_USED_WINDOW = timedelta(weeks=4)
USE_WINDOW = timedelta(days=90)
ASKED_LENGTH = 180  # of what was asked, as far as the controls under an answer carry it
COMPETE_WITHIN = 0.05  # of the closeness: the words would find either
COMPETE_OFTEN = 3  # times in the window; below that it was chance
NEAR, NEAR_AT_ALL = 0.7, 0.2  # of the best one's closeness, and the least: what else it may be
QUANTITIES = {4: "many people", 2: "several people", 1: "a few people"}  # times k


@dataclass(frozen=True, slots=True)
class Gap:
    """What was looked for and not found: a theme, or words that were sent or used by two people.

    `reason` is why it was dismissed; a dismissed one stays closed until two people ask again.
    """

    id: str
    theme: str
    words: str
    at: datetime
    closed_at: datetime | None = None
    reason: str = ""
    quantity: str = ""  # of who ask about its theme, in a word, as the last day ended


@dataclass(frozen=True, slots=True)
class Use:
    """What became of one playbook's answers in some days; about nobody."""

    slug: str
    shown: int
    worked: int
    not_this: int


@dataclass(frozen=True, slots=True)
class LearnedPhrase:
    """A phrase that led to a playbook, and how many people used it."""

    id: int
    slug: str
    phrase: str
    people: int
    people_shown: int = 0  # as the last day ended: that is what admins see

    @property
    def is_served(self) -> bool:
        """Whether others find the playbook by it; until then it waits for a second person."""
        return self.people >= SERVED_AFTER_PEOPLE


@dataclass(frozen=True, slots=True)
class Theme:
    """What is open about one theme; `quantity` says in a word how many ask, or nothing."""

    name: str
    quantity: str
    gaps: Sequence[Gap]


def phrase_worth_keeping(
    words: str, book: Playbook, known: Collection[LearnedPhrase]
) -> str | None:
    """The phrase to find `book` by; None where it adds nothing or holds too much.

    `known` are the book's phrases, served or waiting. Nearly the words of one that waits are that
    one: so a second person's words count for it. Masked text is left out: what is left around a
    card number is a sentence about a customer.
    """
    phrase = " ".join(words.split()).strip(" .,!?\"'“”")
    tokens = _tokens(phrase)
    if len(tokens) not in PHRASE_WORDS or not holds_nobody(phrase):
        return None
    served = [each.phrase for each in known if each.is_served]
    if len(served) >= PHRASES_CAP:
        return None
    finding = [_tokens(each) for each in (book.title, *book.phrases, *served)]
    if any(_overlap(tokens, each) >= NEAR_DUPLICATE for each in finding):
        return None
    waiting = [each.phrase for each in known if not each.is_served]
    return max(
        (each for each in waiting if overlap(phrase, each) >= NEAR_DUPLICATE),
        key=lambda each: overlap(phrase, each),
        default=phrase,
    )


def holds_nobody(words: str) -> bool:
    """Whether nothing in (masked) words is of one customer: no masked place, no long number."""
    return "[" not in words and not re.search(r"\d{5}", words)


def overlap(one: str, other: str) -> float:
    """The share of their words that two texts have in common."""
    return _overlap(_tokens(one), _tokens(other))


def quantity(people: int, k: int) -> str:
    """Never a count of people: a word from k on, nothing below, where it would point."""
    return next((word for times, word in QUANTITIES.items() if people >= times * k), "")


def theme_of(closest: Playbook | None) -> str:
    """What a miss was about, in one word that holds nothing of what was typed."""
    return closest.category if closest and closest.category else "something new"


def _tokens(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.casefold()))


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 1.0


@dataclass(frozen=True, slots=True)
class Say:
    """What one role may do about a problem: by itself, and (by whom to ask first) not by itself."""

    may: tuple[str, ...]
    asks: Mapping[str, tuple[str, ...]]


def say_of(book: Playbook, role: Role) -> Say:
    """A line stands on one side only: a limit that is not set is never guessed."""
    may: list[str] = []
    asks: dict[str, tuple[str, ...]] = {}
    for each in book.authority:
        limit = limit_of(each, role)
        if limit is None:
            is_own = each.next.casefold() == role.word
            whom = f"another {role.word}" if is_own else each.next
            asks[whom] = (*asks.get(whom, ()), each.what)
        elif limit == "no limit":
            may.append(each.what)
        else:
            up_to = "up to " if re.match(r"\W*\d", limit) else ""
            may.append(f"{each.what} ({up_to}{limit})")
    return Say(tuple(may), asks)


def limit_of(authority: Authority, role: Role) -> str | None:
    """The role's own, or else what the roles below it may."""
    below = (authority.limits.get(Role(n).word) for n in range(role, 0, -1))
    return next((limit for limit in below if limit is not None), None)
