"""What people type into a note: made fit to keep, and looked at before others may read it."""

from __future__ import annotations

from dataclasses import dataclass

from mend.db.model import Refused
from mend.ownit.model import Note, check_length
from mend.text.guard import Guard
from mend.text.privacy_slips import is_privacy_slip
from mend.text.redaction import undoable
from mend.text.redactor import Redactor
from mend.text.slack_text import plain
from mend.text.wording import Encoder, about, is_distress, judge, rewrite

BLAMES = (
    "The team would read blame in these words. Say what happened, step by step, without a verdict"
    " on anybody, yourself included. It stays saved, for you alone."
)

KIND_NAMES = {
    "card": "a card number",
    "security_code": "a security code",
    "expiry": "an expiry date",
    "account": "a bank account",
    "email": "an e-mail address",
    "phone": "a phone number",
    "national_id": "a national ID",
    "password": "a password",
    "code": "a one-time code",
    "secret": "a key or a secret link",
    "date_of_birth": "a date of birth",
    "address": "an address",
    "name": "a name",
    "colleague": "a colleague's name",
}


@dataclass(frozen=True, slots=True)
class Safe:
    """Text fit to keep, and the kinds of personal data that were masked in it.

    `may_write_back`: some of it may be written back, where it was not personal after all.
    """

    text: str
    masked: tuple[str, ...]
    may_write_back: bool


@dataclass(frozen=True, slots=True)
class Nudge:
    """A note's words read as blame; `rewrite` says the same neutrally, where that can be done."""

    rewrite: str | None


@dataclass(frozen=True)
class Words:
    """Reads them; keeps nothing."""

    redactor: Redactor
    guard: Guard

    def safe(self, text: str, *, as_written: bool = False) -> Safe:
        """What a person typed, fit to keep. `as_written` masks only what nobody may write back.

        Raises Refused for a text that is too long, before time is spent on reading it.
        """
        words = plain(text)
        check_length(words)
        masked = self.redactor.words(words, as_written=as_written)
        kinds = tuple(KIND_NAMES.get(found.type, "personal data") for found in masked.found)
        return Safe(masked.text, kinds, any(undoable(found) for found in masked.found))

    def nudge(self, note: Note) -> Nudge | None:
        """What to say to the owner where the note reads as blame, of others or of oneself."""
        if is_distress(note.text) or not self.guard.blames(*texts(note)):
            return None
        return Nudge(self.neutral(note))

    def neutral(self, note: Note) -> str | None:
        """The same without blame, where that can be said."""
        return rewrite(note.text, self.guard.encoder)

    def must_wait(self, *typed: str) -> bool:
        """Whether nobody but their writer is to read these yet."""
        return any(is_distress(text) for text in typed) or self.guard.blames(*typed)

    def check(self, note: Note) -> None:
        """Raises Refused for words that the team must not read."""
        if self.guard.blames(*texts(note)):
            raise Refused(BLAMES, "happened")


def texts(note: Note) -> list[str]:
    """What its owner wrote in it."""
    return [note.text, note.did, note.would_help]


def tells_of_a_privacy_slip(note: Note) -> bool:
    """Whether somebody's personal data went astray in it."""
    return is_privacy_slip(f"{note.text}\n{note.did}")


def rehearse(encoder: Encoder | None) -> None:
    """Read a note that is none, so that the first real one does not wait for compiled patterns."""
    words = Redactor(tuple).typed("The refund went to the wrong card, and I called back.").text
    judge(words, encoder)
    rewrite(words, encoder)
    is_distress(words)
    is_privacy_slip(words)
    about(words)
