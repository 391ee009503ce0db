"""An owned note as others see it: its thread's root; and what is said to its owner about it."""

from __future__ import annotations

from hashlib import sha256

from mend.ownit.model import Note, Visibility
from mend.slack import doors, ui
from mend.slack.packing import pack

OPEN = "note_open"
POST = "note_post"
KEEP = "note_keep"
WITHOUT_NAME = "note_without_name"
WHO_SEES = "note_who_sees"
PROMISE = "promise_make"
REWORD = "note_reword"
KEEP_WORDS = doors.NOTE
WORDS = "note_words"
EDIT = "note_edit"
WITHDRAW = "note_withdraw"
SAVE_ANOTHER = "note_save_another"
REPAIRED = "note_repaired"
HAND = "note_hand"
LEARNED = "note_learned"
WRITE_BACK = "note_write_back"
KEEP_NOTE = "note_keep_it"
MORE = "note_more"  # a menu, whose choices have routes of their own

Choice = tuple[str, str, str]  # a label, its route, and the value for that

WITHDRAWN = "A note was withdrawn."
CLOSED = "A note was closed."
NOTHING_KEPT = "Nothing of it is kept."
TAKING_OUT = "What stood in the channel is being taken out."
MENDED = "✅ Repaired."


def choice(note: Note, visibility: Visibility) -> str:
    """What a button carries that chooses from how the note stands now: see `Owning.show`."""
    return pack(note.id, visibility, mark(note))


def mark(note: Note) -> str:
    """Tells its words from the ones it had before an edit."""
    return sha256(note.text.encode()).hexdigest()[:8]


def thread(note: Note, *, lead_goes_first: bool = False) -> ui.Message:
    """The root of the note's thread in the team channel, which offers all its readers the same."""
    return ui.message(
        f"<@{note.owner}> owns this: {ui.escape(note.text)}",
        *([ui.aside("A lead goes first.")] if lead_goes_first else []),
        *shown(note, ui.button("Open", OPEN, note.id)),
        ui.aside("Been there? Add a 🤝. Only its owner's replies here are kept."),
    )


def shown(note: Note, beside: ui.Element | None = None) -> list[ui.Block]:
    """Exactly what others see of it, with what opens it where it stands."""
    blocks: list[ui.Block] = [ui.says(f"<@{note.owner}> owns this:", beside), *written(note)]
    if note.repaired_at:
        blocks.append(ui.says(MENDED))
    return blocks


def written(note: Note) -> list[ui.Block]:
    """Its words."""
    blocks: list[ui.Block] = [ui.quoted(note.text)]
    if note.did:
        blocks.append(ui.paragraph("Done or offered: ", note.did))
    if note.would_help:
        blocks.append(ui.paragraph("What would have helped: ", note.would_help))
    if note.link:
        blocks.append(ui.aside(f"About <{ui.escape(note.link)}|this message>."))
    return blocks


def out_by_now(note: Note) -> ui.Message:
    """To the owner who took it out while Slack did not let it go."""
    return ui.notice(f"Your note is out of <#{note.team}> now.")


def ask_again() -> ui.Message:
    """To an owner who was still to be sent all that is kept about them when a note went."""
    return ui.notice(
        "A note of yours went before Slack let me send you your data. Ask for it again:"
        " `/mend privacy`."
    )


def gone(was_closed: bool) -> ui.Message:
    """What stands where the thread's root stood: its owner withdrew it, or its time was over."""
    return ui.notice(CLOSED if was_closed else WITHDRAWN)


def stands_by_now(note: Note) -> ui.Message:
    """To the owner who could not see it happen, or was told that it did not."""
    return ui.notice(f"Your note stands in <#{note.team}> now, under your name.")


def offer_of(note: str) -> str:
    """The key under which its owner is offered to withdraw it."""
    return f"deleted:{note}"


def offer_withdrawal(note: Note) -> ui.Message:
    """A message was deleted that a note was made from, or is about."""
    return ui.notice(
        f"A message of yours was deleted. The note you made from it on"
        f" {ui.local_day(note.created_at)} is still kept. Withdraw it, too?",
        ui.buttons(
            ui.button("Withdraw", WITHDRAW, note.id), ui.button("Keep it", KEEP_NOTE, note.id)
        ),
    )


def ask_lead() -> ui.Message:
    return ui.notice(
        "Your team begins with Mend this week, and leads go first: own one of yours, however"
        " small. `/ownit` and one line; then *Post as me*."
    )
