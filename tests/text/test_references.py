"""A number that is called a reference stays, though it reads like a phone or a card."""

from __future__ import annotations

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from stdnum import luhn

from mend.text.redaction import redact
from tests.bench.personal_data import measure_kept

ZONES = (None, "PH", "GB", "US", "AU", "ES")
THINGS = (
    *("customer", "client", "user", "member", "case", "order", "booking", "policy", "claim"),
    *("loan", "device", "serial", "tracking", "consignment", "ticket", "invoice", "job"),
    *("work order", "meter", "locker", "licence plate", "reservation", "parcel", "waybill"),
    *("mortgage", "permit", "prescription", "appointment", "modem", "badge", "student", "pallet"),
)
LINKS = (
    *(" ref: ", " ref no. ", " #", "# ", " no ", " no. ", " no: ", " number is ", " n\u00b0 "),
    *(" ID ", " id: ", " number: #", " number (", " ref \u2013 ", " nr. ", " number \u2192 "),
    *(" number = ", " number\n", " number po niya ay ", " id's ", " number | "),
)
CALLED_ABROAD = (
    *("n\u00famero de pedido ", "n\u00ba de pedido: ", "pedido n.\u00ba ", "numero ng order ay "),
    *("factura n\u00ba ", "la reserva es ", "n\u00famero de cliente: ", "numero ng ticket: "),
    *("numero ng booking niya ay ", "n\u00b0 de dossier : ", "Rechnungsnummer ", "p\u00f3liza "),
)
EXPLAINED = (" is the {} number", " ({} number)", " - that is the {} id", ", {} no", " = {} ref")
AFTER = ("", ".", ", sorry", " was closed too early", "\nthanks", " (wrong team)")

dialled = st.from_regex(
    r"0[1-9]\d{8,9}|0\d{3}[ -]\d{3}[ -]\d{4}|[2-9]\d\d[2-9]\d{6}|\(?[2-9]\d\d\)? [2-9]\d\d-\d{4}|"
    r"639\d{9}|1[38]00 ?\d{3} ?\d{3}",
    fullmatch=True,
)
as_card = st.from_regex(r"4\d{3} \d{4} \d{4} \d{4}|5[1-5]\d{14}|3[47]\d{13}", fullmatch=True)
any_number = st.from_regex(r"[0-9]{9,16}", fullmatch=True)
numbers = st.one_of(any_number, dialled, as_card).filter(str.isascii)


def stays(number: str, text: str, zone: str | None) -> bool:
    """Whether all of a text does; a whole card that adds up goes whatever it is called."""
    digits = "".join(filter(str.isdigit, number))
    assume(len(digits) < 15 or not luhn.is_valid(digits))
    return redact(text, zone_country=zone).text == text


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(THINGS),
    st.sampled_from(LINKS),
    numbers,
    st.sampled_from(AFTER),
    st.sampled_from([str.lower, str.upper, str.title]),
    st.sampled_from(ZONES),
)
def test_a_number_stays_after_what_it_is_called(
    thing: str, link: str, number: str, after: str, case: object, zone: str | None
) -> None:
    text = f"I closed it: {case(thing)}{link}{number}{after}"  # type: ignore[operator]
    assert stays(number, text, zone)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(CALLED_ABROAD), numbers, st.sampled_from(AFTER), st.sampled_from(ZONES))
def test_a_number_stays_after_what_it_is_called_in_another_language(
    called: str, number: str, after: str, zone: str | None
) -> None:
    assert stays(number, f"{called}{number}{after}", zone)


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(THINGS),
    st.sampled_from(EXPLAINED),
    any_number | st.from_regex(r"0[0-9]{9,10}|[2-9][0-9]{9}", fullmatch=True),
    st.sampled_from(ZONES),
)
def test_a_number_stays_before_what_it_is_called(
    thing: str, explained: str, number: str, zone: str | None
) -> None:
    assert stays(number, f"{number}{explained.format(thing)}", zone)


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(THINGS),
    st.sampled_from(["call her on {}", "mobile {}", "her number is {}", "texted {}", "phone: {}"]),
    st.from_regex(r"09[0-9]{9}|07400 [0-9]{6}|[2-9][0-9]{2}-555-01[0-9]{2}", fullmatch=True),
)
def test_a_phone_beside_a_reference_goes(thing: str, said: str, phone: str) -> None:
    kept = f"{thing} no. 5512 late, "
    done = redact(kept + said.format(phone)).text
    assert phone not in done
    assert done.startswith(kept)


def test_references_of_many_trades_stay_in_every_zone() -> None:
    assert measure_kept("tune3").wrong == []
