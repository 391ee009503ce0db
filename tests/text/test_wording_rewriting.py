from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mend.text.wording import (
    apology,
    calmer,
    is_distress,
    judge,
    judge_reactive,
    rewrite,
)
from mend.text.wording.reading import read
from mend.text.wording.verbs import BY_BASE, BY_PAST, MILDER

SETS = Path(__file__).parent.parent / "data" / "wording"
LINES = [
    json.loads(line)["text"]
    for name in ("blame_tune.jsonl", "blame_tune3.jsonl", "reactive_tune.jsonl")
    for line in (SETS / name).read_text(encoding="utf-8").splitlines()
]
# Pieces that real notes are made of, in any order, and anything else a keyboard can make.
NOTES = st.lists(st.sampled_from(LINES), min_size=1, max_size=4).map(" ".join)
ANYTHING = st.one_of(NOTES, st.text(max_size=200))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "I should have checked the address before hitting send",
            "I had not checked the address before hitting send.",
        ),
        (
            "Marco forgot to attach the waiver so the cx got charged again",
            "The waiver was not attached. The cx got charged again.",
        ),
        (
            "Graham closed the boiler ticket, he always does.",
            "The boiler ticket was closed.",
        ),
        (
            "Registrar gave her the wrong hall, half asleep as usual.",
            "She was given the wrong hall.",
        ),
        (
            "the night shift didn't even bother to read the notes",
            "The notes were not read.",
        ),
        (
            "I sent the invoice to the wrong company. I am such an idiot.",
            "I sent the invoice to the wrong company.",
        ),
        (
            "I'm so stupid, sent the refund to the wrong card",
            "I sent the refund to the wrong card.",
        ),
        (
            "I was incredibly dumb and pressed send before reading.",
            "I pressed send before reading.",
        ),
        ("I shouldn't have trusted my memory on the fee.", "I trusted my memory on the fee."),
        ("IT wiped the till, no warning, typical IT.", "The till was wiped."),
    ],
)
def test_a_rewrite_keeps_the_act_and_drops_the_verdict(text: str, said: str) -> None:
    assert rewrite(text) == said


@pytest.mark.parametrize(
    "text",
    ["That team is a joke", "Whose fault is this?", "Root cause: human error", "I'm useless"],
)
def test_nothing_is_made_up_where_only_blame_was_said(text: str) -> None:
    assert rewrite(text) is None


def test_a_text_without_blame_comes_back_as_it_was() -> None:
    assert rewrite("I sent it to the wrong card ") == "I sent it to the wrong card "


@given(ANYTHING)
def test_a_rewrite_adds_no_number_and_no_name_and_passes_and_stays(text: str) -> None:
    said = rewrite(text)
    if said is None or said == text:
        return
    assert not judge(said).flag
    assert rewrite(said) == said
    assert set(re.findall(r"\d+", said)) <= set(re.findall(r"\d+", text))
    assert added(text, said) == set()
    assert not sneers(said)
    assert "[" not in said or "[" in text


def added(text: str, said: str) -> set[str]:
    """The words of a rewrite that are neither of the text, nor forms of its verbs, nor joints."""
    given, words = (
        set(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", each.lower())) for each in (text, said)
    )
    forms = {table[word] for table in (BY_BASE, BY_PAST, MILDER) for word in given if word in table}
    return words - given - forms - set(JOINTS.split())


JOINTS = "was were not had i we he she they it the you nobody nothing callback made"


def sneers(said: str) -> list[str]:
    return re.findall(
        r"\b(?:screwed|bother|messed up|idiot|lazy|careless|as usual|genius|whoever)\b",
        said.lower(),
    )


@pytest.mark.parametrize("name", ["rewrite_tune2", "blame_tune2", "blame_tune3"])
def test_no_rewrite_sneers_or_names_anybody_or_asks_back_or_adds_a_fact(name: str) -> None:
    lines = (SETS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines if json.loads(line).get("flag", True)]
    rewrites = [(text, words) for text in texts if (words := rewrite(text)) not in (None, text)]
    assert len(rewrites) >= 20
    for text, words in rewrites:
        assert words
        assert not judge(words).flag
        assert not sneers(words)
        assert "[" not in words
        assert "§" not in read(words)
        assert added(text, words) == set()


@pytest.mark.parametrize(
    "text",
    [
        "None of the three leads picked it up.",
        "Not one of them called her back.",
        "Neither agent closed the ticket.",
        "No lead answered the chat.",
    ],
)
def test_what_nobody_did_is_not_told_as_done(text: str) -> None:
    said = rewrite(text)
    assert said in (None, text) or re.search(r"\b(?:not|nobody|nothing)\b", said or "")


@pytest.mark.parametrize(
    "text", ["they screwed this one up", "someone obviously didn't bother to look at it properly"]
)
def test_a_sneer_never_becomes_a_fact(text: str) -> None:
    said = rewrite(text)
    assert said is None or not sneers(said)


@pytest.mark.parametrize(
    "text",
    [
        "If the tutor had read his mail, the lad would have got the extra time.",
        "Sure, let's all pretend that Donal posted the cheque.",
        "They can't tell a label from a leaf.",
    ],
)
def test_what_is_only_thought_of_is_not_told_as_done(text: str) -> None:
    said = rewrite(text)
    assert said is None or not re.search(r"read|posted|told", said)


@given(ANYTHING)
def test_calmer_versions_add_no_number_and_pass(text: str) -> None:
    versions = calmer(text)
    for version in versions or ():
        assert not judge_reactive(version).flag
        assert set(re.findall(r"\d+", version)) <= set(re.findall(r"\d+", text))


@given(ANYTHING, ANYTHING)
def test_an_apology_has_no_blank_and_adds_no_number(text: str, offer: str) -> None:
    said = apology(text, offer)
    if said is not None:
        assert re.match(r"(?:I|We|This was my) ", said)
        assert not re.search(r"[\[\]{}]", said)
        assert set(re.findall(r"\d+", said)) <= set(re.findall(r"\d+", f"{text} {offer}"))


def test_an_apology_takes_responsibility_first_and_offers_second() -> None:
    assert apology(
        "sent the refund to the wrong card", "I am sending it to the right one today"
    ) == (
        "I sent the refund to the wrong card, and I am sorry. "
        "I am sending it to the right one today."
    )


def test_an_apology_speaks_to_the_customer() -> None:
    said = apology("I quoted the customer the old price because the article was old")
    assert said is not None
    assert said.startswith("I quoted you the old price, and I am sorry.")


@pytest.mark.parametrize(
    "text",
    ["told her the wrong price", "I read out [card ending 4471] to Ms Reyes", "refund was late"],
)
def test_what_the_customer_should_not_read_stays_out_of_the_apology(text: str) -> None:
    said = apology(text)
    assert said is not None
    assert said.startswith("This was my mistake, and I am sorry.")


def test_for_somebody_elses_slip_the_apology_says_we() -> None:
    said = apology("Marco forgot to attach the waiver")
    assert said is not None
    assert said.startswith("We got this wrong, and I am sorry.")
    assert "Marco" not in said


@pytest.mark.parametrize(
    "text",
    [
        "I should just quit",
        "ayoko na",
        "I hate myself for this",
        "can't do this anymore",
        "hindi ko na kaya",
        "I'm crying in the bathroom again",
        "honestly thinking of resigning",
        "everyone would be better off without me",
        "what's the point",
        "I feel like a complete failure after that call",
        "wala akong kwenta",
        "ya no puedo más",
        "quiero renunciar, no sirvo para esto",
    ],
)
def test_distress_is_noticed(text: str) -> None:
    assert is_distress(text)


@pytest.mark.parametrize(
    "text",
    [
        "customer wants to quit the plan by month end",
        'she said "I should just quit" and hung up',
        "I quit the app and it came back",
        "I sent the refund to the wrong card",
        "Caller was crying, her mother had passed away",
        "the customer can't take it anymore and asks for a refund",
        "I'm so stupid, sent the code twice",
        "what's the point of the second field",
        "give me a label for crying out loud",
        "isang oras naka-hold, pagod na pagod na siya",
        "no puedo más esperar, me deben el reembolso",
    ],
)
def test_other_troubles_are_not_taken_for_distress(text: str) -> None:
    assert not is_distress(text)


def test_distress_gets_no_apology_to_copy() -> None:
    assert apology("I sent it twice. I should just quit") is None
