"""What is filled into a view or chosen in a message, as Slack reports it in `state.values`."""

from __future__ import annotations

import re
from typing import Any

from workspace import reading

Json = dict[str, Any]
Values = dict[str, dict[str, Json]]  # block_id -> action_id -> what stands there

# element type -> the key of its answer in state.values
_KEYS = {
    "plain_text_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "number_input": "value",
    "rich_text_input": "rich_text_value",
    "static_select": "selected_option",
    "external_select": "selected_option",
    "radio_buttons": "selected_option",
    "checkboxes": "selected_options",
    "multi_static_select": "selected_options",
    "multi_external_select": "selected_options",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "users_select": "selected_user",
    "multi_users_select": "selected_users",
    "conversations_select": "selected_conversation",
    "multi_conversations_select": "selected_conversations",
    "channels_select": "selected_channel",
    "multi_channels_select": "selected_channels",
}
_INITIAL = {
    "value": "initial_value",
    "selected_option": "initial_option",
    "selected_options": "initial_options",
}


class Incomplete(ValueError):
    """Slack's own client would not send this form; `errors` says why, by block_id."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__("; ".join(f"{block}: {why}" for block, why in errors.items()))
        self.errors = errors


def is_stateful(element: Json) -> bool:
    return element["type"] in _KEYS


def initial(blocks: list[Json]) -> Values:
    """What stands in every stateful element before anybody touched it."""
    values: Values = {}
    for block, element in reading.elements(blocks):
        if is_stateful(element):
            key = _KEYS[element["type"]]
            start = element.get(_INITIAL.get(key, key.replace("selected_", "initial_", 1)))
            empty: Any = [] if key.endswith("s") else None
            answer = {"type": element["type"], key: empty if start is None else start}
            values.setdefault(block["block_id"], {})[element["action_id"]] = answer
    return values


def carried_over(old: Values, blocks: list[Json]) -> Values:
    """The initial values of `blocks`, except where an element of the same ids stood before."""
    values = initial(blocks)
    for block_id, answers in values.items():
        for action_id, fresh in answers.items():
            before = old.get(block_id, {}).get(action_id)
            if before and before["type"] == fresh["type"]:
                answers[action_id] = before
    return values


def answer(element: Json, value: Any, offered: list[Json]) -> Json:
    """`value` as this element reports it; a choice is named by its label or its value.

    `offered` holds the options an external select got from the bot. Raises LookupError for a
    choice that is not there.
    """
    key = _KEYS[element["type"]]
    if key == "selected_option":
        chosen: Any = None if value in (None, "") else _option(element, value, offered)
    elif key == "selected_options":
        several = value if isinstance(value, list | tuple) else [value] if value else []
        chosen = [_option(element, one, offered) for one in several]
    elif key == "rich_text_value" and isinstance(value, str):
        part = {"type": "rich_text_section", "elements": [{"type": "text", "text": value}]}
        chosen = {"type": "rich_text", "elements": [part]}
    elif key == "value":
        chosen = None if value in (None, "") else str(value)
    else:
        chosen = None if value == "" else value
    return {"type": element["type"], key: chosen}


def _option(element: Json, choice: Any, offered: list[Json]) -> Json:
    options = reading.options(element) or offered
    by_label = {option["text"]["text"]: option for option in reversed(options)}
    by_value = {option.get("value"): option for option in reversed(options)}
    begun = [label for label in by_label if label.startswith(str(choice))]
    if choice in by_label or choice in by_value or len(begun) == 1:
        return dict(by_label.get(choice) or by_value.get(choice) or by_label[begun[0]])
    there = ", ".join(o["text"]["text"] for o in options)
    raise LookupError(f"{choice!r} is not among the options: {there or 'none'}")


def check(blocks: list[Json], values: Values) -> None:
    """Raise Incomplete where Slack's client would not let the form go."""
    errors = {}
    for block in blocks:
        if block["type"] == "input":
            element = block["element"]
            given = values[block["block_id"]][element["action_id"]][_KEYS[element["type"]]]
            why = _refusal(element, given, bool(block.get("optional")))
            if why:
                errors[block["block_id"]] = why
    if errors:
        raise Incomplete(errors)


def _refusal(element: Json, given: Any, optional: bool) -> str:
    if given in (None, "", []) or (isinstance(given, str) and not given.strip()):
        return "" if optional else "Please complete this required field."
    if isinstance(given, str):
        least = element.get("min_length", 0)
        most = element.get("max_length", 3000)
        kind = element["type"]
        if kind == "number_input":
            return _number_refusal(element, given)
        if len(given) < least:
            return f"Please enter at least {least} characters."
        if len(given) > most:
            return f"Please enter at most {most} characters."
        if kind == "email_text_input" and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", given):
            return "Please enter a valid email."
        if kind == "url_text_input" and not re.match(r"https?://\S", given):
            return "Please enter a valid URL."
    if isinstance(given, list) and len(given) > element.get("max_selected_items", len(given)):
        return f"Please choose at most {element['max_selected_items']}."
    return ""


def _number_refusal(element: Json, given: str) -> str:
    whole = r"-?\d+" if not element["is_decimal_allowed"] else r"-?\d+(\.\d+)?"
    if not re.fullmatch(whole, given):
        return "Please enter a valid number."
    if float(given) < float(element.get("min_value", given)):
        return f"Please enter a number of at least {element['min_value']}."
    if float(given) > float(element.get("max_value", given)):
        return f"Please enter a number of at most {element['max_value']}."
    return ""
