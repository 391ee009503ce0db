"""A request for a hand: who asked, who took it, and nothing left once it is closed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from mend.db.model import Refused

LIVES = timedelta(days=1)  # then it is closed, whoever has it
KEEP_CLOSED = timedelta(days=7)  # without text and names: what a late press is answered from
PACE = timedelta(hours=1)
ASKS_IN_PACE = 6  # of one person; more would drown what others ask
UNSAID = (
    "Mend does not pass on telephone numbers and e-mail addresses. Take it out, or write to them"
    " yourself."
)
TOO_MANY = (
    f"You asked {ASKS_IN_PACE} times within the hour, and your supervisors were told each"
    " time. If it cannot wait, call your lead."
)
ANSWERED_ALREADY = "This was answered already. Thank you."


class HelpState(StrEnum):
    OPEN = "open"
    TAKEN = "taken"
    CLOSED = "closed"


class Outcome(StrEnum):
    """How a request ended."""

    ANSWERED = "answered"
    KEPT = "kept"  # the promise that was handed over
    CANCELLED = "cancelled"  # by whoever asked, or with the note it was about
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class HelpRequest:
    """One request.

    `team` is the channel whose supervisors were asked, empty for those of all teams. It is about
    the note `note`, or the `promise` that is due at `due_at`, or a customer's problem: `playbook`
    is the title of what the asker looked at, `context` the words they looked for.
    """

    id: str
    asker: str
    context: str
    note: str
    asked_at: datetime
    state: HelpState = HelpState.OPEN
    taker: str = ""
    version: int = 1
    team: str = ""
    playbook: str = ""
    promise: str = ""
    due_at: datetime | None = None
    on_line: bool = False
    outcome: Outcome | None = None

    @property
    def is_call(self) -> bool:
        """Whether they asked to be called themselves, and about what is nobody's business."""
        return not (self.note or self.promise or self.playbook or self.context)

    def is_due(self, now: datetime) -> bool:
        """Whether the promise it is about is."""
        return self.due_at is not None and self.due_at <= now

    @property
    def expires_at(self) -> datetime:
        """A promise is worth a hand until the day after it is due."""
        return max(self.asked_at, self.due_at or self.asked_at) + LIVES


class Part(StrEnum):
    """What one private message about a request is for."""

    LEAD = "lead"  # a supervisor's card
    AGAIN = "again"  # a supervisor is reminded that it waits
    WAITS = "waits"  # the asker hears that nobody took it yet
    TAKEN = "taken"  # the asker hears who has it
    SOON = "soon"  # whoever took over a promise is reminded ten minutes before
    DUE = "due"  # and when it is due


@dataclass(frozen=True, slots=True)
class HelpMessage:
    """A message about a request, under a subject that says nothing of `person`, who reads it."""

    subject: str
    help_request: str
    person: str
    part: Part


def taken(help_request: HelpRequest, taker: str) -> HelpRequest:
    """The request in one supervisor's hands; raises Refused where it is in another's."""
    if help_request.state is HelpState.CLOSED:
        is_done = help_request.outcome in (Outcome.ANSWERED, Outcome.KEPT)
        raise Refused(ANSWERED_ALREADY if is_done else gone(help_request), is_gone=True)
    if help_request.state is HelpState.TAKEN and help_request.taker != taker:
        raise Refused(f"<@{help_request.taker}> has taken this one already.")
    return replace(help_request, state=HelpState.TAKEN, taker=taker)


def given_back(help_request: HelpRequest) -> HelpRequest:
    """The request waiting once more, because whoever took it no longer has it."""
    return replace(help_request, state=HelpState.OPEN, taker="")


def closed(help_request: HelpRequest, outcome: Outcome) -> HelpRequest:
    """The text and the names go."""
    return replace(
        help_request,
        state=HelpState.CLOSED,
        context="",
        asker="",
        taker="",
        playbook="",
        outcome=outcome,
    )


def gone(help_request: HelpRequest | None) -> str:
    """Why there is nothing to take, or to cancel, any more."""
    if help_request and help_request.outcome is Outcome.CANCELLED:
        return "This one is no longer needed. Thank you."
    if help_request and help_request.state is HelpState.CLOSED:
        return "This request is closed already."
    return "This request is no longer there."
