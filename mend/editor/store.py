"""Versions of playbooks and suggestions for them; who suggested is kept apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from mend.db.engine import Connections
from mend.db.mapping import row
from mend.editor.model import (
    KEPT_PER_PLAYBOOK,
    Revision,
    RevisionState,
    Suggestion,
)

_OPEN = "state in ('draft', 'publishing')"


@dataclass(frozen=True)
class SqliteRevisions:
    """See ports.Revisions."""

    file: Connections

    def add(self, workspace: str, revision: Revision) -> int:
        columns = {name: value for name, value in row(revision).items() if name != "id"}
        past = f"workspace = :workspace and slug = :slug and not {_OPEN}"
        with self.file.transaction() as database:
            self.file.insert("insert into revisions", workspace=workspace, **columns)
            added = int(database.execute("select last_insert_rowid()").fetchone()[0])
            self.file.change(
                f"delete from revisions where {past} and id not in"
                f" (select id from revisions where {past} order by id desc limit :kept)",
                workspace=workspace,
                slug=revision.slug,
                kept=KEPT_PER_PLAYBOOK,
            )
        return added

    def get(self, workspace: str, revision: int) -> Revision | None:
        return self.file.one(
            Revision, "select * from revisions where workspace = ? and id = ?", workspace, revision
        )

    def set(self, workspace: str, revision: int, state: RevisionState) -> None:
        self.file.change(
            "update revisions set state = ? where workspace = ? and id = ?",
            *(state, workspace, revision),
        )

    def remove_draft(self, workspace: str, revision: int) -> bool:
        removed = self.file.change(
            "delete from revisions where workspace = ? and id = ? and state = 'draft'",
            *(workspace, revision),
        )
        return removed == 1

    def draft(self, workspace: str, slug: str, author: str) -> Revision | None:
        return self.file.one(
            Revision,
            "select * from revisions where workspace = ? and slug = ? and author = ?"
            " and state = 'draft' order by id desc",
            *(workspace, slug, author),
        )

    def drafts(self, workspace: str) -> list[Revision]:
        return self.file.all(
            Revision,
            "select * from revisions where workspace = ? and state = 'draft' order by id desc",
            workspace,
        )

    def history(self, workspace: str, slug: str) -> list[Revision]:
        return self.file.all(
            Revision,
            f"select * from revisions where workspace = ? and slug = ? and not {_OPEN}"
            " order by id desc",
            *(workspace, slug),
        )

    def text_of(self, workspace: str, slug: str, digest: str) -> str | None:
        return self.file.one(
            str,
            "select text from revisions where workspace = ? and slug = ? and digest = ?",
            *(workspace, slug, digest),
        )

    def latest(self, workspace: str) -> dict[str, str]:
        rows = self.file.rows(
            "select slug, digest from revisions where id in (select max(id) from revisions"
            " where workspace = ? and state in ('publishing', 'published', 'file') group by slug)",
            workspace,
        )
        return {each["slug"]: each["digest"] for each in rows}

    def latest_of(self, workspace: str, slug: str) -> str:
        return (
            self.file.one(
                str,
                "select digest from revisions where workspace = ? and slug = ?"
                " and state in ('publishing', 'published', 'file') order by id desc limit 1",
                *(workspace, slug),
            )
            or ""
        )

    def publishing(self, workspace: str) -> Sequence[str]:
        return self.file.all(
            str,
            "select slug from revisions where workspace = ? and state = 'publishing'",
            workspace,
        )

    def suggest(self, workspace: str, suggestion: Suggestion, person: str) -> str:
        with self.file.transaction():
            known = self.file.one(
                str,
                "select suggestions.id from suggestions join suggestion_askers on suggestion = id"
                " where workspace = ? and slug = ? and is_outdated = ? and words = ?"
                " and person = ?",
                *(workspace, suggestion.slug, suggestion.is_outdated, suggestion.words, person),
            )
            if known:
                return known
            self.file.insert("insert into suggestions", workspace=workspace, **row(suggestion))
            self.file.insert(
                "insert into suggestion_askers",
                suggestion=suggestion.id,
                person=person,
                at=suggestion.at,
            )
        return suggestion.id

    def add_words(self, workspace: str, suggestion: str, person: str, words: str) -> bool:
        changed = self.file.change(
            "update suggestions set words = ? where workspace = ? and id = ? and exists"
            " (select 1 from suggestion_askers where suggestion = suggestions.id and person = ?)",
            *(words, workspace, suggestion, person),
        )
        return changed == 1

    def suggestions(self, workspace: str) -> list[Suggestion]:
        return self.file.all(
            Suggestion, "select * from suggestions where workspace = ? order by at, id", workspace
        )

    def suggestion(self, workspace: str, suggestion: str) -> Suggestion | None:
        return self.file.one(
            Suggestion,
            "select * from suggestions where workspace = ? and id = ?",
            *(workspace, suggestion),
        )

    def close_suggestion(self, workspace: str, suggestion: str) -> str | None:
        with self.file.transaction():
            person = self.file.one(
                str, "select person from suggestion_askers where suggestion = ?", suggestion
            )
            self.file.change(
                "delete from suggestions where workspace = ? and id = ?", workspace, suggestion
            )
        return person

    def forget_askers(self, before: datetime) -> None:
        self.file.change("delete from suggestion_askers where at < ?", before)
