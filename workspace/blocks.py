"""Block Kit as a person meets it: what can be read, pressed, chosen and filled in."""

from collections.abc import Iterator
from secrets import token_urlsafe
from typing import Any

Json = dict[str, Any]
Values = dict[str, dict[str, Json]]  # block_id -> action_id -> what stands there, as Slack says it

_STEMS = {"datepicker": "date", "timepicker": "time", "datetimepicker": "date_time"}
_STEMS |= {"users_select": "user", "multi_users_select": "users"}
_STEMS |= {"multi_static_select": "options", "checkboxes": "options"}
_STEMS |= {"channels_select": "channel", "conversations_select": "conversation"}
_STEMS |= {"static_select": "option", "external_select": "option", "radio_buttons": "option"}


_SEVERAL = ("selected_options", "selected_users")


class Incomplete(ValueError):
    """Slack's own client would not send this form; `errors` says why, by block_id."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__("; ".join(f"{block}: {why}" for block, why in errors.items()))
        self.errors = errors


# --- reading


def visible(blocks: list[Json]) -> str:
    """Everything a person reads without opening a menu, one line a text, in order."""
    return "\n".join(_texts(blocks))


def _texts(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for item in node:
            yield from _texts(item)
    elif isinstance(node, dict):
        kind = str(node.get("type"))
        if kind.startswith("rich_text_") and kind != "rich_text_list":
            yield "".join(_run(run) for run in node["elements"])
        elif isinstance(node.get("text"), str):
            yield node["text"]
        else:
            hidden = {"confirm", "initial_option", "initial_options"}
            if (
                kind.endswith("static_select") or kind == "overflow"
            ):  # what is chosen shows, the rest once opened
                hidden = {"confirm", "options", "option_groups"}
            shown = {"alt_text", "initial_value", "title", "label", "name"}
            shown |= {"value"} if "label" in node else set()  # of a chart
            for key, value in node.items():
                if key in shown and isinstance(value, str | int | float):
                    yield str(value)
                elif key not in hidden:
                    yield from _texts(value)


def _run(run: Json) -> str:
    """A part of a line of rich text."""
    signs = {"emoji": f":{run.get('name')}:", "user": f"<@{run.get('user_id')}>"}
    signs["channel"] = f"<#{run.get('channel_id')}>"
    return str(signs.get(run["type"]) or run.get("text") or run.get("url"))


def elements(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """(block, element) for everything that can be pressed, chosen or filled in, in order."""
    for block in blocks:
        inner = [block.get("accessory"), block.get("element"), *block.get("elements", [])]
        yield from ((block, one) for one in inner if one and "action_id" in one)


def label(element: Json) -> str:
    text = element.get("text")
    return str(text["text"]) if isinstance(text, dict) else ""


def buttons(blocks: list[Json]) -> list[str]:
    return [label(element) for _, element in elements(blocks) if element["type"] == "button"]


def choices(element: Json) -> list[str]:
    """What stands in a ⋯."""
    return [label(one) for one in options(element)] if element["type"] == "overflow" else []


def options(element: Json) -> list[Json]:
    """The options of a menu, those in groups too."""
    groups = element.get("option_groups") or []
    return [*(element.get("options") or []), *(o for group in groups for o in group["options"])]


def named(things: list[Json], key: str, name: str) -> Json:
    """The one with this label or this `key`; a label may be only begun if that is clear.

    Raises LookupError, naming what there is, when nothing or more than one thing fits.
    """
    for fits in (
        [one for one in things if label(one) == name],
        [one for one in things if one[key] == name],
        [one for one in things if label(one).startswith(name)],
    ):
        if len(fits) == 1:
            return fits[0]
        if fits:
            raise LookupError(f"{name!r} fits {len(fits)} things here; give the value too")
    there = ", ".join(f"{label(one)} ({one[key]})" for one in things)
    raise LookupError(f"nothing here is {name!r}; there is: {there or 'nothing'}")


def with_ids(blocks: list[Json]) -> list[Json]:
    """The blocks, each with a block_id, and an action_id on what can be pressed, as Slack gives."""

    def marked(element: Json) -> Json:
        return {
            **({} if element["type"] == "image" else {"action_id": token_urlsafe(4)}),
            **element,
        }

    made = []
    for block in blocks:
        block = {"block_id": token_urlsafe(4), **block}
        block |= {key: marked(block[key]) for key in ("accessory", "element") if block.get(key)}
        if block["type"] == "actions":
            block["elements"] = [marked(element) for element in block["elements"]]
        made.append(block)
    return made


# --- what stands in the fields: `state.values`


def value_key(element: Json) -> str:
    """The key of this element's answer in state.values; empty for what holds none."""
    kind = element["type"]
    if kind.endswith("_input"):
        return "value"
    return f"selected_{_STEMS[kind]}" if kind in _STEMS else ""


def initial(blocks: list[Json], before: Values | None = None) -> Values:
    """What stands in every field; what stood `before` under the same ids stays."""
    values: Values = {}
    for block, element in elements(blocks):
        if key := value_key(element):
            start = element.get("initial_" + key.removeprefix("selected_"))
            empty: Any = [] if key in _SEVERAL else None
            answer = {"type": element["type"], key: empty if start is None else start}
            old = (before or {}).get(block["block_id"], {}).get(element["action_id"], answer)
            kept = old if old["type"] == element["type"] else answer
            values.setdefault(block["block_id"], {})[element["action_id"]] = kept
    return values


def answer(element: Json, value: Any, offered: list[Json]) -> Json:
    """`value` as this element reports it; a choice is named by its label or its value.

    `offered` holds the options an external select got from the bot. Raises LookupError for a
    choice that is not there.
    """
    key, offered = value_key(element) or "selected_option", options(element) or offered
    given: Any = None if value == "" else value
    if key in _SEVERAL:
        several = [given] if isinstance(given, str) else given or []
        given = (
            several if key == "selected_users" else [named(offered, "value", o) for o in several]
        )
    elif key == "selected_option" and given is not None:
        given = named(offered, "value", given)
    return {"type": element["type"], key: given}


def check_filled(blocks: list[Json], values: Values) -> None:
    """Raise Incomplete where Slack's client would not let the form go."""
    errors = {}
    for block in blocks:
        if block["type"] == "input":
            element = block["element"]
            given = values[block["block_id"]][element["action_id"]][value_key(element)]
            least, most = element.get("min_length") or 0, element.get("max_length") or 3000
            if not given or not str(given).strip():
                if not block.get("optional"):
                    errors[block["block_id"]] = "Please complete this required field."
            elif isinstance(given, str) and not least <= len(given) <= most:
                errors[block["block_id"]] = f"Please enter {least} to {most} characters."
    if errors:
        raise Incomplete(errors)
