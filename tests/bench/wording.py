"""How well blame and reactive wording are noticed: recall, precision, false flags, speed.

`--fit` writes the weights again from the tuning sets; the result depends on nothing else.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mend.language.wording import Encoder, Wording, judge, judge_reactive, rewrite, scoring
from mend.language.wording.judging import noticed
from mend.language.wording.reading import read
from mend.language.wording.scoring import Kind, terms_of
from mend.search import SentenceModel

SETS = Path(__file__).parent.parent / "data" / "wording"
NOTES = SETS.parent / "personal_data" / "development.jsonl"  # plain notes, none of which blames
WEIGHTS = Path(scoring.__file__).with_name("weights.json")
KINDS: dict[Kind, Callable[[str, Encoder | None], Wording]] = {
    "blame": judge,
    "reactive": judge_reactive,
}
FOLDS = 8
# Of the fine lines of a tuning set, each judged by a fit that has not seen it. Most of them are
# hard negatives; plain notes are flagged less often. Words alone say less of a new line.
FALSE_FLAGS_BY_WORDS = 0.04
FALSE_FLAGS_BY_MEANING = 0.06
RIDGE = 0.3
WORDS_WEIGH = 2.0  # the words' part of the kernel; the sentence vector's part is 1
FEWEST_LINES = 2  # a term in fewer lines is not kept
TERMS = 1800  # kept for each model, the heaviest ones

Matrix = NDArray[np.float64]


def report() -> None:
    """Prints the figures of the lines that nobody tuned on, where they are, and the speed."""
    model = SentenceModel.load()
    for kind in KINDS:
        path = SETS / f"{kind}_check.jsonl"
        if not path.exists():
            print(f"{path.name} is not there; nothing to report on.")
            continue
        for encoder in (None, model):
            _report_on(kind, _lines(path), encoder)
    _report_speed(model)


def fit() -> None:
    """Writes the weights, from all lines of the tuning sets."""
    model = SentenceModel.load()
    fitted: dict[str, dict[str, Any]] = {}
    for kind in KINDS:
        lines = _lines(SETS / f"{kind}_tune.jsonl")
        if kind == "blame":
            lines += [{"text": line["text"], "flag": False} for line in _lines(NOTES)[::3]]
        fitted[kind] = {
            "words": _fitted(kind, lines, None),
            "words and meaning": _fitted(kind, lines, model),
        }
    WEIGHTS.write_text(json.dumps(fitted, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{WEIGHTS.name}: {WEIGHTS.stat().st_size / 1000:.0f} kB")


def _fitted(kind: Kind, lines: list[dict[str, Any]], model: SentenceModel | None) -> dict[str, Any]:
    texts = [line["text"] for line in lines]
    flags = np.array([line["flag"] for line in lines], float)
    readings = [read(text) for text in texts]
    terms, counted = _counted(readings)
    vectors = np.zeros((len(texts), 0))
    if model:
        vectors = model.encode(texts).astype(float)
    inner = WORDS_WEIGH * counted @ counted.T + vectors @ vectors.T

    # The threshold stands on scores of lines by a fit that left them out.
    fold = np.arange(len(texts)) * 7919 % FOLDS
    scores = np.zeros(len(texts))
    for number in range(FOLDS):
        seen, unseen = fold != number, fold == number
        parts, bias = _logistic(inner[np.ix_(seen, seen)], flags[seen])
        scores[unseen] = inner[np.ix_(unseen, seen)] @ parts + bias
    scores[[sum(hit.weight for hit in noticed(kind, text, read(text))) >= 2 for text in texts]] = (
        np.inf
    )
    hard = np.array(["labels" in line for line in lines])
    fine = np.sort(scores[(flags == 0) & hard])[::-1]
    allowed = FALSE_FLAGS_BY_MEANING if model else FALSE_FLAGS_BY_WORDS
    threshold = float(fine[int(allowed * len(fine))]) + 1e-6
    print(
        f"{kind}, {'with' if model else 'without'} meaning: recall when left out "
        f"{(scores[flags == 1] >= threshold).mean():.3f}"
    )

    parts, bias = _logistic(inner, flags)
    weights = WORDS_WEIGH * counted.T @ parts
    heaviest = sorted(np.argsort(-np.abs(weights), kind="stable")[:TERMS])
    return {
        "threshold": round(threshold, 3),
        "bias": round(bias, 3),
        "words": {terms[place]: round(float(weights[place]), 2) for place in heaviest},
        "meaning": [round(float(weight), 3) for weight in vectors.T @ parts],
    }


def _counted(readings: list[str]) -> tuple[list[str], Matrix]:
    """The terms kept, and for each reading a row of its terms, as `Weights.score` counts them."""
    sets = [terms_of(reading) for reading in readings]
    seen = Counter(term for found in sets for term in found)
    terms = sorted(term for term, count in seen.items() if count >= FEWEST_LINES)
    place = {term: number for number, term in enumerate(terms)}
    rows = np.zeros((len(readings), len(terms)))
    for row, found in zip(rows, sets, strict=True):
        row[[place[term] for term in found if term in place]] = 1 / np.sqrt(len(found))
    return terms, rows


def _logistic(inner: Matrix, flags: Matrix) -> tuple[Matrix, float]:
    """Ridge logistic regression over inner products, by Newton's method."""
    count = len(flags)
    parts, bias = np.zeros(count), 0.0
    system = np.ones((count + 1, count + 1))
    system[count, count] = 0
    for _ in range(30):
        chance = 1 / (1 + np.exp(-(inner @ parts + bias)))
        spread = np.maximum(chance * (1 - chance), 1e-6)
        system[:count, :count] = inner + RIDGE * np.diag(1 / spread)
        target = inner @ parts + bias + (flags - chance) / spread
        solved = np.linalg.solve(system, np.append(target, 0))
        moved = np.abs(solved[:count] - parts).max()
        parts, bias = solved[:count], float(solved[count])
        if moved < 1e-7:
            break
    return parts, bias


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _report_on(kind: Kind, lines: list[dict[str, Any]], encoder: Encoder | None) -> None:
    noticed: Counter[str] = Counter()
    labelled: Counter[str] = Counter()
    right = wrong = fine = rewritten = 0
    for line in lines:
        flag = KINDS[kind](line["text"], encoder).flag
        if line["flag"]:
            right += flag
            labelled.update(line.get("labels", ()))
            noticed.update(line.get("labels", ()) if flag else ())
            rewritten += kind == "blame" and flag and rewrite(line["text"], encoder) is not None
        else:
            fine += 1
            wrong += flag
    wanted = len(lines) - fine
    print(
        f"\n{kind}, {'with' if encoder else 'without'} the sentence model: {wanted} to notice, "
        f"{fine} fine\nrecall {right / wanted:.3f}, precision {right / max(right + wrong, 1):.3f}, "
        f"false flags {wrong}/{fine} = {wrong / max(fine, 1):.3f}"
    )
    if kind == "blame":
        print(f"rewritten {rewritten} of {right}; for the others the writer is asked")
    print(" · ".join(f"{name} {noticed[name]}/{count}" for name, count in labelled.most_common()))


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
