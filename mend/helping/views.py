"""A request for a hand: what supervisors see, and what the asker sees and hears back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import Block

from mend.helping.model import Hand, HandState, Outcome, Part
from mend.slack import doors
from mend.slack.ui import (
    Answers,
    Message,
    answered,
    any_of,
    aside,
    ask,
    button,
    buttons,
    escape,
    form,
    local_since,
    local_time,
    notice,
    quoting,
    says,
    ticked,
    typed,
)

TAKE = "hand_take"
ANSWER = "hand_answer"
CLOSE = "hand_close"
CANCEL = "hand_cancel"
CALL_ME = doors.CALL_ME
ON_LINE = "hand_on_line"
ANSWER_FORM = "hand_answer_form"
ANSWER_LENGTH = 2000
_CLOSED = {
    Outcome.ANSWERED: "Answered.",
    Outcome.KEPT: "Done.",
    Outcome.CANCELLED: "No longer needed.",
    Outcome.EXPIRED: "Closed after a day.",
    None: "Answered.",  # by an older Mend
}


def request(hand: Hand, reader: str, link: str, zone: ZoneInfo) -> Message:
    """One supervisor's card, as it stands for them now; `zone` is theirs."""
    choices = []
    if hand.state is HandState.OPEN:
        choices = [button("I'm coming", TAKE, hand.id, "primary")]
        choices += [button("Answer", ANSWER, hand.id)]
        who = "Nobody has it yet."
    elif hand.taker == reader:
        close = "Done" if hand.promise else "Close"
        choices = [button("Answer", ANSWER, hand.id, "primary"), button(close, CLOSE, hand.id)]
        who = "You have it."
    else:
        who = f"<@{hand.taker}> has it."
    heading = f"{asks(hand, zone, link)} {who}"
    return quoting(heading, hand.context, *([buttons(*choices)] if choices else []))


def asks(hand: Hand, zone: ZoneInfo, link: str = "") -> str:
    """Who asks, about what, since when, and whether a customer waits on the line."""
    if hand.is_call:
        since = local_since(hand.asked_at, zone)
        return f"<@{hand.asker}> asks that a lead calls them. Asked {since}."
    said = f"<@{hand.asker}> asks for a hand"
    if hand.due_at:
        said += f": a promise to a customer needs somebody, by {local_time(hand.due_at, zone)}"
    elif hand.playbook:
        said += f" with *{escape(hand.playbook)}*"
    elif link:
        said += f" about <{link}|this thread>"
    on_line = "📞 The customer is on the line. " if hand.on_line else ""
    return f"{said}. {on_line}Asked {local_since(hand.asked_at, zone)}."


def answer_form(hand: Hand) -> dict[str, Any]:
    return form(
        ANSWER_FORM,
        "Answer",
        "Send",
        hand.id,
        ask("words", "Your answer reaches them through Mend", typed(ANSWER_LENGTH)),
        ask("open", "Then it is closed", any_of({"open": "Keep it open"}), required=False),
    )


def read_answer(answers: Answers) -> tuple[str, bool]:
    """The words, and whether the request is to stay open."""
    return answered(answers, "words"), bool(ticked(answers, "open"))


def asked(hand: Hand, zone: ZoneInfo, *, is_new: bool) -> Message:
    """What the asker sees of their own request, with what they can do about it."""
    said = "Your supervisors are being told. Whoever takes it answers you through Mend."
    if hand.is_call:
        said = "A lead is being asked to call you. You hear here who does."
    if not is_new:
        said = stands(hand, zone)
    return notice(said, buttons(*_own(hand)))


def summary(hand: Hand, zone: ZoneInfo) -> list[Block]:
    """The asker's own request in App Home."""
    return [says(f"🙋 {stands(hand, zone)}"), buttons(*_own(hand))]


def stands(hand: Hand, zone: ZoneInfo) -> str:
    who = f"<@{hand.taker}> has it" if hand.taker else "nobody has taken it yet"
    on_line = " They see that the customer is on the line." if hand.on_line else ""
    what = "that a lead calls you" if hand.is_call else "for a hand"
    return f"You asked {what} {local_since(hand.asked_at, zone)}; {who}.{on_line}"


def _own(hand: Hand) -> Sequence[Any]:
    is_asked = hand.entry or hand.promise or hand.is_call or hand.on_line
    on_line = [] if is_asked else [button("Customer is on the line", ON_LINE, hand.id)]
    return [*on_line, button("Cancel", CANCEL, hand.id)]


def taken(supervisor: str) -> Message:
    return notice(f"<@{supervisor}> has your request for a hand and will answer here or find you.")


def given_back() -> Message:
    return notice(
        "Whoever had your request for a hand no longer has it. Your supervisors see it again."
    )


def due(hand: Hand, part: Part, zone: ZoneInfo) -> Message:
    """Whoever took over a promise is reminded of it."""
    when = f"by {local_time(hand.due_at or hand.asked_at, zone)}"
    heading = f"Due now ({when})" if part is Part.DUE else f"Soon due ({when})"
    choices = buttons(button("Done", CLOSE, hand.id, "primary"), button("Answer", ANSWER, hand.id))
    return quoting(f"{heading}: you took this over from <@{hand.asker}>.", hand.context, choices)


def kept(supervisor: str) -> Message:
    return notice(f"<@{supervisor}> has done what you handed over: the promise is kept.")


def answer(supervisor: str, words: str, *, gives_back: bool) -> Message:
    """`gives_back`: a promise that was handed over is its owner's again."""
    heading = f"<@{supervisor}> answers:"
    yours = [aside("The promise to the customer is yours again.")] if gives_back else []
    return quoting(heading, words, *yours)


def closed(outcome: Outcome | None) -> Message:
    """In place of a supervisor's card."""
    return notice(_CLOSED[outcome])


def cancelled() -> Message:
    """In place of what told the asker that it waits; it holds the button they pressed."""
    return notice("Cancelled. It is being taken out of your supervisors' messages.")


def ended() -> Message:
    """In place of what told the asker who has it."""
    return notice("Your request for a hand is closed.")


def still_waiting() -> Message:
    return notice("A request for a hand is still waiting: nobody has taken it. It is above.")


def nobody_yet(hand: Hand, *, is_told: bool) -> Message:
    """The asker hears that it waits; `is_told`: a supervisor knows of it."""
    said = (
        "Nobody has taken your request for a hand yet. Your supervisors were reminded. If it"
        " cannot wait, call your lead."
        if is_told
        else "Slack does not let Mend tell any of your supervisors of your request for a hand."
        " Call your lead."
    )
    return notice(said, buttons(button("Cancel", CANCEL, hand.id)))


def expired() -> Message:
    return notice(
        "Nobody took your request for a hand within a day, so it is closed.",
        aside("Its words and your name are no longer kept. Ask again if you still need it."),
    )
