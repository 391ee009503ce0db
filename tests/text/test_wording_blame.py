from __future__ import annotations

import pytest

from mend.text.wording import TONE, judge


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("other", "Marco forgot to attach the waiver"),
        ("other", "billing failed to reverse the fee"),
        ("other", "the agent before me didn't bother to read the notes"),
        ("other", "it's on them, they dropped the ball"),
        ("other", "kasalanan ng night shift yung double charge"),
        ("counterfactual", "I should have checked the address"),
        ("counterfactual", "She was supposed to call the customer at four"),
        ("counterfactual", "If only I had read the memo"),
        ("counterfactual", "A proper check would have caught it"),
        ("counterfactual", "dapat chineck muna yung address"),
        ("verdict", "careless work from the returns desk"),
        ("verdict", "It is common sense to read the amount back"),
        ("verdict", "That was an inexcusable delay"),
        ("verdict", "Ang tamad ng kabilang team"),
        ("hindsight", "It was obvious the account belonged to someone else"),
        ("hindsight", "anyone could see the dates were swapped"),
        ("frequency", "Omar always forgets to log the call"),
        ("frequency", "As usual billing did nothing"),
        ("frequency", "Si Ben na naman ang nakalimot mag-tag"),
        ("label", "Root cause: human error"),
        ("label", "This came down to lack of ownership"),
        ("sarcasm", "Nice one nights, leaving me with 14 callbacks"),
        ("sarcasm", "not naming names but somebody left the queue on auto"),
        ("who", "Whose fault is it that the refund went out twice"),
        ("who", "Who approved this?"),
        ("who", "Why did you promise him Thursday?"),
        ("self", "I'm so stupid, sent the refund to the wrong card"),
        ("self", "It's all my fault the customer left"),
        ("self", "ang bobo ko, mali yung na-send ko"),
    ],
)
def test_every_kind_of_blame_is_noticed_and_named(label: str, text: str) -> None:
    found = judge(text)
    assert found.flag
    assert label in found.labels


@pytest.mark.parametrize(
    "text",
    [
        "fault code E17 on the boiler",
        "Line fault in the area, engineer booked",
        "The payment failed twice",
        "User error 403 when she opens the portal",
        "You should have received an email by now",
        "Customers should have two IDs for this",
        "The customer blamed the courier for the dent",
        "no-blame log entry for the double booking",
        "Priya is responsible for the callbacks this afternoon",
        "Accountability for refunds over 200 sits with the duty manager",
        "if he calls back please read out the reference",
        "the 'Idiot-proof setup' leaflet is out of stock",
        "Order for Sloppy Joe x2 came without buns",
        "My mistake on the promo code; it is corrected",
        'customer said "you people never listen" and hung up',
        "cx told me I was useless, I offered the callback anyway",
        "The system defaulted to the old address",
    ],
)
def test_words_that_only_look_like_blame_are_left_alone(text: str) -> None:
    assert not judge(text).flag


@pytest.mark.parametrize(
    "text",
    [
        "I sent the refund to the wrong card",
        "I forgot to log the callback, calling her now",
        "I failed to attach the form, it went out at noon",
        "I dropped the ball on the two o'clock callback",
        "I skipped the second question because the screen jumped ahead",
        "nakalimutan ko mag-callback kay ma'am, tinawagan ko na",
    ],
)
def test_an_own_act_told_plainly_is_left_alone(text: str) -> None:
    assert not judge(text).flag


def test_a_place_is_told_for_what_was_noticed() -> None:
    text = "The form was late. Marco forgot to send it."
    span = judge(text).spans[0]
    assert text[span.start : span.end].endswith("Marco forgot")


def test_one_blaming_sentence_is_enough_in_a_long_note() -> None:
    note = "The order left on Monday and the customer has the new label. " * 8
    assert not judge(note).flag
    assert judge(note + "Whose fault is that?").flag


@pytest.mark.parametrize("text", ["", "   ", "?!", "4471", "🤝", "\n\n"])
def test_a_text_without_words_is_never_flagged(text: str) -> None:
    assert not judge(text).flag


def test_a_typographic_apostrophe_changes_nothing() -> None:
    assert judge("She didn’t read the notes").labels == judge("She didn't read the notes").labels


@pytest.mark.parametrize(
    "text",
    ["typed the amount without reading it back", "sent the refund without checking the card"],
)
def test_an_act_told_without_a_subject_is_the_tellers_own(text: str) -> None:
    assert set(judge(text).labels) <= {TONE}  # nothing to point at: it is not held back


@pytest.mark.parametrize("who", ["He", "Marco", "night shift"])
def test_the_same_of_somebody_is_noticed(who: str) -> None:
    assert judge(f"{who} closed it without reading the notes").flag
