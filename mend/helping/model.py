"""A request for a hand: who asked, who took it, and nothing left once it is answered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from mend.db.model import Refused

REMIND_AFTER = timedelta(minutes=10)


class HandState(StrEnum):
    OPEN = "open"
    TAKEN = "taken"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Hand:
    """One request. `entry` is the note it is about, or empty; `context` is what the asker saw."""

    id: str
    asker: str
    context: str
    entry: str
    asked_at: datetime
    state: HandState = HandState.OPEN
    taker: str = ""
    version: int = 1


def taken(hand: Hand, taker: str) -> Hand:
    """The request in one supervisor's hands; raises Refused where it is in another's."""
    if hand.state is HandState.CLOSED:
        raise Refused("This was answered already. Thank you.")
    if hand.state is HandState.TAKEN and hand.taker != taker:
        raise Refused(f"<@{hand.taker}> has taken this one already.")
    return replace(hand, state=HandState.TAKEN, taker=taker)


def given_back(hand: Hand) -> Hand:
    """The request waiting once more, because whoever took it no longer has it."""
    return replace(hand, state=HandState.OPEN, taker="")


def closed(hand: Hand, by: str) -> Hand:
    """Answered: the text and the names go."""
    if by not in (hand.taker, hand.asker):
        raise Refused("Whoever took it, or asked, can close it.")
    return replace(hand, state=HandState.CLOSED, context="", asker="", taker="")
