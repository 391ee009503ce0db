"""Filling in a script: what is asked, and that no blank is ever left."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mend.db.model import Refused
from mend.playbooks.model import Playbook, Script
from mend.repair.fill_in import fill_form, read_filled

SCRIPT = Script("Sorry", "Dear {name}, {amount} on {date} at {time}: {choice refund or credit}.")
BOOK = Playbook("x", "It broke", scripts=(SCRIPT, Script("Short", "Hi {name}")))


def answered(**words: Any) -> dict[str, Any]:
    given = {
        "blank_0_name": {"value": "Ana"},
        "blank_0_amount": {"value": "25 EUR"},
        "blank_0_date": {"selected_date": "2026-12-01"},
        "blank_0_time": {"selected_time": "16:30"},
        "blank_0_choice refund or credit": {"selected_option": {"value": "refund"}},
    } | words
    return {block: {"answer": answer} for block, answer in given.items()}


def test_each_kind_of_blank_has_its_own_input() -> None:
    inputs = [block for block in fill_form(BOOK)["blocks"] if block["type"] == "input"]
    assert [block["element"]["type"] for block in inputs] == [
        "plain_text_input",
        "plain_text_input",
        "datepicker",
        "timepicker",
        "static_select",
    ]


def test_the_finished_text_has_no_blank_left() -> None:
    text = SCRIPT.filled(read_filled(SCRIPT, 0, answered()))
    assert text == "Dear Ana, 25 EUR on 1 December 2026 at 16:30: refund."


@pytest.mark.parametrize("nothing", [None, "", "   ", "\n"])
def test_a_blank_left_open_is_refused_on_its_field(nothing: str | None) -> None:
    with pytest.raises(Refused, match="still open") as refused:
        read_filled(SCRIPT, 0, answered(blank_0_name={"value": nothing}))
    assert refused.value.field == "blank_0_name"


@given(st.text(min_size=1).filter(lambda text: text.strip()))
def test_whatever_is_typed_stands_in_the_text_and_nowhere_in_the_form(typed: str) -> None:
    short = BOOK.scripts[1]
    filled = short.filled(read_filled(short, 1, {"blank_1_name": {"answer": {"value": typed}}}))
    assert filled == f"Hi {typed.strip()}"
    assert "Ana" not in json.dumps(fill_form(BOOK))
