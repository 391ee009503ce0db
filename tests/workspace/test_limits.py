"""Slack's limits on blocks, one breach at a time."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workspace.blocks import initial, visible, with_ids
from workspace.limits import check_blocks, check_view

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def option(label: str, value: str = "v") -> Json:
    return {"text": plain(label), "value": value}


def button(**more: Any) -> Json:
    return {"type": "button", "text": plain("Go"), **more}


def section(text: str = "x", **more: Any) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def select(**more: Any) -> Json:
    return {"type": "static_select", "options": [option("One")], **more}


def field(element: Json) -> Json:
    return {"type": "input", "label": plain("Say"), "element": element}


def chart(count: int = 1, title: str = "Lookups", label: str = "Refund") -> Json:
    points = [{"label": f"{label}{n}", "value": n} for n in range(count)]
    axes = {"categories": [point["label"] for point in points]}
    bars = {"type": "bar", "series": [{"name": "week", "data": points}], "axis_config": axes}
    return {"type": "data_visualization", "title": title, "chart": bars}


GOOD = [
    section("x" * 3000, accessory=button(value="v" * 2000, style="danger"), block_id="a"),
    {"type": "section", "fields": [plain("x" * 2000)] * 10},
    {"type": "header", "text": plain("x" * 150)},
    {"type": "divider"},
    {"type": "context", "elements": [plain("x")] * 10},
    {"type": "image", "image_url": "https://example.com/x.png", "alt_text": "x"},
    {"type": "markdown", "text": "**x**"},
    {
        "type": "rich_text",
        "elements": [
            {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "x"}]}
        ],
    },
    actions(select(action_id="a", initial_option=option("One")), button(action_id="b")),
    actions({"type": "overflow", "options": [option("One")] * 5}),
    field({"type": "plain_text_input", "max_length": 3000, "placeholder": plain("x" * 150)}),
    field({"type": "datetimepicker", "action_id": "day"}),
    field({"type": "number_input", "is_decimal_allowed": False}),
    chart(6),
]

BAD: list[tuple[Json, str, str]] = [
    (section("x" * 3001), "must be less than 3001 characters", "/blocks/0/text/text"),
    (section(""), "must be more than 0 characters", "/blocks/0/text/text"),
    ({"type": "section"}, "missing required field: text", "/blocks/0"),
    (
        {"type": "section", "fields": [plain("x" * 2001)]},
        "must be less than 2001 characters",
        "/blocks/0/fields/0/text",
    ),
    (
        {"type": "section", "fields": [plain("x")] * 11},
        "no more than 10 items allowed",
        "/blocks/0/fields",
    ),
    (
        {"type": "header", "text": {"type": "mrkdwn", "text": "x"}},
        "must be a text object of type plain_text",
        "/blocks/0/text",
    ),
    (
        {"type": "context", "elements": [plain("x")] * 11},
        "no more than 10 items allowed",
        "/blocks/0/elements",
    ),
    (
        actions(button(action_id="a"), button(action_id="a")),
        "`action_id` a already exists",
        "/blocks/0/elements/1",
    ),
    (actions(*[button()] * 26), "no more than 25 items allowed", "/blocks/0/elements"),
    (
        actions(button(text=plain("x" * 76))),
        "must be less than 76 characters",
        "/blocks/0/elements/0/text/text",
    ),
    (
        actions(button(value="x" * 2001)),
        "must be less than 2001 characters",
        "/blocks/0/elements/0/value",
    ),
    (actions(button(style="loud")), "must be a valid enum value", "/blocks/0/elements/0/style"),
    (
        actions({"type": "plain_text_input"}),
        "unsupported type: plain_text_input",
        "/blocks/0/elements/0/type",
    ),
    (
        actions({"type": "overflow", "options": [option("One")] * 6}),
        "no more than 5 items allowed",
        "/blocks/0/elements/0/options",
    ),
    (
        actions(select(options=[option("x" * 76)])),
        "must be less than 76 characters",
        "/blocks/0/elements/0/options/0/text/text",
    ),
    (
        actions(select(initial_option=option("Two"))),
        "initial option(s) must exactly match one of the options",
        "/blocks/0/elements/0",
    ),
    (
        field({"type": "plain_text_input", "max_length": 3001}),
        "must be between 1 and 3000",
        "/blocks/0/element/max_length",
    ),
    ({"type": "hologram"}, "unsupported type: hologram", "/blocks/0/type"),
    (chart(title="x" * 51), "must be less than 51 characters", "/blocks/0/title"),
    (
        chart(label="x" * 20),
        "must be less than 21 characters",
        "/blocks/0/chart/series/0/data/0/label",
    ),
]


def test_what_stays_within_the_limits_passes() -> None:
    assert check_blocks(GOOD) == []


@pytest.mark.parametrize(("block", "what", "at"), BAD, ids=[f"{b[1]} {b[2]}" for b in BAD])
def test_a_breach_is_named_with_its_place(block: Json, what: str, at: str) -> None:
    assert check_blocks([block]) == [f"[ERROR] {what} [json-pointer:{at}]"]


def test_fifty_blocks_fit_a_message_and_a_hundred_a_view() -> None:
    full = [{"type": "divider"}] * 50
    too_many = "[ERROR] no more than 50 items allowed [json-pointer:/blocks]"
    assert check_blocks(full) == check_view({"type": "home", "blocks": full * 2}) == []
    assert check_blocks([*full, *full]) == [too_many]


def test_block_ids_are_unique() -> None:
    twins = [section(block_id="a"), section(block_id="a")]
    assert "already exists" in check_blocks(twins)[0]


def test_charts_and_markdown_are_for_messages() -> None:
    assert check_view({"type": "home", "blocks": [chart()]})
    assert check_view({"type": "home", "blocks": [GOOD[6]]})
    assert check_blocks([chart()] * 3)


def test_a_form_needs_a_submit_button_and_short_ends() -> None:
    form = {"type": "modal", "title": plain("x" * 24), "blocks": [GOOD[10]]}
    assert "'submit' is required" in check_view(form)[0]
    assert check_view({**form, "submit": plain("Save")}) == []
    long = {**form, "submit": plain("x" * 25), "private_metadata": "x" * 3001}
    assert [e.split("[json-pointer:")[1] for e in check_view(long)] == [
        "/view/private_metadata]",
        "/view/submit/text]",
    ]


KEYS = st.sampled_from(["type", "text", "elements", "options", "fields", "label", "value"])
Junk = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


@st.composite
def broken(draw: st.DrawFn) -> Json:
    """A good block with anything at all in one place, however deep."""
    block: Json = copy.deepcopy(draw(st.sampled_from(GOOD)))
    place: Any = block
    while True:
        key = draw(st.sampled_from(list(place) if isinstance(place, dict) else range(len(place))))
        if not place[key] or not isinstance(place[key], dict | list) or draw(st.booleans()):
            place[key] = draw(Junk)
            return block
        place = place[key]


@settings(max_examples=400, deadline=None)
@given(broken())
def test_whatever_is_sent_is_checked_and_what_passes_can_be_read(block: Json) -> None:
    if check_blocks([block]) == []:
        shown = with_ids([block])
        assert isinstance(visible(shown), str) and isinstance(initial(shown), dict)
