"""A request for a hand: what supervisors see, and what the asker sees and hears back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from mend.helping.model import HelpRequest, HelpState, Outcome, Part
from mend.slack import doors, ui

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


def request(help_request: HelpRequest, reader: str, link: str, zone: ZoneInfo) -> ui.Message:
    """One supervisor's card, as it stands for them now; `zone` is theirs."""
    choices = []
    if help_request.state is HelpState.OPEN:
        choices = [ui.button("I'm coming", TAKE, help_request.id, "primary")]
        choices += [ui.button("Answer", ANSWER, help_request.id)]
        who = "Nobody has it yet."
    elif help_request.taker == reader:
        close = "Done" if help_request.promise else "Close"
        choices = [
            ui.button("Answer", ANSWER, help_request.id, "primary"),
            ui.button(close, CLOSE, help_request.id),
        ]
        who = "You have it."
    else:
        who = f"<@{help_request.taker}> has it."
    heading = f"{asks(help_request, zone, link)} {who}"
    return ui.quoting(heading, help_request.context, *([ui.buttons(*choices)] if choices else []))


def line(help_request: HelpRequest, zone: ZoneInfo) -> ui.Block:
    """A request in App Home of a supervisor who may take it, or has it."""
    label, act = ("Answer", ANSWER) if help_request.taker else ("I'm coming", TAKE)
    who = " You have it." if help_request.taker else ""
    return ui.says(f"🙋 {asks(help_request, zone)}{who}", ui.button(label, act, help_request.id))


def asks(help_request: HelpRequest, zone: ZoneInfo, link: str = "") -> str:
    """Who asks, about what, since when, and whether a customer waits on the line."""
    if help_request.is_call:
        since = ui.local_since(help_request.asked_at, zone)
        return f"<@{help_request.asker}> asks a lead to call them. Asked {since}."
    said = f"<@{help_request.asker}> asks for a hand"
    if help_request.due_at:
        by = ui.local_time(help_request.due_at, zone)
        said += f": a promise to a customer needs somebody, by {by}"
    elif help_request.playbook:
        said += f" with *{ui.escape(help_request.playbook)}*"
    elif link:
        said += f" about <{link}|this thread>"
    on_line = "📞 The customer is on the line. " if help_request.on_line else ""
    return f"{said}. {on_line}Asked {ui.local_since(help_request.asked_at, zone)}."


def answer_form(help_request: HelpRequest) -> dict[str, Any]:
    return ui.form(
        ANSWER_FORM,
        "Answer",
        "Send",
        help_request.id,
        *([ui.quoted(help_request.context)] if help_request.context else []),
        ui.ask("words", "Your answer reaches them through Mend", ui.typed(ANSWER_LENGTH)),
        ui.ask("open", "Then it is closed", ui.any_of({"open": "Keep it open"}), required=False),
    )


def read_answer(answers: ui.Answers) -> tuple[str, bool]:
    """The words, and whether the request is to stay open."""
    return ui.answered(answers, "words"), bool(ui.ticked(answers, "open"))


def asked(help_request: HelpRequest, zone: ZoneInfo, *, is_new: bool) -> ui.Message:
    """What the asker sees of their own request, with what they can do about it."""
    on_line = ", also that the customer is on the line" if help_request.on_line else ""
    said = f"Your supervisors are being told{on_line}. Whoever takes it answers you through Mend."
    if help_request.is_call:
        said = "A lead is being asked to call you. You hear here who does."
    if not is_new:
        said = stands(help_request, zone)
    return ui.notice(said, ui.buttons(*_own(help_request)))


def summary(help_request: HelpRequest, zone: ZoneInfo) -> list[ui.Block]:
    """The asker's own request in App Home."""
    return [ui.says(f"🙋 {stands(help_request, zone)}"), ui.buttons(*_own(help_request))]


def stands(help_request: HelpRequest, zone: ZoneInfo) -> str:
    who = f"<@{help_request.taker}> has it" if help_request.taker else "nobody has taken it yet"
    on_line = " They see that the customer is on the line." if help_request.on_line else ""
    what = "for a lead to call you" if help_request.is_call else f"for a hand{_with(help_request)}"
    return f"You asked {what} {ui.local_since(help_request.asked_at, zone)}; {who}.{on_line}"


def _with(help_request: HelpRequest) -> str:
    """Somebody may have asked about more than one thing."""
    return f" with *{ui.escape(help_request.playbook)}*" if help_request.playbook else ""


def _own(help_request: HelpRequest) -> Sequence[Any]:
    is_asked = (
        help_request.note or help_request.promise or help_request.is_call or help_request.on_line
    )
    on_line = [] if is_asked else [ui.button("Customer is on the line", ON_LINE, help_request.id)]
    return [*on_line, ui.button("Cancel", CANCEL, help_request.id)]


def taken(help_request: HelpRequest) -> ui.Message:
    return ui.notice(
        f"<@{help_request.taker}> has your request for a hand{_with(help_request)} and will answer"
        " here or find you."
    )


def given_back() -> ui.Message:
    return ui.notice(
        "Whoever had your request for a hand no longer has it. Your supervisors see it again."
    )


def due(help_request: HelpRequest, part: Part, zone: ZoneInfo) -> ui.Message:
    """Whoever took over a promise is reminded of it."""
    when = f"by {ui.local_time(help_request.due_at or help_request.asked_at, zone)}"
    heading = f"Due now ({when})" if part is Part.DUE else f"Soon due ({when})"
    choices = ui.buttons(
        ui.button("Done", CLOSE, help_request.id, "primary"),
        ui.button("Answer", ANSWER, help_request.id),
    )
    return ui.quoting(
        f"{heading}: you took this over from <@{help_request.asker}>.",
        help_request.context,
        choices,
    )


def kept(supervisor: str) -> ui.Message:
    return ui.notice(f"<@{supervisor}> has done what you handed over: the promise is kept.")


def answer(supervisor: str, words: str, *, gives_back: bool) -> ui.Message:
    """`gives_back`: a promise that was handed over is its owner's again."""
    heading = f"<@{supervisor}> answers:"
    yours = [ui.aside("The promise to the customer is yours again.")] if gives_back else []
    return ui.quoting(heading, words, *yours)


def closed(outcome: Outcome | None) -> ui.Message:
    """In place of a supervisor's card."""
    return ui.notice(_CLOSED[outcome])


def cancelled() -> ui.Message:
    """In place of what told the asker that it waits; it holds the button they pressed."""
    return ui.notice("Cancelled. It is being taken out of your supervisors' messages.")


def ended() -> ui.Message:
    """In place of what told the asker who has it."""
    return ui.notice("Your request for a hand is closed.")


def still_waiting() -> ui.Message:
    return ui.notice("A request for a hand is still waiting: nobody has taken it. It is above.")


def nobody_yet(help_request: HelpRequest, *, is_told: bool) -> ui.Message:
    """The asker hears that it waits; `is_told`: a supervisor knows of it."""
    said = (
        f"Nobody has taken your request for a hand{_with(help_request)} yet. Your supervisors were"
        " reminded. If it cannot wait, call your lead."
        if is_told
        else "Slack does not let Mend tell any of your supervisors of your request for a hand"
        f"{_with(help_request)}."
        " Call your lead."
    )
    return ui.notice(said, ui.buttons(ui.button("Cancel", CANCEL, help_request.id)))


def expired() -> ui.Message:
    return ui.notice(
        "Nobody took your request for a hand within a day, so it is closed.",
        ui.aside("Its words and your name are no longer kept. Ask again if you still need it."),
    )
