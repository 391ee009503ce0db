"""What an owner learned: saved, released, told."""

from __future__ import annotations

from mend.ownit.model import Note
from mend.slack.ui import Message, aside, button, buttons, notice, quoted

RELEASE = "lesson_release"
KEEP = "lesson_keep"


def learned(note: Note) -> Message:
    """After saving a lesson: it may be released, exactly as it stands here."""
    text = "Saved with your note. Only you can see it."
    if not note.team:
        return notice(text)
    return notice(
        text,
        aside("You may release it: the recap tells it once, in these words, without your name:"),
        quoted(note.learned),
        aside("In some days, three to ten. In a small team people may guess it is you."),
        buttons(button("Release it", RELEASE, note.id), button("Not now", KEEP, note.id)),
    )


def told(team: str) -> Message:
    """For its owner, once."""
    return notice(
        f"The recap in <#{team}> told what you learned, in your words and without your name."
        " Thank you."
    )
