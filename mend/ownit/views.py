"""How an owned note looks: to its owner, in the team channel, and to somebody asked for a hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import Block, ButtonElement

from mend.ownit import draft_views as drafts
from mend.ownit.model import Note, Visibility, can_edit
from mend.people.views import which
from mend.playbooks.model import Playbook
from mend.slack.ui import (
    Message,
    aside,
    button,
    buttons,
    code,
    escape,
    message,
    notice,
    paragraph,
    quoted,
    says,
    shortened,
)

POST = "note_post"
KEEP = "note_keep"
WITHOUT_NAME = "note_without_name"
PROMISE = "promise_make"
REWORD = "note_reword"
KEEP_WORDS = "note_keep_words"
WORDS = "note_words"
RELEASE = "lesson_release"
KEEP_LESSON = "lesson_keep"
EDIT = "note_edit"
WITHDRAW = "note_withdraw"
SAVE_ANOTHER = "note_save_another"
REPAIRED = "note_repaired"
HAND = "note_hand"
LEARNED = "note_learned"
WRITE_BACK = "note_write_back"
KEEP_NOTE = "note_keep_it"
VALUE_LENGTH = 2000  # Slack's limit for a button's value

SUMMARY_LENGTH = 150
_WHO_SEES = {
    Visibility.ONLY_ME: "only you",
    Visibility.WITHOUT_NAME: "without your name",
    Visibility.AS_ME: "in the team channel",
}
BEING_POSTED = "being posted in the team channel"
BEING_TAKEN_OUT = "being taken out of the team channel"
FOR_CUSTOMER = "To say or send to the customer:"
WITHDRAWN = "A note was withdrawn."
CLOSED = "A note was closed."


@dataclass(frozen=True, slots=True)
class ForCustomer:
    """An apology to copy (responsibility first, repair second), and the playbook that repairs."""

    apology: str | None
    book: Playbook | None


def receipt(
    note: Note,
    now: datetime,
    *,
    masked: tuple[str, ...] = (),
    may_write_back: bool = False,
    for_customer: ForCustomer | None = None,
    is_in_messages: bool = False,
    said_before: bool = False,
    rewrite: str | None = None,
    tell: str = "",
    teams: Sequence[str] = (),
    stands: bool = False,
) -> Message:
    """What the owner sees after saving: who sees it, exactly what others would, the choices.

    `teams` are the channels to ask about, where nobody knows yet which is the owner's.
    `stands` says whether Slack shows it in the team channel by now, whoever may see it.
    `tell` says whom else to tell, and comes first. `rewrite` says the same without blame.
    """
    status = _status(note, has_teams=bool(teams), stands=stands)
    if said_before:
        status = f"You saved these words a moment ago, so there is one note. {status}"
    blocks: list[Block] = [*([says(tell)] if tell else []), says(status)]
    if masked:
        blocks.append(aside(f"Masked before saving, to keep people's data out: {listing(masked)}."))
        if may_write_back and can_edit(note, now):
            undo = button("That was not personal: write it back", WRITE_BACK, note.id)
            blocks.append(buttons(undo))
    if rewrite:
        blocks += _nudge(note, rewrite)
    if note.team and not note.is_shown:
        blocks.append(aside(f"This is what <#{note.team}> would see:"))
    blocks += _shown(note)
    blocks.append(buttons(*_choices(note, now, said_before)))
    blocks += _for_customer(for_customer) if for_customer else []
    blocks.append(buttons(*_work(note)))
    if is_in_messages:
        blocks.append(aside("What you reply under this message is kept with the note, for you."))
    blocks += which(teams, note.id) if teams else []
    return message(f"{tell} {status} “{escape(note.text)}”".strip(), *blocks)


def privacy_slip(contact: str) -> str:
    """`contact` is the operator's text, or empty."""
    to = f": {contact}" if contact else ""
    return (
        f"*Tell your company's privacy contact now{to}.* This log does not replace telling them."
        " Keep the data itself out of it."
    )


INTO_STEPS = "What turns blame into steps: What happened at that step? What made it likely?"


def before_posting(note: Note, rewrite: str | None) -> Message:
    """The team would read blame in it: a neutral wording first, or the owner's own."""
    text = "Before the team sees it: this may read as blame, of others or of yourself."
    blocks: list[Block] = [says(text)]
    choices = [button("Edit", EDIT, note.id), button("Keep private", KEEP, note.id)]
    if rewrite:
        blocks += [aside("The same without it:"), quoted(rewrite)]
        choices.insert(0, button("Use this wording", REWORD, note.id, "primary"))
    else:
        blocks.append(says(INTO_STEPS))
    blocks.append(buttons(*choices))
    return message(f"{text} {escape(rewrite or '') or INTO_STEPS}", *blocks)


def words_for_customer(words: ForCustomer) -> Message:
    text = f"{FOR_CUSTOMER} {escape(words.apology or '')}".strip()
    return message(text, *_for_customer(words))


def _for_customer(words: ForCustomer) -> list[Block]:
    if not words.apology and not words.book:
        return [says("Start with “I”, say what happened, then what you will do about it.")]
    blocks: list[Block] = [says(FOR_CUSTOMER), code(words.apology)] if words.apology else []
    if words.book:
        label = f"Playbook: {words.book.title}"
        blocks.append(buttons(button(label, "repair_show_0", words.book.slug)))
    return blocks


def offer_withdrawal(note: Note) -> Message:
    """A message was deleted that a note was made from, or is about."""
    return notice(
        f"A message of yours was deleted. The note you made from it on"
        f" {_local_date(note.created_at)} is still kept. Withdraw it, too?",
        buttons(button("Withdraw", WITHDRAW, note.id), button("Keep it", KEEP_NOTE, note.id)),
    )


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
        buttons(
            button("Release it", RELEASE, note.id),
            button("Not now", KEEP_LESSON, note.id),
        ),
    )


def lesson_told(team: str) -> Message:
    """For its owner, once."""
    return notice(
        f"The recap in <#{team}> told what you learned, in your words and without your name."
        " Thank you."
    )


def _nudge(note: Note, rewrite: str) -> list[Block]:
    return [
        aside("These words may read as blame. The same without it:"),
        quoted(rewrite),
        buttons(
            button("Keep my words", KEEP_WORDS, note.id),
            button("Use this wording", REWORD, note.id),
        ),
    ]


def _status(note: Note, *, has_teams: bool, stands: bool) -> str:
    if note.visibility is Visibility.AS_ME:
        if not stands:
            return f"Saved. It is being posted in <#{note.team}> under your name."
        return f"It stands in <#{note.team}> under your name."
    if stands:
        return f"It is being taken out of <#{note.team}>. {_unseen(note, has_teams=has_teams)}"
    return _unseen(note, has_teams=has_teams)


def _unseen(note: Note, *, has_teams: bool) -> str:
    if note.visibility is Visibility.WITHOUT_NAME:
        return (
            "Saved without your name: nothing of it is posted. It counts in the team's themes,"
            " which are told only where five people or more stand behind them."
        )
    if note.team or has_teams:
        return "Saved. Only you can see it."
    return "Saved. Only you can see it. (No team channel is set, so it can only be private.)"


def _choices(note: Note, now: datetime, said_before: bool) -> list[ButtonElement]:
    choices = []
    if note.team and not note.is_shown:
        choices.append(button("Post as me", POST, note.id, "primary"))
    if note.team and note.visibility is not Visibility.WITHOUT_NAME:
        choices.append(button("Without my name", WITHOUT_NAME, note.id))
    if note.is_shown:
        choices.append(button("Make private", KEEP, note.id))
    elif note.team:
        choices.append(button("Keep private", KEEP, note.id))
    if can_edit(note, now):
        choices.append(button("Edit", EDIT, note.id))
    choices.append(button("Withdraw", WITHDRAW, note.id))
    if said_before:
        choices.append(button("Save as another", SAVE_ANOTHER, note.id))
    return choices


def _work(note: Note) -> list[ButtonElement]:
    """What an owner can do about it, whoever sees it."""
    return [
        *([] if note.repaired_at else [button("Repaired", REPAIRED, note.id)]),
        button("Words for the customer", WORDS, note.id),
        button("Promise a follow-up", PROMISE, note.id),
        button("What I learned", LEARNED, note.id),
    ]


def ask_lead() -> Message:
    return notice(
        "Your team begins with Mend this week, and leads go first: own one of yours, however"
        " small. `/ownit` and one line; then *Post as me*."
    )


def thread(note: Note, *, lead_goes_first: bool = False) -> Message:
    """The root of the note's thread in the team channel."""
    return message(
        f"<@{note.owner}> owns this: {escape(note.text)}",
        *([aside("A lead goes first.")] if lead_goes_first else []),
        *_shown(note),
        buttons(
            *([] if note.repaired_at else [button("Repaired", REPAIRED, note.id, "primary")]),
            button("I need a hand", HAND, note.id),
            button("Promise a follow-up", PROMISE, note.id),
            button("What I learned", LEARNED, note.id),
        ),
        aside(
            "The buttons are for its owner, whose replies here are kept with the note. Nobody"
            " else's are read or kept. Been there? Add a 🤝."
        ),
    )


def _shown(note: Note) -> list[Block]:
    blocks: list[Block] = [says(f"<@{note.owner}> owns this:"), quoted(note.text)]
    if note.did:
        blocks.append(paragraph("Done or offered: ", note.did))
    if note.would_help:
        blocks.append(paragraph("What would have helped: ", note.would_help))
    if note.link:
        blocks.append(aside(f"About <{escape(note.link)}|this message>."))
    if note.repaired_at:
        blocks.append(says("✅ Repaired."))
    return blocks


def stands_by_now(note: Note) -> Message:
    """To the owner who was told that it did not."""
    return notice(f"Your note stands in <#{note.team}> now, under your name.")


def out_by_now(note: Note) -> Message:
    """To the owner who withdrew it while Slack did not let it go."""
    return notice(f"What you withdrew is out of <#{note.team}> now.")


def gone(was_closed: bool) -> Message:
    """What stands where the thread's root stood: its owner withdrew it, or its time was over."""
    return notice(CLOSED if was_closed else WITHDRAWN)


def summary(note: Note, now: datetime, *, stands: bool) -> list[Block]:
    """One of the owner's notes in App Home, with every control that vanishes elsewhere."""
    who = _WHO_SEES[note.visibility]
    if note.is_shown is not stands:
        who = BEING_POSTED if note.is_shown else BEING_TAKEN_OUT
    done = " · repaired" if note.repaired_at else ""
    controls = [
        *_choices(note, now, said_before=False),
        *_work(note),
        button("Turn into a playbook change", drafts.OPEN, note.id),
    ]
    return [
        paragraph(shortened(note.text, SUMMARY_LENGTH)),
        aside(f"{_local_date(note.created_at)} · {who}{done}"),
        buttons(*controls),
    ]


def _local_date(moment: datetime) -> str:
    """Shown by Slack in the reader's own zone."""
    return f"<!date^{int(moment.timestamp())}^{{date_short_pretty}}|{moment:%-d %B}>"


def listing(kinds: tuple[str, ...]) -> str:
    """ "card and e-mail", each kind once."""
    unique = list(dict.fromkeys(kinds))
    return " and ".join([", ".join(unique[:-1]), unique[-1]] if len(unique) > 1 else unique)
