from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mend.search import SentenceModel
from mend.search.wordpiece import WordPieces

# What the model's published tokenizer gives.
KNOWN = [
    ("", [101, 102]),
    ("refund", [101, 25416, 8630, 102]),
    ("they charged me twice", [101, 2027, 5338, 2033, 3807, 102]),
    ("where is my refund?", [101, 2073, 2003, 2026, 25416, 8630, 1029, 102]),
    ("cancelled my subscription", [101, 8014, 2026, 15002, 102]),
    ("hold for 45 minutes", [101, 2907, 2005, 3429, 2781, 102]),
    ("The call DROPPED", [101, 1996, 2655, 3333, 102]),
    ("chargebacks", [101, 3715, 12221, 102]),
    ("unaffable", [101, 14477, 20961, 3468, 102]),
    ("supercalifragilistic", [101, 3565, 9289, 10128, 29181, 24411, 4588, 102]),
    ("acct lckd", [101, 16222, 2102, 29215, 2243, 2094, 102]),
    ("Hello, world!", [101, 7592, 1010, 2088, 999, 102]),
    ("don't won't", [101, 2123, 1005, 1056, 2180, 1005, 1056, 102]),
    ("$50.00 (fifty)", [101, 1002, 2753, 1012, 4002, 1006, 5595, 1007, 102]),
    ("1,000.5%", [101, 1015, 1010, 2199, 1012, 1019, 1003, 102]),
    ("re-book e-mail", [101, 2128, 1011, 2338, 1041, 1011, 5653, 102]),
    ("C++ & C#", [101, 1039, 1009, 1009, 1004, 1039, 1001, 102]),
    ("na-charge siya", [101, 6583, 1011, 3715, 9033, 3148, 102]),
    ("naïve café", [101, 15743, 7668, 102]),
    ("e\u0301 acute", [101, 1041, 11325, 102]),
    ("ÅNGSTRÖM", [101, 17076, 15687, 102]),
    ("straße", [101, 2358, 27807, 102]),
    ("ﬁne print", [101, 1984, 2638, 6140, 102]),
    ("“quoted” – dash…", [101, 1523, 9339, 1524, 1516, 11454, 1529, 102]),
    ("日本語 text", [101, 1864, 1876, 1950, 3793, 102]),
    ("privet мир", [101, 26927, 19510, 1191, 10325, 16856, 102]),
    ("😀 happy", [101, 100, 3407, 102]),
    ("tab\tnew\nline", [101, 21628, 2047, 2240, 102]),
    ("a\u200bb", [101, 11113, 102]),
    ("x" * 101, [101, 100, 102]),
]


@pytest.mark.parametrize(("text", "ids"), KNOWN, ids=[repr(text)[:24] for text, _ in KNOWN])
def test_a_text_is_cut_as_the_published_tokenizer_cuts_it(
    model: SentenceModel, text: str, ids: list[int]
) -> None:
    assert model.pieces.ids(text, 64) == ids


def test_a_long_text_is_cut_and_still_has_its_end_mark(model: SentenceModel) -> None:
    assert model.pieces.ids("refund " * 100, 8) == [101, 25416, 8630, 25416, 8630, 25416, 8630, 102]


@given(text=st.text(max_size=300))
def test_any_text_gives_ids_within_the_limit(model: SentenceModel, text: str) -> None:
    ids = model.pieces.ids(text, 64)
    assert 2 <= len(ids) <= 64
    assert ids[0] == 101
    assert ids[-1] == 102


def test_a_vocabulary_without_its_marks_is_refused() -> None:
    with pytest.raises(KeyError):
        WordPieces(["hello", "world"])
