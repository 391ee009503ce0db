"""A request for a hand: what supervisors see, and what the asker hears back."""

from __future__ import annotations

from typing import Any

from mend.helping.model import Hand, HandState
from mend.slack.ui import (
    Answers,
    Message,
    answered,
    ask,
    button,
    buttons,
    form,
    notice,
    quoting,
    typed,
)

TAKE = "hand_take"
ANSWER = "hand_answer"
CLOSE = "hand_close"
ANSWER_FORM = "hand_answer_form"
ANSWERED = "Answered."
ANSWER_LENGTH = 2000


def request(hand: Hand, reader: str, link: str) -> Message:
    """One supervisor's message, as it stands for them now."""
    heading = f"<@{hand.asker}> asks for a hand."
    if link:
        heading += f" It is about <{link}|this thread>."
    choices = []
    if hand.state is HandState.OPEN:
        choices = [button("I'll take it", TAKE, hand.id, "primary")]
    elif hand.taker == reader:
        heading += " You have it."
        choices = [button("Answer", ANSWER, hand.id, "primary"), button("Close", CLOSE, hand.id)]
    else:
        heading += f" <@{hand.taker}> has it."
    return quoting(heading, hand.context, *([buttons(*choices)] if choices else []))


def answer_form(hand: Hand) -> dict[str, Any]:
    asked = ask("words", "Your answer reaches them through Mend", typed(ANSWER_LENGTH))
    return form(ANSWER_FORM, "Answer", "Send", hand.id, asked)


def read_answer(answers: Answers) -> str:
    return answered(answers, "words")


def taken(supervisor: str) -> Message:
    return notice(f"<@{supervisor}> has your request for a hand and will answer here or find you.")


def answer(supervisor: str, words: str) -> Message:
    heading = f"<@{supervisor}> answers:"
    return quoting(heading, words)


def closed() -> Message:
    return notice(ANSWERED)


def still_waiting() -> Message:
    return notice("A request for a hand is still waiting: nobody has taken it. It is above.")


def nobody_yet() -> Message:
    return notice(
        "Nobody has taken your request for a hand yet. Your supervisors were reminded. If it"
        " cannot wait, call your lead."
    )
