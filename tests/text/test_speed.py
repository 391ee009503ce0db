"""No text takes long, however it is made: an agent waits for each of these."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mend.text.wording
from mend.text.privacy_slips import is_privacy_slip
from mend.text.redaction import redact
from mend.text.slack_text import plain
from mend.text.wording import about, apology, calmer, is_distress, judge, judge_reactive, rewrite

LONGEST = 3_000  # characters of a note
LIMIT = 0.05  # seconds of processor time …
SLACK = 3  # … on a machine that does nothing else

FUNCTIONS: dict[str, Callable[[str], object]] = {
    "mask": lambda text: redact(text, ["Ana Cruz"]),
    "judge": judge,
    "judge_reactive": judge_reactive,
    "rewrite": rewrite,
    "calmer": calmer,
    "apology": apology,
    "about": about,
    "is_distress": is_distress,
    "is_privacy_slip": is_privacy_slip,
    "plain": plain,
}
CUES = sorted(
    {
        word
        for name in (
            "blame.txt",
            "reactive.txt",
            "distress.txt",
            "direct.txt",
            "reading.txt",
            "rewriting.txt",
        )
        for word in re.findall(
            r"[a-z']{1,12}", files(mend.text.wording).joinpath(name).read_text(encoding="utf-8")
        )
    }
)
SHAPES = (
    *("4", "4 ", "1-", "1/", "4111 1111 1111 1111 ", "0917 123 4567 ", "+1 2 ", "12-34-56 "),
    *("(", "'", '"', "'s ", "a.", "a@", " at ", "A. ", "a, ", "GB33 ", "password is ", "ssn 1"),
    *("customer ", "Mr A", "[account] 1234567 ", "<tel:+1|", "\u200b", "one ", "https://a.b/r/1 "),
    *("born on 1 ", "lives at 1 A ", "ssn 078-05-1120 ", "A1 ", "token a1b2c3d4e5f6 ", "\n", "é "),
)
texts = st.lists(
    st.one_of(st.sampled_from(SHAPES), st.sampled_from(CUES), st.text(max_size=6)),
    min_size=1,
    max_size=6,
).flatmap(
    lambda pieces: st.sampled_from(["", " ", ". "]).map(
        lambda joint: (joint.join(pieces) + joint) * LONGEST
    )
)


def spent(function: Callable[[str], object], text: str) -> float:
    """The best of two, in seconds: other work on the machine is not the function's."""
    times = []
    for _ in range(2):
        started = time.process_time()
        function(text)
        times.append(time.process_time() - started)
    return min(times)


@pytest.mark.parametrize("name", FUNCTIONS)
@settings(max_examples=25, deadline=None)
@given(text=texts)
def test_a_text_of_any_make_is_read_in_time(name: str, text: str) -> None:
    assert spent(FUNCTIONS[name], text[:LONGEST]) < LIMIT * SLACK


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("piece", ["A. ", "the ", "'s ", "4 ", "she forgot to call. ", "you "])
def test_a_text_that_once_took_seconds_is_read_in_time(name: str, piece: str) -> None:
    assert spent(FUNCTIONS[name], (piece * LONGEST)[:LONGEST]) < LIMIT * SLACK


def test_words_of_all_cues_in_any_order_are_read_in_time() -> None:
    order = random.Random(1)
    for _ in range(5):
        text = " ".join(order.choices(CUES, k=900))[:LONGEST]
        assert max(spent(function, text) for function in FUNCTIONS.values()) < LIMIT * SLACK
