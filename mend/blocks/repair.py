"""The answer to `/repair`: one phone screen in the order a person on a call needs it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from slack_sdk.models.blocks import Block, RichTextBlock

from mend.blocks.kit import (
    Message,
    Text,
    aside,
    bold,
    button,
    buttons,
    escape,
    italic,
    listed,
    message,
    says,
    shortened,
    words,
)
from mend.domain.playbooks import Authority, Playbook
from mend.domain.roles import Role

SHOW = "repair_show"
RUNNERS_UP = 3
BUTTON_LENGTH = 75  # Slack's limit for a button's label

UNIVERSAL_STEPS = (
    "Pause, breathe out, hear them to the end.",
    "Say back the problem in one line and own it: “I am going to get this sorted.”",
    "Ask: “What would you like to see happen?”",
    "Offer what you may, and say what you cannot decide and who can.",
    "Promise one next step: what, who, by when. Write it down.",
)


def answer(
    book: Playbook,
    runners_up: Sequence[Playbook],
    role: Role,
    today: date,
    *,
    is_sure: bool,
) -> Message:
    """The playbook for this role, with other candidates one press away."""
    blocks: list[Block] = []
    if not is_sure:
        blocks.append(aside("Closest, but maybe not:"))
    blocks.append(says(f"*{escape(book.title)}*"))
    blocks.append(_first(book, role))
    blocks += [
        listed(heading, items, numbered=heading == "Do")
        for heading, items in (("Do", book.do), ("Avoid", book.avoid))
        if items
    ]
    blocks += [
        RichTextBlock(elements=[words(bold(heading + "  "), text)])
        for heading, text in (("If stuck", book.if_stuck), ("Close", book.close))
        if text
    ]
    blocks.append(aside(_freshness(book, today)))
    blocks += _others(runners_up)
    return message(_text(book, role, is_sure), *blocks)


def nothing_fits(runners_up: Sequence[Playbook], *, searched: bool = True) -> Message:
    """The universal repair, for when no playbook answers."""
    said = "No playbook fits that well. This always helps:" if searched else "What always helps:"
    return message(
        said + "\n" + "\n".join(UNIVERSAL_STEPS),
        says(said),
        listed("Do", UNIVERSAL_STEPS, numbered=True),
        *_others(runners_up),
    )


def may_do(authority: Authority, role: Role) -> str:
    """What this role may do, with its limit; an unset limit says whom to ask, never a guess."""
    limit = authority.limits.get(role.word)
    if limit is None:
        return f"{authority.what} (limit not set: ask {authority.next})"
    return f"{authority.what} ({limit}; above: {authority.next})"


def _first(book: Playbook, role: Role) -> RichTextBlock:
    """What to say, what to ask, what they may have: at most forty words, read first."""
    lines: list[str | Text] = []
    if book.say_first:
        lines += [bold("Say first  "), book.say_first, "\n"]
    lines += [bold("Ask  "), book.ask]
    for authority in book.authority:
        lines += ["\n", bold("You may, without asking  "), may_do(authority, role)]
        if authority.record:
            lines += [" ", italic(f"Record: {authority.record}")]
    return RichTextBlock(elements=[words(*lines)])


def _freshness(book: Playbook, today: date) -> str:
    owner = f"{escape(book.owner)} · " if book.owner else ""
    if book.verified is None:
        return f"{owner}not verified yet: check before you quote a number"
    verified = f"verified {book.verified:%-d %B %Y}"
    if book.is_stale(today):
        return f"{owner}last {verified}: check before you quote a number"
    return f"{owner}{verified}"


def _others(runners_up: Sequence[Playbook]) -> list[Block]:
    if not runners_up:
        return []
    return [
        aside("Or is it one of these?"),
        buttons(
            *(
                button(shortened(book.title, BUTTON_LENGTH), f"{SHOW}_{place}", book.slug)
                for place, book in enumerate(runners_up[:RUNNERS_UP])
            )
        ),
    ]


def _text(book: Playbook, role: Role, is_sure: bool) -> str:
    """The same answer as plain text, in the same order."""
    lines = [
        ("" if is_sure else "Closest, but maybe not: ") + book.title,
        f"Say first: {book.say_first}" if book.say_first else "",
        f"Ask: {book.ask}",
        *(f"You may, without asking: {may_do(authority, role)}" for authority in book.authority),
        *(f"Do {number}: {step}" for number, step in enumerate(book.do, 1)),
        *(f"Avoid: {line}" for line in book.avoid),
        f"If stuck: {book.if_stuck}" if book.if_stuck else "",
        f"Close: {book.close}" if book.close else "",
    ]
    return escape("\n".join(line for line in lines if line))
