"""What agents would change in a playbook: kept for the admins, and its author told what came of it.

Who said it is known here alone, only to tell them, and is dropped with that message.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from mend.db.engine import Database
from mend.db.model import Refused
from mend.editor import review_views as blocks
from mend.editor.model import Suggestion
from mend.editor.store import RevisionStore
from mend.playbooks.model import Playbook
from mend.repair.model import KEEP_ASKERS
from mend.slack.model import Content
from mend.slack.outbox import Outbox
from mend.text.guard import IN_A_PLAYBOOK, Guard
from mend.text.redactor import Redactor


@dataclass(frozen=True)
class Suggesting:
    """Takes suggestions from anybody; closing one is for the editing service."""

    db: Database
    outbox: Outbox
    redactor: Redactor
    guard: Guard
    now: Callable[[], datetime]

    def suggest(self, person: str, book: Playbook, words: str, *, is_outdated: bool) -> str:
        """Keep it, once however often it is sent; its id."""
        suggestion = Suggestion(
            id=secrets.token_hex(8),
            slug=book.slug,
            words=self._clean(words) if words else "",
            is_outdated=is_outdated,
            verified=book.verified,
            at=self.now(),
        )
        return RevisionStore(self.db).suggest(suggestion, person)

    def add_words(self, person: str, suggestion: str, words: str) -> None:
        text = self._clean(words)
        if not RevisionStore(self.db).add_words(suggestion, person, text):
            raise Refused("It was dealt with meanwhile; you were told. Suggest it once more.")

    def close(self, suggestion: str, content: Content) -> list[str]:
        """Tell its author what came of it, once; the keys of the jobs."""
        with self.db.transaction():
            person = RevisionStore(self.db).close_suggestion(suggestion)
            if not person:
                return []
            key = f"suggestion:{suggestion}"
            return self.outbox.dm(key, person, content)

    def dismiss(self, suggestion: str, title: str, reason: str) -> list[str]:
        return self.close(suggestion, blocks.dismissed(title, self._clean(reason)))

    def forget(self) -> None:
        """Drop who made those that nobody dealt with in thirty days."""
        RevisionStore(self.db).forget_askers(self.now() - KEEP_ASKERS)

    def _clean(self, words: str) -> str:
        """Without customers' data; refused where it would blame somebody."""
        text = self.redactor.typed(words).text.strip()
        if not text:
            raise Refused("Write a few words first.", "words")
        self.guard.check(text, IN_A_PLAYBOOK, "words")
        return text
