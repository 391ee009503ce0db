from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from mend.playbooks.model import Playbook, State
from mend.search import Answer, Confidence, Ranker, SentenceModel, VectorCache

Library = tuple[Playbook, ...]


def first(answer: Answer) -> str:
    return answer.hits[0].slug


@pytest.mark.parametrize(
    ("query", "slug"),
    [
        ("they took my money two times", "charged-twice"),
        ("cx chrgd 2x", "charged-twice"),
        ("na-double charge daw siya", "charged-twice"),
        ("money back never showed up", "late-refund"),
        ("refnud not recieved", "late-refund"),
        ("the courier has not come yet", "late-parcel"),
        ("she is absolutely livid", "angry-customer"),
        ("sinisigawan ako ni cx", "angry-customer"),
        ("can't get into her account", "locked-out"),
        ("line died", "dropped-call"),
        ("naputol ang linya", "dropped-call"),
    ],
)
def test_a_playbook_is_found_by_what_is_meant(ranker: Ranker, query: str, slug: str) -> None:
    assert first(ranker.find(query)) == slug


@pytest.mark.parametrize(
    ("query", "slug"),
    [
        ("double charge", "charged-twice"),
        ("where's my refund", "late-refund"),
        ("refnud", "late-refund"),
        ("parcel", "late-parcel"),
        ("acct lckd", "locked-out"),
        ("galit si customer", "angry-customer"),
    ],
)
def test_without_a_model_words_find_it(words_only: Ranker, query: str, slug: str) -> None:
    assert first(words_only.find(query)) == slug


def test_best_comes_first_and_the_limit_holds(ranker: Ranker) -> None:
    for limit in (0, 1, 3, 50):
        hits = ranker.find("refund", limit).hits
        assert len(hits) == min(limit, 6)
        assert list(hits) == sorted(hits, key=lambda hit: -hit.score)


def test_a_playbooks_own_phrase_is_a_sure_answer(ranker: Ranker) -> None:
    answer = ranker.find("Refund not received!")
    assert answer.hits[0].slug == "late-refund"
    assert answer.hits[0].score == 1.0
    assert answer.confidence is Confidence.SURE


def test_what_no_playbook_is_about_fits_none(ranker: Ranker) -> None:
    for query in ("best adobo recipe", "how tall is the eiffel tower", "注文した商品", "asdfghjkl"):
        assert ranker.find(query).confidence is Confidence.NONE


@pytest.mark.parametrize("query", ["", "   ", "!!!", "😀🎉", "\u200b", "\ud800"])
def test_a_query_without_words_has_no_hits(ranker: Ranker, words_only: Ranker, query: str) -> None:
    nothing = Answer((), Confidence.NONE)
    assert ranker.find(query) == nothing
    assert words_only.find(query) == nothing


@pytest.mark.parametrize("query", ["is it the", "can you please", "привет, где мой заказ", "12345"])
def test_a_query_that_says_little_is_never_sure(
    ranker: Ranker, words_only: Ranker, query: str
) -> None:
    assert ranker.find(query).confidence is not Confidence.SURE
    assert words_only.find(query).confidence is not Confidence.SURE


def test_a_pasted_letter_is_read_where_the_problem_stands(ranker: Ranker) -> None:
    courtesy = "I hope you are well and that the sun shines upon your whole team today. " * 26
    letter = courtesy + "My package was never delivered by the courier. " + courtesy
    assert len(letter) > 3700
    assert first(ranker.find(letter)) == "late-parcel"


def test_an_empty_library_has_no_hits(model: SentenceModel) -> None:
    for ranker in (Ranker(), Ranker(model)):
        ranker.replace(())
        ranker.warm()
        assert ranker.find("refund") == Answer((), Confidence.NONE)
        assert ranker.suggest("ref") == ()


def test_a_library_of_one_answers(model: SentenceModel, library: Library) -> None:
    ranker = Ranker(model)
    ranker.replace(library[:1])
    ranker.warm()
    assert first(ranker.find("double charge")) == "charged-twice"
    assert ranker.find("best adobo recipe").confidence is Confidence.NONE


@pytest.mark.parametrize("state", [State.DRAFT, State.ARCHIVED])
def test_only_what_agents_are_served_is_ranked(library: Library, state: State) -> None:
    ranker = Ranker()
    ranker.replace([replace(library[0], state=state), *library[1:]])
    assert "charged-twice" not in {hit.slug for hit in ranker.find("double charge", 10).hits}
    assert "charged-twice" not in ranker.suggest("charge")


def test_a_learned_phrase_finds_its_playbook(model: SentenceModel, library: Library) -> None:
    ranker = Ranker(model)
    ranker.replace(library, {"charged-twice": ["the ghost transaction thing"]})
    ranker.warm()
    answer = ranker.find("ghost transaction thing, the")
    assert first(answer) == "charged-twice"
    assert ranker.find("the ghost transaction thing").confidence is Confidence.SURE


def test_of_learned_phrases_the_last_twenty_count(library: Library) -> None:
    learned = [f"zebra{number}" for number in range(25)]
    ranker = Ranker()
    ranker.replace(library, {"late-refund": learned})
    assert not ranker.find("zebra4").hits
    assert first(ranker.find("zebra5")) == "late-refund"
    assert first(ranker.find("zebra24")) == "late-refund"


def test_learned_phrases_of_an_unknown_playbook_are_ignored(library: Library) -> None:
    ranker = Ranker()
    ranker.replace(library, {"gone": ["zebra"]})
    assert not ranker.find("zebra").hits


def test_before_it_is_warm_words_answer(model: SentenceModel, library: Library) -> None:
    ranker, words = Ranker(model), Ranker()
    ranker.replace(library)
    words.replace(library)
    cold = ranker.find("double charge")
    assert [hit.slug for hit in cold.hits] == [h.slug for h in words.find("double charge").hits]
    ranker.warm()
    assert ranker.find("they took my money two times") != cold


def test_a_changed_playbook_is_found_at_once_and_by_meaning_when_warm(
    model: SentenceModel, library: Library
) -> None:
    ranker = Ranker(model)
    ranker.replace(library)
    ranker.warm()
    parking = Playbook(slug="parking", title="Where may I park?", phrases=("parking ticket",))
    ranker.replace([*library, parking])
    assert first(ranker.find("parking")) == "parking"
    ranker.warm()
    assert first(ranker.find("a place for my car")) == "parking"


def test_vectors_outlive_the_process_in_the_cache(
    model: SentenceModel, library: Library, tmp_path: Path
) -> None:
    before = Ranker(model, VectorCache(tmp_path / "vectors"))
    before.replace(library)
    before.warm()
    after = Ranker(model, VectorCache(tmp_path / "vectors"))
    after.replace(library)
    query = "they took my money two times"
    assert after.find(query) == before.find(query)


def test_a_damaged_cache_is_built_again(
    model: SentenceModel, library: Library, tmp_path: Path
) -> None:
    path = tmp_path / "vectors"
    path.write_bytes(b"not a cache")
    ranker = Ranker(model, VectorCache(path))
    ranker.replace(library)
    ranker.warm()
    assert first(ranker.find("they took my money two times")) == "charged-twice"
    assert VectorCache(path).read(
        ["you charged me twice the same payment was taken more than once"]
    )


def test_warming_ends_early_when_told(model: SentenceModel, library: Library) -> None:
    ranker = Ranker(model)
    ranker.replace(library)
    stop = Event()
    stop.set()
    ranker.warm(stop)
    assert first(ranker.find("double charge")) == "charged-twice"


def test_the_same_content_gives_the_same_answer_in_any_order(
    model: SentenceModel, ranker: Ranker, library: Library
) -> None:
    turned = Ranker(model)
    turned.replace(reversed(library))
    turned.warm()
    turned.replace(library)
    for query in ("double charge", "customer waits", "refund of a parcel"):
        assert turned.find(query) == ranker.find(query)


def test_questions_are_answered_while_libraries_change(
    model: SentenceModel, library: Library
) -> None:
    ranker = Ranker(model)
    ranker.replace(library)
    over = Event()

    def ask() -> int:
        asked = 0
        while not over.is_set():
            assert first(ranker.find("double charge")) == "charged-twice"
            asked += 1
        return asked

    with ThreadPoolExecutor(3) as pool:
        askers = [pool.submit(ask) for _ in range(2)]
        warming = pool.submit(ranker.warm)
        for turn in range(5):
            ranker.replace(library, {"late-refund": [f"word {turn}"]})
        warming.result(timeout=20)
        over.set()
        assert all(asker.result(timeout=20) > 0 for asker in askers)
    ranker.warm()
    assert first(ranker.find("they took my money two times")) == "charged-twice"


def test_replacing_a_usual_library_takes_no_time(model: SentenceModel, library: Library) -> None:
    many = [replace(book, slug=f"{book.slug}-{n}") for n in range(5) for book in library]
    ranker = Ranker(model)
    ranker.replace(many)
    ranker.warm()
    started = time.perf_counter()
    ranker.replace(many)
    assert time.perf_counter() - started < 1  # a fifth of it on a quiet machine


@pytest.mark.parametrize(
    ("typed", "slug"),
    [("wh", "late-refund"), ("where is my r", "late-refund"), ("parc", "late-parcel")],
)
def test_suggestions_follow_the_typing(words_only: Ranker, typed: str, slug: str) -> None:
    assert words_only.suggest(typed)[0] == slug


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("chrgd twce", "charged-twice"),
        ("ref", "late-refund"),
        ("refnud", "late-refund"),
        ("where is my refn", "late-refund"),
        ("parsel", "late-parcel"),
        ("shoutng", "angry-customer"),
        ("galit", "angry-customer"),
        ("forgot my pas", "locked-out"),
    ],
)
def test_suggestions_mend_typos_and_half_words(ranker: Ranker, typed: str, slug: str) -> None:
    assert ranker.suggest(typed)[0] == slug


def test_where_words_find_nothing_meaning_suggests(ranker: Ranker) -> None:
    assert ranker.suggest("she screams insults")[0] == "angry-customer"
    assert ranker.suggest("best adobo recipe") == ()


def test_nothing_typed_suggests_nothing(words_only: Ranker) -> None:
    assert words_only.suggest("  ") == ()
    assert words_only.suggest("zzz") == ()
    assert len(words_only.suggest("c", 2)) == 2
