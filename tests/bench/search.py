"""How well, how fast and how surely playbooks are found. `report()` prints it all, in minutes.

Accuracy is measured on lists that nothing was tuned on (`check`); see the README beside each set.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from threading import Event
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy: a second thread only waits

import numpy as np

from mend.playbooks.model import Playbook
from mend.search import Answer, Confidence, Ranker, SentenceModel, VectorCache

_ROOT = Path(__file__).resolve().parents[2]
_SETS = ("clinc150", "dstc11")
_PHRASES = (0, 3, 5, 10)


class _RememberingModel(SentenceModel):
    """Encodes each text once: the same queries are put to many libraries."""

    def encode(self, texts: Sequence[str]) -> Any:
        known: dict[str, Any] = self.__dict__.setdefault("known", {})
        missing = [text for text in dict.fromkeys(texts) if text not in known]
        if missing:
            known.update(zip(missing, super().encode(missing), strict=True))
        return np.array([known[text] for text in texts])


def report() -> None:
    """Print every figure with how it was measured."""
    model = _RememberingModel.load()
    sets = {name: _read(name) for name in _SETS}
    _accuracy(model, sets)
    _typos(model, sets)
    _doubt(model, sets)
    _starters(model)
    _cost()


def _accuracy(model: SentenceModel, sets: dict[str, Any]) -> None:
    print("\n# Found first / among the first three, % of `check` (1,500 and 1,233 queries)")
    print(f"{'example phrases a playbook':34}" + "".join(f"{k:>13}" for k in _PHRASES))
    for name, data in sets.items():
        for way, used in (("words and meaning", model), ("words only", None)):
            cells = []
            for k in _PHRASES:
                answers = _ask(_ranker(data, k, used), data["check"])
                cells.append("{:.1f} / {:.1f}".format(*_first_and_three(answers, data["check"])))
            print(f"{name + ', ' + way:34}" + "".join(f"{cell:>13}" for cell in cells))


def _typos(model: SentenceModel, sets: dict[str, Any]) -> None:
    print("\n# The same 800 queries of `check`, clean and with one or two typos each; 5 phrases")
    for name, data in sets.items():
        for way, used in (("words and meaning", model), ("words only", None)):
            ranker = _ranker(data, 5, used)
            typos = data["check_typos"]
            clean, hit = (
                _first_and_three(_ask(ranker, rows), rows)
                for rows in (data["check"][: len(typos)], typos)
            )
            print(
                f"{name + ', ' + way:34} clean {clean[0]:.1f} / {clean[1]:.1f}"
                f"  typos {hit[0]:.1f} / {hit[1]:.1f}  cost {clean[0] - hit[0]:.1f} points"
            )


def _doubt(model: SentenceModel, sets: dict[str, Any]) -> None:
    print("\n# Doubt: `check` beside, for clinc150, its 1,000 out-of-scope sentences")
    print("  sure = shown without a hedge; none = the universal repair; % of each group")
    for name, data in sets.items():
        strangers = [{"query": query, "slug": None} for query in data["out_of_scope"]]
        for way, used in (("words and meaning", model), ("words only", None)):
            for k in _PHRASES:
                ranker = _ranker(data, k, used)
                inside = _ask(ranker, data["check"])
                print(f"{name}, {way}, k={k}: " + _doubt_line(inside, data["check"]), end="")
                if strangers:
                    outside = _ask(ranker, strangers)
                    print("; " + _strangers_line(inside, data["check"], outside), end="")
                print()


def _starters(model: SentenceModel) -> None:
    from mend.playbooks import files as playbook_files

    library = playbook_files.load(_ROOT / "playbooks").playbooks
    playbooks = list(library.values()) if isinstance(library, dict) else list(library)
    files = sorted((_ROOT / "tests/data/queries").glob("*.jsonl"))
    rows = [json.loads(line) for file in files for line in file.open(encoding="utf-8")]
    print(f"\n# The {len(playbooks)} starters and the project's own queries (tests/data/queries)")
    for way, used in (("words and meaning", model), ("words only", None)):
        ranker = _warmed(playbooks, used)
        for split in ("tune", "check"):
            known = [row for row in rows if row["split"] == split and row["slug"]]
            strangers = [row for row in rows if row["split"] == split and not row["slug"]]
            inside, outside = _ask(ranker, known), _ask(ranker, strangers)
            print(
                f"{split}, {way}: {{:.1f}} / {{:.1f}} of {len(known)}; ".format(
                    *_first_and_three(inside, known)
                )
                + _doubt_line(inside, known)
            )
            print(
                f"    out of scope ({len(strangers)}): " + _strangers_line(inside, known, outside)
            )
            by_kind: defaultdict[str, list[bool]] = defaultdict(list)
            for answer, row in zip(inside, known, strict=True):
                by_kind[row["kind"]].append(_is_right(answer, row))
            print(
                "    found first: "
                + ", ".join(
                    f"{kind} {sum(right)} of {len(right)}"
                    for kind, right in sorted(by_kind.items())
                )
            )


def _cost() -> None:
    print("\n# Cost: a fresh process on one core, one BLAS thread, 5 phrases, vectors cached")
    print("  (vectors of made-up playbooks are random: they cost the same and mean nothing)")
    for count in (77, 5000):
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, "-m", "tests.bench.search", folder, str(count)]
            for step in ("prepare", "measure"):
                done = subprocess.run(
                    [*command, step, str(time.time())],
                    cwd=_ROOT,
                    check=True,
                    capture_output=True,
                    text=True,
                    timeout=240,
                )
            print(f"{count} playbooks: {done.stdout.strip()}")


def _ask(ranker: Ranker, rows: Iterable[dict[str, Any]]) -> list[Answer]:
    return [ranker.find(row["query"], 3) for row in rows]


def _is_right(answer: Answer, row: dict[str, Any], among: int = 1) -> bool:
    right = {row["slug"], *row.get("also", ())}
    return any(hit.slug in right for hit in answer.hits[:among])


def _first_and_three(answers: list[Answer], rows: list[dict[str, Any]]) -> tuple[float, float]:
    pairs = list(zip(answers, rows, strict=True))
    first, three = (
        100 * sum(_is_right(answer, row, among) for answer, row in pairs) / len(pairs)
        for among in (1, 3)
    )
    return first, three


def _doubt_line(answers: list[Answer], rows: list[dict[str, Any]]) -> str:
    sure = [_is_right(a, r) for a, r in zip(answers, rows, strict=True) if _is_sure(a)]
    none = sum(answer.confidence is Confidence.NONE for answer in answers)
    return (
        f"sure {100 * len(sure) / len(rows):.1f}, of these wrong"
        f" {100 * sure.count(False) / max(1, len(sure)):.1f}; none {100 * none / len(rows):.1f}"
    )


def _strangers_line(inside: list[Answer], rows: list[dict[str, Any]], outside: list[Answer]) -> str:
    sure = [_is_right(a, r) for a, r in zip(inside, rows, strict=True) if _is_sure(a)]
    strangers = sum(map(_is_sure, outside))
    wrong = (sure.count(False) + strangers) / max(1, len(sure) + strangers)
    known, strange = _top_scores(inside), _top_scores(outside)
    order = np.argsort(np.argsort(np.concatenate([known, strange]), kind="stable"))
    area = (order[: len(known)].sum() - len(known) * (len(known) - 1) / 2) / (
        len(known) * len(strange)
    )
    answered = float((strange >= np.quantile(known, 0.1)).mean())
    kinds = Counter(answer.confidence for answer in outside)
    return (
        f"out of scope sure {100 * strangers / len(outside):.1f},"
        f" none {100 * kinds[Confidence.NONE] / len(outside):.1f};"
        f" wrong of all sure ones {100 * wrong:.1f}; AUROC {area:.3f};"
        f" answered when 90 % of in-scope are {100 * answered:.1f}"
    )


def _is_sure(answer: Answer) -> bool:
    return answer.confidence is Confidence.SURE


def _top_scores(answers: list[Answer]) -> Any:
    return np.array([answer.hits[0].score if answer.hits else 0.0 for answer in answers])


def _read(name: str) -> dict[str, Any]:
    path = _ROOT / "tests/data/search" / f"{name}.json"
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def _playbooks(data: dict[str, Any], k: int) -> list[Playbook]:
    return [
        Playbook(**entry, phrases=tuple(data["phrases"][entry["slug"]][:k]))
        for entry in data["playbooks"]
    ]


def _ranker(data: dict[str, Any], k: int, model: SentenceModel | None) -> Ranker:
    return _warmed(_playbooks(data, k), model)


def _warmed(playbooks: Iterable[Playbook], model: SentenceModel | None) -> Ranker:
    ranker = Ranker(model)
    ranker.replace(playbooks)
    ranker.warm(Event())
    return ranker


def _large_library(count: int) -> tuple[list[Playbook], list[Playbook]]:
    """The 71 of dstc11 and six of clinc150, then made-up ones out of clinc150's words."""
    clinc, dstc = _read("clinc150"), _read("dstc11")
    real = [*_playbooks(dstc, 5), *_playbooks(clinc, 5)[:6]]
    words = sorted({word for row in clinc["tune"] for word in row["query"].split()})
    dice = random.Random(11)
    made_up = [
        Playbook(
            slug=f"made-up-{number}",
            title=" ".join(dice.sample(words, 3)),
            summary=" ".join(dice.sample(words, 8)),
            phrases=tuple(" ".join(dice.sample(words, 10)) for _ in range(5)),
        )
        for number in range(count - len(real))
    ]
    return real, made_up


def _prepare(folder: Path, count: int) -> None:
    """Write the library, the queries and a full cache: random vectors where made up."""
    real, made_up = _large_library(count)
    ranker = _warmed(real, SentenceModel.load())
    vectors = ranker._index.vectors()
    whole = Ranker(None)
    whole.replace([*real, *made_up])
    numbers = np.random.default_rng(11)
    for text in whole._index.library.to_encode():
        vectors.setdefault(text, numbers.standard_normal(384).astype(np.float32) / 19.6)
    VectorCache(folder / "vectors").write(vectors)
    with (folder / "library").open("w", encoding="utf-8") as file:
        for book in (*real, *made_up):
            print(json.dumps([book.slug, book.title, book.summary, book.phrases]), file=file)
    queries = [row["query"] for row in _read("dstc11")["check"][:400]]
    (folder / "queries").write_text(json.dumps(queries), encoding="utf-8")


def _measure(folder: Path, started: float) -> None:
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    queries = json.loads((folder / "queries").read_text(encoding="utf-8"))
    with (folder / "library").open(encoding="utf-8") as file:
        rows = (json.loads(line) for line in file)
        library = [Playbook(s, title, about, tuple(said)) for s, title, about, said in rows]
    read = time.time()
    ranker = Ranker(SentenceModel.load(), VectorCache(folder / "vectors"))
    ranker.replace(library)
    ranker.find(queries[0])
    cold = time.time() - read
    times, typing = [], []
    for query in queries:
        before = time.perf_counter()
        ranker.find(query)
        middle = time.perf_counter()
        ranker.suggest(query[:12])
        times.append(1000 * (middle - before))
        typing.append(1000 * (time.perf_counter() - middle))
    p50, p95 = np.percentile(times, [50, 95])
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    sizes = dict(line.split(":") for line in lines if line.startswith("Vm"))
    now, peak = (int(sizes[key].split()[0]) / 1024 for key in ("VmRSS", "VmHWM"))
    print(
        f"answer p50 {p50:.1f}, p95 {p95:.1f} ms; suggestions p95 {np.percentile(typing, 95):.1f}"
        f" ms; first answer {read - started:.2f} s (Python, reading) + {cold:.2f} s (weights"
        f" checked, library indexed); memory {now:.0f} MiB, at its peak {peak:.0f}"
    )


if __name__ == "__main__":
    _folder, _count, _step, _started = sys.argv[1:]
    if _step == "prepare":
        _prepare(Path(_folder), int(_count))
    else:
        _measure(Path(_folder), float(_started))
