"""Reading Block Kit: the text a person sees, and what can be pressed or filled in."""

from __future__ import annotations

from collections.abc import Iterator
from secrets import token_urlsafe
from typing import Any

Json = dict[str, Any]

_CLOSED_MENUS = {"static_select", "multi_static_select", "overflow"}  # options show when opened
_TEXTS = {"plain_text", "mrkdwn", "markdown", "text", "raw_text"}


def visible(blocks: list[Json]) -> str:
    """Everything a person reads without opening a menu, one line a text, in order."""
    return "\n".join(_texts(blocks))


def _texts(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for item in node:
            yield from _texts(item)
    elif isinstance(node, dict):
        kind = node.get("type", "")
        if str(kind).startswith("rich_text_") and kind != "rich_text_list":
            yield "".join(_rich(element) for element in node["elements"])
            return
        if kind in _TEXTS and isinstance(node.get("text"), str):
            yield node["text"]
            return
        skip = {"confirm", "initial_options"}
        if kind in _CLOSED_MENUS:
            skip |= {"options", "option_groups"}
        elif kind in ("radio_buttons", "checkboxes"):
            skip |= {"initial_option"}
        for key, value in node.items():
            if key in ("alt_text", "initial_value") or (
                key in ("title", "label", "name", "value")
                and isinstance(value, str | int | float)
                and kind in ("data_visualization", "")
                and "text" not in node
            ):
                yield str(value)
            elif key not in skip:
                yield from _texts(value)


def _rich(element: Json) -> str:
    kind = element["type"]
    if kind == "emoji":
        return f":{element['name']}:"
    if kind in ("user", "channel"):
        return f"<{'@' if kind == 'user' else '#'}{element[kind + '_id']}>"
    return str(element.get("text") or element.get("url") or "")


def elements(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """(block, element) for everything that can be pressed, chosen or filled in, in order."""
    for block in blocks:
        inner = [block.get("accessory"), block.get("element"), *block.get("elements", [])]
        yield from ((block, e) for e in inner if e and "action_id" in e)


def label(element: Json) -> str:
    text = element.get("text")
    return str(text["text"]) if isinstance(text, dict) else ""


def buttons(blocks: list[Json]) -> list[str]:
    return [label(element) for _, element in elements(blocks) if element["type"] == "button"]


def options(element: Json) -> list[Json]:
    """The options of a menu, those in groups too."""
    groups = element.get("option_groups") or []
    return [*(element.get("options") or []), *(o for group in groups for o in group["options"])]


def find(
    blocks: list[Json], name: str, value: str | None = None, block_id: str | None = None
) -> tuple[Json, Json]:
    """(block, element) with this label or action_id; a label may be only begun if that is clear.

    Raises LookupError, naming what there is, when nothing or more than one thing fits.
    """
    every = [(b, e) for b, e in elements(blocks) if block_id in (None, b["block_id"])]
    tests = (
        lambda e: label(e) == name,
        lambda e: e["action_id"] == name,
        lambda e: label(e).startswith(name),
    )
    for test in tests:
        fits = [(b, e) for b, e in every if test(e) and value in (None, e.get("value"))]
        if len(fits) == 1:
            return fits[0]
        if fits:
            raise LookupError(f"{name!r} fits {len(fits)} elements; give the value too")
    there = ", ".join(f"{label(e) or e['type']} ({e['action_id']})" for _, e in every)
    raise LookupError(f"nothing here is {name!r}; there is: {there or 'nothing'}")


def with_block_ids(blocks: list[Json]) -> list[Json]:
    """The blocks, each with a block_id, and an action_id on what can be pressed, as Slack gives."""
    named = []
    for block in blocks:
        block = {"block_id": token_urlsafe(4), **block}
        for key in ("accessory", "element"):
            if key in block:
                block[key] = _with_action_id(block[key])
        if block["type"] == "actions":
            block["elements"] = [_with_action_id(element) for element in block["elements"]]
        named.append(block)
    return named


def _with_action_id(element: Json) -> Json:
    return element if element["type"] == "image" else {"action_id": token_urlsafe(4), **element}
