"""The sentence model: a text becomes a vector, and near meanings become near vectors.

One file beside this one holds six BERT layers of 384 numbers and their vocabulary; docs/model.md
tells where it comes from. `onnxruntime` runs it on one core, and lets other threads run meanwhile.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from mend.search.wordpiece import WordPieces

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

Vectors = NDArray[np.float32]

FILE = "sentences.onnx"
SHA256 = "d1bbbf40084324eb31ab102f1e8a362f235e602d2514d2ae23635762d7978ba8"
DIMENSIONS = 384
_LAYERS = 6
_LONGEST = 64  # word pieces of a text; each costs time, and a problem is told in fewer
_EPSILON = 1e-12


class ModelUnavailable(Exception):
    """The sentence model cannot be used; `str()` says why and what to do."""


class SentenceModel:
    """Encodes texts. Holds no changing state: any thread may use it."""

    def __init__(self, session: InferenceSession) -> None:
        vocabulary = session.get_modelmeta().custom_metadata_map["vocabulary"]
        self.pieces = WordPieces(vocabulary.splitlines())
        self._session = session

    @classmethod
    def load(cls, folder: Path | None = None) -> SentenceModel:
        """The model in `folder`, or the one that comes with Mend.

        Raises ModelUnavailable when it is missing or another one, or when nothing can run it.
        """
        path = (folder or Path(__file__).parent) / FILE
        try:
            with path.open("rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != SHA256:
                    raise ModelUnavailable(
                        f"{path} is not the model this version was made with (checksum differs)."
                        " Fetch Mend again, or set MEND_MODEL=off."
                    )
            return cls(_session(path))
        except OSError as error:
            raise ModelUnavailable(
                f"The sentence model in {path.parent} cannot be read ({error})."
                " Fetch Mend again, or set MEND_MODEL=off."
            ) from error
        except ImportError as error:
            raise ModelUnavailable(
                f"The sentence model cannot run here ({error})."
                " Install the locked requirements, or set MEND_MODEL=off."
            ) from error

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row of length 1 for each text: what it means.

        The middle of what the last layer makes of each piece; frequent pieces, which carry
        grammar, count less.
        """
        return self._run("meaning", texts, DIMENSIONS)

    def layers(self, texts: Sequence[str]) -> Vectors:
        """One row for each text: what every layer makes of it, side by side.

        The last layer knows best what a text is about; those before it know more of how it is said.
        """
        return self._run("layers", texts, _LAYERS * DIMENSIONS)

    def _run(self, result: str, texts: Sequence[str], width: int) -> Vectors:
        # One at a time: several at once, padded to one length, would take as long.
        vectors = np.empty((len(texts), width), np.float32)
        for row, text in enumerate(texts):
            ids = np.array([self.pieces.ids(text, _LONGEST)])
            vectors[row] = self._session.run([result], {"ids": ids})[0][0]
        return vectors


def unit(vectors: Vectors) -> Vectors:
    """The rows, each scaled to length 1 (a row of zeros stays zeros)."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, _EPSILON), np.float32)


def _session(path: Path) -> InferenceSession:
    """Runs the file on one core. Raises ImportError.

    Imported here: a bot that ranks by words alone does not need it. Newer versions of the runtime
    report their use to their maker, on Windows this one does; both ways to forbid it are used.
    """
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime

    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
