"""Ids of every declared kind, wherever and however they stand, and the numbers that are none."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mend.text.redaction import redact
from mend.text.redaction.id_kinds import ID_KINDS
from tests.bench.personal_data import SETS, measure_kept

BEFORE = ("", "I wrote ", "the note says: ", "Sorry. ", "order is late\n", "she gave her ")
AFTER = ("", ".", ", sorry", " went to the wrong person", "\nthanks", ") and left")
SEPARATORS = ("", " ", "-", ".", "/", "_", " - ", " / ", ",", "\u2013", "\u00a0", "\u2022")
LINKS = (" ", ": ", " no. ", " number is ", " # ", " = ", " (", "\n", " of the customer is ")


def hidden(text: str, value: str) -> bool:
    """Whether nothing of a value is left; half of it is as bad as all of it."""
    start = text.rindex(value)  # it may be a part of its label, too
    places = {place for item in redact(text).found for place in range(item.start, item.end)}
    return all(
        place in places
        for place, character in enumerate(value, start)
        if character.isalnum() and character.isascii()
    )


def written(pattern: str) -> st.SearchStrategy[str]:
    """What a pattern of the table matches, in ASCII and on one line."""
    made = st.from_regex(re.compile(pattern, re.ASCII), fullmatch=True)
    return made.map(lambda value: re.sub(r"[\s\x00-\x1f]", " ", value))


# "Sin" and "run" are words, "lic" and "dl" stand in many: each label is tried as it is declared.
@pytest.mark.parametrize("kind", ID_KINDS, ids=[f"{k.country}-{k.labels[:16]}" for k in ID_KINDS])
@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_an_id_is_masked_whole_after_any_of_its_labels(kind: object, data: st.DataObject) -> None:
    label = data.draw(written(kind.labels))  # type: ignore[attr-defined]
    value = data.draw(written(kind.shape))  # type: ignore[attr-defined]
    link = data.draw(st.sampled_from(LINKS[:-1]))
    before, after = data.draw(st.sampled_from(BEFORE)), data.draw(st.sampled_from(AFTER))
    case = data.draw(st.sampled_from((str.lower, str.upper)))
    assert hidden(f"{before}{case(label)}{link}{case(value)}{after}", case(value))


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(["ssn", "SSN", "social security number", "her social", "SSN no", ""]),
    st.sampled_from(["078", "123", "658", "219"]),
    st.sampled_from(SEPARATORS),
    st.sampled_from(BEFORE),
    st.sampled_from(AFTER),
)
def test_an_ssn_goes_whole_with_any_separator(
    label: str, area: str, separator: str, before: str, after: str
) -> None:
    # without a label, nine digits in a row and commas say nothing
    separator = separator if label or separator not in ("", ",", "\u2022") else "-"
    value = f"{area}{separator}05{separator}1120"
    text = f"{before}{label} {value}{after}"
    assert hidden(text, value)
    assert "security code" not in redact(text).text


VALID = (
    *("ABCPD1234E", "12345678Z", "X1234567L", "S1234567D", "A123456(3)", "RSSMRA85T10A562S"),
    *("850101-14-5678", "123.456.789-09", "GOMC850101HDFRRL09", "AB123456C", "34-1234567-8"),
    *("784-1982-5903460-5", "5301237862088", "2 51 07 75 451 436 49", "01-050123456-7"),
)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(VALID), st.sampled_from(BEFORE), st.sampled_from(AFTER))
def test_a_sure_shape_needs_no_label(value: str, before: str, after: str) -> None:
    assert hidden(f"{before}{value}{after}", value)


@pytest.mark.parametrize(
    "value", ["ABCXD1234E", "12345678A", "X1234567A", "S1234567A", "BG123456A", "123.456.789-00"]
)
def test_without_a_label_a_wrong_check_digit_says_that_it_is_none(value: str) -> None:
    assert redact(f"part {value} came").found == ()


# The kinds of numbers that repair needs.
THINGS = (
    *("customer", "client", "user", "member", "case", "order", "loan", "device", "merchant"),
    *("store", "student", "registration", "subscriber", "consumer", "lead", "tracking", "patron"),
    *("biller", "meter", "gauge", "contract", "invoice", "booking", "ticket", "policy", "staff"),
)


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(THINGS),
    st.sampled_from(["id", "no", "no.", "number", "ID", "number is", "id:", "id =", "ids"]),
    st.from_regex(r"[2-9][0-9]{2}[2-9][0-9]{6}|0[39][0-9]{8}", fullmatch=True),
    st.sampled_from([None, "PH", "GB", "US", "AU"]),
    st.sampled_from(BEFORE[:-1]),
)
def test_a_reference_of_ten_digits_is_no_phone(
    thing: str, called: str, number: str, zone: str | None, before: str
) -> None:
    text = f"{before}{thing} {called} {number}"
    assert redact(text, zone_country=zone).text == text


@pytest.mark.parametrize("word", ["phone", "contact", "callback", "her", "mobile", "best"])
def test_a_number_to_dial_stays_a_phone(word: str) -> None:
    assert redact(f"{word} number 512 867 5309").text == f"{word} number [phone]"


GIVEN = ("maria", "mary-jo", "J. R.", "ma. teresa", "xiomara", "anne marie", "T.", "grace")
FAMILY = (
    *("okonkwo", "dela cruz", "o'sullivan", "van der berg", "smith-jones", "ni bhriain"),
    *("delos santos", "st john-smythe", "villaflor III", "protacio guidicelli", "santos"),
)


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(["customer", "cx", "caller", "her name is", "name:", "Mr", "student", "attn:"]),
    st.sampled_from(GIVEN),
    st.sampled_from(FAMILY),
    st.sampled_from([str.lower, str.upper, str.title]),
    st.sampled_from([" called", " wants a refund", ", locker 88", "", "'s file", " (lane 2)"]),
)
def test_a_name_is_masked_whole_or_not_at_all(
    cue: str, given_name: str, family: str, case: object, after: str
) -> None:
    name = case(f"{given_name} {family}")  # type: ignore[operator]
    said = redact(f"{cue} {name}{after}").text
    assert said in (f"{cue} {name}{after}", f"{cue} [name]{after}")


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(["", "card ", "PCN ", "ssn ", "account no ", "call ", "visa "]),
    st.sampled_from(["-", ".", "/", " ", ""]),
    st.lists(st.from_regex(r"[0-9]{2,4}", fullmatch=True), min_size=4, max_size=8),
)
def test_no_digit_of_a_number_stays_beside_its_mask(
    label: str, joint: str, groups: list[str]
) -> None:
    said = redact(f"{label}{joint.join(groups)} was wrong").text
    joint = re.escape(joint.strip())  # a space also parts two numbers
    assert not re.search(rf"\]{joint}[0-9]|[0-9]{joint}\[", said)


def test_a_card_within_a_longer_id_is_a_part_of_it_and_still_none_to_write_back() -> None:
    text = "PCN 344903170120513 0"
    assert redact(text).text == "PCN [national id]"
    assert "3449" not in redact(text, as_written=True).text
    assert redact("4111-1111-1111-1111-2").text == "[card ending 1111]"


@pytest.mark.parametrize("text", ["customer {}", "client {} is new"])
def test_ten_digits_after_customer_are_a_reference_unless_they_are_dialled(text: str) -> None:
    assert redact(text.format("4435550166")).found == ()
    assert redact(f"called {text.format('4435550166')}").found[0].type == "phone"
    assert redact(text.format("443-555-0166")).found[0].type == "phone"


@pytest.mark.parametrize("name", ["tune2", "tune4", "tune5"])
def test_the_tuning_sets_are_right(name: str) -> None:
    assert measure_kept(name).wrong == []


def test_a_password_that_is_also_the_user_name_goes_as_the_password() -> None:
    said = redact("username: root\npassword: root").text
    assert said == "username: root\npassword: [password]"


CASES = [json.loads(line) for line in (SETS / "cases.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("case", CASES, ids=[f"{case['kind']}: {case['text']}" for case in CASES])
def test_what_was_found_in_use_stays_found(case: dict[str, Any]) -> None:
    said = redact(case["text"]).text
    assert all(hidden(case["text"], value) for value in case["masked"])
    assert all(value in said for value in case["kept"])
    assert case["masked"] or said == case["text"]
