"""Telling the admins, once a day and kind of trouble, that some work was given up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from mend.db.engine import Database
from mend.db.model import Job
from mend.people.directory import People
from mend.people.model import Role
from mend.slack import notices
from mend.slack.model import NotSent
from mend.slack.ui import notice

_WHAT = {
    "recap": "The recap could not be posted; it is kept.",
    "recap_details": "The details of the recap could not be posted; they are kept.",
    "week": "The week could not be posted; it is kept.",
    "brief": "The brief could not be posted.",
    "thread": "A note could not be shown in (or taken out of) the team channel; it is kept.",
    "overdue": "The list of playbooks to check could not be sent.",
    "hand": "A supervisor could not be told that somebody asks for a hand.",
    "hand_message": "Somebody could not be told how a request for a hand stands.",
    "receipt": "A receipt could not be delivered; the note is kept.",
}

_PROMISE = (
    "A reminder of a promise to a customer could not be delivered: whoever made it may be gone."
    " A lead is told once it is overdue, if they allowed that."
)


@dataclass(frozen=True)
class Alerts:
    """Owes every admin one message about each kind of work and reason a day."""

    db: Database
    people: People
    now: Callable[[], datetime]

    def given_up(self, job: Job, failure: NotSent) -> None:
        is_promise = job.key.startswith("notice:promise:")
        what = _PROMISE if is_promise else _WHAT.get(job.kind)
        if what is None:  # a private notice itself: telling about it would go the same way
            return
        now = self.now()
        detail = f" ({failure.detail})" if failure.detail else ""
        content = notice(
            f"{what} Reason: {failure.reason.value}{detail}. `/mend doctor` says more."
        )
        for admin in self.people.with_role(Role.ADMIN):
            key = f"alert:{job.kind}:{failure.reason.name}:{now:%Y-%m-%d}:{admin}"
            notices.owe(self.db, key, admin, content, now)
