"""Notes and their owners' replies. A withdrawn note keeps a tombstone: no words, nobody's name."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

from mend.db.engine import Database
from mend.db.mapping import row
from mend.db.model import Stale
from mend.db.personal import Personal, impersonal
from mend.ownit.model import KEEP_ANSWERS, SAME_WORDS_WINDOW, Note, same_words

_LIVE = "withdrawn_at is null"
_NOTES = f"select * from notes where {_LIVE} and workspace = :workspace"

_NOTE_IS = "withdrawn, expired, deleted"
PERSONAL = (
    Personal("notes.owner", "the note's owner", _NOTE_IS),
    Personal("notes.text", "the note's owner", _NOTE_IS),
    Personal("notes.did", "the note's owner", _NOTE_IS),
    Personal("notes.would_help", "the note's owner", _NOTE_IS),
    Personal("notes.learned", "the note's owner", _NOTE_IS),
    Personal("notes.link", "the note's owner", _NOTE_IS),
    Personal("answers.owner", "the note's owner", "deleted, or its week is closed"),
    Personal("replies.text", "the note's owner", f"{_NOTE_IS}, or the reply is deleted"),
)
IMPERSONAL = (
    *impersonal("notes", "id workspace team request visibility"),
    *impersonal("notes", "created_at repaired_at withdrawn_at closed_at"),
    *impersonal("replies", "note ts deleted_at"),
    *impersonal("answers", "workspace team factors answered_at"),
)


@dataclass(frozen=True, slots=True)
class Said:
    """A reply of a note's owner; `ts` is Slack's, in seconds."""

    ts: str
    text: str

    @property
    def at(self) -> datetime:
        return datetime.fromtimestamp(float(self.ts), UTC)


@dataclass(frozen=True)
class NoteStore:
    """Notes; one that was withdrawn or has expired is found nowhere, only `was_closed` knows it."""

    db: Database

    def add(self, note: Note, request: str, *, even_if_same: bool = False) -> Note:
        """Keep `note`, or return the one already kept for this request, or for the same words

        of the same owner within ten minutes (unless `even_if_same`). Raises Stale where the
        request's note was withdrawn.
        """

        with self.db.transaction():
            if kept := self.db.one(Note, f"{_NOTES} and request = ?", request):
                return kept
            of_request = "select 1 from notes where workspace = :workspace and request = ?"
            if self.db.one(int, of_request, _of_gone(request)):
                raise Stale
            for kept in self.db.all(
                Note,
                f"{_NOTES} and owner = ? and created_at > ? order by created_at, rowid",
                *(note.owner, note.created_at - SAME_WORDS_WINDOW),
            ):
                if not even_if_same and same_words(kept.text, note.text):
                    return kept
            self.db.insert("notes", request=request, **row(note))
        return note

    def get(self, note: str) -> Note | None:
        return self.db.one(Note, f"{_NOTES} and id = ?", note)

    def of_thread(self, channel: str, ts: str) -> Note | None:
        """The note whose thread, or receipt in direct messages, stands there."""
        return self.db.one(
            Note,
            f"{_NOTES} and id = (select substr(subject, instr(subject, ':') + 1) from posts where"
            " posts.workspace = notes.workspace and channel = ? and ts = ?"
            " and (subject like 'thread:%' or subject like 'receipt:%'))",
            *(channel, ts),
        )

    def of_message(self, owner: str, request: str, link: str) -> Note | None:
        """The owner's newest note that was told by this request, or is about this message."""
        return self.db.one(
            Note,
            f"{_NOTES} and owner = ? and (request = ? or (link <> '' and link = ?))"
            " order by created_at desc, rowid desc limit 1",
            *(owner, request, link),
        )

    def mine(self, owner: str, *, limit: int, offset: int = 0) -> list[Note]:
        """The owner's notes, newest first."""
        return self.db.all(
            Note,
            f"{_NOTES} and owner = ? order by created_at desc, rowid desc limit ? offset ?",
            *(owner, limit, offset),
        )

    def update(self, note: Note) -> Note:
        """Raises Stale unless its version is the one in the store."""
        return self.db.update("notes", note)

    def withdraw(self, note: Note, now: datetime) -> None:
        """Erase the words and the owner, leave a tombstone. Raises Stale like `update`."""
        self._erase(note, now, _LIVE, closed_at="null")

    def expire(self, note: Note, now: datetime) -> None:
        """The same for a note whose time is over; raises Stale where it is not closed (now).

        What its owner answered still counts in the week of the answer, until that is closed.
        """
        with self.db.transaction():
            self.db.change(
                "insert into answers (workspace, team, owner, factors, answered_at)"
                " select workspace, team, owner, factors, answered_at from notes"
                f" join lookbacks on note = notes.id where id = ? and {_LIVE}"
                " and closed_at is not null and visibility <> 'only_me' and answered_at > ?",
                *(note.id, now - KEEP_ANSWERS),
            )
            self._erase(note, now, f"{_LIVE} and closed_at is not null", closed_at="closed_at")

    def _erase(self, note: Note, now: datetime, where: str, *, closed_at: str) -> None:
        with self.db.transaction():
            request = self.db.one(str, "select request from notes where id = ?", note.id) or ""
            changed = self.db.change(
                "update notes set request = ?, owner = null, text = null, did = null,"
                " would_help = null, learned = null, link = '', team = '', repaired_at = null,"
                f" closed_at = {closed_at},"
                f" version = version + 1, withdrawn_at = ? where id = ? and {where}",
                *(_of_gone(request), now, note.id),
            )
            if changed != 1:
                raise Stale
            for gone in (
                "replies where note = ?",
                "lookbacks where note = ?",
                # one that is not kept is the customer's: it stays until somebody settles it
                "promises where note = ? and state = 'done'",
            ):
                self.db.change(f"delete from {gone}", note.id)

    def forget_answers(self, before: datetime) -> None:
        """Drop what counted in weeks that are closed by now."""
        self.db.change("delete from answers where answered_at < ?", before)

    def was_closed(self, note: str) -> bool:
        """Whether the note is gone because it expired, rather than withdrawn."""
        expired = "withdrawn_at is not null and closed_at is not null"
        sql = f"select 1 from notes where workspace = :workspace and id = ? and {expired}"
        return bool(self.db.one(int, sql, note))

    def never_closed(self, written_before: datetime, limit: int) -> list[Note]:
        """The oldest open notes."""
        return self.db.all(
            Note,
            f"{_NOTES} and closed_at is null and created_at <= ?"
            " order by created_at, rowid limit ?",
            *(written_before, limit),
        )

    def closed(self, before: datetime, limit: int) -> list[Note]:
        """The notes that closed longest ago."""
        return self.db.all(
            Note,
            f"{_NOTES} and closed_at <= ? order by closed_at, rowid limit ?",
            *(before, limit),
        )

    def add_reply(self, note: Note, ts: str, text: str) -> None:
        """Keep or change one reply of the owner in the note's thread."""
        self.db.change(
            "insert into replies (note, ts, text)"
            f" select id, ?, ? from notes where id = ? and {_LIVE}"
            " on conflict (note, ts) do update set text = excluded.text"
            " where replies.deleted_at is null",
            *(ts, text, note.id),
        )

    def remove_reply(self, note: Note, ts: str, now: datetime) -> None:
        """Keep only that it was deleted, so that Slack's delivering it late does not bring it

        back.
        """
        self.db.change(
            "insert into replies (note, ts, text, deleted_at)"
            f" select id, ?, '', ? from notes where id = ? and {_LIVE}"
            " on conflict (note, ts) do update set text = '', deleted_at = excluded.deleted_at",
            *(ts, now, note.id),
        )

    def replies(self, note: Note) -> list[Said]:
        """The owner's replies, oldest first."""
        kept = "note = ? and deleted_at is null and text <> ''"
        sql = f"select ts, text from replies where {kept} order by ts"
        return self.db.all(Said, sql, note.id)

    def forget_tombstones(self, before: datetime) -> int:
        """Drops tombstones older than `before` whose thread Slack no longer shows."""
        return self.db.change(
            "delete from notes where withdrawn_at < ? and not exists (select 1 from posts"
            " where posts.workspace = notes.workspace and subject = 'thread:' || notes.id)"
            " and not exists (select 1 from promises where note = notes.id and state <> 'done')",
            before,
        )

    def asked_about(self, owner: str) -> list[Note]:
        """The owner's open notes that they were asked about and did not answer, oldest first."""
        return self.db.all(
            Note,
            "select notes.* from notes join lookbacks on note = notes.id"
            " where workspace = :workspace and owner = ? and withdrawn_at is null"
            " and closed_at is null and state in ('asked', 'left') and asked > 0"
            " order by created_at, notes.rowid",
            owner,
        )


def _of_gone(request: str) -> str:
    """By which the request of a note that is gone is known when it is delivered once more: the

    request itself names the channel of somebody's direct messages.
    """
    return hashlib.sha256(request.encode()).hexdigest()
