from __future__ import annotations

from pathlib import Path

import pytest

from mend.search.lexicon import Lexicon
from mend.search.reading import QueryReader
from mend.search.typos import Typos
from mend.search.words import stem, terms_of, words_of

LIBRARY = ("refund charged twice", "customer cancelled the subscription", "statement delivery")
ENGLISH = {"the": 1, "wrong": 2, "promised": 3, "vivid": 4, "double": 5, "message": 6, "deliver": 7}


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon()


@pytest.fixture(scope="module")
def reader(lexicon: Lexicon) -> QueryReader:
    texts = [text.split() for text in LIBRARY]
    return QueryReader(lexicon, texts, ENGLISH, lambda word: float(word in {"refund", "twice"}))


def test_words_lose_case_accents_and_punctuation() -> None:
    assert words_of("Où est REFUND-ul, don’t? ½ 注文") == [
        "ou", "est", "refund", "ul", "don't", "1", "2", "注文"
    ]  # fmt: skip


@pytest.mark.parametrize(
    "forms",
    [
        "charge charges charged charging",
        "cancel cancels cancelled cancelling cancellation",
        "stop stopped stopping",
        "call calls called calling",
        "pay payment paying",
        "replace replaced replacement",
        "address addresses",
        "city cities",
    ],
)
def test_forms_of_a_word_share_a_stem(forms: str) -> None:
    assert len({stem(form) for form in forms.split()}) == 1


@pytest.mark.parametrize(("one", "other"), [("need", "ne"), ("red", "r"), ("bring", "br")])
def test_a_short_word_is_not_cut_to_pieces(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_grammar_and_courtesy_are_no_terms() -> None:
    assert terms_of(words_of("hi, could you please tell me about the refunds")) == ["refund"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("cx chrgd 2x", "customer charged twice"),
        ("acct lckd", "account locked"),
        ("cxl'd w/o asking", "cancelled without asking"),
        ("cstmr wnts rfnd", "customer wnts refund"),
        ("na-double charge daw siya", "double charge"),
        ("pina-cancel na pero sinisingil pa rin", "cancel but still being charged"),
        ("nacharge twice", "charged twice"),
        ("galit na galit si cx", "furious customer"),
        ("wala pa rin daw yung refund niya", "still not received refund"),
        ("he's spitting feathers", "he's furious"),
    ],
)
def test_shorthand_slang_and_taglish_become_english(
    reader: QueryReader, typed: str, meant: str
) -> None:
    assert " ".join(reader.words(typed)) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("refnud", "refund"),
        ("reffund", "refund"),
        ("statment", "statement"),
        ("subscirptoin", "subscription"),
        ("worng", "wrong"),
        ("promsied", "promised"),
        ("cancled", "cancelled"),
        ("custmer", "customer"),
    ],
)
def test_a_mistyped_word_is_repaired(reader: QueryReader, typed: str, meant: str) -> None:
    assert reader.words(typed) == [meant]


@pytest.mark.parametrize("word", ["double", "messages", "delivered", "gcash", "x7k9", "注文", "qq"])
def test_a_word_that_is_known_or_no_guess_is_left_alone(reader: QueryReader, word: str) -> None:
    assert reader.words(word) == [word]


def test_a_letter_struck_twice_is_the_first_guess() -> None:
    assert Typos({"pay": 1, "play": 9}, {}).repaired("paay") == "pay"


def test_of_a_pasted_letter_the_part_about_the_problem_is_read(reader: QueryReader) -> None:
    courtesy = "thank you so much for all that you do " * 60
    words = reader.words(courtesy + "my refund was charged twice " + courtesy)
    assert len(words) == 200
    assert {"refund", "twice"} <= set(words)


def test_a_lexicon_line_without_a_tab_is_named(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.tsv"
    path.write_text("# a comment\ncx\tcustomer\nacct account\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"lexicon\.tsv, line 3"):
        Lexicon(path)


def test_the_lexicon_says_each_thing_once() -> None:
    path = Path(__file__).parents[2] / "mend/search/lexicon.tsv"
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if "\t" in line]
    typed = [tuple(words_of(line.partition("\t")[0])) for line in lines]
    assert len(typed) == len(set(typed))
