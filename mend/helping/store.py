"""Requests for a hand, as rows."""

from __future__ import annotations

from dataclasses import dataclass

from mend.db.engine import Database
from mend.db.mapping import row
from mend.db.personal import Personal, impersonal
from mend.helping.model import Hand

PERSONAL = (
    Personal("hands.asker", "whoever asks", "deleted, or closed"),
    Personal("hands.context", "whoever asks", "deleted, or closed"),
    Personal("hands.taker", "the supervisor who takes it", "deleted, or closed"),
)
IMPERSONAL = impersonal("hands", "id workspace entry asked_at state")


@dataclass(frozen=True)
class HelpStore:
    """Who asked whom for a hand, until it is closed."""

    db: Database

    def open(self, hand: Hand) -> None:
        self.db.insert("hands", **row(hand))

    def get(self, hand: str) -> Hand | None:
        return self.db.one(
            Hand, "select * from hands where workspace = :workspace and id = ?", hand
        )

    def about(self, entry: str) -> Hand | None:
        """The request about this note that is not closed."""
        return self.db.one(
            Hand,
            "select * from hands where workspace = :workspace and entry = ? and state <> 'closed'",
            entry,
        )

    def held_by(self, person: str) -> list[Hand]:
        """The requests that are not closed and that this person made or took."""
        return self.db.all(
            Hand,
            "select * from hands where workspace = :workspace and state <>"
            " 'closed' and ? in (asker, taker)",
            person,
        )

    def open_for(self, supervisor: str) -> list[Hand]:
        """The requests that nobody has taken and this supervisor was told of, oldest first."""
        return self.db.all(
            Hand,
            "select * from hands where workspace = :workspace and state = 'open' and exists"
            " (select 1 from posts where posts.workspace = hands.workspace"
            "  and subject = 'hand:' || hands.id || ':' || :supervisor) order by asked_at",
            supervisor=supervisor,
        )

    def update(self, hand: Hand) -> Hand:
        """Raises Stale unless its version is the one in the store."""
        return self.db.update("hands", hand)
