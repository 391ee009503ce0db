"""What each role may do without asking, set for all playbooks at once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from mend.db.model import Refused
from mend.editor.limit_views import LimitLeft, LimitLine, LimitWanted, limit_mark
from mend.editor.model import digest_of
from mend.editor.publishing import Publishing
from mend.editor.sheets import Sheets
from mend.people.model import Role
from mend.people.store import Audit
from mend.playbooks.files import edit, parse
from mend.playbooks.model import Authority, BrokenPlaybook, State


@dataclass(frozen=True)
class Limits:
    """Kept in the playbooks' files, as if each had been edited by itself."""

    sheets: Sheets
    publishing: Publishing

    def lines(self, person: str) -> list[LimitLine]:
        """Everything that served playbooks let anybody do, by category and title."""
        self.sheets.allow(person)
        served = [book for book in self.sheets.files.playbooks if book.state is State.READY]
        served.sort(key=lambda book: (book.category or "other", book.title.casefold()))
        lines = [LimitLine(book, entry) for book in served for entry in book.authority]
        return list({line.key: line for line in lines}.values())

    def set(
        self, person: str, role: Role, limits: Mapping[tuple[str, str], LimitWanted]
    ) -> tuple[list[int], list[LimitLeft]]:
        """Put these limits, by their line's key, on their way into the files; "" takes one out.

        Returns the revisions, and what was left as it stands: it is another thing by now.
        """
        self.sheets.allow(person)
        edits: list[tuple[str, str, str]] = []
        left: list[LimitLeft] = []
        for slug in dict.fromkeys(slug for slug, _ in limits):
            wanted = {what: limit for (of, what), limit in limits.items() if of == slug}
            try:
                clashes = self._clashes(person, slug, role, wanted)
                kept = {each.what for each in clashes}
                free = {what: each.limit for what, each in wanted.items() if what not in kept}
                edits += self._edits(slug, role, free)
                left += clashes
            except (BrokenPlaybook, Refused, LookupError):
                left.append(LimitLeft(slug))
        with self.sheets.db.transaction():
            sent = [self._send(person, *edit) for edit in edits]
            if sent:
                act, books = f"set limits of {role.word}s in", f"{len(sent)} of the playbooks"
                Audit(self.sheets.db).note(person, act, books, self.publishing.now())
        return sent, left

    def _clashes(
        self, person: str, slug: str, role: Role, wanted: Mapping[str, LimitWanted]
    ) -> list[LimitLeft]:
        """Where somebody else set another limit since this person was asked."""
        stands = {e.what: e.limits.get(role.word, "") for e in self._now(slug)[1]}
        clashing = [
            what
            for what, each in wanted.items()
            if what in stands
            and each.was != limit_mark(stands[what])
            and each.limit != stands[what]
        ]
        if not clashing:
            return []
        history = self.sheets.history(person, slug)
        by = history[0].author if history else ""
        return [LimitLeft(slug, what, stands[what], by) for what in clashing]

    def _now(self, slug: str) -> tuple[str, tuple[Authority, ...]]:
        """The file's text and what it lets people do. Raises LookupError for none."""
        there = self.sheets.files.read(slug)
        if there is None:
            raise LookupError(slug)
        return there, parse(slug, there)[0].authority

    def _edits(
        self, slug: str, role: Role, wanted: Mapping[str, str]
    ) -> Iterator[tuple[str, str, str]]:
        """Slug, and the file's text before and after. LookupError where a line is gone."""
        there, now = self._now(slug)
        if not wanted.keys() <= {entry.what for entry in now}:
            raise LookupError(slug)
        authority = [
            replace(entry, limits={**entry.limits, role.word: wanted[entry.what]})
            if entry.what in wanted
            else entry
            for entry in now
        ]
        text = edit(there, {"authority": authority})
        if text != there:
            yield slug, there, text

    def _send(self, person: str, slug: str, there: str, text: str) -> int:
        self.publishing.note(slug, there)
        return self.publishing.send(person, slug, text, digest_of(there))
