"""Promises to customers, as rows."""

from dataclasses import dataclass

from mend.db.engine import Database
from mend.db.mapping import row
from mend.db.personal import Personal, impersonal
from mend.promises.model import Promise

PERSONAL = (
    Personal(
        "promises.owner", "the note's owner", "deleted, or its note is gone and it is settled"
    ),
    Personal("promises.what", "the note's owner", "deleted, or its note is gone and it is settled"),
)
IMPERSONAL = impersonal("promises", "id workspace note due_at state team")


@dataclass(frozen=True)
class PromiseStore:
    """Promises outlive their note: an open one is the customer's."""

    db: Database

    def add(self, promise: Promise) -> None:
        self.db.insert("promises", **row(promise))

    def get(self, promise: str) -> Promise | None:
        return self.db.one(
            Promise, "select * from promises where workspace = :workspace and id = ?", promise
        )

    def unsettled_of(self, owner: str) -> list[Promise]:
        """The owner's that are open or handed over, soonest first."""
        return self.db.all(
            Promise,
            "select * from promises where workspace = :workspace and owner = ? and state <> 'done'"
            " order by due_at, rowid",
            owner,
        )

    def of_note(self, note: str) -> list[Promise]:
        """Those made from it, soonest first."""
        made = "workspace = :workspace and note = ?"
        return self.db.all(
            Promise, f"select * from promises where {made} order by due_at, rowid", note
        )

    def outlived_note(self, promise: Promise) -> bool:
        """Whether the note it was made from is gone."""
        there = "select 1 from notes where id = ? and withdrawn_at is null"
        return self.db.one(int, there, promise.note) is None

    def update(self, promise: Promise) -> Promise:
        """Raises Stale unless its version is the one in the store."""
        return self.db.update("promises", promise)
