"""Words to send: a script as it stands, what is missing in it asked for, the finished text to copy.

What is filled in lives in the open form only; nothing of it goes into metadata.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from mend.db.model import Refused
from mend.playbooks import blanks
from mend.playbooks.model import BlankKind, Playbook, Script, choices_of, kind_of
from mend.slack import ui
from mend.slack.packing import pack, unpack

FORM = "fill_form"
CHOOSE = "fill_choose"
DAY = "fill_day"
TITLE = "Words to send"
VALUE_LENGTH = 300
BLOCK_ID_LENGTH, LABEL_LENGTH, OPTION_LENGTH, OPTIONS = 250, 2000, 75, 100  # Slack's limits
DAYS = ("today", "tomorrow")


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in the open form: blank → words, and the input in which each is asked for.

    An input that a press filled is another one than before: Slack keeps what was typed under an
    id that it has seen.
    """

    words: Mapping[str, str] = field(default_factory=dict)
    inputs: Mapping[str, str] = field(default_factory=dict)

    def with_day(self, place: int, blank: str, day: str) -> Filled:
        presses = self.inputs.get(blank, "").partition("@")[2] or "0"
        fresh = f"{_input(place, blank)}@{int(presses) + 1}"
        return Filled({**self.words, blank: day}, {**self.inputs, blank: fresh})


def words_to_send(
    book: Playbook, today: date, place: int = 0, filled: Filled | None = None
) -> dict[str, Any]:
    """One of the playbook's scripts, and a question for each of its blanks; ready where it has
    none. A menu changes to another script."""
    script, filled = book.scripts[place], filled or Filled()
    reading = blanks.read(script.text)
    shown: list[ui.Block] = _menu(book, place)
    if not reading.blanks:
        ready = ui.notice("Ready to copy.", *shown, ui.code(script.text))
        return ui.panel(TITLE, ready, pack(place, book.slug))
    shown.append(ui.quoted(*_marked(reading, filled)))
    days = [each.name for each in reading.blanks if _is_day(each)]
    asked = next((name for name in days if not filled.words.get(name)), "")
    for blank in reading.blanks:
        shown += _question(place, blank, filled)
        shown += _days(blank, today) if blank.name == asked else []
    return ui.form(FORM, TITLE, "Finish", pack(place, book.slug), *shown)


def read_place(private: str) -> tuple[str, int]:
    """Slug and which of its scripts."""
    place, slug = unpack(private, 2)
    return slug, int(place)


def read_so_far(script: Script, place: int, answers: ui.Answers) -> Filled:
    """What stands in the form by now."""
    by_blank = {block.partition("@")[0]: block for block in answers}
    names = [blank.name for blank in blanks.read(script.text).blanks]
    inputs = {name: by_blank[at] for name in names if (at := _input(place, name)) in by_blank}
    return Filled({name: ui.written(answers, at) for name, at in inputs.items()}, inputs)


def read_day(value: str) -> tuple[str, str]:
    """The blank, and the day that was pressed for it, in words."""
    blank, day = unpack(value, 2)
    return blank, _in_words(date.fromisoformat(day))


def read_finished(script: Script, place: int, answers: ui.Answers, today: date) -> str:
    """The finished text. Raises Refused, naming the field, while a blank is left in it."""
    reading, filled = blanks.read(script.text), read_so_far(script, place, answers)
    words = {}
    for blank in reading.blanks:
        typed, where = filled.words.get(blank.name, ""), filled.inputs.get(blank.name, "")
        if not typed:
            raise Refused("This blank is still open.", where)
        if left := blanks.read(typed).blanks:
            raise Refused(f"“{left[0].mark}” is a blank itself: write what stands there.", where)
        words[blank.name] = _day(typed, today) if _is_day(blank) else typed
    text = reading.filled(words)
    if left := blanks.read(text).blanks:
        raise Refused(f"The text would still hold “{left[0].mark}”, which reads as a blank.")
    return text


def finished(text: str) -> dict[str, Any]:
    """The finished text, in a block that copies as it stands."""
    return ui.panel(TITLE, ui.notice("Ready to copy. It is kept nowhere.", ui.code(text)))


def _menu(book: Playbook, place: int) -> list[ui.Block]:
    if len(book.scripts) < 2:
        return []
    names = {str(number): each.name for number, each in enumerate(book.scripts[:OPTIONS])}
    return [ui.says("Which words?", ui.select(CHOOSE, None, names, str(place)))]


def _marked(reading: blanks.Reading, filled: Filled) -> list[ui.Element]:
    """The script with its blanks marked, and what is known by now in their place."""
    return [
        ui.run(part) if isinstance(part, str) else _place(part, filled) for part in reading.parts
    ]


def _place(blank: blanks.Blank, filled: Filled) -> ui.Element:
    words = filled.words.get(blank.name)
    return ui.run(words, "bold") if words else ui.run(blank.name.replace("_", " "), "code")


def _question(place: int, blank: blanks.Blank, filled: Filled) -> list[ui.Block]:
    label = ui.shortened(blank.name.replace("_", " ").strip().capitalize(), LABEL_LENGTH)
    block = filled.inputs.get(blank.name) or _input(place, blank.name)
    return [ui.ask(block, label, _element(blank.name, filled.words.get(blank.name, "")))]


def _days(blank: blanks.Blank, today: date) -> list[ui.Block]:
    """By one press, under the first date that is open; the next one's come after it."""
    days = [
        ui.button(day, f"{DAY}_{n}", pack(blank.name, f"{today + timedelta(days=n)}"))
        for n, day in enumerate(DAYS)
    ]
    return [ui.buttons(*days)]


def _element(blank: str, words: str) -> ui.Element:
    kind = kind_of(blank)
    if kind is BlankKind.TIME:
        return ui.time()
    choices = [each[:OPTION_LENGTH] for each in choices_of(blank)[:OPTIONS]]
    if choices:
        return ui.select("", None, {each: each for each in choices})
    hints = {BlankKind.AMOUNT: "for example 25.00 EUR", BlankKind.DATE: "today, tomorrow or a date"}
    given = words if kind is BlankKind.DATE else ""
    return ui.typed(VALUE_LENGTH, given, lines=False, placeholder=hints.get(kind))


def _is_day(blank: blanks.Blank) -> bool:
    return kind_of(blank.name) is BlankKind.DATE


def _day(typed: str, today: date) -> str:
    """A date as it is sent: what was typed, or the day that "tomorrow" is."""
    said = typed.casefold()
    return _in_words(today + timedelta(days=DAYS.index(said))) if said in DAYS else typed


def _in_words(day: date) -> str:
    return f"{day:%-d %B %Y}"


def _input(place: int, blank: str) -> str:
    """Also names the script: Slack keeps what was typed under an id it has seen before."""
    return f"blank_{place}_{blank}"[:BLOCK_ID_LENGTH]
