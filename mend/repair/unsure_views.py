"""What is said where no one playbook surely answers: two or several to choose from, or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mend.playbooks.model import Playbook
from mend.repair import control_views as controls_of
from mend.repair.control_views import GET_HELP, SEND_WORDS, Act, Asked, shows
from mend.slack import ui

LINE_LENGTH = 400  # of what one of two is for

UNIVERSAL_STEPS = (
    "Pause, breathe out, hear them out.",
    "Say it back in one line and own it: “I'll get this sorted.”",
    "Ask: “What would you like to see happen?”",
    "Offer what you may; say who decides the rest.",
    "Promise one next step: what, who, by when. Write it down.",
)


def nothing_fits(runners_up: Sequence[Playbook], asked: Asked | None = None) -> ui.Message:
    """The universal repair, for when no playbook answers, or none of those that were shown.

    What comes near stands first, and the way back to what was refused last.
    """
    asked = asked or Asked()
    others = list(runners_up[:2])
    helps = Act("Get help", GET_HELP, asked.of("").packed())
    send = Act("Send my words to the playbook team", SEND_WORDS, asked.of("").packed())
    acts = [helps, *([send] if asked.words else [])]
    said = "No playbook fits that well." if asked.words else ""
    if asked.refused:
        back = asked.of(asked.refused[0]).packed()
        said = "Not that one." if others else "Nothing else comes near."
        acts.append(Act("Back to that answer", controls_of.SHOW, back))
    near: list[ui.Block] = []
    if others:
        near = [ui.says(f"{said} Is it one of these?"), controls_of.line(shows(others, asked))]
        said = "None of them?"
    said = f"{said} This always helps:" if said else "What always helps:"
    is_full = len(others) + len(acts) > controls_of.IN_SIGHT + 1
    under = controls_of.row(acts[-1:], acts[:-1], asked) if is_full else controls_of.line(acts)
    return ui.message(
        said + "\n" + "\n".join(UNIVERSAL_STEPS),
        *near,
        ui.says(said),
        ui.listed("Do", UNIVERSAL_STEPS, numbered=True),
        under,
    )


def which(books: Sequence[Playbook], asked: Asked) -> ui.Message:
    """Two that the words fit about as well: what each is for, and one press to the right one."""
    neither = replace(asked, refused=(*(book.slug for book in books), *asked.refused))
    acts = [*shows(books, asked), Act("Neither", controls_of.NOT_THIS, neither.packed())]
    lines = [f"{book.title}: {book.summary}" if book.summary else book.title for book in books]
    question = "Which of the two is it?"
    return ui.message(
        ui.escape("\n".join([question, *lines])),
        ui.listed(question, [ui.shortened(line, LINE_LENGTH) for line in lines]),
        controls_of.line(acts),
    )


def several(found: Sequence[tuple[str, Playbook]]) -> ui.Message:
    """A message that holds several problems: one press each. Pairs of its part and the playbook."""
    text = "That sounds like more than one thing. Which first?"
    acts = [act for words, book in found for act in shows([book], Asked("", words))]
    return ui.message(
        text + "\n" + ui.escape("\n".join(book.title for _, book in found)),
        ui.says(text),
        controls_of.line(acts),
    )
