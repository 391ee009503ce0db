"""The daily learning post: a parent of at most ten lines, and its details for the thread; and the
brief before a shift, each of whose lines says what to say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from mend.playbooks.model import DEFAULT_ASK
from mend.recap.conditions.model import Condition
from mend.recap.daily.model import LEAST_DAYS, Brief, ChangeKind, IfThen, PlaybookChange, Recap
from mend.slack import ui

RECAP = "home_recap"  # a preview
BRIEF = "brief_open"
NEWS_SHOWN = 5  # with all else that makes ten lines
LINE_LENGTH = 500
CHANGES_SHOWN, CONDITIONS_SHOWN, USUAL_SHOWN = 3, 3, 2  # in a brief
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


def brief(found: Brief, since: str) -> ui.Message:
    """`since` completes "Nothing changed …"."""
    heading = f"Before we start: {found.day:%A %-d %B}"
    lines = [
        Line(label.label, if_then(line) if line else label.words)
        for label, line in ((change(told), line) for told, line in found.changes[:CHANGES_SHOWN])
    ]
    notes = [] if lines else [f"No playbook changed {since}."]
    for condition, line in found.conditions[:CONDITIONS_SHOWN]:
        then = if_then(line) if line else f"If a customer is hit by it, then I ask: “{DEFAULT_ASK}”"
        lines.append(Line("Watch", f"{watch(condition).words}. {then}"))
    weekday = f"{found.day:%A}s"
    lines += [Line(f"Usual on {weekday}", if_then(line)) for line in found.usual[:USUAL_SHOWN]]
    if not lines:
        notes.append(
            f"What {weekday} usually bring, Mend does not know yet: it takes {LEAST_DAYS} of them"
            " with enough lookups."
        )
    if len(found.changes) > CHANGES_SHOWN or len(found.conditions) > CONDITIONS_SHOWN:
        notes.append("There is more: `/repair` finds every playbook.")
    return ui.message(
        "\n".join([heading, *(line.plain() for line in lines), *map(ui.escape, notes)]),
        ui.says(f"*{heading}*"),
        *(line.block() for line in lines),
        *(ui.aside(note) for note in notes),
    )
