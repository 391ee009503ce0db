"""How an owned note looks: to its owner, in the team channel, and to somebody asked for a hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import Block, ButtonElement

from mend.ownit import draft_views as drafts
from mend.ownit.model import Entry, Visibility, can_edit
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
    entry: Entry,
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
    status = _status(entry, has_teams=bool(teams), stands=stands)
    if said_before:
        status = f"You saved these words a moment ago, so there is one note. {status}"
    blocks: list[Block] = [*([says(tell)] if tell else []), says(status)]
    if masked:
        blocks.append(aside(f"Masked before saving, to keep people's data out: {listing(masked)}."))
        if may_write_back and can_edit(entry, now):
            undo = button("That was not personal: write it back", WRITE_BACK, entry.id)
            blocks.append(buttons(undo))
    if rewrite:
        blocks += _nudge(entry, rewrite)
    if entry.team and not entry.is_shown:
        blocks.append(aside(f"This is what <#{entry.team}> would see:"))
    blocks += _shown(entry)
    blocks.append(buttons(*_choices(entry, now, said_before)))
    blocks += _for_customer(for_customer) if for_customer else []
    blocks.append(buttons(*_work(entry)))
    if is_in_messages:
        blocks.append(aside("What you reply under this message is kept with the note, for you."))
    blocks += which(teams, entry.id) if teams else []
    return message(f"{tell} {status} “{escape(entry.text)}”".strip(), *blocks)


def privacy_slip(contact: str) -> str:
    """`contact` is the operator's text, or empty."""
    to = f": {contact}" if contact else ""
    return (
        f"*Tell your company's privacy contact now{to}.* This log does not replace telling them."
        " Keep the data itself out of it."
    )


INTO_STEPS = "What turns blame into steps: What happened at that step? What made it likely?"


def before_posting(entry: Entry, rewrite: str | None) -> Message:
    """The team would read blame in it: a neutral wording first, or the owner's own."""
    text = "Before the team sees it: this may read as blame, of others or of yourself."
    blocks: list[Block] = [says(text)]
    choices = [button("Edit", EDIT, entry.id), button("Keep private", KEEP, entry.id)]
    if rewrite:
        blocks += [aside("The same without it:"), quoted(rewrite)]
        choices.insert(0, button("Use this wording", REWORD, entry.id, "primary"))
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


def offer_withdrawal(entry: Entry) -> Message:
    """A message was deleted that a note was made from, or is about."""
    return notice(
        f"A message of yours was deleted. The note you made from it on"
        f" {_local_date(entry.created_at)} is still kept. Withdraw it, too?",
        buttons(button("Withdraw", WITHDRAW, entry.id), button("Keep it", KEEP_NOTE, entry.id)),
    )


def learned(entry: Entry) -> Message:
    """After saving a lesson: it may be released, exactly as it stands here."""
    text = "Saved with your note. Only you can see it."
    if not entry.team:
        return notice(text)
    return notice(
        text,
        aside("You may release it: the recap tells it once, in these words, without your name:"),
        quoted(entry.learned),
        aside("In some days, three to ten. In a small team people may guess it is you."),
        buttons(
            button("Release it", RELEASE, entry.id),
            button("Not now", KEEP_LESSON, entry.id),
        ),
    )


def lesson_told(team: str) -> Message:
    """For its owner, once."""
    return notice(
        f"The recap in <#{team}> told what you learned, in your words and without your name."
        " Thank you."
    )


def _nudge(entry: Entry, rewrite: str) -> list[Block]:
    return [
        aside("These words may read as blame. The same without it:"),
        quoted(rewrite),
        buttons(
            button("Keep my words", KEEP_WORDS, entry.id),
            button("Use this wording", REWORD, entry.id),
        ),
    ]


def _status(entry: Entry, *, has_teams: bool, stands: bool) -> str:
    if entry.visibility is Visibility.AS_ME:
        if not stands:
            return f"Saved. It is being posted in <#{entry.team}> under your name."
        return f"It stands in <#{entry.team}> under your name."
    if stands:
        return f"It is being taken out of <#{entry.team}>. {_unseen(entry, has_teams=has_teams)}"
    return _unseen(entry, has_teams=has_teams)


def _unseen(entry: Entry, *, has_teams: bool) -> str:
    if entry.visibility is Visibility.WITHOUT_NAME:
        return (
            "Saved without your name: nothing of it is posted. It counts in the team's themes,"
            " which are told only where five people or more stand behind them."
        )
    if entry.team or has_teams:
        return "Saved. Only you can see it."
    return "Saved. Only you can see it. (No team channel is set, so it can only be private.)"


def _choices(entry: Entry, now: datetime, said_before: bool) -> list[ButtonElement]:
    choices = []
    if entry.team and not entry.is_shown:
        choices.append(button("Post as me", POST, entry.id, "primary"))
    if entry.team and entry.visibility is not Visibility.WITHOUT_NAME:
        choices.append(button("Without my name", WITHOUT_NAME, entry.id))
    if entry.is_shown:
        choices.append(button("Make private", KEEP, entry.id))
    elif entry.team:
        choices.append(button("Keep private", KEEP, entry.id))
    if can_edit(entry, now):
        choices.append(button("Edit", EDIT, entry.id))
    choices.append(button("Withdraw", WITHDRAW, entry.id))
    if said_before:
        choices.append(button("Save as another", SAVE_ANOTHER, entry.id))
    return choices


def _work(entry: Entry) -> list[ButtonElement]:
    """What an owner can do about it, whoever sees it."""
    return [
        *([] if entry.repaired_at else [button("Repaired", REPAIRED, entry.id)]),
        button("Words for the customer", WORDS, entry.id),
        button("Promise a follow-up", PROMISE, entry.id),
        button("What I learned", LEARNED, entry.id),
    ]


def ask_lead() -> Message:
    return notice(
        "Your team begins with Mend this week, and leads go first: own one of yours, however"
        " small. `/ownit` and one line; then *Post as me*."
    )


def thread(entry: Entry, *, lead_goes_first: bool = False) -> Message:
    """The root of the note's thread in the team channel."""
    return message(
        f"<@{entry.owner}> owns this: {escape(entry.text)}",
        *([aside("A lead goes first.")] if lead_goes_first else []),
        *_shown(entry),
        buttons(
            *([] if entry.repaired_at else [button("Repaired", REPAIRED, entry.id, "primary")]),
            button("I need a hand", HAND, entry.id),
            button("Promise a follow-up", PROMISE, entry.id),
            button("What I learned", LEARNED, entry.id),
        ),
        aside(
            "The buttons are for its owner, whose replies here are kept with the note. Nobody"
            " else's are read or kept. Been there? Add a 🤝."
        ),
    )


def _shown(entry: Entry) -> list[Block]:
    blocks: list[Block] = [says(f"<@{entry.owner}> owns this:"), quoted(entry.text)]
    if entry.did:
        blocks.append(paragraph("Done or offered: ", entry.did))
    if entry.would_help:
        blocks.append(paragraph("What would have helped: ", entry.would_help))
    if entry.link:
        blocks.append(aside(f"About <{escape(entry.link)}|this message>."))
    if entry.repaired_at:
        blocks.append(says("✅ Repaired."))
    return blocks


def stands_by_now(entry: Entry) -> Message:
    """To the owner who was told that it did not."""
    return notice(f"Your note stands in <#{entry.team}> now, under your name.")


def gone(was_closed: bool) -> Message:
    """What stands where the thread's root stood: its owner withdrew it, or its time was over."""
    return notice(CLOSED if was_closed else WITHDRAWN)


def summary(entry: Entry, now: datetime, *, stands: bool) -> list[Block]:
    """One of the owner's notes in App Home, with every control that vanishes elsewhere."""
    who = _WHO_SEES[entry.visibility]
    if entry.is_shown is not stands:
        who = BEING_POSTED if entry.is_shown else BEING_TAKEN_OUT
    done = " · repaired" if entry.repaired_at else ""
    controls = [
        *_choices(entry, now, said_before=False),
        *_work(entry),
        button("Turn into a playbook change", drafts.OPEN, entry.id),
    ]
    return [
        paragraph(shortened(entry.text, SUMMARY_LENGTH)),
        aside(f"{_local_date(entry.created_at)} · {who}{done}"),
        buttons(*controls),
    ]


def _local_date(moment: datetime) -> str:
    """Shown by Slack in the reader's own zone."""
    return f"<!date^{int(moment.timestamp())}^{{date_short_pretty}}|{moment:%-d %B}>"


def listing(kinds: tuple[str, ...]) -> str:
    """ "card and e-mail", each kind once."""
    unique = list(dict.fromkeys(kinds))
    return " and ".join([", ".join(unique[:-1]), unique[-1]] if len(unique) > 1 else unique)
