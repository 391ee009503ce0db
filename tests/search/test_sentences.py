from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from mend.search import ModelUnavailable, SentenceModel
from mend.search.sentences import FILE


def test_vectors_are_single_precision_and_of_length_one(model: SentenceModel) -> None:
    vectors = model.encode(["refund not received", "a", ""])
    assert vectors.shape == (3, 384)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_the_same_meaning_is_nearer_than_the_same_word(model: SentenceModel) -> None:
    asked, meaning, word = model.encode(
        ["they billed me two times", "I was charged twice", "they serve two kinds of bread"]
    )
    assert asked @ meaning > asked @ word + 0.3


def test_a_text_has_the_same_vector_alone_and_among_others(model: SentenceModel) -> None:
    texts = [f"refund number {n} is late" for n in range(20)] + ["short", "a much longer one here"]
    together = model.encode(texts)
    alone = np.concatenate([model.encode([text]) for text in texts])
    np.testing.assert_allclose(together, alone, atol=1e-5)


def test_nothing_to_encode_is_no_vectors(model: SentenceModel) -> None:
    assert model.encode([]).shape == (0, 384)


def test_what_runs_the_model_has_nowhere_to_report_to() -> None:
    """Later versions know the address of their maker's collector, and use it unless told not to."""
    spec = find_spec("onnxruntime")
    assert spec
    assert spec.origin
    libraries = [
        file.read_bytes()
        for file in (Path(spec.origin).parent / "capi").iterdir()
        if ".so" in file.suffixes or file.suffix in (".pyd", ".dll", ".dylib")
    ]
    assert libraries
    assert not any(b"events.data.microsoft" in library for library in libraries)


def test_another_file_in_the_models_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"another model")
    with pytest.raises(ModelUnavailable, match="not the model this version was made with"):
        SentenceModel.load(tmp_path)


def test_a_folder_without_a_model_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="MEND_MODEL=off"):
        SentenceModel.load(tmp_path)


def test_without_what_runs_it_the_model_is_refused_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(ModelUnavailable, match="Install the locked requirements"):
        SentenceModel.load()
