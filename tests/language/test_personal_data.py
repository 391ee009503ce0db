"""What is masked, what stays, and what holds for any text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mend.language.personal_data import Found, Masked, mask, undoable

CARDS = (
    "4111111111111111",
    "5555555555554444",
    "2223003122003222",
    "378282246310005",
    "30569309025904",
    "6011111111111117",
    "3530111333300000",
    "6200000000000005",
    "6759649826438453",
)


@pytest.mark.parametrize("number", CARDS)
@pytest.mark.parametrize(
    "separator", ["", " ", "-", ".", "  ", "\n", "\u200b", "\u00a0", "\u2013", "/"]
)
def test_a_card_of_any_brand_is_masked_however_it_is_spaced(number: str, separator: str) -> None:
    fours = [number[at : at + 4] for at in range(0, len(number), 4)]
    masked = mask(f"took {separator.join(fours)} for the order")
    assert masked.text == f"took [card ending {number[-4:]}] for the order"


@pytest.mark.parametrize("word", ["order", "ticket no.", "ref:", "tracking", "#"])
def test_a_whole_valid_card_is_masked_even_where_it_is_called_an_order(word: str) -> None:
    assert mask(f"{word} 4111111111111111").found[0].type == "card"


@pytest.mark.parametrize(
    "text",
    [
        "order 1000000009 delayed",
        "waybill 4155550123 lost",
        "4155550123 is the waybill",
        "tickets 5512345678, 5512345679 and 5512345680",
        "barcode 4012345678901",
        "card ending 1111, xxxx-xxxx-xxxx-1111",
        "PHP 15,000.00 on 2025-03-02 at 14:22",
        "promo expires 12/25",
        "customer service desk",
        "password was reset twice",
        "promo code 202412",
    ],
)
def test_what_repair_needs_stays(text: str) -> None:
    assert mask(text) == Masked(text, ())


def test_full_width_digits_are_digits() -> None:
    assert mask("card \uff14\uff11\uff11\uff11" + "\uff11" * 12).text == "card [card ending 1111]"


def test_a_mistyped_card_is_masked_beside_a_card_word_and_stays_as_an_order() -> None:
    assert mask("visa 4111111111111112").text == "visa [card ending 1112]"
    assert mask("order 4111111111111112").found == ()


def test_a_security_code_and_an_expiry_beside_a_card_go_with_it() -> None:
    text = mask("4111 1111 1111 1111 12/27 123").text
    assert text == "[card ending 1111] [expiry] [security code]"


def test_a_wrapped_phone_number_is_masked_with_its_wrapper() -> None:
    assert mask("call <tel:+639171234567|0917 123 4567> now").text == "call [phone] now"


def test_an_address_hidden_behind_a_label_is_masked() -> None:
    assert mask("<mailto:ana@example.com|write to us>").text == "[e-mail]"


def test_a_bare_number_is_a_phone_only_where_the_zone_has_such_numbers() -> None:
    assert mask("5128675309 waits", zone_country="US").text == "[phone] waits"
    assert mask("5128675309 waits", zone_country="PH").found == ()


def test_a_colleague_is_masked_in_any_case_and_with_marks() -> None:
    assert mask("told zoe it was done", ["Zo\u00eb Kravitz"]).text == "told [name] it was done"


def test_a_name_that_is_a_common_word_counts_only_where_it_is_written_as_a_name() -> None:
    names = ["Will Turner", "May Lim"]
    assert mask("I will call in May, it may help", names).found == ()
    assert mask("I asked Will and @may", names).text == "I asked [name] and @[name]"


def test_a_password_is_masked_wherever_it_is_repeated() -> None:
    masked = mask("I set Welcome1! and the password is Welcome1!, again").text
    assert "Welcome1" not in masked


def test_what_was_not_personal_can_be_put_back_but_never_a_card_or_a_secret() -> None:
    assert undoable(Found("phone", 0, 1))
    assert undoable(Found("name", 0, 1))
    for kind in ("card", "security_code", "password", "code"):
        assert not undoable(Found(kind, 0, 1))


# Text that looks like notes: the words that rules lean on, numbers, and anything else.
pieces = st.one_of(
    st.sampled_from(
        [*CARDS, "cvv", "card", "order", "otp", "pin", "password is", "customer", "Mr", "Juan"]
        + ["call", "+63", "0917", "123", "4567", "12/27", "a@b.com", "at gmail dot com", "iban"]
        + [
            "GB33",
            "BUKB",
            "account",
            "[phone]",
            "[card ending 1111]",
            "<tel:+1|",
            ">",
            "\u200b",
            "\ue000",
        ]
    ),
    st.text(max_size=12),
    st.integers(0, 10**19).map(str),
)
notes = st.lists(st.tuples(pieces, st.sampled_from(["", " ", ", ", "-", "\n"]))).map(
    lambda parts: "".join(piece + separator for piece, separator in parts)
)


@settings(max_examples=400, deadline=None)
@given(notes)
def test_masking_twice_finds_nothing_more(text: str) -> None:
    assert mask(mask(text, ["Ana Cruz"]).text, ["Ana Cruz"]).found == ()


@settings(max_examples=400, deadline=None)
@given(notes)
def test_only_what_was_found_changes(text: str) -> None:
    masked = mask(text)
    kept: list[str] = []
    position = 0
    for item in masked.found:
        assert position <= item.start < item.end <= len(text)
        kept.append(text[position : item.start])
        position = item.end
    kept.append(text[position:])
    rest = masked.text
    for piece in kept:
        assert piece in rest
        rest = rest[rest.index(piece) + len(piece) :]


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(CARDS), notes, notes)
def test_no_card_survives(number: str, before: str, after: str) -> None:
    before, after = before.replace(number, ""), after.replace(number, "")
    assert number not in mask(f"{before} card {number} {after}").text


@pytest.mark.parametrize(
    "piece",
    [
        "4",
        "4 ",
        "4111 1111 1111 1111 ",
        "0917 123 4567 ",
        "a",
        "a.",
        "a@",
        "@",
        " at ",
        "a at a dot ",
        "(",
    ]
    + [
        "GB33 ",
        "password ",
        "password is ",
        "pw a1b2c3 ",
        "otp he said ",
        "cvv is ",
        "customer ",
        "Mr A",
    ]
    + [
        "[card ending 1111] ",
        "<tel:+1|",
        "[phone",
        "\u200b",
        "1-",
        "1/",
        "account no ",
        "exp ",
        "a dot ",
        "-",
    ],
)
def test_long_hostile_text_takes_no_more_than_its_length_deserves(piece: str) -> None:
    text = (piece * 40_000)[:40_000]
    started = time.perf_counter()
    mask(text, ["Ana Cruz"])
    assert time.perf_counter() - started < 10
