"""Answers to a direct message that is no note: hello, thanks, and the question what it is."""

from __future__ import annotations

from mend.slack import ui

KEEP = "told_keep"
REPAIR = "told_repair"
HELLO = (
    "Hello. Write what your customer says, and I find the repair; write what slipped, and I keep"
    " it for you alone. `help` lists the rest."
)
WELCOME = "You are welcome."
WHICH = "Is this a slip of yours, or a customer's problem? Nothing is kept yet."


def which(ts: str) -> ui.Message:
    """The buttons know when it was said, and nothing of the words."""
    choices = ui.button("Keep it as my note", KEEP, ts), ui.button("Find a repair", REPAIR, ts)
    return ui.notice(WHICH, ui.buttons(*choices))
