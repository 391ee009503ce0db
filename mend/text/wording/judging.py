"""Whether a text blames somebody, or whether a reply heats things up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from mend.text.wording.cues import Span, hits, load
from mend.text.wording.reading import read, sign
from mend.text.wording.scoring import Kind, parts_of, weights

TONE: Final = "tone"  # the label where no cue was found and the text as a whole was noticed
_SHOUTED_LETTERS = 10
_LETTERS = 2000  # a longer text is judged by its beginning, so that the time is bounded


class Encoder(Protocol):
    """Turns texts into vectors of the sentence model that the weights were fitted with."""

    def layers(self, texts: Sequence[str], /) -> Iterable[Iterable[float]]:
        """For each text what every layer of the model makes of it, side by side."""


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
    parts = parts_of(reading, found)
    meant = encoder.layers([text[part] for part in parts]) if encoder else ((),) * len(parts)
    fitted = weights(kind, encoder is not None)
    spans: list[Span] = []
    for part, vector in zip(parts, meant, strict=True):
        hits = [hit for hit in found if part.start <= hit.start < part.stop]
        if fitted.score(reading[part], hits, vector) >= fitted.threshold:
            spans += hits or [Span(TONE, part.start, part.stop)]
    spans = sorted(set(spans), key=lambda span: span.start)
    return Wording(bool(spans), tuple(dict.fromkeys(span.label for span in spans)), tuple(spans))


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


def _shouted(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    loud = sum(letter.isupper() for letter in letters)
    return loud >= _SHOUTED_LETTERS and loud > 0.7 * len(letters) and text.count(" ") >= 2
