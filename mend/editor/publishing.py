"""Makes files match the versions that were published, and the history match the files.

The files are the source. A version is a row before its file is touched, and a job writes it, so
that file and store agree after any crash.
"""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from mend.db.engine import Database
from mend.db.jobs import Jobs
from mend.db.model import Job, Refused, Stale
from mend.editor import review_views
from mend.editor import views as blocks
from mend.editor.model import Revision, RevisionState, digest_of
from mend.editor.store import RevisionStore
from mend.editor.suggestions import Suggesting
from mend.playbooks.files import PlaybookFolder, parse
from mend.playbooks.model import BrokenPlaybook
from mend.slack.outbox import Outbox

KIND = "publish"
AT_ONCE = 50  # versions in one transaction, so that nobody waits for a whole library


def key_of(revision: int) -> str:
    return f"publish:{revision}"


def _not_published(slug: str) -> str:
    """How the keys begin under which authors hear that a version could not be written."""
    return f"not_published:{slug}:"


@dataclass(frozen=True)
class Publishing:
    """Keeps versions, sends them into their files, and notes what was saved on the disk."""

    db: Database
    outbox: Outbox
    files: PlaybookFolder
    suggesting: Suggesting
    now: Callable[[], datetime]

    def add(
        self,
        slug: str,
        author: str,
        text: str,
        base: str,
        state: RevisionState,
        sources: tuple[str, ...] = (),
    ) -> int:
        """Keep a version; its id."""
        digest = digest_of(text)
        revision = Revision(slug, author, self.now(), text, digest, base, state, sources)
        return RevisionStore(self.db).add(revision)

    def send(
        self, author: str, slug: str, text: str, base: str, sources: tuple[str, ...] = ()
    ) -> int:
        """Put a version on its way into the file, within the caller's transaction; its id."""
        sent = self.add(slug, author, text, base, RevisionState.PUBLISHING, sources)
        self.outbox.take_back(_not_published(slug), author)
        payload = {"revision": str(sent)}
        Jobs(self.db).schedule(KIND, key_of(sent), self.now(), payload)
        return sent

    def run(self, job: Job) -> None:
        """Write a version into its file. Safe to repeat: a file that has it is done."""
        revision = RevisionStore(self.db).get(int(job.payload["revision"]))
        is_open = revision is not None and revision.state is RevisionState.PUBLISHING
        why = self._write(revision) if revision and is_open else ""
        with self.db.transaction():
            if revision and is_open and why:
                self._give_back(revision, why)
            elif revision and is_open:
                self._published(revision)
            Jobs(self.db).finish(job, self.now())
        self.files.poll()

    def outcome(self, revision: int) -> tuple[str, bool]:
        """Of which playbook a version that was sent is, and whether it stands in its file."""
        found = RevisionStore(self.db).get(revision)
        assert found is not None
        return found.slug, found.state is RevisionState.PUBLISHED

    def note(self, slug: str, text: str) -> None:
        """Keep the file's own version, unless the newest one known is just that."""
        latest, digest = RevisionStore(self.db).latest_of(slug), digest_of(text)
        if latest == digest:
            return
        is_known = RevisionStore(self.db).text_of(slug, digest) is not None
        # While a newer version is on its way, the file still holds an older one that is known.
        if not is_known or slug not in RevisionStore(self.db).publishing():
            self.add(slug, "", text, latest, RevisionState.FILE)

    def note_files(self) -> None:
        """Keep what changed on the disk in the history."""
        known = RevisionStore(self.db).latest()
        found = []
        for book in self.files.playbooks:
            if known.get(book.slug) != book.digest:
                with contextlib.suppress(BrokenPlaybook):
                    text = self.files.read(book.slug)
                    found += [(book.slug, text)] if text is not None else []
        for start in range(0, len(found), AT_ONCE):
            with self.db.transaction():
                for slug, text in found[start : start + AT_ONCE]:
                    self.note(slug, text)

    def _write(self, revision: Revision) -> str:
        """Why it could not be written, or nothing."""
        try:
            if self.files.read(revision.slug) != revision.text:
                self.files.write(revision.slug, revision.text, revision.base)
        except Stale:
            return "Its file changed in the same moment."
        except Refused as refused:
            return refused.sentence
        except OSError as wrong:
            return f"Its file cannot be written ({wrong.strerror})."
        return ""

    def _published(self, revision: Revision) -> None:
        RevisionStore(self.db).set(revision.id, RevisionState.PUBLISHED)
        book, _ = parse(revision.slug, revision.text)
        for source in revision.sources:
            if source in self.files.drafts():
                self.files.remove_draft(source)
            else:
                self.suggesting.close(source, review_views.taken_up(book.title))

    def _give_back(self, revision: Revision, why: str) -> None:
        """What could not be written is its author's draft again, and they are told why."""
        has_other = RevisionStore(self.db).draft(revision.slug, revision.author)
        state = RevisionState.SET_ASIDE if has_other else RevisionState.DRAFT
        RevisionStore(self.db).set(revision.id, state)
        if revision.author:
            book, _ = parse(revision.slug, revision.text)
            content = blocks.not_published(revision.slug, book.title, why)
            key = f"{_not_published(revision.slug)}{revision.id}"
            self.outbox.dm(key, revision.author, content)
