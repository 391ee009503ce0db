"""The closed loop: a note becomes a change in a playbook, its owner is told, the recap thanks.

A draft's author is "a note". Who wrote it is known here alone, only to tell them, and is dropped
with that message.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from mend.db.model import Job, Refused
from mend.lookbacks.model import due_at
from mend.ownit import draft_views as blocks
from mend.ownit.model import Entry
from mend.people.directory import People
from mend.people.model import Role
from mend.people.teams import Teams
from mend.playbooks.model import Playbook
from mend.ports import Draft, Store
from mend.slack import notices
from mend.slack.model import Failure, NotSent
from mend.text.guard import IN_A_PLAYBOOK, Guard
from mend.text.masking import Masking

KIND = "draft"


@dataclass(frozen=True)
class Drafting:
    """Takes drafts from owners, puts them in the admins' queue, tells of the publishing."""

    store: Store
    masking: Masking
    guard: Guard
    people: People
    now: Callable[[], datetime]
    workspace: str
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
        with self.store.transaction():
            self.store.learning.keep_draft(self.workspace, draft)
            payload = {"draft": draft.id, "entry": entry.id}
            self.store.jobs.arm(self.workspace, KIND, f"draft:{draft.id}", due, payload)
        return draft

    def run(self, job: Job) -> NotSent | None:
        """Write the file and tell the admins; a note withdrawn meanwhile leaves no draft."""
        now = self.now()
        draft = self.store.learning.draft(job.workspace, job.payload["draft"])
        entry = self.store.entries.get(job.workspace, job.payload["entry"])
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
                notices.owe(self.store, job.workspace, key, admin, blocks.waits(name), now)
        with self.store.transaction():
            if draft and not entry:
                self.store.learning.forget_draft(job.workspace, draft.id)
            self.store.jobs.finish(job, now)
        return None

    def published(self, books: Sequence[Playbook]) -> set[str]:
        """Tell the owners whose notes are in these playbooks; the slugs the recap may thank for."""
        thanked = set()
        for book in books:
            draft = (
                self.store.learning.draft(self.workspace, book.from_note)
                if book.from_note
                else None
            )
            if draft is None:
                continue
            key = f"published:{draft.id}"
            content = blocks.published(book)
            notices.owe(self.store, self.workspace, key, draft.owner, content, self.now())
            self.store.learning.forget_draft(self.workspace, draft.id)
            if draft.may_tell:
                thanked.add(book.slug)
        return thanked
