"""A note in App Home: one line, and the window in which everything can be done with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from mend.ownit import receipt_views as receipts
from mend.ownit import views as notes
from mend.ownit.model import Note, Visibility
from mend.ownit.receipt_views import Standing
from mend.slack import doors, ui
from mend.slack.ui import says

LINE_LENGTH = 70
MOMENTS_SHOWN = 20  # two blocks each: far from Slack's 100
_WHO_SEES = {
    Visibility.ONLY_ME: "only you",
    Visibility.WITHOUT_NAME: "without your name",
    Visibility.AS_ME: "in the team channel",
}
BEING_POSTED = "being posted in the team channel"
BEING_TAKEN_OUT = "being taken out of the team channel"


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that became of a note, and what its owner wrote then; `at` where that is known."""

    says: str
    words: str = ""
    at: datetime | None = None


def one_line(note: Note, zone: ZoneInfo, *, stands: bool) -> ui.Block:
    """One of the owner's notes in App Home."""
    who = _WHO_SEES[note.visibility]
    if note.is_shown is not stands:
        who = BEING_POSTED if note.is_shown else BEING_TAKEN_OUT
    done = " · repaired" if note.repaired_at else ""
    words = ui.shortened(" ".join(note.text.split()), LINE_LENGTH)
    day = f"{note.created_at.astimezone(zone):%-d %B}"
    return ui.line(f"{words}\n{day} · {who}{done}", ui.button("Open", notes.OPEN, note.id))


def window(it: Standing, moments: Sequence[Moment], zone: ZoneInfo) -> ui.Message:
    """How it stands, its words, what became of it, and what can be done."""
    said, (first, more) = receipts.status(it), receipts.next_steps(it, in_window=True)
    earlier = len(moments) - MOMENTS_SHOWN
    return ui.message(
        said,
        *([says(it.tell)] if it.tell else []),
        says(f"*{said}*", more),
        *notes.written(it.note),
        *([ui.aside(f"{earlier} earlier ones are not shown here.")] if earlier > 0 else []),
        *(block for each in moments[-MOMENTS_SHOWN:] for block in _moment(each, zone)),
        *([ui.buttons(*first)] if first else []),
    )


def in_distress(it: Standing, support: ui.Message) -> ui.Message:
    """Its words, support, and beside it only what its owner may want undone."""
    undo = [("Edit", notes.EDIT, it.note.id)] if it.may_edit else []
    undo.append(("Withdraw", notes.WITHDRAW, it.note.id))
    words = ui.message(it.note.text, *notes.written(it.note))
    below = ui.message(support.text, ui.buttons(ui.menu(notes.MORE, *undo)))
    return ui.Message(support.text, (*words.blocks, *support.blocks, *below.blocks))


def view(content: ui.Message) -> dict[str, Any]:
    return ui.panel("Your note", content)


def for_colleagues() -> dict[str, Any]:
    """What anybody else may do about a note that its owner posted."""
    said = "Only whoever wrote this note can change it. Been there? Add a 🤝 to it, or own yours:"
    own = ui.button("Own something", doors.OWN, "")
    return ui.panel("A colleague's note", ui.notice(said, ui.buttons(own)))


def _moment(moment: Moment, zone: ZoneInfo) -> list[ui.Block]:
    when = f"{ui.local_time(moment.at, zone)}  " if moment.at else ""
    words = [ui.paragraph(moment.words)] if moment.words else []
    return [ui.aside(f"{when}{moment.says}"), *words]
