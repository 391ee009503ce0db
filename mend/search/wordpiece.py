"""Cuts English text into the word pieces that the sentence model was trained on (BERT, uncased)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping

_LONGEST_WORD = 100  # characters; the model's own limit, longer words are unknown to it
_IDEOGRAPHS = (
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x2CEAF),
    (0x2F800, 0x2FA1F),
)


class WordPieces:
    """The model's vocabulary, and text as ids of it."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        """A piece's place in `vocabulary` is its id. Raises KeyError without the model's marks."""
        self._ids = {piece: number for number, piece in enumerate(vocabulary)}
        self._unknown = self._ids["[UNK]"]
        self._start = self._ids["[CLS]"]
        self._end = self._ids["[SEP]"]

    @property
    def ranks(self) -> Mapping[str, int]:
        """Each whole word's place in the vocabulary, which lists frequent words first."""
        return self._ids

    def ids(self, text: str, limit: int) -> list[int]:
        """At most `limit` ids, the start and end marks included."""
        found: list[int] = []
        for word in _words(text):
            if len(found) >= limit - 2:
                break
            found += self._pieces(word)
        return [self._start, *found[: limit - 2], self._end]

    def _pieces(self, word: str) -> list[int]:
        """The longest known piece from the left, then the longest "##" piece of the rest."""
        if len(word) > _LONGEST_WORD:
            return [self._unknown]
        pieces: list[int] = []
        start = 0
        while start < len(word):
            mark = "##" if start else ""
            for end in range(len(word), start, -1):
                piece = self._ids.get(mark + word[start:end])
                if piece is not None:
                    pieces.append(piece)
                    start = end
                    break
            else:
                return [self._unknown]
        return pieces


def _words(text: str) -> Iterator[str]:
    """Lower-case words without accents; every punctuation mark and ideograph stands alone."""
    spaced = "".join(_spaced(character) for character in text)
    plain = unicodedata.normalize("NFD", spaced.lower())
    for word in plain.split():
        start = 0
        letters = "".join(c for c in word if unicodedata.category(c) != "Mn")
        for position, character in enumerate(letters):
            if _is_punctuation(character):
                if position > start:
                    yield letters[start:position]
                yield character
                start = position + 1
        if start < len(letters):
            yield letters[start:]


def _spaced(character: str) -> str:
    if character.isspace():
        return " "
    if character == "\ufffd" or unicodedata.category(character).startswith("C"):
        return ""
    code = ord(character)
    if code >= 0x3400 and any(low <= code <= high for low, high in _IDEOGRAPHS):
        return f" {character} "
    return character


def _is_punctuation(character: str) -> bool:
    if character.isascii():
        return character.isprintable() and not character.isalnum() and character != " "
    return unicodedata.category(character).startswith("P")
