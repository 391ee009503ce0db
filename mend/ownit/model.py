"""A note somebody owned: what happened, who may see it, and what its owner may still do with it."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from mend.db.model import Refused

EDIT_WINDOW = timedelta(minutes=10)
SAME_WORDS_WINDOW = timedelta(minutes=10)
KEEP_ANSWERS = timedelta(days=14)  # of a note that is gone: until their week is surely closed
CLOSES_AFTER = timedelta(days=60)  # a note that nobody closed closes by itself
TEXT_LIMIT = 3000  # Slack's limit for one text input of a form, so that every note can be edited


class Visibility(StrEnum):
    """Who sees a note. Nothing is shown to others unless its owner chose so."""

    ONLY_ME = "only_me"  # never counted anywhere
    WITHOUT_NAME = "without_name"  # counted where enough people stand behind a line; not posted
    AS_ME = "as_me"


@dataclass(frozen=True, slots=True)
class Note:
    """One note. `version` counts its changes; a writer says which version it saw."""

    id: str
    team: str
    owner: str
    text: str
    created_at: datetime
    did: str = ""
    would_help: str = ""
    visibility: Visibility = Visibility.ONLY_ME
    version: int = 1
    repaired_at: datetime | None = None
    closed_at: datetime | None = None
    learned: str = ""
    link: str = ""  # to the owner's own message it is about
    chosen: bool = False  # its owner said who sees it

    @property
    def is_shown(self) -> bool:
        return self.visibility is Visibility.AS_ME

    @property
    def is_decided(self) -> bool:
        """Whether there is nothing to ask about who sees it."""
        return self.chosen or self.visibility is not Visibility.ONLY_ME


@dataclass(frozen=True, slots=True)
class Owned:
    """A note after a step of its owner's, and the keys of the jobs that are due now.

    `masked` are the kinds of personal data that were just masked; some of it `may_write_back` its
    owner. `said_before`: the step was taken already, so there is still one note.
    """

    note: Note
    jobs: tuple[str, ...] = ()
    said_before: bool = False
    masked: tuple[str, ...] = ()
    may_write_back: bool = False


def new_note(
    team: str,
    owner: str,
    text: str,
    now: datetime,
    *,
    did: str = "",
    would_help: str = "",
    visibility: Visibility = Visibility.ONLY_ME,
    link: str = "",
) -> Note:
    """A note as its owner wrote it. Raises Refused where there is nothing to keep, or too much."""
    _check(text, "happened")
    _check(did, "did", required=False)
    _check(would_help, "would_help", required=False)
    return Note(
        id=secrets.token_hex(8),
        team=team,
        owner=owner,
        text=text,
        created_at=now,
        did=did,
        would_help=would_help,
        visibility=visibility,
        link=link,
    )


def edited(note: Note, text: str, now: datetime) -> Note:
    """The note with new words. Raises Refused once ten minutes have passed."""
    check_editable(note, now)
    _check(text, "happened")
    return replace(note, text=text)


def check_editable(note: Note, now: datetime) -> None:
    """Raises Refused once the note can no longer be edited."""
    if not can_edit(note, now):
        raise Refused(
            "A note can be edited for ten minutes. You can still withdraw it and own it again,"
            " or add to it in its thread."
        )


def can_edit(note: Note, now: datetime) -> bool:
    return now - note.created_at <= EDIT_WINDOW


def closed_by_age(note: Note) -> Note:
    """The note as it closed by itself: counted from its writing, however late that is noticed."""
    return replace(note, closed_at=note.created_at + CLOSES_AFTER)


def check_owner(note: Note, person: str) -> Note:
    """The note, if `person` wrote it; raises Refused for anybody else."""
    if note.owner != person:
        raise Refused("Only the person who wrote this note can do that.")
    return note


def same_words(one: str, other: str) -> bool:
    """Whether two texts say the same to a reader: letters and digits, in order, case aside."""
    return _letters(one) == _letters(other)


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.casefold()).strip() or text.strip()


def _check(text: str, field: str, *, required: bool = True) -> None:
    if required and not text.strip():
        raise Refused("Say in a few words what happened, for example: sent the wrong form.", field)
    check_length(text, field)


def check_length(text: str, field: str | None = None) -> None:
    """Raises Refused for a text that is longer than a note holds."""
    if len(text) > TEXT_LIMIT:
        raise Refused(
            f"That is {len(text):,} characters; a note holds {TEXT_LIMIT:,}. Please shorten it.",
            field,
        )
