"""A note as its owner sees it: the receipt of a first word, and how it stands after each choice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mend.ownit import draft_views as drafts
from mend.ownit import views as notes
from mend.ownit.model import Note, Owned, Visibility
from mend.people.model import spelled
from mend.people.views import which
from mend.playbooks.model import Playbook
from mend.slack import ui

EXCERPT = 80
CHOICES = 5  # Slack's limit for a ⋯
FOR_CUSTOMER = "To say or send to the customer:"
INTO_STEPS = "What turns blame into steps: What happened at that step? What made it likely?"
NOT_POSTED = "The team does not get words that may read as blame. Changed, they can be posted."


@dataclass(frozen=True, slots=True)
class Standing:
    """A note and all that its owner is to know of it.

    `stands` says whether Slack shows it in the team channel by now, whoever may see it. Words that
    `blame` are not posted; `rewrite` says the same without, and its owner `is_nudged` until they
    chose. `due` is when the words promise something by, while nothing was promised from it. `tell`
    says whom else to tell, and comes first. `teams` are the channels to ask about, where nobody
    knows yet which is the owner's.
    """

    owned: Owned
    stands: bool = False
    may_edit: bool = False
    blames: bool = False
    rewrite: str | None = None
    is_nudged: bool = False
    has_leads: bool = False  # somebody could be asked for a hand
    due: str = ""
    tell: str = ""
    teams: Sequence[str] = ()
    is_in_messages: bool = False
    k: int = 5  # people behind every theme that is told

    @property
    def note(self) -> Note:
        return self.owned.note

    @property
    def may_write_back(self) -> bool:
        return self.owned.may_write_back and self.may_edit

    @property
    def is_asked(self) -> bool:
        """Whether its owner is still to say who sees it."""
        return bool(self.note.team) and not self.note.is_decided


@dataclass(frozen=True, slots=True)
class ForCustomer:
    """An apology to copy (responsibility first, repair second), and the playbook that repairs."""

    apology: str | None
    book: Playbook | None


def receipt(it: Standing) -> ui.Message:
    """What the owner sees after each step: what is so, then the next step."""
    if it.is_nudged:
        return _said(it, _nudge(it), _more(it))
    if it.is_asked:
        return who_sees(it)
    excerpt = ui.paragraph(ui.italic(ui.shortened(it.note.text, EXCERPT)))
    hint = "What you reply under this message is kept with the note, for you."
    last = [ui.aside(hint)] if it.is_in_messages else []
    asked = which(it.teams, it.note.id) if it.teams else []
    first, more = next_steps(it)
    return _said(it, [excerpt, *([ui.buttons(*first)] if first else []), *last, *asked], more)


def who_sees(it: Standing) -> ui.Message:
    """What others would see, and who is to see it; only what can be is offered."""
    note = it.note
    preview = [ui.aside(f"This is what <#{note.team}> would see:"), *notes.shown(note)]
    if it.blames:
        preview = [ui.quoted(note.text), ui.aside(NOT_POSTED)]
    return _said(it, [*preview, ui.buttons(*_choices(it))], _more(it, is_asking=True))


def _said(it: Standing, below: Sequence[ui.Block], more: ui.Element) -> ui.Message:
    """⋯ stands beside what is so: under it, it would have a line of its own on a phone."""
    said = status(it)
    if it.owned.said_before:
        said = f"You saved these words a moment ago, so there is one note. {said}"
    blocks: list[ui.Block] = [ui.says(it.tell)] if it.tell else []
    blocks.append(ui.says(said, more))
    if it.owned.masked:
        kinds = listing(it.owned.masked)
        blocks.append(ui.aside(f"Masked before saving, to keep people's data out: {kinds}."))
    return ui.message(f"{it.tell} {said} “{ui.escape(it.note.text)}”".strip(), *blocks, *below)


def status(it: Standing) -> str:
    """Who sees it, and what Slack still has to do for that."""
    note = it.note
    if note.is_shown:
        where = f"<#{note.team}>"
        said = f"It stands in {where}." if it.stands else f"It is being posted in {where}…"
    else:
        said = _unseen(it)
        if it.stands:
            said = f"It is being taken out of <#{note.team}>. {said}"
    return f"{said} {notes.MENDED}" if note.repaired_at else said


def _unseen(it: Standing) -> str:
    note = it.note
    if note.visibility is Visibility.WITHOUT_NAME:
        return f"No name, nothing posted; it counts in themes of {spelled(it.k)} or more."
    if note.is_decided:
        return "Private. Only you."
    if note.team or it.teams:
        return "Saved. Only you can see it."
    return "Saved. Only you can see it. (No team channel is set, so it can only be private.)"


def _choices(it: Standing) -> list[ui.Element]:
    """Who else may see it, and that it stays as it is."""
    note, private = it.note, Visibility.ONLY_ME
    value = notes.choice(note, note.visibility)
    post = [] if it.blames else [ui.button("Post as me", notes.POST, value, "primary")]
    no_name = ui.button("Without my name", notes.WITHOUT_NAME, value)
    keep = ui.button(
        "Keep private" if note.visibility is private else "Make private", notes.KEEP, value
    )
    if note.is_shown:
        return [no_name, keep, ui.button("Leave it", notes.POST, value)]
    if note.visibility is Visibility.WITHOUT_NAME:
        return [*post, keep, ui.button("Leave it", notes.WITHOUT_NAME, value)]
    return [*post, no_name, keep]


def next_steps(it: Standing, *, in_window: bool = False) -> tuple[list[ui.Element], ui.Element]:
    """The next thing to do about it, whoever sees it, and the rest under ⋯."""
    note, now = it.note, _now(it, in_window=in_window)
    if it.teams:
        return [], _more(it)
    first = [
        *([] if note.repaired_at else [ui.button("Repaired", notes.REPAIRED, note.id, "primary")]),
        ui.button("Words for the customer", notes.WORDS, note.id),
        *(ui.button(*each) for each in now[:1]),
    ]
    return first, _more(it, now[1:])


def _now(it: Standing, *, in_window: bool) -> list[notes.Choice]:
    """What there is a reason for just now: the first in sight."""
    note = it.note
    every = [
        (it.owned.said_before, ("Save as another", notes.SAVE_ANOTHER, note.id)),
        (it.may_write_back, ("Write back what was masked", notes.WRITE_BACK, note.id)),
        (bool(it.due), (f"Remind me by {it.due}", notes.PROMISE, note.id)),
        (in_window and note.is_shown and it.has_leads, ("I need a hand", notes.HAND, note.id)),
        (in_window and bool(note.team) and it.may_edit, ("Edit", notes.EDIT, note.id)),
    ]
    return [choice for is_due, choice in every if is_due]


def _more(
    it: Standing, later: Sequence[notes.Choice] = (), *, is_asking: bool = False
) -> ui.Element:
    """⋯ of a note, five at most; only what comes first `is_asking` who sees it."""
    note, edit = it.note, [("Edit", notes.EDIT, it.note.id)] if it.may_edit else []
    withdraw = ("Withdraw", notes.WITHDRAW, note.id)
    if it.is_nudged or it.teams or is_asking:
        reword = ("Use a neutral wording", notes.REWORD, note.id)
        back = ("Write back what was masked", notes.WRITE_BACK, note.id)
        return ui.menu(
            notes.MORE,
            *edit,
            *([reword] if it.rewrite and not it.is_nudged else []),
            *([back] if it.may_write_back else []),
            *([("Save as another", notes.SAVE_ANOTHER, note.id)] if it.owned.said_before else []),
            withdraw,
        )
    rest = [
        *([] if it.due else [("Promise a follow-up", notes.PROMISE, note.id)]),
        ("What I learned", notes.LEARNED, note.id),
        ("Turn into a playbook change", drafts.OPEN, note.id),
    ]
    who = [("Change who sees it", notes.WHO_SEES, note.id)] if note.team else edit
    last = [*who, withdraw]
    return ui.menu(notes.MORE, *[*later, *rest][: CHOICES - len(last)], *last)


def _nudge(it: Standing) -> list[ui.Block]:
    """The words first: who sees them is asked once they are settled."""
    note = it.note
    instead: list[ui.Block] = [ui.aside(f"These words may read as blame. {INTO_STEPS}")]
    choices = [ui.button("Keep my words", notes.KEEP_WORDS, note.id)]
    if it.rewrite:
        without = ui.aside("These words may read as blame. The same without it:")
        instead = [without, ui.quoted(it.rewrite)]
        choices.append(ui.button("Use this wording", notes.REWORD, note.id))
    return [ui.quoted(note.text), *instead, ui.buttons(*choices)]


def privacy_slip(contact: str) -> str:
    """`contact` is the operator's text, or empty."""
    to = f": {contact}" if contact else ""
    return (
        f"*Tell your company's privacy contact now{to}.* This log does not replace telling them."
        " Keep the data itself out of it."
    )


def words_for_customer(words: ForCustomer, back_to: str = "") -> ui.Message:
    """`back_to` is the note in whose window they take the place of everything else."""
    text = f"{FOR_CUSTOMER} {ui.escape(words.apology or '')}".strip()
    book = words.book
    choices = [ui.button(f"Playbook: {book.title}", "repair_show_0", book.slug)] if book else []
    choices += [ui.button("Back to your note", notes.OPEN, back_to)] if back_to else []
    below = [ui.buttons(*choices)] if choices else []
    if not words.apology and not words.book:
        start = "Start with “I”, say what happened, then what you will do about it."
        return ui.notice(start, *below)
    first: list[ui.Block] = [ui.says(FOR_CUSTOMER), ui.code(words.apology)] if words.apology else []
    return ui.message(text, *first, *below)


def listing(kinds: tuple[str, ...]) -> str:
    """ "card and e-mail", each kind once."""
    unique = list(dict.fromkeys(kinds))
    return " and ".join([", ".join(unique[:-1]), unique[-1]] if len(unique) > 1 else unique)
