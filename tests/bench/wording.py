"""How well blame and reactive wording are noticed: recall, precision, false flags, speed.

`--fit` writes the weights again from the tuning sets; the result depends on nothing else.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mend.search import SentenceModel
from mend.text.wording import (
    Encoder,
    Wording,
    is_distress,
    judge,
    judge_reactive,
    rewrite,
    scoring,
)
from mend.text.wording.judging import noticed
from mend.text.wording.reading import read, read_for_blame
from mend.text.wording.scoring import Kind, cues_of, terms_of

SETS = Path(__file__).parent.parent / "data" / "wording"
NOTES = SETS.parent / "personal_data" / "development.jsonl"  # plain notes, none of which blames
WEIGHTS = Path(scoring.__file__).with_name("weights.json")
MEANING = WEIGHTS.with_name("meaning.npz")
KINDS: dict[Kind, Callable[[str, Encoder | None], Wording]] = {
    "blame": judge,
    "reactive": judge_reactive,
}
# "check", "fresh" and "fresh2" are spent: measured too often.
TUNED = ("tune", "tune2", "tune3", "tune5", "check", "fresh", "fresh2")
FRESH = {
    "fresh4": "the one to quote: by somebody who saw no code of the product, never tuned on",
    "fresh3": "written by somebody who tuned nothing, never tuned on, used: measured before",
}
FINE = {"false flags": ("plain", "hard"), "of them plain": ("plain",), "hard": ("hard",)}
BY_SHAPE = ("tune3", "tune5")  # made of shapes: the first label of a line
# Of the newer fine lines, most of them hard, whose set or shape is left out of the fit.
FALSE_FLAGS: dict[Kind, float] = {"blame": 0.053, "reactive": 0.04}
RIDGE = 1.0
ALONE = 9.0  # more than words can say against it
FALSE_FLAGS_OF_WORDS = 0.015  # without the sentence model the cues decide, words hardly ever
# In the similarity of two lines; SQUARED is how alike their meanings are, squared.
WORDS_WEIGH, CUES_WEIGH, MEANING_WEIGHS, SQUARED_WEIGHS = 4.0, 0.3, 2.0, 3.0
DIRECTIONS = 32  # along which meaning counts squared: what more of them add is noise
FEWEST_LINES = 2  # a term in fewer lines is not kept
TERMS = 1500  # kept for each model, the heaviest ones

Matrix = NDArray[Any]


def report() -> None:
    """Prints the figures of lines that nobody tuned on, how they were got, and the speed."""
    model = SentenceModel.load()
    for name, how in FRESH.items():
        print(f"\n{name} lines: {how}")
        for kind in KINDS:
            for encoder in (model, None):
                _report_on(kind, _lines(SETS / f"{kind}_{name}.jsonl"), encoder)
    _report_rewrites(model)
    lines = _lines(SETS / "distress_fresh.jsonl")
    print("\ndistress: " + _rates([(is_distress(line["text"]), line) for line in lines]))
    _report_speed(model)


def fit() -> None:
    """Writes the weights, from all lines of the tuning sets."""
    model = SentenceModel.load()
    fitted: dict[str, dict[str, Any]] = {}
    arrays: dict[str, Matrix] = {}
    for kind in KINDS:
        lines = _tuning_lines(kind)
        layers = np.asarray(model.layers([line["text"] for line in lines]), np.float32)
        fitted[kind] = {"words": _fitted(kind, lines, layers[:, :0])[0]}
        fitted[kind]["words and meaning"], found = _fitted(kind, lines, layers)
        arrays |= {f"{kind} {name}": values for name, values in found.items()}
    WEIGHTS.write_text(json.dumps(fitted, ensure_ascii=False) + "\n", encoding="utf-8")
    np.savez(MEANING, allow_pickle=False, **arrays)
    for path in (WEIGHTS, MEANING):
        print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")


def _tuning_lines(kind: Kind) -> list[dict[str, Any]]:
    """All lines to fit a kind to; `set` says which lines one writer made in one sitting."""
    lines = [
        line | {"set": f"{name}: {line['labels'][:1]}" if name in BY_SHAPE else name}
        for name in TUNED
        for line in _lines(SETS / f"{kind}_{name}.jsonl")
    ]
    lines += [
        line | {"weight": 40} for line in _lines(SETS / "cases.jsonl") if line["about"] == kind
    ]
    if kind == "blame":
        lines += [{"text": line["text"], "flag": False} for line in _lines(NOTES)[::3]]
    return lines


def _fitted(
    kind: Kind, lines: list[dict[str, Any]], layers: Matrix
) -> tuple[dict[str, Any], dict[str, Matrix]]:
    """The weights of words and cues, with the threshold; then those of the meaning."""
    wanted = np.array([1.0 if line["flag"] else -1.0 for line in lines], np.float32)
    readings = [(read_for_blame if kind == "blame" else read)(line["text"]) for line in lines]
    found = [
        cues_of(noticed(kind, line["text"], reading))
        for line, reading in zip(lines, readings, strict=True)
    ]
    words, counted = _counted(readings)
    cues = sorted(set().union(*found))
    marks = np.array([[cue in hits for cue in cues] for hits in found], np.float32)
    centre, spread = layers.mean(axis=0), layers.std(axis=0) + 1e-6
    meant = (layers - centre) / spread / np.sqrt(max(len(spread), 1))
    near = meant @ meant.T
    alike = WORDS_WEIGH * counted @ counted.T + CUES_WEIGH * marks @ marks.T
    alike += MEANING_WEIGHS * near + SQUARED_WEIGHS * near**2

    # Ridge regression. Its inverse also tells what a fit without some lines would say of them.
    system = np.ones((len(lines) + 1, len(lines) + 1), np.float32)
    system[-1, -1] = 0
    system[:-1, :-1] = alike
    system[range(len(lines)), range(len(lines))] += [
        RIDGE / line.get("weight", 1) for line in lines
    ]
    inverse = np.linalg.inv(system)
    *parts, bias = inverse[:, :-1] @ wanted
    parts = np.array(parts)

    by_word = WORDS_WEIGH * counted.T @ parts
    by_cue = CUES_WEIGH * marks.T @ parts
    enough = cues.index("enough")
    # The fine lines with a kind are newer than the cues; the cues know the others too well.
    counts = np.array([not line["flag"] and "kind" in line for line in lines])
    if not layers.size:  # words alone know too little to weigh a cue against them: it decides
        by_cue[enough] = ALONE
        counts &= marks[:, enough] == 0
    left_out = wanted - parts / np.diag(inverse)[:-1]
    share = FALSE_FLAGS_OF_WORDS
    if layers.size:
        share = FALSE_FLAGS[kind]
        counts &= _leave_out_sets(lines, left_out, wanted, inverse, parts)
    fine = np.sort(left_out[counts])[::-1]
    threshold = float(fine[int(share * len(fine))]) + 1e-4
    print(
        f"{kind}, {'with' if layers.size else 'without'} meaning: of lines left out "
        f"{(left_out[wanted > 0] >= threshold).mean():.3f} noticed"
    )
    meaning: dict[str, Matrix] = {}
    if layers.size:
        _report_left_out(lines, left_out >= threshold)
        meaning = _meaning_of(meant.T * parts, meant, spread * np.sqrt(len(spread)), centre)
        bias -= float(meaning["straight"] @ centre)
    heaviest = sorted(np.argsort(-np.abs(by_word), kind="stable")[:TERMS])
    return {
        "threshold": round(threshold, 3),
        "bias": round(float(bias), 4),
        "words": {words[place]: round(float(by_word[place]), 2) for place in heaviest},
        "cues": dict(zip(cues, by_cue.round(3).tolist(), strict=True)),
    }, meaning


def _meaning_of(
    weighed: Matrix, meant: Matrix, spread: Matrix, centre: Matrix
) -> dict[str, Matrix]:
    """`Meaning` of the fit, its directions in eight bits: those along which squares weigh most."""
    values, vectors = np.linalg.eigh(SQUARED_WEIGHS * weighed @ meant)
    heaviest = np.argsort(-np.abs(values))[:DIRECTIONS]
    directions = vectors[:, heaviest].T / spread
    scales = np.abs(directions).max(axis=1) / 127
    rounded = (directions / scales[:, None]).round()
    return {
        "straight": (MEANING_WEIGHS * weighed.sum(axis=1) / spread).astype(np.float32),
        "directions": rounded.astype(np.int8),
        "scales": scales.astype(np.float32),
        "middles": (rounded * scales[:, None] @ centre).astype(np.float32),
        "strengths": values[heaviest].astype(np.float32),
    }


def _leave_out_sets(
    lines: list[dict[str, Any]], left_out: Matrix, wanted: Matrix, inverse: Matrix, parts: Matrix
) -> Matrix:
    """Puts in `left_out` what fits without all lines of a set, or of a shape, say of these.

    Returns which lines these are; lines of one shape help each other.
    """
    sets = np.array([line.get("set", "") for line in lines])
    for name in set(sets) - {"", "tune"}:
        places = np.flatnonzero(sets == name)
        block = inverse[np.ix_(places, places)]
        left_out[places] = wanted[places] - np.linalg.solve(block, parts[places])
    return (sets != "") & (sets != "tune")


def _report_left_out(lines: list[dict[str, Any]], flags: Matrix) -> None:
    """Prints what was made of the lines of each set."""
    counted: defaultdict[str, list[tuple[bool, dict[str, Any]]]] = defaultdict(list)
    for flag, line in zip(flags.tolist(), lines, strict=True):
        counted[line.get("set", "tune").partition(":")[0]].append((flag, line))
    for name in TUNED[1:]:
        by = ", shape by shape" if name in BY_SHAPE else ""
        print(f"  {name} left out{by}: {_rates(counted[name])}")


def _counted(readings: list[str]) -> tuple[list[str], Matrix]:
    """The terms kept, and for each reading a row of its terms, as `Weights.score` counts them."""
    sets = [terms_of(reading) for reading in readings]
    seen = Counter(term for found in sets for term in found)
    terms = sorted(term for term, count in seen.items() if count >= FEWEST_LINES)
    place = {term: number for number, term in enumerate(terms)}
    rows = np.zeros((len(readings), len(terms)), np.float32)
    for row, found in zip(rows, sets, strict=True):
        row[[place[term] for term in found if term in place]] = 1 / np.sqrt(len(found))
    return terms, rows


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _report_on(kind: Kind, lines: list[dict[str, Any]], encoder: Encoder | None) -> None:
    judged = [(KINDS[kind](line["text"], encoder).flag, line) for line in lines]
    print(f"{kind}, {'with' if encoder else 'without'} the sentence model: {_rates(judged)}")
    if not encoder:
        return
    every = Counter(label for _, line in judged for label in line["labels"])
    found = Counter(label for flag, line in judged if flag for label in line["labels"])
    print("  " + " · ".join(f"{name} {found[name]}/{count}" for name, count in every.most_common()))


def _report_rewrites(model: SentenceModel) -> None:
    texts = [line["text"] for line in _lines(SETS / "rewrite_fresh2.jsonl")]
    flagged = [text for text in texts if judge(text, model).flag]
    said = [words for text in flagged if (words := rewrite(text, model)) is not None]
    print(
        f"rewrites: {len(texts)} lines, {len(flagged)} flagged, {len(said)} of these rewritten = "
        f"{len(said) / len(flagged):.3f}; none asks back, the writers of the others are asked"
    )


def _rates(judged: list[tuple[bool, dict[str, Any]]]) -> str:
    """Recall, then the share of fine lines that are flagged: all, plain ones, hard negatives."""
    noticed = [flag for flag, line in judged if line["flag"]]
    said = [f"recall {sum(noticed)}/{len(noticed)} = {sum(noticed) / len(noticed):.3f}"]
    for name, kinds in FINE.items():
        wrong = [flag for flag, line in judged if not line["flag"] and line["kind"] in kinds]
        said.append(f"{name} {sum(wrong)}/{len(wrong)} = {sum(wrong) / max(len(wrong), 1):.3f}")
    return ", ".join(said)


def _report_speed(model: SentenceModel) -> None:
    for kind in KINDS:
        lines = _lines(SETS / f"{kind}_tune.jsonl")
        # Lines that are fine are the slow ones: no cue settles them before the model is asked.
        texts = [line["text"] for line in lines if not line["flag"]][:100]
        for encoder in (None, model):
            started = time.perf_counter()
            for text in texts:
                KINDS[kind](text, encoder)
            spent = (time.perf_counter() - started) / len(texts) * 1000
            print(f"{kind}, {'with' if encoder else 'without'} the sentence model: {spent:.2f} ms")


if __name__ == "__main__":
    fit() if "--fit" in sys.argv else report()
