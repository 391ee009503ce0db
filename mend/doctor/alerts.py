"""Telling those concerned, once for each trouble, what did not happen and what to do about it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from mend.db.engine import Database
from mend.db.model import Job, Patience
from mend.db.worker import Duty
from mend.people.directory import People
from mend.people.model import Role
from mend.slack import ui
from mend.slack.model import Failure, NotSent
from mend.slack.outbox import DM_KIND, Outbox, refusal_of
from mend.slack.store import Posts

PROMISE = (
    "A reminder of a promise to a customer could not be delivered: whoever made it may be gone."
    " A lead is told once it is overdue, if they allowed that."
)
TAKEN_BACK = "Something that was taken back still stands in Slack."
MORE = "An admin finds more with `/mend doctor`."
IS_KEPT = "It is kept, and done once Slack allows it."

# What ends the trouble of a whole channel. Once it is over, the next one is a new one.
_CURES = {
    Failure.ARCHIVED: "Unarchive the channel, or make another one the team's.",
    Failure.NOT_IN_CHANNEL: "Somebody in the channel types `/invite @Mend` there.",
    Failure.CHANNEL_NOT_FOUND: "If the channel is private, somebody in it types `/invite @Mend`.",
    Failure.SHARED: "Make another channel the team's: what people own would leave the company.",
    Failure.RESTRICTED: "Let Mend post there, in the channel's settings.",
}


@dataclass(frozen=True)
class Alerts:
    """Owes one message for each channel and trouble to every admin, and to an owner for theirs."""

    db: Database
    outbox: Outbox
    people: People
    now: Callable[[], datetime]

    def refused(self, duty: Duty, job: Job, failure: NotSent) -> None:
        is_promise = job.key.startswith("notice:promise:")
        if job.kind == DM_KIND and not is_promise:  # nobody else waits for it
            return
        place = self._channel(job)
        why = self._why(duty, failure, place)
        owner, says = duty.owner(job)
        if owner:
            told = ui.notice(f"{says} {why}")
            self.outbox.dm(refusal_of(job), owner, told)
        if owner and not place:
            return
        about = f"{place or job.kind}:{failure.reason.name}"
        told = ui.notice(f"{self._says(duty, job)} {why}")
        for admin in self.people.with_role(Role.ADMIN):
            self.outbox.dm(f"alert:{about}:{admin}", admin, told)

    def accepted(self, channel: str) -> None:
        """The channel takes something: whatever the trouble was, it is over."""
        for cause in _CURES:
            self.outbox.take_back(f"alert:{channel}:{cause.name}:")

    def _channel(self, job: Job) -> str:
        """The channel it was for; empty where that is somebody's direct messages."""
        post = Posts(self.db).get(job.key)
        return post.channel if post and post.channel.startswith(("C", "G")) else ""

    def _says(self, duty: Duty, job: Job) -> str:
        if duty.erases(job):
            return TAKEN_BACK
        return PROMISE if job.key.startswith("notice:promise:") else duty.says

    def _why(self, duty: Duty, failure: NotSent, place: str) -> str:
        detail = f", {failure.detail}" if failure.detail else ""
        where = f" in <#{place}>" if place else ""
        cure = _CURES.get(failure.reason, "") if place else ""
        is_kept = "" if duty.patience is Patience.TIMELY else IS_KEPT
        parts = [f"Reason{where}: {failure.reason}{detail}.", cure or MORE, is_kept]
        return " ".join(part for part in parts if part)
