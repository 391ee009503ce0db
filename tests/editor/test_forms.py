"""What the form of a playbook shows and what is read back from it, whatever the file holds."""

import contextlib
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mend.db.model import Refused
from mend.editor.forms import INPUT_LENGTH, NOTHING, new_form, playbook_form, read_playbook
from mend.playbooks.files import edit, parse
from mend.playbooks.model import Authority, Playbook, Script
from tests.playbooks.test_editing import CHANGES, HAND_MADE, STARTERS


def answers_of(form: dict[str, Any], **given: str) -> dict[str, Any]:
    """What Slack sends where only these fields were typed into."""
    inputs = [block for block in form["blocks"] if block["type"] == "input"]
    assert all(len(each["element"].get("initial_value", "")) <= INPUT_LENGTH for each in inputs)
    assert len(form["blocks"]) <= 100
    return {
        each["block_id"]: {
            "answer": {"value": given.get(each["block_id"], each["element"].get("initial_value"))}
        }
        for each in inputs
    }


def sent(book: Playbook, **given: str) -> dict[str, Any]:
    return read_playbook(book, answers_of(playbook_form(book, "d"), **given))


@settings(deadline=None, max_examples=12)
@given(
    st.sampled_from([HAND_MADE, HAND_MADE.replace("\n", "\r\n"), *STARTERS]),
    st.fixed_dictionaries({}, optional=CHANGES),
)
def test_a_form_opened_and_saved_as_it_was_leaves_every_byte(
    text: str, changes: dict[str, Any]
) -> None:
    with contextlib.suppress(Refused):
        text = edit(text, changes)
    book, _ = parse("playbook", text)
    assert sent(book) == {}
    assert edit(text, sent(book)) == text


@settings(deadline=None, max_examples=30)
@given(st.lists(st.integers(1, 9000), max_size=80), st.booleans())
def test_what_no_form_can_hold_is_left_out_whole_and_stays(
    lengths: list[int], in_lines: bool
) -> None:
    line = "word\n" if in_lines else "word "
    scripts = tuple(Script(f"n{n}", (line * each).strip()) for n, each in enumerate(lengths))
    book = Playbook(slug="x", title="x", scripts=scripts)
    form = playbook_form(book, "d")
    changed = read_playbook(book, answers_of(form, title="Other"))
    assert changed == {"title": "Other"}
    asked = {each["block_id"].split("_")[1] for each in form["blocks"] if "script_" in str(each)}
    said = str(form["blocks"][-1])
    assert all(str(n) in asked or f"“n{n}”" in said for n in range(len(scripts)))


def test_list_marks_that_were_typed_are_taken_off_new_lines_only() -> None:
    book = Playbook(slug="x", title="x", do=("2. is how it was written", "Look."))
    changed = sent(book, do="2. is how it was written\n- Look.\n3) Call.\n\n")
    assert changed == {"do": ("2. is how it was written", "Look.", "Call.")}


words = st.text("ab: ,.", min_size=1).map(str.strip).filter(bool)
MAYS = st.builds(
    Authority,
    what=words,
    limits=st.dictionaries(
        st.sampled_from(["agent", "supervisor", "admin"]), st.sampled_from(["5 EUR", "no limit"])
    ),
    next=words,
    reach=words,
    record=words,
)


@settings(deadline=None)
@given(st.lists(MAYS, max_size=4), MAYS, st.integers(0, 4))
def test_what_they_may_do_is_read_as_it_is_shown(
    mays: list[Authority], other: Authority, place: int
) -> None:
    before = Playbook(slug="x", title="x", authority=tuple(mays))
    after = replace(before, authority=(*mays[:place], other, *mays[place + 1 :]))
    shown = answers_of(playbook_form(after, "d"))["authority"]["answer"]["value"]
    changed = sent(before, authority=shown)
    assert replace(before, **changed).authority == after.authority


def test_a_line_that_is_none_says_which_there_are() -> None:
    with pytest.raises(Refused, match="Above it, ask") as refused:
        sent(Playbook(slug="x", title="x"), authority="Refund the fee\nboss: ask")
    assert refused.value.field == "authority"


@pytest.mark.parametrize("limit", ["50 EUR 50 EUR", "0 EUR", "50", "5O EUR"])
def test_a_limit_that_the_limits_form_refuses_is_refused_here_too(limit: str) -> None:
    with pytest.raises(Refused, match=f"“{limit}” does not read as one limit") as refused:
        sent(Playbook(slug="x", title="x"), authority=f"Refund the fee\nAgent: {limit}")
    assert refused.value.field == "authority"


@pytest.mark.parametrize("days", ["", "0", "-3", "soon", "1.5", "999999"])
def test_days_that_are_none_name_their_field(days: str) -> None:
    with pytest.raises(Refused) as refused:
        sent(Playbook(slug="x", title="x"), review_days=days)
    assert refused.value.field == "review_days"


@pytest.mark.parametrize("value", ["", "{}", "no json", "[1]", '{"phrases": 3}', '{"title": null}'])
def test_a_new_form_opens_whatever_the_button_holds(value: str) -> None:
    assert read_playbook(NOTHING, answers_of(new_form(value), title="A")) == {"title": "A"}
