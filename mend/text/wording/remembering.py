"""The sentence model, asked once for each text of a request.

Posting a note, showing its receipt and offering a rewrite all judge the same words. The words
themselves are not kept: a digest tells that they came before.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from hashlib import blake2b
from threading import Lock

from mend.text.wording.judging import Encoder
from mend.text.wording.scoring import Numbers

_TEXTS = 32


class Remembering:
    """An encoder that knows what the model made of the last few texts. Any thread may use it."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._known: OrderedDict[bytes, Numbers] = OrderedDict()
        self._lock = Lock()

    def layers(self, texts: Sequence[str], /) -> list[Numbers]:
        """As the model's own; only texts that are new go through it, together."""
        keys = [blake2b(text.encode("utf-8", "surrogatepass")).digest() for text in texts]
        with self._lock:
            made = {key: self._known[key] for key in keys if key in self._known}
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in made}
        if new:
            made.update(zip(new, self._encoder.layers(list(new.values())), strict=True))
        with self._lock:
            for key in keys:
                self._known[key] = made[key]
                self._known.move_to_end(key)
            while len(self._known) > _TEXTS:
                self._known.popitem(last=False)
        return [made[key] for key in keys]
