"""Versions of a playbook: how an edit becomes one, and how two edits of one version are joined."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from enum import StrEnum
from operator import attrgetter
from typing import Any

from mend.people.model import Role
from mend.playbooks.model import DEFAULT_ASK, PHRASES_WANTED, Authority, Playbook, Problem, Severity

KEPT_PER_PLAYBOOK = 50

# Field of a playbook → what admins read for it, in the order in which agents meet it.
PARTS = {
    "title": "Title",
    "say_first": "Say first",
    "ask": "Ask",
    "authority": "You may, without asking",
    "do": "Do",
    "avoid": "Avoid",
    "if_stuck": "If stuck",
    "close": "Close",
    "summary": "When it helps",
    "phrases": "How customers say it",
    "not_for": "Not when they say",
    "category": "Category",
    "owner": "Who keeps it right",
    "review_days": "Days a check holds",
    "scripts": "Words to send",
    "verified": "Last checked",
    "state": "State",
}
# What a playbook cannot do without, in the order in which a call needs it.
_WANTED = {
    "say_first": "write what to say first",
    "do": "write what to do, a step a line",
    "close": "write what to read back at the end",
    "phrases": f"write how customers say it, in {PHRASES_WANTED} ways or more",
    "summary": "say in one line when it helps",
    "owner": "say who keeps it right",
}
# The lines below what they may do: of an entry's field, and how it is called there.
MAY_LINES = {
    **{role.word: role.word.capitalize() for role in Role},
    "next": "Above it, ask",
    "reach": "Reach them",
    "record": "Note down",
}


class RevisionState(StrEnum):
    """What a version is: somebody's draft, on its way into the file, or a part of the history."""

    DRAFT = "draft"
    PUBLISHING = "publishing"
    PUBLISHED = "published"
    FILE = "file"  # found on the disk
    SET_ASIDE = "set aside"  # a draft that was dropped, or lost to somebody else's change


@dataclass(frozen=True, slots=True)
class Revision:
    """A version of a playbook's file. `base` is the digest of the version it was made from, ""
    for a new playbook. `author` is empty for the file's own. `sources` are the drafts of notes
    and the suggestions that it answers. Ids count up in the order of events; 0 is none yet.
    """

    slug: str
    author: str
    at: datetime
    text: str
    digest: str
    base: str
    state: RevisionState
    sources: tuple[str, ...] = ()
    id: int = 0


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What an agent would change in a playbook; who said it is kept apart, only to be told.

    `words` are empty where it was only said to be out of date; `verified` is the version's day.
    """

    id: str
    slug: str
    words: str
    is_outdated: bool
    verified: date | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Merge:
    """What to change in another version so that it holds mine, too.

    `changes` overlap with nothing of theirs; `clashes` would overwrite something.
    """

    changes: dict[str, Any] = field(default_factory=dict)
    clashes: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """What one part said and says now; empty where it said nothing."""

    part: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A playbook in the list. `standing` is what there is to say of it, beside its title."""

    slug: str
    title: str
    category: str = ""
    standing: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """One of a playbook's versions, and what it changed; None where that cannot be told."""

    revision: Revision
    title: str
    changes: tuple[Change, ...] | None
    is_current: bool  # it is how the file stands
    may_restore: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """A playbook as one admin has it before them: their draft, or the file.

    `base` is the digest of the file's version it would replace, "" where there is none, and
    `there` that of the version the file has, where it is another one that clashes.
    `underneath` are the parts that changed in the file since the draft was begun, and `clashes`
    those that both changed: theirs before, mine now. `book` is None where the text cannot be
    read; then `good` is the last version that could be.
    """

    slug: str
    title: str
    text: str
    base: str
    book: Playbook | None
    problems: tuple[Problem, ...] = ()
    draft: Revision | None = None
    underneath: tuple[str, ...] = ()
    clashes: tuple[Change, ...] = ()
    there: str = ""
    good: Revision | None = None
    sources: tuple[str, ...] = ()  # the words of the notes and suggestions that it answers

    @property
    def digest(self) -> str:
        return digest_of(self.text)

    @property
    def errors(self) -> list[str]:
        """What keeps it from agents, each in a sentence."""
        return [said_of(each) for each in self.problems if each.severity is Severity.ERROR]

    @property
    def next(self) -> str:
        """The one thing to do next; empty where nothing is missing."""
        if self.book is None:
            return ""
        if self.errors:
            return f"put this right. {self.errors[0]}"
        for name, wanted in _WANTED.items():
            value = getattr(self.book, name)
            if not value or name == "phrases" and len(value) < PHRASES_WANTED:
                return f"{wanted}."
        warnings = [each for each in self.problems if each.severity is Severity.WARNING]
        for each in warnings:
            if each.field != "verified":
                return said_of(each)
        return "look whether all of it is still right." if warnings and not self.draft else ""


def digest_of(text: str) -> str:
    """What a version of a file is known by: the SHA-256 of its bytes."""
    return hashlib.sha256(text.encode()).hexdigest()


def said_of(problem: Problem) -> str:
    """A problem by its part, without file and line."""
    part = PARTS.get(problem.field, "")
    return f"{part}: {problem.says} {problem.fix}".removeprefix(": ").strip()


def differences(before: Playbook | None, now: Playbook) -> tuple[Change, ...]:
    """What changed, part by part; of a list only the items that came, went or are other ones."""
    found = []
    for name, part in PARTS.items():
        was, new = said(before, name) if before else (), said(now, name)
        if was != new:
            gone = [item for item in was if item not in new]
            came = [item for item in new if item not in was]
            if not (gone or came):  # only their order is another one
                gone, came = list(was), list(new)
            found.append(Change(part, "\n".join(gone), "\n".join(came)))
    return tuple(found)


def said(book: Playbook, name: str) -> tuple[str, ...]:
    """What a field says, item by item, as people read it."""
    value = getattr(book, name)
    if name == "authority":
        return tuple(map(may_text, value))
    if name == "scripts":
        return tuple(f"{script.name}\n{script.text}" for script in value)
    if name == "ask" and value == DEFAULT_ASK or not value:
        return ()
    if isinstance(value, date):
        return (f"{value:%-d %B %Y}",)
    return value if isinstance(value, tuple) else (str(value),)


def may_text(may: Authority) -> str:
    """What they may do, and below it, a line each, with which limit and what comes above it."""
    values = may.limits | {"next": may.next, "reach": may.reach, "record": may.record}
    below = [f"{label}: {values[key]}" for key, label in MAY_LINES.items() if values.get(key)]
    return "\n".join([may.what, *below])


def merge(base: Playbook, mine: Playbook, theirs: Playbook) -> Merge:
    """Join two edits of one version, field by field, and item by item where items have names."""
    merged = Merge()
    for name in (each.name for each in fields(Playbook) if each.name not in ("slug", "digest")):
        was, own, other = (getattr(book, name) for book in (base, mine, theirs))
        if own in (was, other):
            continue
        joined = _joined(name, was, own, other) if other != was else Merge({name: own})
        merged.changes.update(joined.changes)
        merged.clashes.update(joined.clashes)
    return merged


_NAME_OF: Mapping[str, Callable[[Any], str]] = {
    "phrases": str,
    "not_for": str,
    "authority": attrgetter("what"),
    "scripts": attrgetter("name"),
}


def _joined(name: str, was: Any, own: Any, other: Any) -> Merge:
    """Both changed the field. Their order is kept; what only I have comes last."""
    if name not in _NAME_OF:
        return Merge(clashes={name: own})
    before, mine, theirs = (
        {_NAME_OF[name](item): item for item in items} for items in (was, own, other)
    )
    if (len(before), len(mine), len(theirs)) != (len(was), len(own), len(other)):
        return Merge(clashes={name: own})  # two of one name cannot be told apart
    careful, forced = dict(theirs), dict(theirs)
    for key in [*mine, *(before.keys() - mine.keys())]:
        new, found = mine.get(key), theirs.get(key)
        if new not in (before.get(key), found):
            forced[key] = new
            if found == before.get(key):
                careful[key] = new
    kept, won = (tuple(filter(None, items.values())) for items in (careful, forced))
    changes = {name: kept} if kept != other else {}
    return Merge(changes, {name: won} if won != kept else {})
