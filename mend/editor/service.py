"""What admins do to playbooks from Slack. Whatever loses against another version is kept."""

import contextlib
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mend.db.model import Refused, Stale
from mend.editor import review_views
from mend.editor.model import Revision, RevisionState, Sheet, digest_of
from mend.editor.publishing import Publishing
from mend.editor.sheets import Sheets
from mend.editor.store import RevisionStore
from mend.editor.suggestions import Suggesting
from mend.people.store import Audit
from mend.playbooks.files import edit, new_file
from mend.playbooks.model import UNREADABLE_FILE, State

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Editing:
    """Every act is allowed, and done whole or not at all, in `_act`."""

    sheets: Sheets
    publishing: Publishing
    suggesting: Suggesting

    @contextlib.contextmanager
    def _act(self, person: str, act: str, slug: str) -> Iterator[None]:
        """Everything that an admin does to a playbook is done, and noted, within this."""
        self.sheets.allow(person)
        with self.sheets.db.transaction():
            yield
            Audit(self.sheets.db).note(person, act, slug, self.publishing.now())
        log.info("playbook %s: %s", slug, act)

    def new(self, person: str, changes: Mapping[str, Any]) -> str:
        """Begin a playbook; its slug."""
        text = new_file({**changes, "state": State.DRAFT})
        slug = self._free_slug(str(changes.get("title", "")))
        with self._act(person, "began", slug):
            self._begin(person, slug, text, "")
        return slug

    def save(self, person: str, sheet: Sheet, changes: Mapping[str, Any]) -> None:
        """Change the draft, or begin one. Raises Refused, naming the field, as the files do."""
        text = edit(sheet.text, changes)
        if text == sheet.text:
            return
        with self._act(person, "edited a draft of", sheet.slug):
            sources = sheet.draft.sources if sheet.draft else ()
            self._begin(person, sheet.slug, text, sheet.base, sources, instead_of=sheet.draft)

    def settle(self, person: str, slug: str, seen: str, *, mine: bool) -> None:
        """Join a draft with a newer file that clashes with it: knowingly mine, or knowingly theirs.

        The version that loses stays in the history. Raises Stale where the file is not the one
        that was `seen`.
        """
        draft, there = self._draft(person, slug), self.sheets.files.read(slug)
        if draft is None or there is None or digest_of(there) != seen:
            raise Stale
        text = draft.text if mine else there
        if merged := self.sheets.merged(draft, there):
            text = edit(there, merged.changes | (merged.clashes if mine else {}))
        with self._act(person, "joined a draft of", slug):
            if not mine:
                self._set_aside(draft)
            if text != there:
                replaced = draft if mine else None
                self._begin(person, slug, text, seen, draft.sources, instead_of=replaced)

    def publish(self, person: str, slug: str, seen: str) -> int | None:
        """Put it into the file; the revision on its way, None where it is no longer as `seen`."""
        sheet = self.sheets.sheet(person, slug)
        if sheet.clashes or sheet.book is None:
            raise Refused("It changed underneath. Decide about that first.")
        if sheet.digest != seen:
            return None
        if sheet.errors:
            raise Refused(f"Put this right first. {sheet.errors[0]}")
        changes: dict[str, Any] = {"state": State.READY}
        if not sheet.base:  # whoever writes a new one has looked at all of it
            changes["verified"] = self.sheets.today(person)
        text, there = edit(sheet.text, changes), self.sheets.files.read(slug)
        if text == there:
            raise Refused("There is nothing to publish: agents have it as it is.")
        if not sheet.base and there is not None:
            slug = self._free_slug(sheet.book.title)  # somebody took the name
        sources = sheet.draft.sources if sheet.draft else ()
        with self._act(person, "published", slug):
            self._end(sheet.draft)
            return self.publishing.send(person, slug, text, sheet.base, sources)

    def archive(self, person: str, slug: str) -> int:
        """Take it from agents, whatever drafts there are; the revision on its way."""
        there = self.sheets.files.text(slug)
        text = edit(there, {"state": State.ARCHIVED})
        if text == there:
            raise Refused("It is so already; nothing was changed.")
        with self._act(person, "archived", slug):
            self.publishing.note(slug, there)
            return self.publishing.send(person, slug, text, digest_of(there))

    def restore(self, person: str, revision: int) -> str:
        """Begin a draft with an older version's text; the slug."""
        version = self.sheets.version(person, revision)
        found, there = version.revision, self.sheets.files.read(version.revision.slug)
        if not version.may_restore:
            raise Refused("That is how it stands now, or cannot be read.")
        with self._act(person, "took up an older version of", found.slug):
            if there is not None:
                self.publishing.note(found.slug, there)
            base = "" if there is None else digest_of(there)
            self._begin(person, found.slug, found.text, base)
        return found.slug

    def discard(self, person: str, slug: str) -> None:
        if draft := self._draft(person, slug):
            with self._act(person, "discarded a draft of", slug):
                self._set_aside(draft)

    def adopt(self, person: str, note: str, into: str = "") -> str:
        """Begin a draft with a note's words, or in the playbook it improves; the slug."""
        book = self.sheets.note(note)
        if book is None:
            raise Refused("Somebody dealt with that note, or its file cannot be read.")
        if into:
            self._answer(person, into, note, {"from_note": book.from_note})
            return into
        slug = self._free_slug(book.title)
        with self._act(person, "took up a note as", slug):
            self._begin(person, slug, self.sheets.files.text(note), "", (note,))
        return slug

    def answer(self, person: str, suggestion: str) -> str:
        """Begin a draft that answers a suggestion; the slug."""
        slug = self.sheets.suggestion(person, suggestion).slug
        self._answer(person, slug, suggestion, {})
        return slug

    def done(self, person: str, suggestion: str) -> list[str]:
        """Settle a suggestion without a change; the keys of the jobs."""
        found = self.sheets.suggestion(person, suggestion)
        with self._act(person, "settled a suggestion about", found.slug):
            content = review_views.done(self.sheets.title(found.slug))
            return self.suggesting.close(found.id, content)

    def dismiss(self, person: str, suggestion: str, reason: str) -> list[str]:
        found = self.sheets.suggestion(person, suggestion)
        with self._act(person, "dismissed a suggestion about", found.slug):
            return self.suggesting.dismiss(found.id, self.sheets.title(found.slug), reason)

    def _draft(self, person: str, slug: str) -> Revision | None:
        return RevisionStore(self.sheets.db).draft(slug, person)

    def _begin(
        self,
        person: str,
        slug: str,
        text: str,
        base: str,
        sources: tuple[str, ...] = (),
        *,
        instead_of: Revision | None = None,
    ) -> None:
        """This admin's draft from now on; another one than `instead_of` is set aside."""
        self._end(instead_of)
        if other := self._draft(person, slug):
            self._set_aside(other)
        self.publishing.add(slug, person, text, base, RevisionState.DRAFT, sources)

    def _end(self, draft: Revision | None) -> None:
        """A draft that another version takes the place of; Stale where it is none any more."""
        revisions = RevisionStore(self.sheets.db)
        if draft and not revisions.remove_draft(draft.id):
            raise Stale

    def _set_aside(self, draft: Revision) -> None:
        revisions = RevisionStore(self.sheets.db)
        revisions.set(draft.id, RevisionState.SET_ASIDE)

    def _answer(self, person: str, slug: str, source: str, changes: Mapping[str, Any]) -> None:
        """A draft that works a note or a suggestion in."""
        sheet = self.sheets.sheet(person, slug)
        if sheet.book is None:
            raise Refused(UNREADABLE_FILE)
        text = edit(sheet.text, changes)
        before = sheet.draft.sources if sheet.draft else ()
        sources = tuple(dict.fromkeys([*before, source]))
        with self._act(person, "took words up into", slug):
            self._begin(person, slug, text, sheet.base, sources, instead_of=sheet.draft)

    def _free_slug(self, title: str) -> str:
        drafts = RevisionStore(self.sheets.db).drafts()
        return self.sheets.files.free_slug(title, {draft.slug for draft in drafts})
