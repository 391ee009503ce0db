"""The answer to `/repair`: one phone screen in the order a person on a call needs it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from slack_sdk.models.blocks import Block, OverflowMenuElement, RichTextBlock

from mend.people.model import Role
from mend.playbooks.model import Authority, Playbook
from mend.repair.model import ASKED_LENGTH
from mend.slack import doors
from mend.slack.ui import (
    Message,
    Text,
    aside,
    bold,
    button,
    buttons,
    escape,
    listed,
    menu,
    message,
    pack,
    panel,
    paragraph,
    says,
    shortened,
    split,
    unpack,
)

SHOW = "repair_show"
WORKED = "repair_worked"
NOT_THIS = "repair_not_this"
MORE, ABOUT = "repair_more", "repair_about"  # menus, whose choices have routes of their own
FILL = "fill_open"
HELP = "repair_help"
SHARE = "repair_share"
SEND_WORDS = "repair_send_words"
GET_HELP = "repair_get_help"
READ_ALL = "repair_read_all"
RUNNERS_UP = 3
SCREEN_LENGTH = 400  # characters of one part; what is longer is read in a window
STEPS_ON_SCREEN = 10
PART_LENGTH = 2900  # of one block of that window
VIEW_BLOCKS = 100
BUTTON_LENGTH = 75  # Slack's limits for a button's label and its value
BUTTON_VALUE_LENGTH = 2000

UNIVERSAL_STEPS = (
    "Pause, breathe out, hear them to the end.",
    "Say back the problem in one line and own it: “I am going to get this sorted.”",
    "Ask: “What would you like to see happen?”",
    "Offer what you may, and say what you cannot decide and who can.",
    "Promise one next step: what, who, by when. Write it down.",
)
PARTS = {
    "title": "the title",
    "authority": "what you may offer",
    "say_first": "Say first",
    "ask": "Ask",
    "do": "Do",
    "avoid": "Avoid",
    "stuck": "If stuck",
    "close": "Close",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a button under an answer remembers: the playbook, and the (masked) words asked with."""

    slug: str
    words: str

    def packed(self) -> str:
        """Fits a button; words that grow too long when written as JSON are left out."""
        words = shortened(self.words, ASKED_LENGTH)
        value = pack(self.slug, words)
        if len(value) > BUTTON_VALUE_LENGTH:
            value = pack(self.slug, "")
        return value

    @classmethod
    def unpacked(cls, value: str) -> Asked:
        return cls(*unpack(value, 2))


def answer(
    book: Playbook,
    runners_up: Sequence[Playbook],
    role: Role,
    today: date,
    *,
    is_sure: bool,
    asked: str = "",
    changed: Sequence[str] = (),
    controls: bool = True,
) -> Message:
    """The playbook for this role, with other candidates one press away.

    `changed` names the parts that read differently from when this person last saw it.
    """
    blocks: list[Block] = []
    whole, book = book, _on_one_screen(book)
    if not is_sure:
        blocks.append(aside("Closest, but maybe not:"))
    blocks.append(says(f"*{escape(book.title)}*", _about(book, role) if controls else None))
    blocks.append(_first(book, role))
    blocks += [
        listed(heading, items, numbered=heading == "Do")
        for heading, items in (
            ("You may also", [may_do(each, role) for each in book.authority[1:]]),
            ("Do", book.do),
            ("Avoid", book.avoid),
        )
        if items
    ]
    blocks += [
        paragraph(bold(heading + "  "), text)
        for heading, text in (("If stuck", book.if_stuck), ("Close", book.close))
        if text
    ]
    blocks.append(aside(_small_print(book, today, changed)))
    blocks += _others(runners_up, asked)
    if controls:
        blocks.append(_controls(book, asked, is_cut=book != whole))
    return message(_text(book, role, is_sure), *blocks)


def everything(book: Playbook) -> dict[str, Any]:
    """A long playbook to its last word, in a window; nothing of it is cut."""
    parts = [
        ("Say first", book.say_first),
        ("Ask", book.ask),
        *((f"Do {number}", step) for number, step in enumerate(book.do, 1)),
        *(("Avoid", line) for line in book.avoid),
        ("If stuck", book.if_stuck),
        ("Close", book.close),
    ]
    blocks = [
        paragraph(bold(heading + "  ") if not number else "", text)
        for heading, whole in parts
        if whole
        for number, text in enumerate(split(whole, PART_LENGTH))
    ]
    return panel("Playbook", message(book.title, *blocks[:VIEW_BLOCKS]))


def _on_one_screen(book: Playbook) -> Playbook:
    """The same, with what would run off a phone's screen cut at a word."""
    return replace(
        book,
        say_first=shortened(book.say_first, SCREEN_LENGTH),
        ask=shortened(book.ask, SCREEN_LENGTH),
        do=tuple(shortened(step, SCREEN_LENGTH) for step in book.do[:STEPS_ON_SCREEN]),
        avoid=tuple(shortened(line, SCREEN_LENGTH) for line in book.avoid[:STEPS_ON_SCREEN]),
        if_stuck=shortened(book.if_stuck, SCREEN_LENGTH),
        close=shortened(book.close, SCREEN_LENGTH),
    )


def nothing_fits(runners_up: Sequence[Playbook], *, asked: str = "") -> Message:
    """The universal repair, for when no playbook answers."""
    said = "No playbook fits that well. This always helps:" if asked else "What always helps:"
    choices = [button("Get help", GET_HELP, Asked("", asked).packed())]
    if asked:
        label = "Send my words to the playbook team"
        choices.insert(0, button(label, SEND_WORDS, Asked("", asked).packed()))
    return message(
        said + "\n" + "\n".join(UNIVERSAL_STEPS),
        says(said),
        listed("Do", UNIVERSAL_STEPS, numbered=True),
        *_others(runners_up, asked),
        buttons(*choices),
    )


def several(found: Sequence[tuple[str, Playbook]]) -> Message:
    """A message that holds several problems: one press each. Pairs of its part and the playbook."""
    text = "That sounds like more than one thing. Which first?"
    return message(
        text + "\n" + escape("\n".join(book.title for _, book in found)),
        says(text),
        _each(found),
    )


def shared(person: str, book: Playbook, today: date) -> Message:
    """The answer for everybody in the channel, with what an agent may do."""
    unnamed = replace(book, owner="") if book.owner_id else book  # or it would ping them
    content = answer(unnamed, (), Role.AGENT, today, is_sure=True, controls=False)
    heading = f"<@{person}> shares:"
    return Message(f"{heading} {content.text}", (says(heading).to_dict(), *content.blocks))


def may_do(authority: Authority, role: Role) -> str:
    """What this role may do, with its limit; an unset limit says whom to ask, never a guess."""
    limit = authority.limits.get(role.word)
    if limit is None:
        return f"{authority.what} (limit not set: ask {authority.next})"
    if limit == "no limit":
        return authority.what
    return f"{authority.what} ({limit}; above: {authority.next})"


def _first(book: Playbook, role: Role) -> RichTextBlock:
    """What to say, what to ask, what they may have: at most forty words, read first."""
    lines: list[str | Text] = []
    if book.say_first:
        lines += [bold("Say first  "), book.say_first, "\n"]
    lines += [bold("Ask  "), book.ask]
    if book.authority:
        lines += ["\n", bold("You may, without asking  "), may_do(book.authority[0], role)]
    return paragraph(*lines)


def _small_print(book: Playbook, today: date, changed: Sequence[str]) -> str:
    lines = []
    if changed:
        parts = ", ".join(PARTS[part] for part in changed)
        lines.append(f"*Changed since you last used it: {parts}.*")
    record = "; ".join(dict.fromkeys(each.record for each in book.authority if each.record))
    if record:
        lines.append(escape(f"Record: {record}."))
    reach = "; ".join(
        dict.fromkeys(f"{each.next}: {each.reach}" for each in book.authority if each.reach)
    )
    if reach:
        lines.append(escape(f"Who can: {reach}."))
    lines.append(_freshness(book, today))
    return "\n".join(lines)


def _freshness(book: Playbook, today: date) -> str:
    owner = f"{owner_of(book)} · " if book.owner else ""
    if book.verified is None:
        return f"{owner}not verified yet: check before you quote a number"
    verified = f"verified {book.verified:%-d %B %Y}"
    if book.is_stale(today):
        return f"{owner}last {verified}: check before you quote a number"
    return f"{owner}{verified}"


def owner_of(book: Playbook) -> str:
    return f"<@{book.owner_id}>" if book.owner_id else escape(book.owner)


def _others(runners_up: Sequence[Playbook], asked: str) -> list[Block]:
    if not runners_up:
        return []
    few = [(asked, book) for book in runners_up[:RUNNERS_UP]]
    return [aside("Or is it one of these?"), _each(few)]


def _each(found: Sequence[tuple[str, Playbook]]) -> Block:
    """A button for each playbook, with the words it was found by."""
    return buttons(
        *(
            button(
                shortened(book.title, BUTTON_LENGTH),
                f"{SHOW}_{place}",
                Asked(book.slug, words).packed(),
            )
            for place, (words, book) in enumerate(found)
        )
    )


def _about(book: Playbook, role: Role) -> OverflowMenuElement:
    """What can be said about the playbook itself, beside its title."""
    choices = [
        ("Suggest a change", doors.SUGGEST, book.slug),
        ("Out of date", doors.OUTDATED, book.slug),
    ]
    if role is Role.ADMIN:
        choices.append(("Edit", doors.PLAYBOOK, book.slug))
    return menu(ABOUT, *choices)


def _more(book: Playbook, asked: str) -> OverflowMenuElement:
    fill = [("Fill in a script", FILL, book.slug)] if book.scripts else []
    return menu(
        MORE,
        *fill,
        ("Get help", HELP, f"{book.slug} {asked}"),
        ("Own this", doors.OWN, ""),
        ("Pause", doors.PAUSE, ""),
        ("Share in channel", SHARE, book.slug),
    )


def _controls(book: Playbook, asked: str, *, is_cut: bool) -> Block:
    value = Asked(book.slug, asked).packed()
    return buttons(
        button("It worked", WORKED, value, "primary"),
        button("Not this one", NOT_THIS, value),
        *([button("Read all", READ_ALL, book.slug)] if is_cut else []),
        _more(book, asked),
    )


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
