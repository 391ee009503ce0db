"""Playbook changes in owners' words, until they are published."""

from __future__ import annotations

from dataclasses import dataclass

from mend.db.engine import Database
from mend.db.mapping import row


@dataclass(frozen=True, slots=True)
class Draft:
    """A playbook change in the words of a note's owner, who is kept only to be told."""

    id: str
    owner: str
    title: str
    words: str
    may_tell: bool


@dataclass(frozen=True)
class Drafts:
    """Gone with the message that tells their owner of the publishing."""

    db: Database

    def keep(self, draft: Draft) -> None:
        self.db.insert("drafts", **row(draft))

    def get(self, draft: str) -> Draft | None:
        return self.db.one(
            Draft, "select * from drafts where workspace = :workspace and id = ?", draft
        )

    def forget(self, draft: str) -> None:
        self.db.change("delete from drafts where workspace = :workspace and id = ?", draft)
