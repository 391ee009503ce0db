"""Versions of playbooks and suggestions for them; who suggested is kept apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from mend.db.engine import Database
from mend.db.mapping import row
from mend.db.personal import Personal, impersonal
from mend.editor.model import KEPT_PER_PLAYBOOK, Revision, RevisionState, Suggestion

_OPEN = "state in ('draft', 'publishing')"

PERSONAL = (
    Personal("revisions.author", "the admin who wrote it", "deleted"),
    Personal("revisions.text", "the admin who wrote it, while it is a draft", "deleted"),
    Personal("suggestions.words", "whoever made it", "deleted, or dealt with"),
    Personal("suggestion_askers.person", "whoever made it", "deleted, or 30 days"),
)
IMPERSONAL = (
    *impersonal("revisions", "workspace slug at digest base state sources"),
    *impersonal("suggestions", "id workspace slug verified at"),
    *impersonal("suggestion_askers", "suggestion at"),
)


@dataclass(frozen=True)
class RevisionStore:
    """Revisions, and suggestions with who made them apart."""

    db: Database

    def add(self, revision: Revision) -> int:
        """Keep a version; its id. Of each playbook's history the last fifty stay."""
        columns = {name: value for name, value in row(revision).items() if name != "id"}
        past = f"workspace = :workspace and slug = :slug and not {_OPEN}"
        names, values = ", ".join(columns), ", ".join(f":{name}" for name in columns)
        insert = f"insert into revisions (workspace, {names}) values (:workspace, {values})"
        with self.db.transaction():
            added = self.db.one(int, f"{insert} returning id", **columns)
            assert added is not None
            self.db.change(
                f"delete from revisions where {past} and id not in"
                f" (select id from revisions where {past} order by id desc limit :kept)",
                slug=revision.slug,
                kept=KEPT_PER_PLAYBOOK,
            )
        return added

    def get(self, revision: int) -> Revision | None:
        return self.db.one(
            Revision, "select * from revisions where workspace = :workspace and id = ?", revision
        )

    def set(self, revision: int, state: RevisionState) -> None:
        self.db.change(
            "update revisions set state = ? where workspace = :workspace and id = ?",
            *(state, revision),
        )

    def remove_draft(self, revision: int) -> bool:
        """False where it is no draft any more."""
        removed = self.db.change(
            "delete from revisions where workspace = :workspace and id = ? and state = 'draft'",
            revision,
        )
        return removed == 1

    def draft(self, slug: str, author: str) -> Revision | None:
        return self.db.one(
            Revision,
            "select * from revisions where workspace = :workspace and slug = ? and author = ?"
            " and state = 'draft' order by id desc",
            *(slug, author),
        )

    def drafts(self) -> list[Revision]:
        """Everybody's, newest first."""
        return self.db.all(
            Revision,
            "select * from revisions where workspace = :workspace and state ="
            " 'draft' order by id desc",
        )

    def history(self, slug: str) -> list[Revision]:
        """Newest first, without drafts."""
        return self.db.all(
            Revision,
            f"select * from revisions where workspace = :workspace and slug = ? and not {_OPEN}"
            " order by id desc",
            slug,
        )

    def text_of(self, slug: str, digest: str) -> str | None:
        return self.db.one(
            str,
            "select text from revisions where workspace = :workspace and slug = ? and digest = ?",
            *(slug, digest),
        )

    def latest(self) -> dict[str, str]:
        """Slug → digest of the newest version that is known of its file."""
        rows = self.db.rows(
            "select slug, digest from revisions where id in (select max(id) from revisions"
            " where workspace = :workspace and state in ('publishing',"
            " 'published', 'file') group by slug)"
        )
        return {each["slug"]: each["digest"] for each in rows}

    def latest_of(self, slug: str) -> str:
        """That of one file, "" where none is known."""
        return (
            self.db.one(
                str,
                "select digest from revisions where workspace = :workspace and slug = ?"
                " and state in ('publishing', 'published', 'file') order by id desc limit 1",
                slug,
            )
            or ""
        )

    def publishing(self) -> Sequence[str]:
        """The slugs whose file is being written."""
        return self.db.all(
            str, "select slug from revisions where workspace = :workspace and state = 'publishing'"
        )

    def suggest(self, suggestion: Suggestion, person: str) -> str:
        """Keep it, or find the same one by the same person; its id."""
        with self.db.transaction():
            known = self.db.one(
                str,
                "select suggestions.id from suggestions join suggestion_askers on suggestion = id"
                " where workspace = :workspace and slug = ? and is_outdated = ? and words = ?"
                " and person = ?",
                *(suggestion.slug, suggestion.is_outdated, suggestion.words, person),
            )
            if known:
                return known
            self.db.insert("suggestions", **row(suggestion))
            self.db.insert_part(
                "suggestion_askers", suggestion=suggestion.id, person=person, at=suggestion.at
            )
        return suggestion.id

    def add_words(self, suggestion: str, person: str, words: str) -> bool:
        """False where the suggestion is not theirs, or was closed."""
        changed = self.db.change(
            "update suggestions set words = ? where workspace = :workspace and id = ? and exists"
            " (select 1 from suggestion_askers where suggestion = suggestions.id and person = ?)",
            *(words, suggestion, person),
        )
        return changed == 1

    def suggestions(self) -> list[Suggestion]:
        """The open ones, oldest first."""
        return self.db.all(
            Suggestion, "select * from suggestions where workspace = :workspace order by at, id"
        )

    def suggestion(self, suggestion: str) -> Suggestion | None:
        return self.db.one(
            Suggestion,
            "select * from suggestions where workspace = :workspace and id = ?",
            suggestion,
        )

    def close_suggestion(self, suggestion: str) -> str | None:
        """Remove it; returns who made it, once."""
        with self.db.transaction():
            person = self.db.one(
                str, "select person from suggestion_askers where suggestion = ?", suggestion
            )
            self.db.change(
                "delete from suggestions where workspace = :workspace and id = ?", suggestion
            )
        return person

    def forget_askers(self, before: datetime) -> None:
        self.db.change("delete from suggestion_askers where at < ?", before)
