"""Answers to a direct message that is no note: hello, thanks, and the question what it is."""

from __future__ import annotations

from mend.slack import doors
from mend.slack.ui import Message, button, buttons, notice, pack

KEEP = "note_told"
HELLO = (
    "Hello. Write what your customer says, and I find the repair; write what slipped, and I keep"
    " it for you alone. `help` lists the rest."
)
WELCOME = "You are welcome."
WHICH = "Is this a slip of yours, or a customer's problem?"
_VALUE_LENGTH = 2000  # Slack's limit for a button's value


def which(ts: str, text: str) -> Message:
    """Nothing is kept before the press: the buttons carry the words, and when they were said."""
    note = pack(ts, text)
    if len(note) > _VALUE_LENGTH:
        return notice(f"{WHICH} Send it again with `/ownit` or `/repair` in front of it.")
    return notice(
        f"{WHICH} Nothing is kept yet.",
        buttons(
            button("Keep it as my note", KEEP, note), button("Find a repair", doors.REPAIR, text)
        ),
    )
