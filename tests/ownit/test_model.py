from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mend.db.model import Refused
from mend.ownit.model import (
    TEXT_LIMIT,
    Note,
    Visibility,
    check_owner,
    edited,
    new_note,
    same_words,
)

NOW = datetime(2026, 11, 24, 14, 30, tzinfo=UTC)


def note(text: str = "sent the wrong form") -> Note:
    return new_note("C1", "UADA", text, NOW)


def test_a_new_note_is_seen_by_its_owner_only() -> None:
    assert note().visibility is Visibility.ONLY_ME


@pytest.mark.parametrize("nothing", ["", "   ", "\n\t"])
def test_a_note_needs_words(nothing: str) -> None:
    with pytest.raises(Refused, match="what happened") as refused:
        note(nothing)
    assert refused.value.field == "happened"


def test_a_note_that_is_too_long_says_by_how_much() -> None:
    with pytest.raises(Refused, match="3,001 characters.*3,000"):
        note("x" * (TEXT_LIMIT + 1))


def test_a_note_can_be_edited_for_ten_minutes_and_no_longer() -> None:
    assert edited(note(), "sent form B", NOW + timedelta(minutes=10)).text == "sent form B"
    with pytest.raises(Refused, match="ten minutes"):
        edited(note(), "sent form B", NOW + timedelta(minutes=10, seconds=1))


def test_ben_cannot_act_on_adas_note() -> None:
    adas = note()
    assert check_owner(adas, "UADA") is adas
    with pytest.raises(Refused, match="person who wrote"):
        check_owner(note(), "UBEN")


def test_the_same_words_are_the_same_whatever_their_case_and_punctuation() -> None:
    assert same_words("Sent the WRONG form!", "sent the wrong  form")
    assert not same_words("sent the wrong form", "sent the wrong forms")
    assert not same_words("!!!", "???")


@given(st.text())
def test_words_are_always_the_same_as_themselves(text: str) -> None:
    assert same_words(text, text)


def test_an_entry_cannot_be_changed_in_place() -> None:
    with pytest.raises(AttributeError):
        note().text = "other"  # type: ignore[misc]
    assert replace(note(), text="other").text == "other"
