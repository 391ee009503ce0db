"""Looking back days later: what was going on, and what became of its cause.

Factors are conditions, none of them a person (contributing factors, not a root cause: Cook, "How
complex systems fail"). The three states are what an action did to a cause, by the strength of the
action (RCA² hierarchy); silence never makes one "eliminated".
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from mend.db.model import Refused
from mend.people.model import IsWorkday

ASK_AT = time(10)  # local: after the first rush, before lunch
SNOOZE = timedelta(days=2)
LEFT_AFTER = timedelta(days=7)
FACTORS_AT_MOST = 3
ASKED_AT_MOST = 2
NOT_AGAIN = "I will not ask about this note again."


class Factor(StrEnum):
    """What was going on. The values are kept; the words are shown."""

    INFO = "information missing, wrong or hard to find"
    AUTH = "authority missing or unclear"
    TOOL = "a system, screen, default or outage"
    PROC = "a process or policy unclear or in conflict"
    HAND = "a hand-over, transfer or notes"
    LOAD = "workload, queue or time target"
    FATG = "tiredness or a missed break"
    SKIL = "a new or rare task"
    COMM = "language, noise or channel"
    DATA = "customer data wrong, double or alike"
    EXT = "a supplier, courier, bank or the customer's side changed"
    INCT = "a target that pulled the other way"
    UNKN = "not known yet"


class Cause(StrEnum):
    """What became of it."""

    IDENTIFIED = "identified"
    PREVENTED = "prevented"
    ELIMINATED = "eliminated"
    NOT_DOING = "not doing"


CAUSE_WORDS = {
    Cause.IDENTIFIED: "Identified: we know the condition",
    Cause.PREVENTED: "Prevented: it is less likely now",
    Cause.ELIMINATED: "Eliminated: that path is closed",
    Cause.NOT_DOING: "Not doing anything about it, for now",
}


class LookBackState(StrEnum):
    ASKED = "asked"
    ANSWERED = "answered"
    DECLINED = "declined"
    LEFT = "left"  # for a week: as good as an answer, which it may still get


@dataclass(frozen=True, slots=True)
class LookBack:
    """One note's look-back. `asked` counts how often its owner was asked."""

    note: str
    state: LookBackState = LookBackState.ASKED
    factors: tuple[Factor, ...] = ()
    words: str = ""
    cause: Cause | None = None
    who: str = ""
    asked: int = 0
    answered_at: datetime | None = None

    @property
    def is_settled(self) -> bool:
        return self.state in (LookBackState.ANSWERED, LookBackState.DECLINED)


def due_at(written: datetime, days: int, zone: ZoneInfo, is_workday: IsWorkday) -> datetime:
    """When to ask: so many days after, in the morning, moved off quiet days."""
    day = (written.astimezone(zone) + timedelta(days=days)).date()
    for _ in range(366):
        if is_workday(day):
            break
        day += timedelta(days=1)
    return datetime.combine(day, ASK_AT, tzinfo=zone).astimezone(UTC)


def check_factors(factors: tuple[Factor, ...]) -> None:
    """Raises Refused unless there are one to three."""
    if not 1 <= len(factors) <= FACTORS_AT_MOST:
        raise Refused("Choose one, two or three: what mattered most.", "factors")


def check_open(closed_at: datetime | None, lookback: LookBack) -> None:
    """Raises Refused, saying how it stands, where a note is not asked about any more."""
    if lookback.state is LookBackState.DECLINED:
        raise Refused(NOT_AGAIN, is_gone=True)
    if lookback.is_settled:
        raise Refused("You have looked back on this note, so I will not ask again.", is_gone=True)
    if closed_at:
        raise Refused("This note is closed, so I will not ask about it again.", is_gone=True)


def asks_once_more(lookback: LookBack) -> bool:
    """Whether the owner does not know yet, has been asked only once and may be asked again."""
    is_unclear = Factor.UNKN in lookback.factors and not lookback.is_settled
    return is_unclear and lookback.asked < ASKED_AT_MOST
