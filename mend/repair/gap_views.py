"""The gap queue, the form that dismisses, and what whoever asked is told."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from mend.playbooks.model import Playbook
from mend.repair.model import Gap, Theme, holds_nobody
from mend.slack import doors, ui
from mend.slack.listing import Item, one_by_one

OPEN = "gap_queue"
WRITE = "playbook_new"  # the editor's: a new draft with these fields
DISMISS = "gap_dismiss"
FORM = "gap_dismissed"
DISMISSED = "Dismissed. It comes back, with your reason, if others ask for it again."
VALUE_LENGTH = 2000  # Slack's, of a button's value
PHRASES_WRITTEN = 20
WORDS_SHOWN = 300
TITLE_LENGTH = 75
REASON_LENGTH = 300


def queue(themes: Sequence[Theme], place: int, said: str = "") -> ui.Message:
    """What is open by theme; words only where they were sent or two people used them."""
    things = [(theme, gap) for theme in themes for gap in (*_whole(theme), *_worded(theme))]
    heading, empty = "Looked for and not found, until yesterday", "Nothing open."
    controls = [ui.button("All playbooks", doors.PLAYBOOKS, "all")]
    above = [ui.aside(said)] if said else []
    return one_by_one(
        heading, things, _item, place, OPEN, empty=empty, controls=controls, above=above
    )


def _worded(theme: Theme) -> list[Gap]:
    return [gap for gap in theme.gaps if gap.words]


def _whole(theme: Theme) -> list[None]:
    """Whether the theme is something by itself, to write by all of its words or to dismiss."""
    return [None] if len(_worded(theme)) != 1 or _bare(theme) else []


def _bare(theme: Theme) -> Gap | None:
    return next((each for each in theme.gaps if not each.words), None)


def _item(thing: tuple[Theme, Gap | None]) -> Item:
    """Words, or their theme, with all of its words to write it by."""
    theme, gap = thing
    bare = gap or _bare(theme)
    words = [gap.words] if gap else [each.words for each in _worded(theme)]
    asked = f": {theme.quantity} asked" if theme.quantity else ""
    said = f"\n“{ui.escape(ui.shortened(gap.words, WORDS_SHOWN))}”" if gap else ""
    return Item(
        f"*About {ui.escape(theme.name)}*{asked}{said}{_before(bare) if bare else ''}",
        (
            ui.button("Write it", WRITE, fields(words), "primary"),
            *([_dismiss(bare)] if bare else []),
        ),
    )


def fields(words: Sequence[str]) -> str:
    """What the editor begins with: phrases that hold nothing of one customer, as many as fit."""
    phrases = [" ".join(each.split()) for each in words if holds_nobody(each)][:PHRASES_WRITTEN]
    title = ui.shortened(phrases[0], TITLE_LENGTH) if len(words) == 1 and phrases else ""
    while True:
        value = json.dumps({"title": title, "phrases": phrases}, ensure_ascii=False)
        if len(value) <= VALUE_LENGTH:
            return value
        phrases = phrases[:-1]


def _before(gap: Gap) -> str:
    return f"\nDismissed before: “{ui.escape(gap.reason)}”" if gap.reason else ""


def _dismiss(gap: Gap) -> Any:
    return ui.button("Dismiss", DISMISS, gap.id)


def dismiss_form(gap: Gap) -> dict[str, Any]:
    about = (
        f"“{ui.escape(ui.shortened(gap.words, WORDS_SHOWN))}”"
        if gap.words
        else ui.escape(gap.theme)
    )
    hint = "Whoever sent the words reads this once. It comes back, with this, if others ask again."
    return ui.form(
        FORM,
        "Dismiss",
        "Dismiss",
        gap.id,
        ui.says(f"About: {about}"),
        ui.ask("reason", "Why is there to be no playbook for it?", ui.typed(REASON_LENGTH), hint),
    )


def read_reason(answers: ui.Answers) -> str:
    return ui.answered(answers, "reason")


def now_exists(book: Playbook, *, is_new: bool) -> ui.Message:
    """Told once to whoever looked for it when it was not there."""
    there = "There is a playbook now" if is_new else "A playbook was changed to answer it"
    return ui.notice(
        f"You looked for something that was missing. {there}: *{ui.escape(book.title)}*."
        " Thank you for asking."
    )


def was_dismissed(words: str, reason: str) -> ui.Message:
    """Told once to whoever sent the words."""
    words = ui.escape(ui.shortened(words, WORDS_SHOWN))
    said = f"You sent “{words}” to the playbook team. There will be no playbook for it for now:"
    return ui.quoting(said, reason)


def looked_at(reason: str) -> ui.Message:
    """For who sends what was dismissed before."""
    said = "Sent, without your name. The playbook team looked at this before; it comes back to them"
    return ui.quoting(f"{said} if somebody else asks, too. What they said then:", reason)
