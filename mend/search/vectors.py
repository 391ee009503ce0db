"""Keeps a library's vectors in a file, so that a restart does not encode everything again."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import NamedTemporaryFile

import numpy as np

from mend.search.sentences import DIMENSIONS, SHA256, Vectors

_MAGIC = b"mend vectors 1\n"
_KEY = 16  # bytes of a text's digest
_CHECK = 32  # bytes of the whole file's digest
_MOST = 60_000  # vectors; 50 MB
_RECORD = np.dtype([("key", np.void, _KEY), ("vector", np.float16, DIMENSIONS)])


class VectorCache:
    """One file of digests and half-precision vectors.

    No text is kept. A file that is missing, cut short or damaged counts as empty.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self, texts: Iterable[str]) -> dict[str, Vectors]:
        """The vectors of those `texts` that are kept."""
        records = self._records()
        rows = {bytes(key): row for row, key in enumerate(records["key"])}
        found = ((text, rows.get(_key(text))) for text in texts)
        vectors = records["vector"]
        return {text: vectors[row] for text, row in found if row is not None}

    def write(self, vectors: Mapping[str, Vectors]) -> None:
        """Keep exactly `vectors` (the first 60,000). Raises OSError."""
        kept = list(vectors)[:_MOST]
        records = np.empty(len(kept), _RECORD)
        for row, text in enumerate(kept):
            records[row] = (_key(text), vectors[text])
        body = _MAGIC + records.tobytes()
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=self._path.parent, delete=False) as file:
            file.write(body + hashlib.sha256(body).digest())
            file.flush()
            os.fsync(file.fileno())
        Path(file.name).replace(self._path)

    def _records(self) -> np.ndarray[tuple[int], np.dtype[np.void]]:
        try:
            content = self._path.read_bytes()
        except OSError:
            return np.empty(0, _RECORD)
        body, check = content[:-_CHECK], content[-_CHECK:]
        if not body.startswith(_MAGIC) or hashlib.sha256(body).digest() != check:
            return np.empty(0, _RECORD)
        return np.frombuffer(body, _RECORD, offset=len(_MAGIC))


def _key(text: str) -> bytes:
    return hashlib.sha256(f"{SHA256}\n{text}".encode()).digest()[:_KEY]
