"""What each role may do without asking, set for all playbooks at once."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from mend.db.model import Refused
from mend.editor.limit_model import LimitLeft, LimitLine, LimitWanted, limit_mark
from mend.editor.model import digest_of
from mend.editor.publishing import Publishing
from mend.editor.sheets import Sheets
from mend.people.model import Role
from mend.people.store import Audit
from mend.playbooks.files import GONE, edit, parse
from mend.playbooks.model import State


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
            wanted = {what: each for (of, what), each in limits.items() if of == slug}
            try:
                there = self.sheets.files.text(slug)
                text, clashes = _edited(slug, there, role, wanted)
            except Refused:
                left.append(LimitLeft(slug))
                continue
            if clashes:
                history = self.sheets.history(person, slug)
                by = history[0].author if history else ""
                left += [LimitLeft(slug, what, stands, by) for what, stands in clashes.items()]
            if text != there:
                edits.append((slug, there, text))
        with self.sheets.db.transaction():
            sent = []
            for slug, there, text in edits:
                self.publishing.note(slug, there)
                sent.append(self.publishing.send(person, slug, text, digest_of(there)))
            if sent:
                act, books = f"set limits of {role.word}s in", f"{len(sent)} of the playbooks"
                Audit(self.sheets.db).note(person, act, books, self.publishing.now())
        return sent, left


def _edited(
    slug: str, text: str, role: Role, wanted: Mapping[str, LimitWanted]
) -> tuple[str, dict[str, str]]:
    """The text with the limits that are wanted, but for lines that somebody else set to another
    one meanwhile, with what stands there. Raises Refused where a line is gone."""
    authority = parse(slug, text)[0].authority
    stands = {entry.what: entry.limits.get(role.word, "") for entry in authority}
    if not wanted.keys() <= stands.keys():
        raise Refused(GONE)
    clashes = {
        what: stands[what]
        for what, each in wanted.items()
        if each.was != limit_mark(stands[what]) and each.limit != stands[what]
    }
    changed = [
        replace(entry, limits={**entry.limits, role.word: wanted[entry.what].limit})
        if entry.what in wanted and entry.what not in clashes
        else entry
        for entry in authority
    ]
    return edit(text, {"authority": changed}), clashes
