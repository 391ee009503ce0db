"""Whether a text blames somebody, or whether a reply heats things up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, Protocol

from mend.text.wording.cues import Span, hits, load
from mend.text.wording.reading import read, read_for_blame, sign
from mend.text.wording.scoring import Kind, Numbers, parts_of, weights

TONE: Final = "tone"  # the label where no cue was found and the text as a whole was noticed
_SHOUTED_LETTERS = 10
LETTERS: Final = 2000  # a longer text is judged by its beginning, so that the time is bounded
_READ_BY_MODEL = 48  # words; it takes most of the time, so only the likeliest parts are shown to it


class Encoder(Protocol):
    """Turns texts into vectors of the sentence model that the weights were fitted with."""

    def layers(self, texts: Sequence[str], /) -> Iterable[Numbers]:
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
    text = text[:LETTERS]
    reading = read_for_blame(text) if kind == "blame" else read(text)
    if not re.search(r"[^\W\d_]", reading):
        return Wording(False)
    found = noticed(kind, text, reading)
    parts = [
        Part(part, reading[part], [hit for hit in found if part.start <= hit.start < part.stop])
        for part in parts_of(reading, found)
    ]
    spans: list[Span] = []
    for part in _flagged(kind, text, parts, encoder):
        shown = [hit for hit in part.hits if not hit.label.startswith("?")]
        spans += shown or [Span(TONE, part.place.start, part.place.stop)]
    spans = sorted(set(spans), key=lambda span: span.start)
    return Wording(bool(spans), tuple(dict.fromkeys(span.label for span in spans)), tuple(spans))


class Part(NamedTuple):
    """A part of a text that is judged by itself: where it is, its reading, the cues in it."""

    place: slice
    reading: str
    hits: list[Span]


def _flagged(kind: Kind, text: str, parts: list[Part], encoder: Encoder | None) -> Iterator[Part]:
    """The parts that are flagged, after one pass of the model over the likeliest of them."""
    plain = weights(kind, False)
    scores = [plain.score(part.reading, part.hits) for part in parts]
    if not encoder:
        yield from (
            part for part, score in zip(parts, scores, strict=True) if score >= plain.threshold
        )
        return
    shown: list[Part] = []
    words = 0
    for _, part in sorted(zip(scores, parts, strict=True), key=lambda pair: -pair[0]):
        words += part.reading.count(" ") + 1
        if shown and words > _READ_BY_MODEL:
            break
        shown.append(part)
    fitted = weights(kind, True)
    for part, meant in zip(
        shown, encoder.layers([text[part.place] for part in shown]), strict=True
    ):
        if fitted.score(part.reading, part.hits, meant) >= fitted.threshold:
            yield part
    yield from (
        part
        for score, part in zip(scores, parts, strict=True)
        if part not in shown and score >= plain.threshold
    )


def noticed(kind: Kind, text: str, reading: str) -> list[Span]:
    """The cues of a text.

    What would be a charge against others is none as "I + verb"; what all of us should have done
    charges nobody. An act told without a subject is the teller's own: "typed the amount without
    reading it back".
    """
    found = [
        hit
        for hit in hits(load(f"{kind}.txt"), reading)
        if not (
            (hit.label == "other" and sign("own act").search(reading[: hit.start]))
            or (reading.startswith("without ", hit.start) and not sign("somebody").search(reading))
            or (hit.label == "counterfactual" and sign("all of us").search(reading[: hit.start]))
        )
    ]
    if kind == "reactive" and _shouted(text):
        found.append(Span("shouting", 0, len(text)))
    return found


def _shouted(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    loud = sum(letter.isupper() for letter in letters)
    return loud >= _SHOUTED_LETTERS and loud > 0.7 * len(letters) and text.count(" ") >= 2
