"""What a button carries comes back; what stands too long is cut where Slack would refuse it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mend.db.model import Refused
from mend.slack.packing import pack, unpack
from mend.slack.ui import BUTTON_LABEL, OPTION_LABEL, any_of, button, one_of


@given(st.lists(st.text() | st.integers(), min_size=1, max_size=4))
def test_what_was_packed_is_unpacked(parts: list[object]) -> None:
    assert unpack(pack(*parts), len(parts)) == [str(part) for part in parts]


def test_a_yes_and_a_no_are_read_by_bool() -> None:
    assert [bool(part) for part in unpack(pack(True, False), 2)] == [True, False]


def test_values_that_an_older_mend_wrote_are_read() -> None:
    assert unpack("C1 abc 2", 3) == ["C1", "abc", "2"]
    assert unpack("C1", 2) == ["C1", ""]


@given(st.text())
def test_whatever_was_forged_is_refused_in_a_sentence_or_read(value: str) -> None:
    try:
        assert len(unpack(value, 2)) == 2
    except Refused as refused:
        assert "older version" in refused.sentence


@pytest.mark.parametrize("value", ["[1, [2]]", "[1, 2, 3]", '[{"a": 1}, 2]', "[null, 1]"])
def test_what_no_mend_wrote_is_refused(value: str) -> None:
    with pytest.raises(Refused):
        unpack(value, 2)


@given(st.text(min_size=1))
def test_labels_are_as_long_as_slack_allows(text: str) -> None:
    assert len(button(text, "a", "v")["text"]["text"]) <= BUTTON_LABEL
    for element in (one_of({"v": text}), any_of({"v": text})):
        assert len(element["options"][0]["text"]["text"]) <= OPTION_LABEL
