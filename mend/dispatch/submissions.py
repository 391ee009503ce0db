"""Forms that were accepted: Slack lets a person submit one again whose answer got lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from mend.db.engine import Database
from mend.db.personal import impersonal
from mend.dispatch.routes import Reply
from mend.slack import ui

PERSONAL = ()
IMPERSONAL = impersonal("submissions", "workspace key at")

KEPT = timedelta(days=1)  # nobody keeps a form open for longer
ACCEPTED = "That is saved already: it arrived the first time, and was not done twice."


@dataclass(frozen=True)
class Submissions:
    """What a form saves and the fact that it was accepted are one transaction.

    One that was refused, or that saves nothing, may be submitted as often as anybody likes.
    """

    db: Database
    now: Callable[[], datetime]

    def once(self, key: str, save: Callable[[], Reply]) -> Reply:
        """What `save` answers, or, where the form was accepted before, that it is saved."""
        where = "workspace = :workspace and key = ?"
        with self.db.transaction():
            if self.db.rows(f"select 1 from submissions where {where}", key):
                return Reply(ui.notice(ACCEPTED))
            before = self.db.changed
            reply = save()
            if self.db.changed != before:
                self.db.change("delete from submissions where at < ?", self.now() - KEPT)
                self.db.insert("submissions", key=key, at=self.now())
            return reply
