"""Playbook changes in owners' words, until they are published."""

from __future__ import annotations

from dataclasses import dataclass

from mend.db.engine import Database
from mend.db.mapping import row
from mend.db.personal import Personal, impersonal

_NOTE_IS = "withdrawn, expired, deleted, or published"
PERSONAL = (
    Personal("drafts.owner", "the note's owner", _NOTE_IS),
    Personal("drafts.title", "the note's owner", _NOTE_IS),
    Personal("drafts.words", "the note's owner", _NOTE_IS),
    Personal("drafts/note-*.md", "the note's owner", _NOTE_IS),
)
IMPERSONAL = impersonal("drafts", "id workspace note")


@dataclass(frozen=True, slots=True)
class Draft:
    """A playbook change in the words of a note's owner, who is kept only to be told."""

    id: str
    owner: str
    title: str
    words: str
    may_tell: bool
    note: str = ""  # the note it came from


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

    def of_note(self, note: str) -> list[Draft]:
        """Those made from the note that were not published."""
        mine = "workspace = :workspace and note = ?"
        return self.db.all(Draft, f"select * from drafts where {mine} order by rowid", note)

    def of_owner(self, owner: str) -> list[Draft]:
        """The person's, whatever became of the notes."""
        mine = "workspace = :workspace and owner = ?"
        return self.db.all(Draft, f"select * from drafts where {mine} order by rowid", owner)

    def forget(self, draft: str) -> None:
        self.db.change("delete from drafts where workspace = :workspace and id = ?", draft)

    def take_back(self, draft: str, name: str) -> None:
        """Forget it, with what admins began from its file (`name`) and did not publish."""
        began = (
            "from revisions where workspace = :workspace and state in ('draft', 'set aside')"
            " and exists (select 1 from json_each(sources) where value = :name)"
        )
        with self.db.transaction():
            self.forget(draft)
            self.db.change(  # the slug of one that was never a playbook is the note's title
                "update audit set subject = :name where workspace = :workspace"
                f" and subject in (select slug {began} and base = '')"
                " and subject not in (select slug from revisions"
                "  where workspace = :workspace and state not in ('draft', 'set aside'))",
                name=name,
            )
            self.db.change(f"delete {began}", name=name)
