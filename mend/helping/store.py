"""Requests for a hand, and the messages about them, as rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mend.db.engine import Database
from mend.db.mapping import row
from mend.db.personal import Personal, impersonal
from mend.helping.model import Hand, HandMessage, HandState, Part

_HERE = "workspace = :workspace"
_LIVE = f"{_HERE} and state <> 'closed'"

PERSONAL = (
    Personal("hands.asker", "whoever asks", "deleted, or closed"),
    Personal("hands.context", "whoever asks", "deleted, or closed"),
    Personal("hands.taker", "the supervisor who takes it", "deleted, or closed"),
    Personal("hand_messages.person", "whoever reads it", "deleted, or closed"),
)
IMPERSONAL = impersonal(
    "hands", "id workspace entry asked_at state team playbook promise due_at outcome"
) + impersonal("hand_messages", "workspace subject hand part")


@dataclass(frozen=True)
class HelpStore:
    """Who asked whom for a hand, until it is closed."""

    db: Database

    def open(self, hand: Hand) -> None:
        self.db.insert("hands", **row(hand))

    def get(self, hand: str) -> Hand | None:
        return self.db.one(Hand, f"select * from hands where {_HERE} and id = ?", hand)

    def about(self, entry: str) -> Hand | None:
        """The request about this note that is not closed."""
        return self.db.one(Hand, f"select * from hands where {_LIVE} and entry = ?", entry)

    def about_promise(self, promise: str) -> Hand | None:
        """The latest request about this promise, closed or not."""
        sql = f"select * from hands where {_HERE} and promise = ? order by asked_at desc limit 1"
        return self.db.one(Hand, sql, promise)

    def about_customer(self, asker: str, *, is_call: bool) -> Hand | None:
        """What this person asked about a customer's problem, or to be called themselves."""
        sql = f"select * from hands where {_LIVE} and asker = ? and entry = '' and promise = ''"
        return self.db.one(Hand, f"{sql} and (context || playbook = '') = ?", asker, is_call)

    def live(self) -> list[Hand]:
        return self.db.all(Hand, f"select * from hands where {_LIVE}")

    def asked_by(self, person: str) -> list[Hand]:
        """What this person asked for and is not closed, oldest first."""
        sql = f"select * from hands where {_LIVE} and asker = ? order by asked_at"
        return self.db.all(Hand, sql, person)

    def held_by(self, person: str) -> list[Hand]:
        """The requests that are not closed and that this person made or took."""
        return self.db.all(
            Hand, f"select * from hands where {_LIVE} and ? in (asker, taker)", person
        )

    def open_for(self, supervisor: str) -> list[Hand]:
        """The requests that nobody has taken and this supervisor was told of, oldest first."""
        return self.db.all(
            Hand,
            "select * from hands where workspace = :workspace and state = 'open' and exists"
            " (select 1 from hand_messages where hand_messages.workspace = hands.workspace"
            "  and hand = hands.id and part = 'lead' and person = :supervisor) order by asked_at",
            supervisor=supervisor,
        )

    def update(self, hand: Hand) -> Hand:
        """Raises Stale unless its version is the one in the store."""
        return self.db.update("hands", hand)

    def forget_closed(self, before: datetime) -> None:
        """What a late press is answered from; not while a message is still to be taken back."""
        self.db.change(
            f"delete from hands where {_HERE} and state = ? and coalesce(due_at, asked_at) < ?"
            " and id not in (select hand from hand_messages)",
            *(HandState.CLOSED, before),
        )

    def messages(self, hand: str) -> list[HandMessage]:
        sql = f"select * from hand_messages where {_HERE} and hand = ? order by part = 'taken' desc"
        return self.db.all(HandMessage, sql, hand)

    def message(self, subject: str) -> HandMessage | None:
        sql = f"select * from hand_messages where {_HERE} and subject = ?"
        return self.db.one(HandMessage, sql, subject)

    def add_message(self, message: HandMessage) -> None:
        self.db.insert("hand_messages", **row(message))

    def remove_message(self, subject: str) -> None:
        self.db.change(f"delete from hand_messages where {_HERE} and subject = ?", subject)

    def readers(self, hand: str, part: Part) -> list[str]:
        """Who has that message about it."""
        sql = f"select person from hand_messages where {_HERE} and hand = ? and part = ?"
        return self.db.all(str, f"{sql} and person <> ''", hand, part)

    def forget_reader(self, person: str) -> None:
        """What stands is still to be taken back, so where it stands is kept, under nobody."""
        self.db.change(f"update hand_messages set person = '' where {_HERE} and person = ?", person)
