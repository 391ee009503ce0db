"""The playbooks being served: found by words, and what changed among them remembered."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from mend.db.engine import Database
from mend.db.model import Refused
from mend.playbooks.model import Playbook, State
from mend.playbooks.store import PlaybookChanges
from mend.recap.daily.model import ChangeKind, PlaybookChange
from mend.repair.model import LearnedPhrase
from mend.search import Answer, Confidence, Ranker

GONE = "That playbook is no longer served. Type `/repair` and the problem again."

Thank = Callable[[Sequence[Playbook]], set[str]]


@dataclass(frozen=True)
class Found:
    """A playbook and the texts by which it was not found before."""

    book: Playbook
    texts: Collection[str]
    is_new: bool


class Library:
    """Holds the served playbooks; replaced as a whole, read from any thread."""

    def __init__(
        self,
        db: Database,
        ranker: Ranker,
        now: Callable[[], datetime],
        phrases: Callable[[], Iterable[LearnedPhrase]],
    ) -> None:
        """`phrases` are those that use has taught by now."""
        self._db = db
        self._phrases = phrases
        self._ranker = ranker
        self._now = now
        self._books: dict[str, Playbook] = {}
        self._noted: dict[str, Playbook] = {}
        self._learned = self._taught()

    def replace(self, books: Iterable[Playbook]) -> None:
        """Serve these from now on. Writes nothing, so it cannot fail; see `note_changes`."""
        self._books = {book.slug: book for book in books if book.state is State.READY}
        self._ranker.replace(self._books.values(), self._learned)

    def relearn(self) -> None:
        """Rank with the phrases that are learned by now."""
        self._learned = self._taught()
        self._ranker.replace(self._books.values(), self._learned)

    def _taught(self) -> dict[str, list[str]]:
        taught: dict[str, list[str]] = {}
        for each in self._phrases():
            taught.setdefault(each.slug, []).append(each.phrase)
        return taught

    def warm(self) -> None:
        """Read the meaning of what is new; takes a while, words alone rank until then."""
        self._ranker.warm()

    def learned(self, slug: str) -> list[str]:
        return list(self._learned.get(slug, ()))

    def suggest(self, typed: str, limit: int) -> list[Playbook]:
        """For search-as-you-type."""
        return [
            self._books[slug] for slug in self._ranker.suggest(typed, limit) if slug in self._books
        ]

    def all(self) -> list[Playbook]:
        return list(self._books.values())

    def get(self, slug: str) -> Playbook | None:
        return self._books.get(slug)

    def served(self, slug: str) -> Playbook:
        """Raises Refused where it is served no more."""
        book = self.get(slug)
        if book is None:
            raise Refused(GONE)
        return book

    def find(self, words: str) -> Answer:
        return self._ranker.find(words)

    def found_anew(self) -> dict[str, Found]:
        """By slug, what is new, or found by other texts than what was noted; not the first day."""
        if self._noted is self._books:
            return {}
        known = PlaybookChanges(self._db).known()
        found = {}
        for book in self._books.values() if known else ():
            if known.get(book.slug) != book.mark():
                before = self._noted.get(book.slug)
                texts = set(book.finding_texts) - set(before.finding_texts if before else ())
                if texts:
                    found[book.slug] = Found(book, texts, is_new=book.slug not in known)
        return found

    def fitting(self, words: str) -> Playbook | None:
        """The playbook that surely is about these words."""
        answer = self.find(words)
        is_sure = answer.confidence is Confidence.SURE
        return self.get(answer.hits[0].slug) if is_sure else None

    def note_changes(self, thank: Thank) -> None:
        """Remember what is different from what was known.

        `thank` is given what changed, in the transaction that notes it, and says for which slugs
        the recap may thank a note.
        """
        served = self._books
        if self._noted is served:
            return
        with self._db.transaction():
            known = PlaybookChanges(self._db).known()
            changed = [book for book in served.values() if known.get(book.slug) != book.mark()]
            thanked = thank(changed) if known else set()
            for book in changed:
                kind = _kind(self._noted.get(book.slug), book, book.slug in known, bool(known))
                kind = ChangeKind.FROM_NOTE if book.slug in thanked else kind
                self._note(book.slug, book.title, kind, book.mark())
            for slug in known.keys() - served.keys():
                title = self._noted[slug].title if slug in self._noted else slug
                self._note(slug, title, ChangeKind.RETIRED, "")
        self._noted = served

    def _note(self, slug: str, title: str, kind: ChangeKind, mark: str) -> None:
        change = PlaybookChange(slug, title, kind, mark, self._now())
        PlaybookChanges(self._db).note(change)


def _kind(before: Playbook | None, book: Playbook, is_known: bool, any_known: bool) -> ChangeKind:
    if not any_known:
        return ChangeKind.SEEN
    if not is_known:
        return ChangeKind.NEW
    if before and before == replace(book, verified=before.verified):
        return ChangeKind.VERIFIED
    return ChangeKind.CHANGED
