"""Slips about personal data are noticed; money, goods and leaking boilers are not."""

import time

import pytest

from mend.text.privacy_slips import is_privacy_slip

SLIPS = [
    "sent the invoice to the wrong customer",
    "I emailed her statement to the wrong person",
    "Sent a confirmation to the wrong email",
    "forwarded the complaint to the wrong recipient",
    "wrong recipient, the contract went out already",
    "texted the reset code to the wrong number",
    "read out the balance to the wrong caller",
    "emailed the wrong customer with the claim details",
    "emailed the claim to a wrong address",
    "mailed the order confirmation to the wrong customer",
    "sent her another customer's bill",
    "attached someone else's statement",
    "sent one customer's contract to another customer",
    "shared the account details with the wrong caller",
    "leaked a list of customer e-mail addresses",
    "I think the customer's details were leaked",
    "cc'd all customers on the outage mail",
    "CC’d the wrong client",
    "used cc instead of bcc on the newsletter",
    "na-send ko yung statement sa maling customer",
    "Busy hour. Posted the patient's file in the wrong chat, then sent it to the wrong person.",
    "sent [e-mail] the report meant for [name], so to the wrong person",
]

OTHERS = [
    "sent the refund to the wrong card",
    "sent the refund to the wrong customer",
    "sent the replacement to the wrong customer",
    "sent the parcel to the wrong address",
    "transferred the call to the wrong person",
    "forwarded the call to another person",
    "gave the customer the wrong number of days",
    "gave the wrong e-mail address for complaints",
    "told the caller the wrong date",
    "gave the discount to the wrong customer",
    "sent the wrong form",
    "the water tank leaked and I gave no details of the visit",
    "her boiler leaked and I booked the wrong engineer",
    "forgot to cc my lead",
    "cc'd my supervisor late",
    "almost sent the invoice to the wrong customer",
    "sent the case to another team",
    "forwarded it to @ben without a note",
    "the customer leaked nothing, they were just upset",
    "shared the playbook with the wrong team",
    "opened the wrong customer's account and closed it at once",
    "promised a call back and forgot",
    "hung up on a customer by mistake",
]


@pytest.mark.parametrize("text", SLIPS)
def test_data_sent_astray_is_noticed(text: str) -> None:
    assert is_privacy_slip(text)


@pytest.mark.parametrize("text", OTHERS)
def test_other_slips_are_left_alone(text: str) -> None:
    assert not is_privacy_slip(text)


@pytest.mark.parametrize("text", ["sent " * 2400, "sent customer's " * 700, "cc'd " * 2400])
def test_a_long_text_is_read_quickly(text: str) -> None:
    start = time.perf_counter()
    is_privacy_slip(text)
    assert time.perf_counter() - start < 1
