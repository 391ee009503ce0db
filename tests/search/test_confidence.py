from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mend.playbooks.model import Playbook
from mend.search import Confidence, Ranker, SentenceModel
from mend.search.confidence import Sample, Signals, Thresholds, calibrated

RIGHT = [Sample(n / 10, is_right=True) for n in range(60)]
evidence = st.floats(-5, 8, allow_nan=False)
samples = st.lists(st.builds(Sample, evidence, st.booleans()), max_size=80)


def ranker_of(model: SentenceModel, books: tuple[Playbook, ...]) -> Ranker:
    ranker = Ranker(model)
    ranker.replace(books)
    ranker.warm()
    return ranker


def with_not_for(library: tuple[Playbook, ...], *sentences: str) -> tuple[Playbook, ...]:
    return (replace(library[0], not_for=sentences), *library[1:])


@pytest.mark.parametrize(
    "near_miss", ["charged two times the usual price", "my card was charged twice the amount"]
)
def test_what_a_playbook_is_not_for_is_never_surely_its(
    model: SentenceModel, library: tuple[Playbook, ...], near_miss: str
) -> None:
    told = ranker_of(model, with_not_for(library, near_miss))
    for query in (near_miss, near_miss.upper() + "!"):
        answer = told.find(query)
        assert answer.confidence is not Confidence.SURE or answer.hits[0].slug != "charged-twice"


def test_a_near_miss_does_not_take_the_sureness_from_its_phrases(
    model: SentenceModel, library: tuple[Playbook, ...]
) -> None:
    told = ranker_of(model, with_not_for(library, "my bill is twice as high as in may"))
    for phrase in library[0].phrases:
        assert told.find(phrase).confidence is Confidence.SURE


def test_what_is_not_for_it_does_not_change_how_it_is_found(
    model: SentenceModel, ranker: Ranker, library: tuple[Playbook, ...]
) -> None:
    told = ranker_of(model, with_not_for(library, "my bill is twice as high as in may"))
    for query in ("they took my money two times", "refund", "sinisigawan ako"):
        assert told.find(query).hits == ranker.find(query).hits


def test_a_small_library_has_the_usual_thresholds() -> None:
    assert calibrated(RIGHT[:29], [], [8.0]) == Thresholds()


def test_where_all_are_right_everything_that_fits_is_sure() -> None:
    found = calibrated(RIGHT, [], [])
    assert found.sure <= 0.5


def test_wrong_answers_to_phrases_raise_what_sure_takes() -> None:
    wrong = [Sample(3 + n / 100, is_right=False) for n in range(10)]
    assert calibrated([*RIGHT, *wrong], [], []).sure > 3


def test_near_misses_given_to_their_own_playbook_raise_it() -> None:
    missed = [Sample(4.0, is_right=False)] * 5 + [Sample(0.0, is_right=True)] * 20
    assert calibrated(RIGHT, missed, []).sure > 4.0


def test_strangers_raise_it_unless_the_library_is_about_them() -> None:
    assert calibrated(RIGHT, [], [2.0] * 20).sure > 2.0
    assert calibrated(RIGHT, [], [5.0] * 20).sure < 2.0


@given(samples, samples, st.lists(evidence, max_size=80), evidence)
def test_another_wrong_near_miss_never_makes_it_more_easily_sure(
    phrases: list[Sample], near_misses: list[Sample], foreign: list[float], wrong: float
) -> None:
    before = calibrated([*RIGHT, *phrases], near_misses, foreign)
    again = [*near_misses, *([Sample(wrong, is_right=False)] * (1 + len(near_misses)))]
    after = calibrated([*RIGHT, *phrases], again, foreign)
    assert after.fits <= after.sure
    assert before.fits <= before.sure
    assert after.sure >= min(before.sure, wrong)


@given(st.builds(Signals, *[st.floats(0, 1)] * 5), st.floats(0, 1))
def test_more_lead_is_never_less_evidence(signals: Signals, more: float) -> None:
    assert signals._replace(lead=signals.lead + more).evidence() >= signals.evidence()


def test_a_query_as_near_to_what_it_is_not_for_is_hedged() -> None:
    certain = Signals(closeness=0.95, lead=0.6, nearest=0.9, refused=0.2, covered=1.0)
    assert Thresholds().judge(certain) is Confidence.SURE
    assert Thresholds().judge(certain._replace(refused=0.9)) is Confidence.MAYBE
