"""Checks blocks and views against limits.txt; a breach is told in Slack's words.

Whatever a bot sends, a check says what is wrong with it and never raises.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from workspace.blocks import Json

_LINES: dict[str, list[str]] = defaultdict(list)
for _line in Path(__file__).with_suffix(".txt").read_text().splitlines():
    if _line and _line[0] != "#":
        _name, *_words = _line.split()
        _LINES[_name] += _words


class Refused(Exception):
    """What Slack answers instead: an error string, and the places it is about."""

    def __init__(self, error: str, messages: list[str] | None = None, **more: Any) -> None:
        super().__init__(error)
        self.answer: Json = {"ok": False, "error": error, **more}
        if messages:
            self.answer["response_metadata"] = {"messages": messages}


def check_blocks(blocks: Any) -> list[str]:
    """What Slack would say against these blocks of a message; [] when all is well.

    Each sentence carries the place as a JSON pointer.
    """
    return list(_breaches(blocks, "0-50*MESSAGE", "/blocks"))


def check_view(view: Any) -> list[str]:
    """What Slack would say against this modal or Home; [] when all is well."""
    return list(_breaches(view, "VIEW", "/view"))


def check_options(answer: Any) -> list[str]:
    """What Slack would say against the answer to a block_suggestion; [] when all is well."""
    return list(_breaches(answer, "answer", ""))


def check_metadata(metadata: Any) -> list[str]:
    """What Slack would say against this message metadata; [] when all is well."""
    return list(_breaches(metadata, "metadata", ""))


def _types(group: str) -> list[str]:
    each = [_types(name) if name.isupper() else [name] for name in _LINES[group]]
    return [name for names in each for name in names]


def _said(what: str, at: str) -> str:
    return f"[ERROR] {what} [json-pointer:{at}]"


def _breaches(value: Any, rule: str, at: str, least: int = 0) -> Iterator[str]:
    kind = value.get("type") if isinstance(value, dict) else None
    if array := re.fullmatch(r"(\d+)-(\d+)\*(.+)", rule):
        yield from _array(value, int(array[1]), int(array[2]), array[3], at)
    elif rule.isdigit():
        if not isinstance(value, str):
            yield _said("must be a string", at)
        elif len(value) > int(rule):
            yield _said(f"must be less than {int(rule) + 1} characters", at)
        elif len(value) < least:
            yield _said(f"must be more than {least - 1} characters", at)
    elif text := re.fullmatch(r"(plain|text)(\d+)", rule):
        kinds = ["plain_text"] if text[1] == "plain" else ["mrkdwn", "plain_text"]
        if kind in kinds:
            yield from _object(value, [f"text={text[2]}"], at)
        else:
            yield _said(f"must be a text object of type {' or '.join(kinds)}", at)
    elif rule.isupper():
        if isinstance(kind, str) and kind in _types(rule):
            found = list(_object(value, _LINES["any"] + _LINES.get(kind, []), at))
            yield from found or _also(kind, value, at)
        else:
            yield _said(f"unsupported type: {kind}", f"{at}/type")
    elif rule in _LINES:
        yield from _object(value, _LINES[rule], at)
    elif rule == "number":
        if isinstance(value, bool) or not isinstance(value, int | float):
            yield _said("must be a number", at)
    elif rule == "bool":
        if not isinstance(value, bool):
            yield _said("must be a boolean", at)
    elif value not in rule.split("/"):
        yield _said("must be a valid enum value", at)


def _object(value: Any, fields: list[str], at: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield _said("must be an object", at)
        return
    for name, rule in (field.split("=") for field in fields):
        key, needed = name.rstrip("?"), not name.endswith("?")
        if value.get(key) is not None:
            yield from _breaches(value[key], rule, f"{at}/{key}", least=int(needed))
        elif needed:
            yield _said(f"missing required field: {key}", at)


def _array(value: Any, least: int, most: int, rule: str, at: str) -> Iterator[str]:
    if not isinstance(value, list):
        yield _said("must be an array", at)
        return
    if len(value) > most:
        yield _said(f"no more than {most} items allowed", at)
    if len(value) < least:
        yield _said(f"no less than {least} items allowed", at)
    objects = [item if isinstance(item, dict) else {} for item in value]
    for index, item in enumerate(value):
        yield from _breaches(item, rule, f"{at}/{index}")
        for key in ("block_id", "action_id"):
            found = objects[index].get(key)
            if found and found in [other.get(key) for other in objects[:index]]:
                yield _said(f"`{key}` {found} already exists", f"{at}/{index}")
    if [item.get("type") for item in objects].count("data_visualization") > 2:
        yield _said("no more than 2 data_visualization blocks allowed", at)
    if sum(len(str(i.get("text"))) for i in objects if i.get("type") == "markdown") > 12000:
        yield _said("markdown blocks must be less than 12001 characters together", at)


def _also(kind: str, it: Json, at: str) -> Iterator[str]:
    """What the table cannot say of an object that is right by the table."""
    if kind == "section" and not it.get("fields"):
        yield from _object(it, ["text=text3000"], at)
    elif kind.endswith("static_select") and not it.get("option_groups"):
        yield from _object(it, ["options=1-100*option"], at)
    elif kind == "plain_text_input" and not 1 <= (it.get("max_length") or 3000) <= 3000:
        yield _said("must be between 1 and 3000", f"{at}/max_length")
    elif kind == "modal" and not it.get("submit"):
        if any(block["type"] == "input" for block in it["blocks"]):
            what = "'submit' is required when an 'input' block is within blocks"
            yield _said(what, f"{at}/submit")
    elif kind in ("bar", "area", "line"):
        for index, one in enumerate(it["series"]):
            if [point["label"] for point in one["data"]] != it["axis_config"]["categories"]:
                yield _said("data labels must match the categories", f"{at}/series/{index}/data")
    if kind.endswith("static_select") or kind in ("radio_buttons", "checkboxes"):
        groups = it.get("option_groups") or [it]
        offered = [option for group in groups for option in group.get("options") or []]
        initial = [*(it.get("initial_options") or []), it.get("initial_option")]
        if any(option not in [*offered, None] for option in initial):
            yield _said("initial option(s) must exactly match one of the options", at)
