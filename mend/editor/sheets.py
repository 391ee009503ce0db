"""Playbooks as an admin has them before them: files, drafts, what changed underneath, history."""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from mend.db.engine import Database
from mend.db.model import Refused
from mend.editor.model import (
    PARTS,
    Change,
    Listed,
    Merge,
    Revision,
    RevisionState,
    Sheet,
    Suggestion,
    Version,
    differences,
    digest_of,
    merge,
)
from mend.editor.publishing import Publishing
from mend.editor.store import RevisionStore
from mend.people.directory import People
from mend.people.model import Role
from mend.playbooks.files import GONE, PlaybookFolder, edit, parse
from mend.playbooks.lint import lint_one
from mend.playbooks.model import BrokenPlaybook, Playbook, Severity, State, in_words

# What there is to say of a playbook in the list.
YOUR_DRAFT, UNREADABLE, TO_CHECK = "your draft", "cannot be read", "check it"
NOT_SERVED = {State.DRAFT: "a draft", State.ARCHIVED: "archived"}
WHOLE = Change("All of it", "", "")  # a clash in which the parts cannot be told apart
CHANGED = "This was changed in another window. Copy your words, close this and open it again."


@dataclass(frozen=True)
class Sheets:
    """What admins look at. Everything here is for admins only, and says so."""

    db: Database
    people: People
    files: PlaybookFolder
    publishing: Publishing
    today: Callable[[str], date]

    def allow(self, person: str) -> None:
        """Raises Refused for everybody but admins."""
        self.people.require(person, Role.ADMIN)

    def listed(self, person: str) -> list[Listed]:
        """Every playbook and this admin's drafts: what needs somebody first, then by title."""
        self.allow(person)
        mine = {each.slug for each in RevisionStore(self.db).drafts() if each.author == person}
        today, found = self.today(person), dict[str, Listed]()
        for book in self.files.playbooks:
            standing = _standing(book, today) if book.slug not in mine else YOUR_DRAFT
            found[book.slug] = Listed(book.slug, book.title, book.category, standing)
        for slug in self.files.unreadable:
            known = found.get(slug) or Listed(slug, self.title(slug))
            found[slug] = replace(known, standing=UNREADABLE)
        for slug in mine - found.keys():
            found[slug] = Listed(slug, self.title(slug), standing=YOUR_DRAFT)
        return sorted(found.values(), key=lambda each: (not each.standing, each.title.casefold()))

    def waiting(self, person: str) -> list[Playbook | Revision | Suggestion]:
        """Suggestions, drafts from notes (their slug is the file's), and drafts in work."""
        self.allow(person)
        drafts = RevisionStore(self.db).drafts()
        taken = {source for draft in drafts for source in draft.sources}
        notes = [self.note(slug) for slug in self.files.drafts() if slug not in taken]
        suggestions = RevisionStore(self.db).suggestions()
        open_ones = [each for each in suggestions if each.id not in taken]
        return [*open_ones, *filter(None, notes), *drafts]

    def title(self, slug: str) -> str:
        """What a playbook is called: as it is served, else in its newest draft, else its name."""
        served = (book.title for book in self.files.playbooks if book.slug == slug)
        drafts = (each for each in RevisionStore(self.db).drafts() if each.slug == slug)
        written = (book.title for each in drafts if (book := self._read(slug, each.text)))
        return next(chain(served, written), in_words(slug))

    def note(self, slug: str) -> Playbook | None:
        """A note's draft, where it can be read."""
        is_there = slug in self.files.drafts()
        return self._read(slug, self._there(slug) or "") if is_there else None

    def sheet(self, person: str, slug: str) -> Sheet:
        """The playbook as this admin has it: their draft, joined with what changed underneath."""
        self.allow(person)
        draft = RevisionStore(self.db).draft(slug, person)
        try:
            there = self.files.read(slug)
        except BrokenPlaybook as broken:
            return Sheet(slug, self.title(slug), "", "", None, tuple(broken.problems))
        if there is not None:  # so that what is made from it can be joined with a newer one
            self.publishing.note(slug, there)
        if draft:
            return self._judged(person, self._joined(draft, there))
        if there is None:
            raise Refused(GONE)
        return self._judged(person, Sheet(slug, "", there, digest_of(there), None))

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
        return self._judged(person, Sheet(slug, "", old, digest, None))

    def history(self, person: str, slug: str) -> list[Revision]:
        """Newest first: this admin's draft, then what was published, saved or set aside."""
        self.allow(person)
        draft = RevisionStore(self.db).draft(slug, person)
        return [*([draft] if draft else []), *RevisionStore(self.db).history(slug)]

    def version(self, person: str, revision: int) -> Version:
        """One of the history, and what it changed."""
        self.allow(person)
        found = RevisionStore(self.db).get(revision)
        if found and found.state is RevisionState.DRAFT and found.author != person:
            found = None
        if not found or found.state is RevisionState.PUBLISHING:
            raise Refused("That version is no longer kept.")
        before = RevisionStore(self.db).text_of(found.slug, found.base)
        was, now = self._read(found.slug, before or ""), self._read(found.slug, found.text)
        changes = differences(was, now) if now and (was or not before) else None
        is_current = self._there(found.slug) == found.text
        is_past = not is_current and found.state is not RevisionState.DRAFT
        may_restore = is_past and now is not None
        return Version(found, self.title(found.slug), changes, is_current, may_restore)

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
            base, mine, theirs = (parse(draft.slug, text)[0] for text in texts)
            found = merge(base, mine, theirs)
            edit(there, found.changes | found.clashes)
        except Refused:
            return None
        return found

    def _joined(self, draft: Revision, there: str | None) -> Sheet:
        """A draft, with the newer version of the file in it as far as nothing clashes."""
        sheet = Sheet(draft.slug, "", draft.text, draft.base, None, draft=draft)
        if not draft.base or there is None:
            return replace(sheet, base="")
        base = digest_of(there)
        if base == draft.base:
            return sheet
        before = RevisionStore(self.db).text_of(draft.slug, draft.base)
        texts = (before or "", there, draft.text)
        was, theirs, mine = (self._read(draft.slug, text) for text in texts)
        parts = differences(was, theirs) if theirs else ()
        sheet = replace(sheet, there=base, underneath=tuple(each.part for each in parts))
        merged = self.merged(draft, there)
        if merged is None:
            return replace(sheet, clashes=(WHOLE,))
        if merged.clashes and theirs and mine:
            both = {PARTS.get(name) for name in merged.clashes}
            clashes = [each for each in differences(theirs, mine) if each.part in both]
            return replace(sheet, clashes=tuple(clashes) or (WHOLE,))
        return replace(sheet, base=base, text=edit(there, merged.changes))

    def _judged(self, person: str, sheet: Sheet) -> Sheet:
        """With what reading it gives, and what is wrong with it."""
        try:
            book, problems = parse(sheet.slug, sheet.text)
        except BrokenPlaybook as broken:
            history, title = RevisionStore(self.db).history(sheet.slug), self.title(sheet.slug)
            good = next((each for each in history if self._is_good(each)), None)
            return replace(sheet, title=title, problems=tuple(broken.problems), good=good)
        judged = lint_one(
            # A draft is judged as what it will be once it is served.
            replace(book, state=State.READY) if sheet.draft else book,
            self.files.playbooks,
            # How the file is written is for whoever writes it there, and no cure in Slack.
            [replace(each, fix="") for each in problems if each.severity is Severity.ERROR],
            self.today(person),
        )
        sources = sheet.draft.sources if sheet.draft else ()
        words = tuple(filter(None, map(self._words_of, sources)))
        return replace(sheet, title=book.title, book=book, problems=tuple(judged), sources=words)

    def _read(self, slug: str, text: str) -> Playbook | None:
        with contextlib.suppress(BrokenPlaybook):
            return parse(slug, text)[0]
        return None

    def _there(self, slug: str) -> str | None:
        with contextlib.suppress(BrokenPlaybook):
            return self.files.read(slug)
        return None

    def _is_good(self, revision: Revision) -> bool:
        is_kept = revision.state is not RevisionState.SET_ASIDE
        return is_kept and self._read(revision.slug, revision.text) is not None

    def _words_of(self, source: str) -> str:
        """What a note or a suggestion says, while it is still there."""
        if note := self.note(source):
            return f"{note.title}: {note.summary}"
        suggestion = RevisionStore(self.db).suggestion(source)
        return (suggestion.words or "Said to be out of date.") if suggestion else ""


def _standing(book: Playbook, today: date) -> str:
    if book.state is not State.READY:
        return NOT_SERVED[book.state]
    return TO_CHECK if book.is_stale(today) else ""
