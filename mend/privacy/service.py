"""A person's own data: sent to them, and deleted."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from mend.db.engine import Database
from mend.helping.service import Helping
from mend.ownit import drafting
from mend.ownit.lessons import Lessons
from mend.ownit.service import EXPORT, Owning
from mend.playbooks.library import Library
from mend.privacy import views as blocks
from mend.privacy.store import PrivacyStore
from mend.privacy.views import About
from mend.promises.store import PromiseStore
from mend.slack.outbox import Outbox


@dataclass(frozen=True)
class Privacy:
    """Everything here is for the person it is about. `keep_days` are those after a note closed."""

    db: Database
    outbox: Outbox
    owning: Owning
    helping: Helping
    library: Library
    now: Callable[[], datetime]
    keep_days: int

    def about(self, person: str) -> About:
        return PrivacyStore(self.db).about(person)

    def send(self, person: str, request: str) -> list[str]:
        """Owe them everything kept about them, once per `request`; the keys of the jobs."""
        text = json.dumps(self.about(person), ensure_ascii=False, indent=1)
        keys = []
        with self.db.transaction():
            for number, part in enumerate(blocks.export(text)):
                key = f"{EXPORT}:{request}:{number}"
                keys += self.outbox.dm(key, person, part)
        return keys

    def forget(self, person: str) -> About:
        """Delete everything kept about them; returns what that was. Safe to repeat.

        What stands in Slack is made to match by jobs. Raises Stale or NotSaved where it was
        interrupted: asked for again, it goes on with what is left.
        """
        about = self.about(person)
        self.owning.withdraw_all(person)
        with self.db.transaction():
            self.helping.let_go(person)
            drafting.take_back_all(self.db, person, self.now())
            Lessons(self.db).take_back_all(person)
            for promise in PromiseStore(self.db).unsettled_of(person):
                self.outbox.take_out(promise.id)
            PrivacyStore(self.db).forget_person(person)
        self.db.scrub()
        self.library.relearn()
        return about
