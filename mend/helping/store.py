"""Requests for a hand, and the messages about them, as rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from mend.db.engine import Database
from mend.db.mapping import row
from mend.db.personal import Personal, impersonal
from mend.helping.model import HelpMessage, HelpRequest, HelpState, Part

_HERE = "workspace = :workspace"
_ANY = f"select * from help_requests where {_HERE}"
_LIVING = f"{_ANY} and state <> 'closed'"
_MESSAGES = f"select * from help_messages where {_HERE}"

PERSONAL = (
    Personal("help_requests.asker", "whoever asks", "deleted, or closed"),
    Personal("help_requests.context", "whoever asks", "deleted, or closed"),
    Personal("help_requests.taker", "the supervisor who takes it", "deleted, or closed"),
    Personal("help_messages.person", "whoever reads it", "deleted, or closed"),
    Personal("help_asks.mark", "whoever asks, by a mark", "deleted, or an hour"),
)
IMPERSONAL = impersonal(
    "help_requests", "id workspace note asked_at state team playbook promise due_at outcome"
) + impersonal("help_messages", "workspace subject help_request part")
IMPERSONAL += impersonal("help_asks", "workspace at")


@dataclass(frozen=True)
class HelpStore:
    """Who asked whom for a hand, until it is closed."""

    db: Database

    def open(self, help_request: HelpRequest) -> None:
        self.db.insert("help_requests", **row(help_request))

    def get(self, help_request: str) -> HelpRequest | None:
        return self.db.one(HelpRequest, f"{_ANY} and id = ?", help_request)

    def about(self, note: str) -> HelpRequest | None:
        """The request about this note that is not closed."""
        return self.db.one(HelpRequest, f"{_LIVING} and note = ?", note)

    def about_promise(self, promise: str) -> HelpRequest | None:
        """The latest request about this promise, closed or not."""
        sql = f"{_ANY} and promise = ? order by asked_at desc, rowid desc limit 1"
        return self.db.one(HelpRequest, sql, promise)

    def about_customer(self, asker: str, playbook: str, context: str) -> HelpRequest | None:
        """What this person asked about that playbook, else in those words, or to be called."""
        sql = f"{_LIVING} and asker = ? and note = '' and promise = '' and playbook = ?"
        return self.db.one(
            HelpRequest, f"{sql} and ? in (playbook, context)", asker, playbook, playbook or context
        )

    def live(self) -> list[HelpRequest]:
        return self.db.all(HelpRequest, f"{_LIVING} order by asked_at, rowid")

    def asked_by(self, person: str) -> list[HelpRequest]:
        """What this person asked for and is not closed, oldest first."""
        sql = f"{_LIVING} and asker = ? order by asked_at, rowid"
        return self.db.all(HelpRequest, sql, person)

    def held_by(self, person: str) -> list[HelpRequest]:
        """The requests that are not closed and that this person made or took."""
        return self.db.all(
            HelpRequest,
            f"{_LIVING} and ? in (asker, taker) order by asked_at, rowid",
            person,
        )

    def open_for(self, supervisor: str) -> list[HelpRequest]:
        """What they were told of and may answer: nobody's yet, then theirs; oldest first."""
        return self.db.all(
            HelpRequest,
            f"{_LIVING} and taker in ('', :supervisor) and exists"
            " (select 1 from help_messages where help_messages.workspace = help_requests.workspace"
            "  and help_request = help_requests.id and part = 'lead' and person = :supervisor)"
            " order by taker <> '', asked_at, rowid",
            supervisor=supervisor,
        )

    def update(self, help_request: HelpRequest) -> HelpRequest:
        """Raises Stale unless its version is the one in the store."""
        return self.db.update("help_requests", help_request)

    def forget_closed(self, before: datetime) -> None:
        """What a late press is answered from; not while a message is still to be taken back."""
        self.db.change(
            f"delete from help_requests where {_HERE} and state = ?"
            " and coalesce(due_at, asked_at) < ?"
            " and id not in (select help_request from help_messages)",
            *(HelpState.CLOSED, before),
        )

    def asks(self, person: str, since: datetime) -> int:
        """How often they asked after that."""
        sql = f"select count(*) from help_asks where {_HERE} and mark = ? and at > ?"
        return self.db.one(int, sql, _mark(person), since) or 0

    def note_ask(self, person: str, at: datetime) -> None:
        self.db.insert("help_asks", mark=_mark(person), at=at)

    def forget_asks(self, before: datetime) -> None:
        self.db.change(f"delete from help_asks where {_HERE} and at <= ?", before)

    def messages(self, help_request: str) -> list[HelpMessage]:
        sql = f"{_MESSAGES} and help_request = ? order by part = 'taken' desc, rowid"
        return self.db.all(HelpMessage, sql, help_request)

    def message(self, subject: str) -> HelpMessage | None:
        sql = f"{_MESSAGES} and subject = ?"
        return self.db.one(HelpMessage, sql, subject)

    def add_message(self, message: HelpMessage) -> None:
        self.db.insert("help_messages", **row(message))

    def remove_message(self, subject: str) -> None:
        self.db.change(f"delete from help_messages where {_HERE} and subject = ?", subject)

    def readers(self, help_request: str, part: Part) -> list[str]:
        """Who has that message about it."""
        sql = f"select person from help_messages where {_HERE} and help_request = ? and part = ?"
        return self.db.all(str, f"{sql} and person <> ''", help_request, part)

    def forget_reader(self, person: str) -> None:
        """What stands is still to be taken back, so where it stands is kept, under nobody."""
        self.db.change(f"update help_messages set person = '' where {_HERE} and person = ?", person)
        self.db.change(f"delete from help_asks where {_HERE} and mark = ?", _mark(person))


def _mark(person: str) -> str:
    return sha256(f"asks {person}".encode()).hexdigest()[:32]
