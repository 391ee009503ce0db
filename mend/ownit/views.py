"""An owned note as others see it: its thread's root; and what is said to its owner about it."""

from __future__ import annotations

from slack_sdk.models.blocks import Block

from mend.ownit.model import Entry, Visibility
from mend.slack.ui import (
    Message,
    aside,
    button,
    buttons,
    escape,
    local_day,
    menu,
    message,
    notice,
    pack,
    paragraph,
    quoted,
    says,
)

OPEN = "note_open"
POST = "note_post"
KEEP = "note_keep"
WITHOUT_NAME = "note_without_name"
WHO_SEES = "note_who_sees"
PROMISE = "promise_make"
REWORD = "note_reword"
KEEP_WORDS = "note_keep_words"
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

WITHDRAWN = "A note was withdrawn."
CLOSED = "A note was closed."
NOTHING_KEPT = "Nothing of it is kept."
MENDED = "✅ Repaired."


def choice(entry: Entry, visibility: Visibility) -> str:
    """What a button carries that chooses from how the note stands now: see `Owning.show`."""
    return pack(entry.id, visibility)


def thread(entry: Entry, *, lead_goes_first: bool = False) -> Message:
    """The root of the note's thread in the team channel."""
    more = menu(
        MORE,
        *([] if entry.repaired_at else [("Repaired", REPAIRED, entry.id)]),
        ("I need a hand", HAND, entry.id),
        ("Promise a follow-up", PROMISE, entry.id),
        ("What I learned", LEARNED, entry.id),
        ("Open", OPEN, entry.id),
    )
    return message(
        f"<@{entry.owner}> owns this: {escape(entry.text)}",
        *([aside("A lead goes first.")] if lead_goes_first else []),
        *shown(entry),
        buttons(more),
        aside("Been there? Add a 🤝. ⋯ is its owner's; only their replies here are kept."),
    )


def shown(entry: Entry) -> list[Block]:
    """Exactly what others see of it."""
    blocks: list[Block] = [says(f"<@{entry.owner}> owns this:"), *written(entry)]
    if entry.repaired_at:
        blocks.append(says(MENDED))
    return blocks


def written(entry: Entry) -> list[Block]:
    """Its words."""
    blocks: list[Block] = [quoted(entry.text)]
    if entry.did:
        blocks.append(paragraph("Done or offered: ", entry.did))
    if entry.would_help:
        blocks.append(paragraph("What would have helped: ", entry.would_help))
    if entry.link:
        blocks.append(aside(f"About <{escape(entry.link)}|this message>."))
    return blocks


def gone(was_closed: bool) -> Message:
    """What stands where the thread's root stood: its owner withdrew it, or its time was over."""
    return notice(CLOSED if was_closed else WITHDRAWN)


def stands_by_now(entry: Entry) -> Message:
    """To the owner who was told that it did not."""
    return notice(f"Your note stands in <#{entry.team}> now, under your name.")


def offer_withdrawal(entry: Entry) -> Message:
    """A message was deleted that a note was made from, or is about."""
    return notice(
        f"A message of yours was deleted. The note you made from it on"
        f" {local_day(entry.created_at)} is still kept. Withdraw it, too?",
        buttons(button("Withdraw", WITHDRAW, entry.id), button("Keep it", KEEP_NOTE, entry.id)),
    )


def ask_lead() -> Message:
    return notice(
        "Your team begins with Mend this week, and leads go first: own one of yours, however"
        " small. `/ownit` and one line; then *Post as me*."
    )
