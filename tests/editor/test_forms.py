"""What a section's form shows and what is read back from it, whatever the file holds."""

import contextlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mend.db.model import Refused
from mend.editor.forms import (
    INPUT_LENGTH,
    NOTHING,
    new_form,
    read_section,
    section_form,
    sections_of,
)
from mend.playbooks.files import edit, parse
from mend.playbooks.model import Playbook, Script
from tests.playbooks.test_editing import CHANGES, HAND_MADE, STARTERS


def answers_of(form: dict[str, Any], **given: str) -> dict[str, Any]:
    """What Slack sends where only these fields were typed into."""
    inputs = [block for block in form["blocks"] if block["type"] == "input"]
    assert all(len(each["element"].get("initial_value", "")) <= INPUT_LENGTH for each in inputs)
    return {
        each["block_id"]: {
            "answer": {"value": given.get(each["block_id"], each["element"].get("initial_value"))}
        }
        for each in inputs
    }


def sent(book: Playbook, section: str, **given: str) -> dict[str, Any]:
    return read_section(book, section, answers_of(section_form(book, section, "d"), **given))


@settings(deadline=None, max_examples=12)
@given(
    st.sampled_from([HAND_MADE, HAND_MADE.replace("\n", "\r\n"), *STARTERS]),
    st.fixed_dictionaries({}, optional=CHANGES),
)
def test_every_section_opened_and_saved_as_it_was_leaves_every_byte(
    text: str, changes: dict[str, Any]
) -> None:
    with contextlib.suppress(Refused):
        text = edit(text, changes)
    book, _ = parse("playbook", text)
    for section, _ in sections_of(book):
        assert sent(book, section) == {}
        assert edit(text, sent(book, section)) == text


@settings(deadline=None, max_examples=30)
@given(st.lists(st.text("ab \n", max_size=900), max_size=12), st.integers(0, 3))
def test_a_long_text_changes_in_the_one_part_that_was_typed_into(
    paragraphs: list[str], part: int
) -> None:
    book = Playbook(slug="x", title="x", scripts=(Script("long", "\n\n".join(paragraphs) + "end"),))
    form = section_form(book, "script 0", "d")
    blocks = [each["block_id"] for each in form["blocks"] if each["block_id"].startswith("text")]
    block = blocks[part % len(blocks)]
    changed = read_section(book, "script 0", answers_of(form, **{block: "NEW"}))
    (script,) = changed["scripts"]
    before, _, after = script.text.partition("NEW")
    assert book.scripts[0].text.startswith(before) and book.scripts[0].text.endswith(after)
    assert len(book.scripts[0].text) - len(before) - len(after) <= INPUT_LENGTH


def test_what_slack_would_cut_is_refused_with_the_files_name() -> None:
    book = Playbook(slug="late-fee", title="x", do=("word " * 1000,))
    with pytest.raises(Refused, match=r"late-fee\.md"):
        section_form(book, "do", "d")


def test_list_marks_that_were_typed_are_taken_off_new_lines_only() -> None:
    book = Playbook(slug="x", title="x", do=("2. is how it was written", "Look."))
    changed = sent(book, "do", do="2. is how it was written\n- Look.\n3) Call.\n\n")
    assert changed == {"do": ("2. is how it was written", "Look.", "Call.")}


@pytest.mark.parametrize("days", ["", "0", "-3", "soon", "1.5", "999999"])
def test_days_that_are_none_name_their_field(days: str) -> None:
    with pytest.raises(Refused) as refused:
        sent(Playbook(slug="x", title="x"), "about", review_days=days)
    assert refused.value.field == "review_days"


@pytest.mark.parametrize("value", ["", "{}", "no json", "[1]", '{"phrases": 3}', '{"title": null}'])
def test_a_new_form_opens_whatever_the_button_holds(value: str) -> None:
    assert read_section(NOTHING, "about", answers_of(new_form(value), title="A")) == {"title": "A"}
