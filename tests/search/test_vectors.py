from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest

from mend.search import VectorCache
from mend.search.sentences import Vectors


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "vectors"


@pytest.fixture
def vectors() -> dict[str, Vectors]:
    numbers = np.random.default_rng(7).standard_normal((3, 384)).astype(np.float32)
    return dict(zip(("refund", "parcel", "nag-cancel ñ"), numbers, strict=True))


def test_what_is_written_is_read_back_in_half_precision(
    path: Path, vectors: dict[str, Vectors]
) -> None:
    VectorCache(path).write(vectors)
    read = VectorCache(path).read([*vectors, "unknown"])
    assert read.keys() == vectors.keys()
    for text, vector in vectors.items():
        np.testing.assert_allclose(read[text], vector, atol=0.002)


def test_only_the_last_library_is_kept(path: Path, vectors: dict[str, Vectors]) -> None:
    cache = VectorCache(path)
    cache.write(vectors)
    cache.write({"parcel": vectors["parcel"]})
    assert cache.read(vectors).keys() == {"parcel"}


def test_vectors_of_another_model_are_not_read(path: Path, vectors: dict[str, Vectors]) -> None:
    VectorCache(path).write(vectors)
    content = path.read_bytes()[:-32]
    start = content.index(b"\n") + 1
    other = hashlib.sha256(f"{'0' * 64}\nrefund".encode()).digest()[:16]
    content = content[:start] + other + content[start + 16 :]
    path.write_bytes(content + hashlib.sha256(content).digest())
    assert VectorCache(path).read(vectors).keys() == {"parcel", "nag-cancel ñ"}


def test_a_missing_file_is_an_empty_cache(path: Path) -> None:
    assert VectorCache(path).read(["refund"]) == {}


@pytest.mark.parametrize("size", [0, 10, 500, -1])
def test_a_file_that_was_cut_short_is_an_empty_cache(
    path: Path, vectors: dict[str, Vectors], size: int
) -> None:
    VectorCache(path).write(vectors)
    path.write_bytes(path.read_bytes()[:size])
    assert VectorCache(path).read(vectors) == {}


def test_a_file_with_one_wrong_byte_is_an_empty_cache(
    path: Path, vectors: dict[str, Vectors]
) -> None:
    VectorCache(path).write(vectors)
    content = bytearray(path.read_bytes())
    content[200] ^= 1
    path.write_bytes(content)
    assert VectorCache(path).read(vectors) == {}


def test_the_file_holds_no_text_and_is_the_owners_alone(
    path: Path, vectors: dict[str, Vectors]
) -> None:
    VectorCache(path).write(vectors)
    assert b"refund" not in path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0


def test_no_other_file_is_left_behind(path: Path, vectors: dict[str, Vectors]) -> None:
    VectorCache(path).write(vectors)
    assert list(path.parent.iterdir()) == [path]
