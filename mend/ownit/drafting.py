"""The closed loop: a note becomes a change in a playbook, its owner is told, the recap thanks.

A draft's author is "a note". Who wrote it is known here alone, only to tell them, and is dropped
with that message.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from mend.db.engine import Database
from mend.db.jobs import Jobs
from mend.db.model import Job, Refused
from mend.lookbacks.model import due_at
from mend.ownit import draft_views as blocks
from mend.ownit.drafts_store import Draft, Drafts
from mend.ownit.model import Entry
from mend.ownit.store import NoteStore
from mend.people.directory import People
from mend.people.model import Role
from mend.people.teams import Teams
from mend.playbooks.model import Playbook
from mend.slack import notices
from mend.slack.model import Failure, NotSent
from mend.text.guard import IN_A_PLAYBOOK, Guard
from mend.text.masking import Masking

KIND = "draft"


@dataclass(frozen=True)
class Drafting:
    """Takes drafts from owners, puts them in the admins' queue, tells of the publishing."""

    db: Database
    masking: Masking
    guard: Guard
    people: People
    now: Callable[[], datetime]
    teams: Teams
    write: Callable[[str, Mapping[str, str]], str]

    def propose(self, entry: Entry, title: str, words: str, *, may_tell: bool) -> Draft:
        """Keep a draft in its owner's words; admins find it the next working day.

        Raises Refused where one is missing, or for words that would blame somebody in a playbook.
        """
        title, words = (" ".join(self.masking.typed(each).text.split()) for each in (title, words))
        if not title or not words:
            raise Refused("Both are needed: what the customer says, and what would help.")
        self.guard.check(f"{title}\n{words}", IN_A_PLAYBOOK, "words")
        draft = Draft(secrets.token_hex(4), entry.owner, title, words, may_tell)
        team = self.teams.rules(entry.team)
        due = due_at(self.now(), 1, team.zone, team.is_workday)
        with self.db.transaction():
            Drafts(self.db).keep(draft)
            payload = {"draft": draft.id, "entry": entry.id}
            Jobs(self.db).arm(KIND, f"draft:{draft.id}", due, payload)
        return draft

    def run(self, job: Job) -> NotSent | None:
        """Write the file and tell the admins; a note withdrawn meanwhile leaves no draft."""
        now = self.now()
        draft = Drafts(self.db).get(job.payload["draft"])
        entry = NoteStore(self.db).get(job.payload["entry"])
        if draft and entry:
            try:
                name = self.write(
                    f"note-{draft.id}",
                    {"title": draft.title, "summary": draft.words, "from_note": draft.id},
                )
            except (OSError, Refused) as wrong:
                return NotSent(Failure.REFUSED, type(wrong).__name__)
            for admin in self.people.with_role(Role.ADMIN):
                key = f"draft:{draft.id}:{admin}"
                notices.owe(self.db, key, admin, blocks.waits(name), now)
        with self.db.transaction():
            if draft and not entry:
                Drafts(self.db).forget(draft.id)
            Jobs(self.db).finish(job, now)
        return None

    def published(self, books: Sequence[Playbook]) -> set[str]:
        """Tell the owners whose notes are in these playbooks; the slugs the recap may thank for."""
        thanked = set()
        for book in books:
            draft = Drafts(self.db).get(book.from_note) if book.from_note else None
            if draft is None:
                continue
            key = f"published:{draft.id}"
            content = blocks.published(book)
            notices.owe(self.db, key, draft.owner, content, self.now())
            Drafts(self.db).forget(draft.id)
            if draft.may_tell:
                thanked.add(book.slug)
        return thanked
