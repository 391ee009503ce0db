"""Slack's documented limits on blocks and views; every breach becomes one of Slack's messages.

Sources: Slack's Block Kit reference (block, element and composition object pages). What this
workspace cannot show is refused as an unsupported type, even where Slack would take it.
"""

from __future__ import annotations

import json
from typing import Any

Json = dict[str, Any]

BLOCKS_IN = {"message": 50, "modal": 100, "home": 100}
_MESSAGES_ONLY = {"markdown", "data_visualization"}
_MENUS = {"static_select", "external_select", "users_select", "conversations_select"}
_MENUS |= {"channels_select"} | {f"multi_{menu}" for menu in [*_MENUS, "channels_select"]}
_PICKERS = {"datepicker", "timepicker", "radio_buttons", "checkboxes"}
_ACCESSORIES = _MENUS | _PICKERS | {"button", "overflow", "image"}
_IN_ACTIONS = {m for m in _MENUS if not m.startswith("multi_")} | _PICKERS
_IN_ACTIONS |= {"button", "overflow", "datetimepicker"}
_TYPED = {"plain_text_input", "number_input", "email_text_input", "url_text_input"}
_INPUTS = _MENUS | _PICKERS | _TYPED | {"datetimepicker", "rich_text_input"}
_RICH = {
    "rich_text_section",
    "rich_text_list",
    "rich_text_quote",
    "rich_text_preformatted",
}
_OPTIONS = {  # element type -> (fewest, most)
    "static_select": (1, 100),
    "multi_static_select": (1, 100),
    "radio_buttons": (1, 10),
    "checkboxes": (1, 10),
    "overflow": (1, 5),
}


def check_blocks(blocks: Any, surface: str, charts: bool = True, at: str = "/blocks") -> list[str]:
    """What Slack would say against these blocks of a message, modal or home; [] when all is well.

    Each sentence carries the place as a JSON pointer that begins with `at`.
    """
    check = _Check(surface, charts)
    check.blocks(blocks, at)
    return check.errors


def check_view(view: Any) -> list[str]:
    """What Slack would say against this view; [] when all is well."""
    surface = view.get("type") if isinstance(view, dict) else None
    if surface not in ("modal", "home"):
        return ["[ERROR] must be a valid enum value [json-pointer:/view/type]"]
    check = _Check(surface, charts=False)
    for key, most in (("private_metadata", 3000), ("callback_id", 255), ("external_id", 255)):
        check.string(view, key, "/view", most, required=False)
    if surface == "modal":
        check.text(view, "title", "/view", 24, {"plain_text"})
        for key in ("submit", "close"):
            check.text(view, key, "/view", 24, {"plain_text"}, required=False)
        blocks = view.get("blocks")
        has_input = isinstance(blocks, list) and any(
            isinstance(block, dict) and block.get("type") == "input" for block in blocks
        )
        if has_input and not view.get("submit"):
            check.say("'submit' is required when an 'input' block is within blocks", "/view/submit")
    check.blocks(view.get("blocks"), "/view/blocks")
    return check.errors


def check_metadata(metadata: Any) -> str | None:
    """The error Slack answers to this message metadata, or None."""
    if not isinstance(metadata, dict):
        return "metadata_must_be_sent_as_json"
    name, payload = metadata.get("event_type"), metadata.get("event_payload")
    if not isinstance(name, str) or not name or not isinstance(payload, dict):
        return "invalid_metadata_format"
    too_large = len(name) > 255 or len(json.dumps(payload)) > 8000
    return "metadata_too_large" if too_large else None


class _Check:
    def __init__(self, surface: str, charts: bool) -> None:
        self.surface, self.charts, self.errors = surface, charts, list[str]()

    def say(self, what: str, at: str) -> None:
        self.errors.append(f"[ERROR] {what} [json-pointer:{at}]")

    def string(
        self, of: Json, key: str, at: str, most: int, required: bool = True, least: int = 0
    ) -> None:
        value = of.get(key)
        if value is None:
            if required:
                self.say(f"missing required field: {key}", at)
        elif not isinstance(value, str):
            self.say("must be a string", f"{at}/{key}")
        elif len(value) > most:
            self.say(f"must be less than {most + 1} characters", f"{at}/{key}")
        elif len(value) < least:
            self.say(f"must be more than {least - 1} characters", f"{at}/{key}")

    def text(
        self, of: Json, key: str, at: str, most: int, kinds: set[str], required: bool = True
    ) -> None:
        """A text object under `key`."""
        value, at_key = of.get(key), f"{at}/{key}"
        if value is None:
            if required:
                self.say(f"missing required field: {key}", at)
        elif not isinstance(value, dict) or value.get("type") not in kinds:
            self.say(f"must be a text object of type {' or '.join(sorted(kinds))}", at_key)
        else:
            self.string(value, "text", at_key, most, least=1)

    def count(self, items: Any, at: str, least: int, most: int) -> list[Any]:
        if not isinstance(items, list):
            self.say("must be an array", at)
            return []
        if len(items) > most:
            self.say(f"no more than {most} items allowed", at)
        if len(items) < least:
            self.say(f"no less than {least} items allowed", at)
        return items

    def blocks(self, blocks: Any, at: str) -> None:
        seen: set[str] = set()
        markdown = charts = 0
        for index, block in enumerate(self.count(blocks, at, 0, BLOCKS_IN[self.surface])):
            here = f"{at}/{index}"
            kind = block.get("type") if isinstance(block, dict) else None
            check = getattr(self, f"_{kind}", None) if isinstance(kind, str) else None
            wrong_place = kind in _MESSAGES_ONLY and self.surface != "message"
            off = kind == "data_visualization" and not self.charts
            if check is None or wrong_place or off:
                self.say(f"unsupported type: {kind}", f"{here}/type")
                continue
            self.string(block, "block_id", here, 255, required=False)
            if block.get("block_id") in seen:
                self.say(f"`block_id` {block['block_id']} already exists", f"{here}/block_id")
            if block.get("block_id"):
                seen.add(block["block_id"])
            check(block, here)
            markdown += len(str(block.get("text", ""))) if kind == "markdown" else 0
            charts += kind == "data_visualization"
        if markdown > 12000:
            self.say("markdown blocks must be less than 12001 characters together", at)
        if charts > 2:
            self.say("no more than 2 data_visualization blocks allowed", at)

    def _section(self, block: Json, at: str) -> None:
        fields = block.get("fields")
        self.text(block, "text", at, 3000, {"plain_text", "mrkdwn"}, required=fields is None)
        if fields is not None:
            for index, _ in enumerate(self.count(fields, f"{at}/fields", 1, 10)):
                of = {str(index): fields[index]}
                self.text(of, str(index), f"{at}/fields", 2000, {"plain_text", "mrkdwn"})
        if block.get("accessory") is not None:
            self.element(block["accessory"], f"{at}/accessory", _ACCESSORIES, set())

    def _header(self, block: Json, at: str) -> None:
        self.text(block, "text", at, 150, {"plain_text"})

    def _divider(self, block: Json, at: str) -> None:
        pass

    def _context(self, block: Json, at: str) -> None:
        for index, item in enumerate(self.count(block.get("elements"), f"{at}/elements", 1, 10)):
            here = f"{at}/elements/{index}"
            if isinstance(item, dict) and item.get("type") == "image":
                self._image(item, here)
            else:
                self.text({"of": item}, "of", here, 2000, {"plain_text", "mrkdwn"})

    def _image(self, block: Json, at: str) -> None:
        self.string(block, "alt_text", at, 2000)
        if "slack_file" not in block:
            self.string(block, "image_url", at, 3000, least=1)
        self.text(block, "title", at, 2000, {"plain_text"}, required=False)

    def _actions(self, block: Json, at: str) -> None:
        seen: set[str] = set()
        for index, item in enumerate(self.count(block.get("elements"), f"{at}/elements", 1, 25)):
            self.element(item, f"{at}/elements/{index}", _IN_ACTIONS, seen)

    def _input(self, block: Json, at: str) -> None:
        self.text(block, "label", at, 2000, {"plain_text"})
        self.text(block, "hint", at, 2000, {"plain_text"}, required=False)
        self.element(block.get("element"), f"{at}/element", _INPUTS, set())

    def _markdown(self, block: Json, at: str) -> None:
        self.string(block, "text", at, 12000, least=1)

    def _rich_text(self, block: Json, at: str) -> None:
        for index, item in enumerate(self.count(block.get("elements"), f"{at}/elements", 0, 1000)):
            if not isinstance(item, dict) or item.get("type") not in _RICH:
                self.say("unsupported type", f"{at}/elements/{index}/type")
            else:
                self.count(item.get("elements"), f"{at}/elements/{index}/elements", 0, 1000)

    def _data_visualization(self, block: Json, at: str) -> None:
        self.string(block, "title", at, 50, least=1)
        chart = block.get("chart") or {}
        if chart.get("type") == "pie":
            points = self.count(chart.get("segments"), f"{at}/chart/segments", 1, 6)
            self._points(points, f"{at}/chart/segments")
        elif chart.get("type") in ("bar", "area", "line"):
            axes = chart.get("axis_config") or {}
            labels = axes.get("categories")
            self.count(labels, f"{at}/chart/axis_config/categories", 1, 20)
            for key in ("x_label", "y_label"):
                self.string(axes, key, f"{at}/chart/axis_config", 50, required=False)
            series = self.count(chart.get("series"), f"{at}/chart/series", 1, 6)
            if len({one.get("name") for one in series}) < len(series):
                self.say("series names must be unique", f"{at}/chart/series")
            for index, one in enumerate(series):
                here = f"{at}/chart/series/{index}"
                self.string(one, "name", here, 20, least=1)
                points = self.count(one.get("data"), f"{here}/data", 1, 20)
                self._points(points, f"{here}/data")
                if [point.get("label") for point in points] != labels:
                    self.say("data labels must match the categories", f"{here}/data")
        else:
            self.say("must be a valid enum value", f"{at}/chart/type")

    def _points(self, points: list[Json], at: str) -> None:
        for index, point in enumerate(points):
            self.string(point, "label", f"{at}/{index}", 20, least=1)
            value = point.get("value")
            if isinstance(value, bool) or not isinstance(value, int | float):
                self.say("must be a number", f"{at}/{index}/value")

    def element(self, item: Any, at: str, allowed: set[str], seen: set[str]) -> None:
        kind = item.get("type") if isinstance(item, dict) else None
        if kind not in allowed:
            self.say(f"unsupported type: {kind}", f"{at}/type")
            return
        if kind == "image":
            self._image(item, at)
            return
        self.string(item, "action_id", at, 255, required=False)
        if item.get("action_id") in seen:
            self.say(f"`action_id` {item['action_id']} already exists", at)
        if item.get("action_id"):
            seen.add(item["action_id"])
        self.text(item, "placeholder", at, 150, {"plain_text"}, required=False)
        if "confirm" in item:
            self._confirm(item["confirm"], f"{at}/confirm")
        if kind == "button":
            self._button(item, at)
        if kind == "number_input" and not isinstance(item.get("is_decimal_allowed"), bool):
            self.say("missing required field: is_decimal_allowed", at)
        if kind == "plain_text_input":
            most = item.get("max_length", 3000)
            if not isinstance(most, int) or not 1 <= most <= 3000:
                self.say("must be between 1 and 3000", f"{at}/max_length")
            else:
                self.string(item, "initial_value", at, most, required=False)
        if kind in _OPTIONS:
            self._options(item, kind, at)

    def _button(self, item: Json, at: str) -> None:
        self.text(item, "text", at, 75, {"plain_text"})
        for key, most in (("value", 2000), ("url", 3000), ("accessibility_label", 75)):
            self.string(item, key, at, most, required=False)
        if item.get("style") not in (None, "primary", "danger"):
            self.say("must be a valid enum value", f"{at}/style")

    def _confirm(self, confirm: Any, at: str) -> None:
        for key, most in (("title", 100), ("confirm", 30), ("deny", 30)):
            self.text(confirm, key, at, most, {"plain_text"}, required=key == "title")
        self.text(confirm, "text", at, 300, {"plain_text", "mrkdwn"})

    def _options(self, item: Json, kind: str, at: str) -> None:
        least, most = _OPTIONS[kind]
        kinds = (
            {"plain_text", "mrkdwn"} if kind in ("radio_buttons", "checkboxes") else {"plain_text"}
        )
        lists = [("options", item.get("options"))]
        if item.get("option_groups") is not None and kind.endswith("static_select"):
            groups = self.count(item["option_groups"], f"{at}/option_groups", 1, 100)
            for index, group in enumerate(groups):
                self.text(group, "label", f"{at}/option_groups/{index}", 75, {"plain_text"})
            lists = [
                (f"option_groups/{index}/options", group.get("options"))
                for index, group in enumerate(groups)
            ]
        every: list[Any] = []
        for path, options in lists:
            every += self.options(options, f"{at}/{path}", least, most, kinds)
        initial = list(item.get("initial_options") or [])
        initial += [item["initial_option"]] if item.get("initial_option") else []
        if any(option not in every for option in initial):
            self.say("initial option(s) must exactly match one of the options", at)

    def options(self, options: Any, at: str, least: int, most: int, kinds: set[str]) -> list[Any]:
        checked = self.count(options, at, least, most)
        for index, option in enumerate(checked):
            here = f"{at}/{index}"
            self.text(option, "text", here, 75, kinds)
            self.text(option, "description", here, 75, kinds, required=False)
            self.string(option, "value", here, 150)
        return checked


def check_options(body: Any) -> list[str]:
    """What Slack would say against the answer to a block_suggestion; [] when all is well."""
    check = _Check("message", charts=False)
    groups = body.get("option_groups") if isinstance(body, dict) else None
    lists = [group.get("options") for group in groups] if groups else [(body or {}).get("options")]
    for options in lists:
        check.options(options, "/options", 0, 100, {"plain_text"})
    return check.errors
