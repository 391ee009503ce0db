"""Whether a text blames somebody, or whether a reply heats things up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from mend.language.wording.cues import Span, hits, load
from mend.language.wording.reading import read, sign
from mend.language.wording.scoring import Kind, weights

TONE: Final = "tone"  # the label where no cue was found and the text as a whole was noticed
_SENTENCE = re.compile(r"[^.!?\n]*\w[^.!?\n]*[.!?]*|[^\n]*[§·¤][^\n]*")
_SHOUTED_LETTERS = 10
_LETTERS = 2000  # a longer text is judged by its beginning, so that the time is bounded


class Encoder(Protocol):
    """Turns texts into vectors of the sentence model that the weights were fitted with."""

    def encode(self, texts: Sequence[str], /) -> Iterable[Iterable[float]]:
        """One vector of length 1 for each text."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A judgement; without a flag it has no labels and no spans."""

    flag: bool
    labels: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()


def judge(text: str, encoder: Encoder | None = None) -> Wording:
    """Whether a text blames others, or oneself beyond the act.

    Own acts ("I sent …"), quotations, customers' words and faults of systems are left alone.
    """
    return _judged("blame", text, encoder)


def judge_reactive(text: str, encoder: Encoder | None = None) -> Wording:
    """Whether a reply to a customer or a colleague would make things worse."""
    return _judged("reactive", text, encoder)


def _judged(kind: Kind, text: str, encoder: Encoder | None) -> Wording:
    text = text[:_LETTERS]
    reading = read(text)
    if not re.search(r"[^\W\d_]", reading):
        return Wording(False)
    found = noticed(kind, text, reading)
    certain = sum(hit.weight for hit in found) >= 2
    if (
        not certain
        and _lean(kind, text, reading, encoder) < weights(kind, encoder is not None).threshold
    ):
        return Wording(False)
    spans = tuple(found) or (Span(TONE, 0, len(text)),)
    return Wording(True, tuple(dict.fromkeys(span.label for span in spans)), spans)


def noticed(kind: Kind, text: str, reading: str) -> list[Span]:
    """The cues of a text. What would be a charge against others is none as "I + verb"."""
    found = [
        hit
        for hit in hits(load(f"{kind}.txt"), reading)
        if hit.label != "other" or not sign("own act").search(reading[: hit.start])
    ]
    if kind == "reactive" and _shouted(text):
        found.append(Span("shouting", 0, len(text)))
    return found


def _lean(kind: Kind, text: str, reading: str, encoder: Encoder | None) -> float:
    """How far a text leans towards being flagged, cues aside."""
    fitted = weights(kind, encoder is not None)
    meant = fitted.meant(next(iter(encoder.encode([text])))) if encoder is not None else 0.0
    # One sentence is enough, however much else is said around it.
    return meant + max(fitted.said(sentence[0]) for sentence in _SENTENCE.finditer(reading))


def _shouted(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    loud = sum(letter.isupper() for letter in letters)
    return loud >= _SHOUTED_LETTERS and loud > 0.7 * len(letters) and text.count(" ") >= 2
