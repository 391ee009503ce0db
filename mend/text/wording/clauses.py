"""Sentences and clauses: what a rewrite keeps or drops as a whole."""

from __future__ import annotations

import re

_SENTENCE = re.compile(r"[^.!?;\n]*(?:[.!?;\n]+(?=\s|$)|[.!?;](?=[^\s\d])|\.(?=\d)[^.!?;\n]*|$)")
_SUBJECT = (
    r"(?:i|we|he|she|they|it|the|my|our|his|her|this|that|now|cx|customer|caller|client|guest|"
    r"nobody|no one|somebody|someone|there|si|ako|siya|sila|yung|na|[A-Z]\w+)\b"
)
_BOUNDARY = re.compile(
    rf"\s*(?:,(?!\d{{3}})| - | – |—|:(?=\s)|\()\s*"
    rf"(?:(?:and|but|so|because|coz|cos|kaya|kasi|tapos|then)\s+)?"
    rf"|\s+(?:and|but|so|because|coz|cos|kaya|kasi|tapos)\s+(?={_SUBJECT})"
)


def sentences(text: str) -> list[str]:
    """The sentences of a text, each with the mark that ends it; blanks around them are gone."""
    return [part for match in _SENTENCE.finditer(text) if (part := match[0].strip())]


def clauses(sentence: str) -> list[str]:
    """The clauses of a sentence without what joins them."""
    return [part for piece in _BOUNDARY.split(sentence) if (part := piece.strip(" ,.;!)("))]


def as_sentence(words: str) -> str:
    """The words with a capital at the front and a mark at the end."""
    words = words.strip()
    return words[:1].upper() + words[1:] + ("" if words.endswith((".", "!", "?", "]")) else ".")
