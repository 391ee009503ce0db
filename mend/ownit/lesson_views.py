"""What an owner learned: saved, released, told."""

from __future__ import annotations

from mend.ownit.model import Note
from mend.slack import ui

RELEASE = "lesson_release"
KEEP = "lesson_keep"


def learned(note: Note, *, is_told: bool, may_tell: bool) -> ui.Message:
    """After saving a lesson: it may be released, exactly as it stands here, until one was told."""
    text = "Saved with your note. Only you can see it."
    if is_told:
        text += " A recap told your lesson already; that stays as it was posted."
        return ui.notice(text)
    if not note.team:
        return ui.notice(text)
    if not may_tell:
        return ui.notice(f"{text} A recap could tell it if it named steps, and blamed nobody.")
    return ui.notice(
        text,
        ui.aside("You may release it: the recap tells it once, in these words, without your name:"),
        ui.quoted(note.learned),
        ui.aside("In some days, three to ten. In a small team people may guess it is you."),
        ui.buttons(ui.button("Release it", RELEASE, note.id), ui.button("Not now", KEEP, note.id)),
    )


def told(team: str) -> ui.Message:
    """For its owner, once."""
    return ui.notice(
        f"The recap in <#{team}> told what you learned, in your words and without your name."
        " Thank you."
    )
