"""The daily learning post: a parent of at most ten lines, and its details for the thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from mend.recap.conditions.model import Condition
from mend.recap.daily.model import (
    ChangeKind,
    IfThen,
    PlaybookChange,
    Recap,
)
from mend.slack import ui

OPEN = "home_recap"  # a preview
NEWS_SHOWN = 5  # with all else that makes ten lines
LINE_LENGTH = 500
LESSON_LENGTH = 200  # a longer one is read in the thread, as its author wrote it
MORE = "More in the thread."
LESSON = "A lesson from the team"

_KINDS = {
    ChangeKind.NEW: "New playbook",
    ChangeKind.CHANGED: "Changed",
    ChangeKind.FROM_NOTE: "A note from the team improved",
    ChangeKind.VERIFIED: "Checked and still right",
    ChangeKind.RETIRED: "Retired",
}


@dataclass(frozen=True, slots=True)
class Line:
    """What it is, and the words, which somebody wrote."""

    label: str
    words: str

    def block(self) -> ui.Block:
        return ui.paragraph(ui.bold(f"{self.label}  "), one_line(self.words))

    def plain(self) -> str:
        return ui.escape(f"{self.label}: {one_line(self.words)}")


def parent(recap: Recap, today: date) -> ui.Message:
    """The post itself; says for which day where that is not today (sent late)."""
    day = "" if recap.day == today else f" for {recap.day:%A %-d %B}"
    heading = f"What we learned{day}"
    shown, rest, lesson = _lines(recap)
    more = [MORE] if rest or lesson else []
    return ui.message(
        "\n".join([heading, *(line.plain() for line in shown), *more, recap.thanks]),
        ui.says(f"*{heading}*"),
        *(line.block() for line in shown),
        *(ui.aside(line) for line in more),
        ui.aside(recap.thanks),
    )


def preview(content: ui.Message, next_at: datetime | None) -> ui.Message:
    """The parent as it would be told now, for one person's eyes."""
    when = f"{next_at:%A %-d %B, %H:%M} ({next_at.tzinfo})" if next_at else "no team channel is set"
    note = f"Only you see this preview. Next recap: {when}. A lesson is told by the post alone."
    return ui.Message(content.text, (*content.blocks, ui.aside(note)))


def details(recap: Recap) -> ui.Message | None:
    """What did not fit the parent; None where all did."""
    _, rest, lesson = _lines(recap)
    if not rest and not lesson:
        return None
    told = [f"{LESSON}: {ui.escape(lesson)}"] if lesson else []
    below = [ui.paragraph(ui.bold(LESSON)), ui.quoted(lesson)] if lesson else []
    return ui.message(
        "\n".join([*told, *(line.plain() for line in rest)]),
        *below,
        *(line.block() for line in rest[:45]),
    )


def watch(condition: Condition) -> Line:
    return Line("Watch", f"{condition.words} (until {condition.until:%A %-d %B})")


def change(told: PlaybookChange) -> Line:
    return Line(_KINDS[told.kind], told.title)


def if_then(line: IfThen) -> str:
    return f"If a customer says “{line.title}”, then I say: “{line.say_first}”"


def one_line(text: str) -> str:
    return ui.shortened(" ".join(text.split()), LINE_LENGTH)


def _lines(recap: Recap) -> tuple[list[Line], list[Line], str]:
    """The lines of the parent and of the thread, and the lesson if that is too long for a line."""
    news = [
        *(watch(each) for each in recap.watch),
        *(Line("Over", each.words) for each in recap.over),
        *(change(each) for each in recap.changes),
    ]
    if recap.missing:
        news.append(Line("Waiting for an author", f"a playbook about {_themes(recap.missing)}"))
    if recap.answered:
        news.append(Line("Answered", f"what was looked for about {_themes(recap.answered)}"))
    shown, rest = news[:NEWS_SHOWN], news[NEWS_SHOWN:]
    fits = len(recap.lesson) <= LESSON_LENGTH and one_line(recap.lesson) == recap.lesson
    if recap.lesson and fits:
        shown.append(Line(LESSON, recap.lesson))
    shown.append(Line("Keep in mind", if_then(recap.keep_in_mind)))
    return shown, rest, "" if fits else recap.lesson


def _themes(themes: Sequence[str]) -> str:
    return ", ".join(ui.shortened(theme, 40) for theme in themes)
