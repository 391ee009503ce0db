"""Words to send: what is asked, and that no blank of any notation is ever handed out."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mend.db.model import Refused
from mend.playbooks import blanks
from mend.playbooks.model import Playbook, Script
from mend.repair.fill_in import read_finished, read_so_far, words_to_send

SCRIPT = Script("Sorry", "Dear {name}, {amount} on {date} at {time}: {choice refund or credit}.")
BOOK = Playbook("x", "It broke", scripts=(SCRIPT, Script("Short", "Hi {name}")))
TODAY = date(2026, 11, 24)


def answered(**words: Any) -> dict[str, Any]:
    given = {
        "blank_0_name": {"value": "Ana"},
        "blank_0_amount": {"value": "25 EUR"},
        "blank_0_date": {"value": "1 December 2026"},
        "blank_0_time": {"selected_time": "16:30"},
        "blank_0_choice refund or credit": {"selected_option": {"value": "refund"}},
    } | words
    return {block: {"answer": answer} for block, answer in given.items()}


def test_each_kind_of_blank_has_its_own_input() -> None:
    inputs = [block for block in words_to_send(BOOK, TODAY)["blocks"] if block["type"] == "input"]
    assert [block["element"]["type"] for block in inputs] == [
        "plain_text_input",
        "plain_text_input",
        "plain_text_input",
        "timepicker",
        "static_select",
    ]


def test_the_finished_text_has_no_blank_left() -> None:
    text = read_finished(SCRIPT, 0, answered(), TODAY)
    assert text == "Dear Ana, 25 EUR on 1 December 2026 at 16:30: refund."


def test_today_and_tomorrow_are_sent_as_the_day_they_are() -> None:
    text = read_finished(SCRIPT, 0, answered(blank_0_date={"value": "Tomorrow"}), TODAY)
    assert "on 25 November 2026 at" in text


@pytest.mark.parametrize("nothing", [None, "", "   ", "\n"])
def test_a_blank_left_open_is_refused_on_its_field(nothing: str | None) -> None:
    with pytest.raises(Refused, match="still open") as refused:
        read_finished(SCRIPT, 0, answered(blank_0_name={"value": nothing}), TODAY)
    assert refused.value.field == "blank_0_name"


NOTATIONS = ["{%s}", "{{%s}}", "[%s]", "[{%s}]", "<%s>", "<<%s>>", "%%%s%%", "*|%s|*", "#%s#"]
NAMES = st.sampled_from(["name", "Name", "amount", "customer_name", "Order Date", "x"])
NAMELESS = st.sampled_from(
    ["____", "_____", "XXXX", "xxxxx", "…", "{", "}", "{}", "(order number)"]
)
BLANKS = st.one_of(
    st.builds(lambda form, name: form % name, st.sampled_from(NOTATIONS), NAMES), NAMELESS
)
PLAIN = st.text("abc ABC,.1", max_size=12)
SCRIPTS = st.lists(st.one_of(PLAIN, BLANKS), max_size=6).map(lambda parts: " ".join(["Hi", *parts]))
TYPED = st.one_of(st.sampled_from(["Ana", "25 EUR", "5% and 6%", "A [1]"]), PLAIN, BLANKS)
# Said once more, and not with the patterns that do the work: no brace, and nothing in a fence.
LEFT = re.compile(r"[{}…]|\[ *[A-Za-z]|<+ *[A-Za-z]|%[A-Za-z]|\*\||#[A-Za-z]|_{3}|[Xx]{4}|\(order")


@given(SCRIPTS, st.lists(TYPED, min_size=1))
def test_nothing_with_a_blank_left_is_handed_out_whatever_its_notation(
    text: str, typed: list[str]
) -> None:
    script, answers = Script("s", text), {}
    asked = [b for b in words_to_send(_book(text), TODAY)["blocks"] if b["type"] == "input"]
    for number, block in enumerate(asked):
        answers[block["block_id"]] = {"answer": {"value": typed[number % len(typed)]}}
    try:
        finished = read_finished(script, 0, answers, TODAY)
    except Refused:
        return
    assert not LEFT.search(finished)


@given(SCRIPTS)
def test_whatever_the_notation_it_is_asked_for_and_filled(text: str) -> None:
    reading = blanks.read(text)
    words = {blank.name: f"Ana{number}" for number, blank in enumerate(reading.blanks)}
    answers = {f"blank_0_{name}": {"answer": {"value": typed}} for name, typed in words.items()}
    finished = read_finished(Script("s", text), 0, answers, TODAY)
    assert all(typed in finished for typed in words.values())
    assert not LEFT.search(finished)


def test_each_notation_is_one_question_and_what_has_no_name_is_asked_each_time() -> None:
    found = blanks.read("Dear [Name], {name}: ____ and ____, <<Order Date>>.").blanks
    assert [blank.name for blank in found] == ["name", "blank 1", "blank 2", "order date"]


@given(st.text(min_size=1).filter(lambda text: text.strip() and not blanks.read(text).blanks))
def test_whatever_is_typed_stands_in_the_text_and_nowhere_in_the_form(typed: str) -> None:
    short, answers = BOOK.scripts[1], {"blank_1_name": {"answer": {"value": typed}}}
    assert read_finished(short, 1, answers, TODAY) == f"Hi {typed.strip()}"
    assert "Ana" not in json.dumps(words_to_send(BOOK, TODAY))


def test_a_day_that_was_pressed_stands_in_the_text_and_a_second_press_changes_it() -> None:
    filled = read_so_far(SCRIPT, 0, answered())
    for day in ("24 November 2026", "25 November 2026"):
        filled = filled.with_day(0, "date", day)
        form = words_to_send(BOOK, TODAY, 0, filled)
        [question] = [b for b in form["blocks"] if b.get("block_id", "").startswith("blank_0_date")]
        assert question["element"]["initial_value"] == day and day in json.dumps(form["blocks"][1])
    assert question["block_id"] == "blank_0_date@2"


def _book(text: str) -> Playbook:
    return Playbook("x", "It broke", scripts=(Script("s", text),))
