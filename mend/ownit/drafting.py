"""The closed loop: a note becomes a change in a playbook, its owner is told, the recap thanks.

A draft's author is "a note". Who wrote it is known here alone, only to tell them, and is dropped
with that message.
"""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from mend.db.engine import Database
from mend.db.jobs import Jobs
from mend.db.model import Job, Refused
from mend.lookbacks.model import due_at
from mend.ownit import draft_views as blocks
from mend.ownit.drafts_store import Draft, Drafts
from mend.ownit.model import Note
from mend.people.directory import People
from mend.people.model import Role
from mend.people.teams import Teams
from mend.playbooks.model import Playbook
from mend.slack.model import Content
from mend.slack.outbox import DM_KIND, Outbox
from mend.slack.store import Notices
from mend.text.guard import IN_A_PLAYBOOK, Guard
from mend.text.redactor import Redactor

KIND = "draft"
TRY_AGAIN = timedelta(hours=1)


def take_back(db: Database, note: str, now: datetime) -> list[str]:
    """Leave nothing of the note's playbook changes that are not published; inside the transaction

    of the note. The keys of the jobs that remove their files.
    """
    return _take_back(db, Drafts(db).of_note(note), now)


def take_back_all(db: Database, owner: str, now: datetime) -> list[str]:
    """The same of everything that this person proposed."""
    return _take_back(db, Drafts(db).of_owner(owner), now)


def _take_back(db: Database, drafts: Sequence[Draft], now: datetime) -> list[str]:
    for draft in drafts:
        Drafts(db).take_back(draft.id, f"drafts/{_slug(draft.id)}")
        Jobs(db).schedule(KIND, _key(draft.id), now, {"draft": draft.id})
        for front in (_trouble(draft), _written(draft), f"{_key(draft.id)}:"):
            Notices(db).take_back(f"{DM_KIND}:{front}")
    return [_key(draft.id) for draft in drafts]


def _key(draft: str) -> str:
    return f"draft:{draft}"


def _slug(draft: str) -> str:
    return f"note-{draft}"


@dataclass(frozen=True)
class Drafting:
    """Takes drafts from owners, puts them in the admins' queue, tells of the publishing."""

    db: Database
    outbox: Outbox
    redactor: Redactor
    guard: Guard
    people: People
    now: Callable[[], datetime]
    teams: Teams
    write: Callable[[str, Mapping[str, str]], str]
    remove: Callable[[str], None]

    def propose(self, note: Note, title: str, words: str, *, may_tell: bool) -> Draft:
        """Keep a draft in its owner's words; admins find it the next working day.

        Raises Refused where one is missing, or for words that would blame somebody in a playbook.
        """
        title, words = (" ".join(self.redactor.typed(each).text.split()) for each in (title, words))
        if not title or not words:
            raise Refused("Both are needed: what the customer says, and what would help.")
        self.guard.check(f"{title}\n{words}", IN_A_PLAYBOOK, "words")
        draft = Draft(secrets.token_hex(4), note.owner, title, words, may_tell, note.id)
        team = self.teams.rules(note.team)
        due = due_at(self.now(), 1, team.zone, team.is_workday)
        with self.db.transaction():
            Drafts(self.db).keep(draft)
            Jobs(self.db).schedule(KIND, _key(draft.id), due, {"draft": draft.id})
        return draft

    def run(self, job: Job) -> None:
        """Make the file match the draft: written, and admins told of it, or removed.

        What the disk refuses is tried again every hour until it is done.
        """
        draft = Drafts(self.db).get(job.payload["draft"])
        try:
            if draft:
                self._write(draft)
            else:
                self._remove(job.payload["draft"])
        except (OSError, Refused) as wrong:
            why = wrong.sentence if isinstance(wrong, Refused) else str(wrong.strerror)
            self._try_again(job, draft, why)
            return
        with self.db.transaction():
            if draft and Drafts(self.db).get(draft.id):  # or it was taken back meanwhile
                self._tell_admins(draft, blocks.waits())
                if Notices(self.db).was_owed(f"{DM_KIND}:{_trouble(draft)}"):
                    self.outbox.dm(_written(draft), draft.owner, blocks.there())
            Jobs(self.db).finish(job, self.now())

    def _write(self, draft: Draft) -> None:
        fields = {"title": draft.title, "summary": draft.words, "from_note": draft.id}
        self.write(_slug(draft.id), fields)

    def _remove(self, draft: str) -> None:
        with contextlib.suppress(Refused):  # there is none
            self.remove(f"drafts/{_slug(draft)}")

    def _try_again(self, job: Job, draft: Draft | None, why: str) -> None:
        """In an hour; its owner and the admins are told, once."""
        now = self.now()
        with self.db.transaction():
            if draft and self.outbox.dm(_trouble(draft), draft.owner, blocks.not_written()):
                self._tell_admins(draft, blocks.cannot_write(why))
            Jobs(self.db).schedule(KIND, job.key, now + TRY_AGAIN, job.payload)
            Jobs(self.db).finish(job, now)

    def _tell_admins(self, draft: Draft, content: Content) -> None:
        """In place of what they did not hear yet; the same transaction ends the job."""
        Notices(self.db).take_back(f"{DM_KIND}:{_key(draft.id)}:")
        for admin in self.people.with_role(Role.ADMIN):
            self.outbox.dm(f"{_key(draft.id)}:{admin}", admin, content)

    def published(self, books: Sequence[Playbook]) -> set[str]:
        """Tell the owners whose notes are in these playbooks; the slugs the recap may thank for."""
        thanked = set()
        for book in books:
            draft = Drafts(self.db).get(book.from_note) if book.from_note else None
            if draft is None:
                continue
            key = f"published:{draft.id}"
            content = blocks.published(book)
            self.outbox.dm(key, draft.owner, content)
            Drafts(self.db).forget(draft.id)
            if draft.may_tell:
                thanked.add(book.slug)
        return thanked


def _trouble(draft: Draft) -> str:
    """Under which its owner is told that it could not be written."""
    return f"draft_trouble:{draft.id}"


def _written(draft: Draft) -> str:
    """Under which they are told that it is there after all."""
    return f"draft_written:{draft.id}"
