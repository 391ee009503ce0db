"""Open conditions: the form that sets one, and the list in which they are ended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from mend.recap.conditions.model import WORDS_LENGTH, Condition
from mend.slack import ui
from mend.slack.packing import pack

SHOW = "condition_show"
ADD = "condition_add"
FORM = "condition_form"
END = "condition_end"
PLAYBOOK = "condition_playbook"
SHOWN = 20  # far from Slack's 50 blocks
EVERY_TEAM = "for every team"


def condition_form(
    channel: str, words: str, until: date | None, *, for_all: bool
) -> dict[str, Any]:
    """`channel` is the team it is set for; `for_all`: whether it may be set for every team."""
    search = ui.search(PLAYBOOK, "Type a customer's words")
    hint = "About a thing, never a person: courier strike, slow billing screen."
    questions: list[ui.Block] = [
        ui.ask("words", "What is to be watched?", ui.typed(WORDS_LENGTH, words, lines=False), hint),
        ui.ask("until", "Until which day?", ui.day(until), "It vanishes by itself the day after."),
        ui.ask(PLAYBOOK, "Which playbook helps?", search, required=False, action=PLAYBOOK),
    ]
    if for_all:
        everybody = ui.any_of({"yes": "It holds for every team, not only for this one"})
        questions.append(ui.ask("all", "For whom?", everybody, required=False))
    return ui.form(FORM, "Open condition", "Set", channel, *questions)


def read_condition(answers: ui.Answers) -> tuple[str, date, str, bool]:
    """The words, the last day, the playbook's slug (or empty), whether it is for every team."""
    chosen = answers[PLAYBOOK][PLAYBOOK].get("selected_option") or {}
    return (
        ui.answered(answers, "words"),
        date.fromisoformat(ui.answered(answers, "until")),
        str(chosen.get("value") or ""),
        "all" in answers and bool(ui.ticked(answers, "all")),
    )


def overview(channel: str, conditions: Sequence[Condition], said: str = "") -> ui.Message:
    """What is open, each with its end, and the way to set another."""
    heading = f"Open in <#{channel}>:" if conditions else f"Nothing is open in <#{channel}>."
    return ui.notice(
        f"{said} {heading}".strip(),
        *(
            ui.says(_line(each), ui.button("End", END, pack(channel, each.id)))
            for each in conditions[:SHOWN]
        ),
        ui.buttons(ui.button("Set a condition", ADD, channel)),
    )


def _line(condition: Condition) -> str:
    whose = "" if condition.team else f" ({EVERY_TEAM})"
    return f"{ui.escape(condition.words)}, until {condition.until:%A %-d %B}{whose}"
