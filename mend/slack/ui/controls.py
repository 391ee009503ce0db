"""Buttons, menus and questions; and what was answered with them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from mend.slack.ui.markup import shortened

QUESTION_LENGTH = 2000  # a label or a hint in a form
PLACEHOLDER_LENGTH = OPTION_VALUE_LENGTH = 150
BUTTON_VALUE = 2000
ID_LENGTH = 255  # of a block or an action
BUTTON_LABEL = OPTION_LABEL = 75  # of a button, and of a choice in a form or menu
OPTIONS, MENU_CHOICES, CONTROLS = 100, 5, 25  # in a menu, in a ⋯, in a row
CONFIRM_TITLE, CONFIRM_TEXT, CONFIRM_BUTTON = 100, 300, 30
_LOOKS_ESCAPED = re.compile(r"&(?=(?:amp|lt|gt);)")
ANSWER = "answer"  # the action id of each input's only element

Block = dict[str, Any]
Element = dict[str, Any]  # a control, or one run of rich text
Answers = Mapping[str, Mapping[str, Mapping[str, Any]]]  # block id → action id → state


def given(**parts: Any) -> dict[str, Any]:
    return {name: part for name, part in parts.items() if part is not None}


def _within(most: int, kept: Any) -> Any:
    if len(kept) > most:
        raise ValueError(f"{len(kept)} instead of at most {most}: {kept!r:.80}")
    return kept


def plain(text: str, most: int) -> Element:
    return {"type": "plain_text", "text": shortened(text, most), "emoji": True}


def marked_up(text: str, most: int) -> Element:
    return {"type": "mrkdwn", "text": shortened(text, most)}


def button(
    label: str, action: str, value: str, style: str | None = None, confirm: Element | None = None
) -> Element:
    return {
        "type": "button",
        "text": plain(label, BUTTON_LABEL),
        "action_id": _within(ID_LENGTH, action),
        **given(value=_within(BUTTON_VALUE, value) or None, style=style, confirm=confirm),
    }


def confirm(title: str, text: str, yes: str, no: str) -> Element:
    """What Slack asks before it sends the press on."""
    return {
        "title": plain(title, CONFIRM_TITLE),
        "text": marked_up(text, CONFIRM_TEXT),
        "confirm": plain(yes, CONFIRM_BUTTON),
        "deny": plain(no, CONFIRM_BUTTON),
    }


def menu(action: str, *choices: tuple[str, str, str]) -> Element:
    """⋯, whose choices are a label, the route that it leads to, and the value for that route."""
    options = [
        option(f"{route} {value}".strip()[:OPTION_VALUE_LENGTH], label)
        for label, route, value in choices
    ]
    return {"type": "overflow", "action_id": action, "options": _within(MENU_CHOICES, options)}


def option(value: str, label: str) -> Element:
    return {"value": _within(OPTION_VALUE_LENGTH, value), "text": plain(label, OPTION_LABEL)}


def options(choices: Mapping[str, str]) -> list[Element]:
    """Values with their labels."""
    offered: list[Element] = _within(OPTIONS, [option(*each) for each in choices.items()])
    return offered


def select(
    action: str, placeholder: str | None, choices: Mapping[str, str], chosen: str = ""
) -> Element:
    """A menu of values with their labels, in which one may be chosen from the start."""
    return _chosen_from("static_select", choices, chosen) | _menu(action, placeholder)


def grouped(action: str, placeholder: str, groups: Iterable[tuple[str, list[Element]]]) -> Element:
    """A menu whose options stand under headings."""
    under = [{"label": plain(label, OPTION_LABEL), "options": each} for label, each in groups]
    return {"type": "static_select", "option_groups": under} | _menu(action, placeholder)


def search(action: str, placeholder: str, least: int = 1) -> Element:
    """A menu whose choices the route of the same id answers, once so many letters are typed."""
    return {"type": "external_select", "min_query_length": least} | _menu(action, placeholder)


def _menu(action: str, placeholder: str | None) -> Element:
    return {"action_id": action, **given(placeholder=_placeholder(placeholder))}


def _placeholder(text: str | None) -> Element | None:
    return plain(text, PLACEHOLDER_LENGTH) if text else None


def buttons(*elements: Element) -> Block:
    return {"type": "actions", "elements": _within(CONTROLS, list(elements))}


def ask(
    block: str,
    label: str,
    element: Element,
    hint: str | None = None,
    *,
    required: bool = True,
    action: str = ANSWER,
) -> Block:
    """One question of a form, whose answer is read by `answered`, `people_in` or `ticked`."""
    return {
        "type": "input",
        "block_id": _within(ID_LENGTH, block),
        "label": plain(label, QUESTION_LENGTH),
        "element": {**element, "action_id": action},
        "optional": not required,
        **given(hint=hint and plain(hint, QUESTION_LENGTH)),
    }


def typed(
    most: int, initial: str = "", *, lines: bool = True, placeholder: str | None = None
) -> Element:
    """Words of at most so many characters, in one line or several."""
    return {
        "type": "plain_text_input",
        "multiline": lines,
        "max_length": most,
        **given(
            initial_value=initial[:most] or None,
            placeholder=_placeholder(placeholder),
        ),
    }


def one_of(choices: Mapping[str, str], chosen: str | None = None) -> Element:
    """Values with their labels; one may be chosen from the start."""
    return _chosen_from("radio_buttons", choices, chosen)


def _chosen_from(kind: str, choices: Mapping[str, str], chosen: str | None) -> Element:
    offered = options(choices)
    initial = next((each for each in offered if each["value"] == chosen), None)
    return {"type": kind, "options": offered, **given(initial_option=initial)}


def any_of(choices: Mapping[str, str], chosen: Collection[str] = ()) -> Element:
    offered = options(choices)
    initial = [each for each in offered if each["value"] in chosen]
    return {"type": "checkboxes", "options": offered, **given(initial_options=initial or None)}


def some_of(placeholder: str, choices: Mapping[str, str], most: int) -> Element:
    """A menu in which several may be chosen."""
    return {
        "type": "multi_static_select",
        "placeholder": _placeholder(placeholder),
        "options": options(choices),
        "max_selected_items": most,
    }


def moment(suggested: datetime | None) -> Element:
    at = int(suggested.timestamp()) if suggested else None
    return {"type": "datetimepicker", **given(initial_date_time=at)}


def day(chosen: date | None) -> Element:
    return {"type": "datepicker", **given(initial_date=chosen and chosen.isoformat())}


def time(chosen: str = "") -> Element:
    """`chosen` is HH:MM."""
    return {"type": "timepicker", **given(initial_time=chosen or None)}


def people(chosen: Sequence[str]) -> Element:
    return {"type": "multi_users_select", **given(initial_users=list(chosen) or None)}


def answered(answers: Answers, block: str) -> str:
    """What was typed, chosen or picked, as a message would hold it; empty where nothing was.

    In a form Slack escapes nothing: what looks escaped is what somebody typed.
    """
    return _LOOKS_ESCAPED.sub("&amp;", written(answers, block))


def written(answers: Answers, block: str) -> str:
    """The same to the letter, for what is no message: a playbook, a setting."""
    given = answers[block][ANSWER]
    chosen = (given.get("selected_option") or {}).get("value")
    picked = (given.get(f"selected_{what}") for what in ("date", "time", "date_time"))
    return str(given.get("value") or chosen or next(filter(None, picked), "")).strip()


def people_in(answers: Answers, block: str) -> list[str]:
    return list(answers[block][ANSWER].get("selected_users") or ())


def ticked(answers: Answers, block: str) -> list[str]:
    return [option["value"] for option in answers[block][ANSWER].get("selected_options") or ()]
