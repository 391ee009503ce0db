"""Playbooks as an admin has them before them: files, drafts, what changed underneath, history."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from mend.db.engine import Database
from mend.db.model import Refused
from mend.editor.model import (
    Merge,
    Revision,
    RevisionState,
    Sheet,
    Suggestion,
    difference,
    digest_of,
    merge,
)
from mend.editor.publishing import Publishing
from mend.editor.store import RevisionStore
from mend.people.directory import People
from mend.people.model import Role
from mend.playbooks.files.desk import Desk
from mend.playbooks.lint import lint_one
from mend.playbooks.model import BrokenPlaybook, Playbook, State

GONE = "That playbook is no longer there."
CHANGED = "This was changed in another window. Copy your words, close this and open it again."


@dataclass(frozen=True)
class Sheets:
    """What admins look at. Everything here is for admins only, and says so."""

    db: Database
    people: People
    files: Desk
    publishing: Publishing
    today: Callable[[str], date]

    def allow(self, person: str) -> None:
        """Raises Refused for everybody but admins."""
        self.people.require(person, Role.ADMIN)

    def books(self, person: str) -> list[tuple[str, Playbook | None]]:
        """Every playbook by its title, with its slug; None for a file that never could be read."""
        self.allow(person)
        found: dict[str, Playbook | None] = {book.slug: book for book in self.files.books()}
        for problem in self.files.problems():
            if problem.file.endswith(".md"):
                found.setdefault(problem.file.removesuffix(".md"), None)
        names = {slug: book.title if book else slug for slug, book in found.items()}
        return sorted(found.items(), key=lambda each: names[each[0]].casefold())

    def waiting(self, person: str) -> tuple[list[Playbook], list[Revision], list[Suggestion]]:
        """Drafts from notes (their slug is the file's), drafts in work, suggestions."""
        self.allow(person)
        drafts = RevisionStore(self.db).drafts()
        taken = {source for draft in drafts for source in draft.sources}
        found = [self.note(slug) for slug in self.files.drafts() if slug not in taken]
        suggestions = RevisionStore(self.db).suggestions()
        notes = [note for note in found if note]
        return notes, drafts, [each for each in suggestions if each.id not in taken]

    def note(self, slug: str) -> Playbook | None:
        """A note's draft, where it can be read."""
        if slug not in self.files.drafts():
            return None
        with contextlib.suppress(BrokenPlaybook):
            return self.files.parse(slug, self.files.read(slug) or "")[0]
        return None

    def sheet(self, person: str, slug: str) -> Sheet:
        """The playbook as this admin has it: their draft, joined with what changed underneath."""
        self.allow(person)
        draft = RevisionStore(self.db).draft(slug, person)
        try:
            there = self.files.read(slug)
        except BrokenPlaybook as broken:
            return Sheet(slug, "", "", None, tuple(broken.problems))
        if there is not None:  # so that what is made from it can be joined with a newer one
            self.publishing.note(slug, there)
        if draft:
            return self._judged(person, self._joined(draft, there))
        if there is None:
            raise Refused(GONE)
        return self._judged(person, Sheet(slug, there, digest_of(there), None))

    def seen(self, person: str, slug: str, digest: str) -> Sheet:
        """What a form was made from, so that its answers can be told from what stood there.

        Where the file changed since, that is the older version: the draft is joined with the
        newer one later. Raises Refused where it was this admin's own draft that changed.
        """
        sheet = self.sheet(person, slug)
        if sheet.digest == digest:
            return sheet
        old = None if sheet.draft else RevisionStore(self.db).text_of(slug, digest)
        if old is None:
            raise Refused(CHANGED)
        return self._judged(person, Sheet(slug, old, digest, None))

    def history(self, person: str, slug: str) -> list[Revision]:
        self.allow(person)
        return RevisionStore(self.db).history(slug)

    def version(self, person: str, revision: int) -> Revision:
        """One of the history."""
        self.allow(person)
        found = RevisionStore(self.db).get(revision)
        if not found or found.state in (RevisionState.DRAFT, RevisionState.PUBLISHING):
            raise Refused("That version is no longer kept.")
        return found

    def compared(self, person: str, revision: int) -> tuple[Revision, str]:
        """A version of the history, and what it changed."""
        found = self.version(person, revision)
        before = RevisionStore(self.db).text_of(found.slug, found.base)
        return found, difference(before or "", found.text)

    def suggestion(self, person: str, suggestion: str) -> Suggestion:
        self.allow(person)
        found = RevisionStore(self.db).suggestion(suggestion)
        if found is None:
            raise Refused("Somebody dealt with that already; its author was told.")
        return found

    def merged(self, draft: Revision, there: str) -> Merge | None:
        """A draft's changes for the version that is there; None where that cannot be told."""
        before = RevisionStore(self.db).text_of(draft.slug, draft.base)
        try:
            texts = (before or "", draft.text, there)
            base, mine, theirs = (self.files.parse(draft.slug, text)[0] for text in texts)
            found = merge(base, mine, theirs)
            self.files.edit(there, found.changes | found.clashes)
        except (BrokenPlaybook, Refused):
            return None
        return found

    def _joined(self, draft: Revision, there: str | None) -> Sheet:
        """A draft, with the newer version of the file in it as far as nothing clashes."""
        sheet = Sheet(draft.slug, draft.text, draft.base, None, draft=draft)
        if not draft.base or there is None:
            return replace(sheet, base="")
        base = digest_of(there)
        if base == draft.base:
            return sheet
        before = RevisionStore(self.db).text_of(draft.slug, draft.base)
        sheet = replace(sheet, there=base, underneath=difference(before or "", there))
        merged = self.merged(draft, there)
        if merged is None:
            return replace(sheet, clashes=("the whole file",))
        if merged.clashes:
            return replace(sheet, clashes=tuple(merged.clashes))
        return replace(sheet, base=base, text=self.files.edit(there, merged.changes))

    def _judged(self, person: str, sheet: Sheet) -> Sheet:
        """With what reading it gives, and what is wrong with it."""
        try:
            book, problems = self.files.parse(sheet.slug, sheet.text)
        except BrokenPlaybook as broken:
            history = RevisionStore(self.db).history(sheet.slug)
            good = next((each for each in history if self._is_good(each)), None)
            return replace(sheet, problems=tuple(broken.problems), good=good)
        judged = lint_one(
            # A draft is judged as what it will be once it is served.
            replace(book, state=State.READY) if sheet.draft else book,
            self.files.books(),
            problems,
            self.today(person),
            lambda _, field: self.files.line_of(sheet.text, field),
        )
        sources = sheet.draft.sources if sheet.draft else ()
        words = tuple(filter(None, map(self._words_of, sources)))
        return replace(sheet, book=book, problems=tuple(judged), sources=words)

    def _is_good(self, revision: Revision) -> bool:
        with contextlib.suppress(BrokenPlaybook):
            self.files.parse(revision.slug, revision.text)
            return revision.state is not RevisionState.SET_ASIDE
        return False

    def _words_of(self, source: str) -> str:
        """What a note or a suggestion says, while it is still there."""
        if note := self.note(source):
            return f"{note.title}: {note.summary}"
        suggestion = RevisionStore(self.db).suggestion(source)
        return (suggestion.words or "Said to be out of date.") if suggestion else ""
