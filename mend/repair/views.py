"""The answer to `/repair`: one phone screen in the order a person on a call needs it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from mend.people.model import Role
from mend.playbooks.model import Playbook
from mend.repair import control_views as controls_of
from mend.repair.control_views import Asked
from mend.repair.model import say_of
from mend.slack import ui

CARD_WORDS = 90
RUNNERS_UP = 3  # of an answer that is not sure; two where there is a way back as well
STEPS_ON_CARD = 3  # where not all of them fit
SCREEN_LENGTH = 400  # characters of one part; the rest is opened
PART_LENGTH = 2900  # of one block
OPENED_LENGTH = 8000  # of all that is opened in a message; what is longer gets a window
VIEW_BLOCKS = 100

PARTS = {
    "title": "the title",
    "authority": "what you may offer",
    "say_first": "what to say first",
    "ask": "what to ask",
    "do": "the steps",
    "avoid": "what to avoid",
    "stuck": "what to do if stuck",
    "close": "how to close",
}
ENDS = ("If stuck", "Close")
UNDER_MORE = "{}: ⋯"
LOOK_TWICE = "check before you quote a number"
Named = list[tuple[str, str]]  # headings, each with what it says


def answer(
    book: Playbook,
    runners_up: Sequence[Playbook],
    role: Role,
    today: date,
    *,
    is_sure: bool,
    asked: Asked | None = None,
    changed: Sequence[str] = (),
    controls: bool = True,
    worked: str = "",
) -> ui.Message:
    """The playbook for this role, on a card of ninety words with its controls.

    Where it may be another one, up to three are one press away. `changed` names the parts that
    read differently from when this person last saw it; `worked` answers "It worked".
    """
    asked, shown = (asked or Asked()).of(book.slug), _on_one_screen(book)
    hedge = "" if is_sure else "Closest, but maybe not:"
    notes = [_changed(changed) if is_sure else "", _stale(book, today), worked]
    said = _said(shown, role)
    or_else = "Or:" if runners_up and not is_sure else ""
    spent = _words(hedge, or_else, shown.title, *(f"{name} {text}" for name, text in said), *notes)
    others = () if is_sure else _others(runners_up, CARD_WORDS - spent)
    under = [controls_of.under_card(book, asked, others, has_worked=bool(worked))]
    under = under if controls else []
    steps = _steps(shown, CARD_WORDS - spent - _words(*_labels(under)))
    left = len(book.do) - len(steps)
    more = [UNDER_MORE.format(f"{left} more" if steps else f"{left} steps")] if left else []
    return ui.message(
        _text(f"{hedge} {book.title}".strip(), [*said, *_numbered(steps)]),
        *([ui.aside(hedge)] if hedge else []),
        ui.says(f"*{ui.escape(shown.title)}*"),
        _paragraph(said),
        *([ui.listed("Do", steps, numbered=True)] if steps else []),
        *(ui.aside(note) for note in [*more, *notes, or_else] if note),
        *under,
    )


def all_steps(book: Playbook, role: Role, asked: Asked) -> ui.Message:
    """What to do and what not, in place of what is read first; how it ends, once that is pressed.

    Together they run off a phone's screen.
    """
    asked, does = asked.of(book.slug), [end for end in _rest(book) if end[0] not in ENDS]
    return ui.message(
        _text(book.title, does),
        ui.says(f"*{ui.escape(book.title)}*"),
        *_does(book),
        ui.aside(UNDER_MORE.format("If stuck, closing")),
        controls_of.under_all_steps(book, role, asked.of(book.slug)),
    )


def ending(book: Playbook, role: Role, today: date, asked: Asked) -> ui.Message:
    """What to do when stuck and at the end, what to record, who keeps the playbook."""
    return ui.message(
        _text(book.title, _ends(book)),
        ui.says(f"*{ui.escape(book.title)}*"),
        *_ending(book, today),
        controls_of.under_ending(book, role, asked.of(book.slug)),
    )


def _does(book: Playbook) -> list[ui.Block]:
    do = [ui.listed("Do", book.do, numbered=True)] if book.do else []
    return [*do, *([ui.listed("Avoid", book.avoid)] if book.avoid else [])]


def _ending(book: Playbook, today: date) -> list[ui.Block]:
    said = [_paragraph([end]) for end in _ends(book)]
    return [*said, ui.aside(_small_print(book, today))]


def _ends(book: Playbook) -> Named:
    return [end for end in _rest(book) if end[0] in ENDS]


def fits_a_message(book: Playbook) -> bool:
    """Whether all of it can be opened in place."""
    return len(book.say_first + book.ask) + len(_text("", _rest(book))) <= OPENED_LENGTH


def whole(book: Playbook, role: Role, today: date) -> ui.Message:
    """For those who judge it: all that it says, as far as a message holds that."""
    if fits_a_message(book):
        said = _said(book, role)
        return ui.message(
            _text(book.title, [*said, *_rest(book)]),
            ui.says(f"*{ui.escape(book.title)}*"),
            _paragraph(said),
            *_does(book),
            *_ending(book, today),
        )
    return answer(book, (), role, today, is_sure=True, controls=False)


def everything(book: Playbook) -> dict[str, Any]:
    """A playbook to its last word, in a window; nothing of it is cut."""
    blocks = [
        ui.paragraph(ui.bold(f"{name}  ") if not number else "", text)
        for name, said in [("Say first", book.say_first), ("Ask", book.ask), *_rest(book)]
        if said
        for number, text in enumerate(ui.split(said, PART_LENGTH))
    ]
    return ui.panel("Playbook", ui.message(book.title, *blocks[:VIEW_BLOCKS]))


def shared(person: str, book: Playbook, today: date) -> ui.Message:
    """The answer for everybody in the channel, with what an agent may do."""
    content = answer(book, (), Role.AGENT, today, is_sure=True, controls=False)
    heading = f"<@{person}> shares:"
    more = ui.aside("All steps: `/repair` and this title.")
    blocks = (ui.says(heading), *content.blocks, more)
    return ui.Message(f"{heading} {content.text}", blocks)


def owner_of(book: Playbook) -> str:
    return f"<@{book.owner_id}>" if book.owner_id else ui.escape(book.owner)


def _on_one_screen(book: Playbook) -> Playbook:
    """The same, with what would run off a phone's screen cut at a word."""
    return replace(
        book,
        say_first=ui.shortened(book.say_first, SCREEN_LENGTH),
        ask=ui.shortened(book.ask, SCREEN_LENGTH),
        do=tuple(ui.shortened(step, SCREEN_LENGTH) for step in book.do),
    )


def _said(book: Playbook, role: Role) -> Named:
    """What to say, what to ask, what they may have: read first. Nothing contradicts itself."""
    say = say_of(book, role)
    said = [
        ("Say first", book.say_first),
        ("Ask", book.ask),
        ("You may, without asking", "; ".join(say.may)),
        *((f"Ask {whom} first", "; ".join(what)) for whom, what in say.asks.items()),
    ]
    return [(name, text) for name, text in said if text]


def _others(runners_up: Sequence[Playbook], room: int) -> list[Playbook]:
    """Up to three, as far as so many words hold their titles and one step count; always one."""
    others = list(runners_up[:RUNNERS_UP])
    while len(others) > 1 and _words("5 steps", *(book.title for book in others)) > room:
        others.pop()
    return others


def _steps(book: Playbook, room: int) -> tuple[str, ...]:
    """All of them where so many words hold them, else the first few."""
    for count in (len(book.do), *range(min(STEPS_ON_CARD, len(book.do)), 0, -1)):
        more = "" if count == len(book.do) else "2 more"
        if _words("Do", *book.do[:count], more) <= room:
            return book.do[:count]
    return ()


def _words(*texts: str) -> int:
    return sum(len(text.split()) for text in texts)


def _labels(rows: Sequence[ui.Block]) -> list[str]:
    """What is read on the buttons."""
    elements = [element for row in rows for element in row["elements"]]
    return [element["text"]["text"] for element in elements if element["type"] == "button"]


def _paragraph(said: Named) -> ui.Block:
    lines: list[str | ui.Element] = []
    for name, text in said:
        lines += ["\n" if lines else "", ui.bold(f"{name}  "), text]
    return ui.paragraph(*lines)


def _rest(book: Playbook) -> Named:
    """What stands below what is read first."""
    rest = [
        *_numbered(book.do),
        *(("Avoid", line) for line in book.avoid),
        ("If stuck", book.if_stuck),
        ("Close", book.close),
    ]
    return [(name, text) for name, text in rest if text]


def _numbered(steps: Sequence[str]) -> Named:
    return [(f"Do {number}", step) for number, step in enumerate(steps, 1)]


def _small_print(book: Playbook, today: date) -> str:
    record = "; ".join(dict.fromkeys(each.record for each in book.authority if each.record))
    reach = "; ".join(
        dict.fromkeys(f"{each.next}: {each.reach}" for each in book.authority if each.reach)
    )
    small = [f"Record: {record}." if record else "", f"Above a limit, {reach}." if reach else ""]
    return "\n".join([*map(ui.escape, filter(None, small)), _freshness(book, today)])


def _changed(changed: Sequence[str]) -> str:
    parts = ", ".join(PARTS[part] for part in changed)
    return f"*Changed since you last used it: {parts}.*" if parts else ""


def _stale(book: Playbook, today: date) -> str:
    """A word only where somebody should look twice."""
    return LOOK_TWICE.capitalize() + "." if book.is_stale(today) else ""


def _freshness(book: Playbook, today: date) -> str:
    owner = f"{owner_of(book)} · " if book.owner else ""
    if book.verified is None:
        return f"{owner}not verified yet: {LOOK_TWICE}"
    verified = f"verified {book.verified:%-d %B %Y}"
    if book.is_stale(today):
        return f"{owner}last {verified}: {LOOK_TWICE}"
    return f"{owner}{verified}"


def _text(title: str, named: Named) -> str:
    """The same as plain text, in the same order."""
    return ui.escape("\n".join([title, *(f"{name}: {text}" for name, text in named)]))
