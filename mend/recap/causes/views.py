"""The causes board for supervisors, and the form for what is done about a condition."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from mend.lookbacks.model import CAUSE_WORDS, Cause, Factor
from mend.recap.causes.model import Action, Condition, Given, Strength
from mend.recap.weekly.model import theme
from mend.slack import ui
from mend.slack.packing import pack, unpack

OPEN = "causes_open"
ADD = "cause_add"
CHANGE = "cause_change"
FORM = "cause_form"
CONDITIONS_SHOWN = 5  # with their actions below Slack's fifty blocks
ACTIONS_SHOWN = 4
WEEKS_SHOWN = 4
WHAT_LENGTH, WHO_LENGTH, REASON_LENGTH = 200, 100, 300
_TITLE = "What got in the way, and what is done about it"
_SOURCE = "What {k} people or more named as they looked back, in weeks that are over. Never who."
EMPTY = (
    "Nothing here yet. A condition comes here once a week is over and enough people named it when"
    " they looked back."
)


def board(conditions: Sequence[Condition], team: str, k: int, page: int = 0) -> ui.Message:
    """Some conditions at a time, told last first."""
    blocks: list[ui.Block] = [ui.says(f"*{_TITLE}*"), ui.aside(_SOURCE.format(k=k))]
    first = page * CONDITIONS_SHOWN
    shown = conditions[first : first + CONDITIONS_SHOWN]
    for each in shown:
        blocks += _condition(each, team)
    if not conditions:
        blocks.append(ui.aside(EMPTY))
    turns = [("Newer", page - 1)] if page else []
    turns += [("Older", page + 1)] if first + CONDITIONS_SHOWN < len(conditions) else []
    if turns:
        pages = [ui.button(label, f"{OPEN}_{to}", pack(team, to)) for label, to in turns]
        blocks.append(ui.buttons(*pages))
    lines = [_TITLE, *(f"{theme(each.factor)}: {_told(each.mondays)}" for each in shown)]
    return ui.message(ui.escape("\n".join(lines)), *blocks)


def action_form(factor: Factor, team: str, action: Action | None) -> dict[str, Any]:
    """For a new action, or for one as it stands."""
    strengths = ui.one_of(
        {each.name: _capital(each.value) for each in Strength},
        action.strength.name if action else None,
    )
    states = ui.one_of(
        {each.name: words for each, words in CAUSE_WORDS.items()},
        action.state.name if action else Cause.IDENTIFIED.name,
    )
    what, who, reason = (action.what, action.who, action.reason) if action else ("", "", "")
    private = pack(team, factor.name, *([action.id, action.version] if action else []))
    return ui.form(
        FORM,
        "What is done",
        "Save",
        private,
        ui.aside(f"About: {theme(factor)}"),
        ui.ask("what", "What is done about it?", ui.typed(WHAT_LENGTH, what, lines=False)),
        ui.ask(
            "who",
            "Who can change it? (a role or a team, not a name)",
            ui.typed(WHO_LENGTH, who, lines=False),
            required=False,
        ),
        ui.ask("strength", "What kind of action is it?", strengths),
        ui.ask("state", "What became of it?", states),
        ui.ask(
            "checked_on",
            "When did somebody look whether it holds?",
            ui.day(action.checked_on if action else None),
            required=False,
        ),
        ui.ask(
            "reason", "If it is not done: why?", ui.typed(REASON_LENGTH, reason), required=False
        ),
    )


def read_place(private: str) -> tuple[str, Factor, str, int]:
    """Team, factor, and the action with the version that was shown, or "" and 0 for a new one."""
    team, factor, action, version = unpack(private, 4)
    return team, Factor[factor], action, int(version or 0)


def read_action(answers: ui.Answers) -> Given:
    on = ui.answered(answers, "checked_on")
    return Given(
        what=ui.answered(answers, "what"),
        who=ui.answered(answers, "who"),
        strength=Strength[ui.answered(answers, "strength")],
        state=Cause[ui.answered(answers, "state")],
        reason=ui.answered(answers, "reason"),
        checked_on=date.fromisoformat(on) if on else None,
    )


def _condition(each: Condition, team: str) -> list[ui.Block]:
    done = "" if each.actions else " Nobody said yet what is done about it."
    heading = f"*{_capital(theme(each.factor))}*\n{_told(each.mondays)}{done}"
    label = "Add another" if each.actions else "Say what is done"
    add = ui.button(label, ADD, pack(team, each.factor.name))
    blocks: list[ui.Block] = [ui.says(heading, add)]
    blocks += [
        ui.says(_action(action), ui.button("Change", CHANGE, pack(team, action.id)))
        for action in each.actions[:ACTIONS_SHOWN]
    ]
    return blocks


def _action(action: Action) -> str:
    """What is done, by whom, and what became of the condition, each in a sentence of its own."""
    who = f" Who can change it: {ui.escape(action.who)}." if action.who else ""
    looked = f" Looked at on {action.checked_on:%-d %B}." if action.checked_on else ""
    again = (
        f" It came up again in the week of {action.came_back:%-d %B}." if action.came_back else ""
    )
    why = f" Why: {ui.escape(action.reason)}." if action.reason else ""
    became = f"_{CAUSE_WORDS[action.state]}._"
    return f"Done about it: {ui.escape(action.what)}.{who}\n{became}{looked}{again}{why}"


def _told(mondays: Sequence[date]) -> str:
    if not mondays:
        return "Not named lately. That alone says nothing."
    weeks = [f"{monday:%-d %B}" for monday in mondays[:WEEKS_SHOWN]]
    return f"Named in the week{'s' if len(weeks) > 1 else ''} of {', '.join(weeks)}."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
