from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mend.search import Ranker
from mend.search.spanish import Spanish
from mend.search.words import words_of

QUERIES = Path(__file__, "../../data/queries/starters.jsonl").resolve()
SPANISH = Spanish()


def said(text: str) -> str:
    return " ".join(SPANISH.english(words_of(text)))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("me cobraron dos veces", "me charged twice"),
        ("quiero darme de baja", "want cancel my subscription"),
        ("Mi pedido no ha llegado todavía", "my order has not arrived still"),
        ("se cortó la llamada", "was cut off the call"),
        ("¿Cuánto cuesta cancelarlo?", "how much cost cancel"),
        ("olvidé mi contraseña", "i forgot my password"),
    ],
)
def test_spanish_is_put_into_english_word_by_word(typed: str, meant: str) -> None:
    assert said(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("my pedido has not arrived", "my order has not arrived"),
        ("cx wants the reembolso today", "cx wants the refund today"),
    ],
)
def test_in_spanglish_only_the_spanish_words_change(typed: str, meant: str) -> None:
    assert said(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "they sent us eleven pages, quite a normal record for a sale",
        "the cancer programme of la casa in san jose",
        "gusto ko na pong ipa-cancel yung plan ko para sa ano",
        "wala pa rin po yung parsela ko mula noong lunes",
    ],
)
def test_english_and_taglish_stay_as_they_are(typed: str) -> None:
    assert said(typed) == " ".join(words_of(typed)).replace("lunes", "monday")


def test_hardly_an_english_or_taglish_query_is_touched() -> None:
    queries = [
        json.loads(line)["query"] for line in QUERIES.read_text(encoding="utf-8").splitlines()
    ]
    touched = [query for query in queries if said(query) != " ".join(words_of(query))]
    assert len(touched) <= 0.01 * len(queries), touched


@given(st.lists(st.text("abcdefghilmnoprstuv", min_size=1, max_size=12), max_size=8))
def test_any_words_can_be_read(words: list[str]) -> None:
    assert isinstance(SPANISH.english(words), list)


def test_a_line_that_is_no_pair_is_named(tmp_path: Path) -> None:
    (tmp_path / "dictionary").write_text("# fine\ncasa\thouse\nperro\n", encoding="utf-8")
    with pytest.raises(ValueError, match="line 3"):
        Spanish(tmp_path / "dictionary")


@pytest.mark.parametrize(
    ("query", "slug"),
    [
        ("no me llegó el paquete", "late-parcel"),
        ("me cobraron doble la misma compra", "charged-twice"),
        ("está furioso y me grita", "angry-customer"),
        ("¿y mi reembolso?", "late-refund"),
        ("la cuenta está bloqueada", "locked-out"),
    ],
)
def test_a_spanish_query_finds_an_english_playbook(ranker: Ranker, query: str, slug: str) -> None:
    assert ranker.find(query).hits[0].slug == slug
