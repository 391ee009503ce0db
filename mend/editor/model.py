"""Versions of a playbook: how an edit becomes one, and how two edits of one version are joined."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from difflib import unified_diff
from enum import StrEnum
from operator import attrgetter
from typing import Any

from mend.playbooks.model import Authority, Playbook, Problem, Severity

KEPT_PER_PLAYBOOK = 50


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
class Sheet:
    """A playbook as one admin has it before them: their draft, or the file.

    `base` is the digest of the file's version it would replace, "" where there is none, and
    `there` that of the version the file has, where it is another one that clashes.
    `underneath` is what changed in the file since the draft was begun, and `clashes` are the
    fields that both changed. `book` is None where the text cannot be read; then `good` is the
    last version that could be.
    """

    slug: str
    text: str
    base: str
    book: Playbook | None
    problems: tuple[Problem, ...] = ()
    draft: Revision | None = None
    underneath: str = ""
    clashes: tuple[str, ...] = ()
    there: str = ""
    good: Revision | None = None
    sources: tuple[str, ...] = ()  # the words of the notes and suggestions that it answers

    @property
    def digest(self) -> str:
        return digest_of(self.text)

    @property
    def errors(self) -> list[Problem]:
        return [each for each in self.problems if each.severity is Severity.ERROR]


@dataclass(frozen=True, slots=True)
class LimitLine:
    """Something that a playbook lets people do, and up to what it lets each role."""

    book: Playbook
    entry: Authority

    @property
    def key(self) -> tuple[str, str]:
        """Slug, and what is allowed."""
        return self.book.slug, self.entry.what


def digest_of(text: str) -> str:
    """What a version of a file is known by: the SHA-256 of its bytes."""
    return hashlib.sha256(text.encode()).hexdigest()


def difference(before: str, after: str) -> str:
    """What changed, line by line, with the lines round it."""
    lines = unified_diff(before.split("\n"), after.split("\n"), lineterm="", n=2)
    return "\n".join(list(lines)[2:])  # without the two file names


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
