"""How well, how fast and how surely playbooks are found. `report()` prints it all, in minutes.

Accuracy is measured on lists that nothing was tuned on (`fresh4` first); see the README beside
each set. SQLite's FTS5 and, where it is installed, bm25s answer the same queries in the same run.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from threading import Event
from typing import Any, Protocol

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy: a second thread only waits

import numpy as np

from mend.playbooks.files import PlaybookFolder
from mend.playbooks.model import Playbook
from mend.repair.finding import is_between_two
from mend.search import Answer, Confidence, Ranker, SentenceModel
from tests.bench.search_others import others

_ROOT = Path(__file__).resolve().parents[2]
_SETS = ("clinc150", "dstc11")
_PHRASES = (0, 3, 5, 10)
_SIZES = (45, 1000, 5000)


class Finder(Protocol):
    """Whatever answers a query with playbooks."""

    def find(self, words: str, limit: int = 4) -> Answer: ...


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
    starters(model)
    sets = {name: read(name) for name in _SETS}
    _accuracy(model, sets)
    _typos(model, sets)
    _doubt(model, sets)
    _cost()


def starters(model: SentenceModel) -> None:
    """The shipped playbooks and the project's own queries."""
    books = PlaybookFolder(_ROOT / "playbooks").playbooks
    print(f"\n# The {len(books)} starters and the project's own queries (tests/data/queries)")
    print("  first / among the first three, % found; sure = shown without a hedge, none = the")
    print("  universal repair; near miss = sounds like one; `fresh4` is the one to quote,")
    print("  `fresh3`, `fresh`, `check` were used before and not tuned on, the others were; spoken")
    print("  in them: English, Taglish, Spanish, Spanglish")
    mend, words = _warmed(books, model), _warmed(books, None)
    for split in ("fresh4", "fresh3", "fresh", "check", "tune", "tune of check", "long"):
        rows = _queries(split)
        _ways(f"{split}, words and meaning", mend, rows, by_kind=True)
        _ways(f"{split}, words only", words, rows)
        for name, other in others(books).items():
            _ways(f"{split}, {name}", other, rows)


def _queries(split: str) -> list[dict[str, Any]]:
    """The whole of a set; of the first one its two splits."""
    name = "starters" if "check" in split else split
    lines = (_ROOT / f"tests/data/queries/{name}.jsonl").read_text(encoding="utf-8").splitlines()
    wanted = {"check": "check", "tune of check": "tune"}.get(split)
    rows = [json.loads(line) for line in lines]
    return [row for row in rows if wanted is None or row["split"] == wanted]


def _ways(
    title: str, finder: Finder, rows: Sequence[dict[str, Any]], *, by_kind: bool = False
) -> None:
    near = [row for row in rows if row["kind"] == "near_miss"]
    known = [row for row in rows if row["slug"] and row["kind"] != "near_miss"]
    strangers = [row for row in rows if not row["slug"] and row["kind"] != "near_miss"]
    inside = ask(finder, known)
    found = "{:.1f} / {:.1f}".format(*first_and_three(inside, known))
    print(f"{title}: {found} of {len(known)}")
    if not by_kind:
        return
    print(f"    in scope: {_doubt_line(inside, known)}")
    outside = ask(finder, strangers)
    print(f"    out of scope ({len(strangers)}): {_strangers_line(inside, known, outside)}")
    if near:
        print(f"    near misses ({len(near)}): {_near_line(ask(finder, near), near)}")
    kinds: defaultdict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for answer, row in zip(inside, known, strict=True):
        kinds[row["kind"]].append((is_right(answer, row), is_right(answer, row, 3)))
    cells = (
        f"{kind} {100 * sum(first for first, _ in got) / len(got):.0f} /"
        f" {100 * sum(three for _, three in got) / len(got):.0f} of {len(got)}"
        for kind, got in sorted(kinds.items())
    )
    print("    by kind: " + ", ".join(cells))


def _near_line(answers: Sequence[Answer], rows: Sequence[dict[str, Any]]) -> str:
    """Wrong: a playbook that is none of the right ones, given without a hedge."""
    sure = [(a, r) for a, r in zip(answers, rows, strict=True) if _is_sure(a)]
    wrong = [pair for pair in sure if not (pair[1]["slug"] and is_right(*pair))]
    named = [pair for pair in wrong if pair[0].hits[0].slug in pair[1]["not"]]
    share = 100 / len(rows)
    return (
        f"wrong and sure {share * len(wrong):.1f} (what it must not be: {share * len(named):.1f});"
        f" right and sure {share * (len(sure) - len(wrong)):.1f}"
    )


def _accuracy(model: SentenceModel, sets: dict[str, Any]) -> None:
    print("\n# Found first / among the first three, % of `check` (1,500 and 1,233 queries)")
    print(f"{'example phrases a playbook':34}" + "".join(f"{k:>13}" for k in _PHRASES))
    for name, data in sets.items():
        ways: defaultdict[str, list[str]] = defaultdict(list)
        for k in _PHRASES:
            books = playbooks(data, k)
            finders = {
                "words and meaning": _warmed(books, model),
                "words only": _warmed(books, None),
            }
            for way, finder in (finders | others(books)).items():
                answers = ask(finder, data["check"])
                ways[way].append("{:.1f} / {:.1f}".format(*first_and_three(answers, data["check"])))
        for way, cells in ways.items():
            print(f"{name + ', ' + way:34}" + "".join(f"{cell:>13}" for cell in cells))


def _typos(model: SentenceModel, sets: dict[str, Any]) -> None:
    print("\n# The same 800 queries of `check`, clean and with one or two typos each; 5 phrases")
    for name, data in sets.items():
        for way, used in (("words and meaning", model), ("words only", None)):
            ranker = _warmed(playbooks(data, 5), used)
            typos = data["check_typos"]
            clean, hit = (
                first_and_three(ask(ranker, rows), rows)
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
                ranker = _warmed(playbooks(data, k), used)
                inside = ask(ranker, data["check"])
                print(f"{name}, {way}, k={k}: " + _doubt_line(inside, data["check"]), end="")
                if strangers:
                    outside = ask(ranker, strangers)
                    print("; " + _strangers_line(inside, data["check"], outside), end="")
                print()


def _cost() -> None:
    print("\n# Cost: a fresh process on one core, one BLAS thread, 5 phrases, vectors cached")
    print("  (vectors of made-up playbooks are random: they cost the same and mean nothing)")
    for count in _SIZES:
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, "-m", "tests.bench.search_cost", folder, str(count)]
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


def ask(finder: Finder, rows: Iterable[dict[str, Any]]) -> list[Answer]:
    return [finder.find(row["query"], 3) for row in rows]


def is_right(answer: Answer, row: dict[str, Any], among: int = 1) -> bool:
    right = {row["slug"], *row.get("also", ())}
    return any(hit.slug in right for hit in answer.hits[:among])


def first_and_three(answers: list[Answer], rows: Sequence[dict[str, Any]]) -> tuple[float, float]:
    pairs = list(zip(answers, rows, strict=True))
    first, three = (
        100 * sum(is_right(answer, row, among) for answer, row in pairs) / len(pairs)
        for among in (1, 3)
    )
    return first, three


def _doubt_line(answers: list[Answer], rows: Sequence[dict[str, Any]]) -> str:
    sure = [is_right(a, r) for a, r in zip(answers, rows, strict=True) if _is_sure(a)]
    none = sum(answer.confidence is Confidence.NONE for answer in answers)
    asked = [is_right(a, r, 2) for a, r in zip(answers, rows, strict=True) if is_between_two(a)]
    return (
        f"sure {100 * len(sure) / len(rows):.1f}, of these wrong"
        f" {100 * sure.count(False) / max(1, len(sure)):.1f}; none {100 * none / len(rows):.1f};"
        f" asked which of two {100 * len(asked) / len(rows):.1f}, the right one among them in"
        f" {100 * sum(asked) / max(1, len(asked)):.0f} of 100"
    )


def _strangers_line(
    inside: list[Answer], rows: Sequence[dict[str, Any]], outside: list[Answer]
) -> str:
    sure = [is_right(a, r) for a, r in zip(inside, rows, strict=True) if _is_sure(a)]
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


def read(name: str) -> dict[str, Any]:
    path = _ROOT / "tests/data/search" / f"{name}.json"
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def playbooks(data: dict[str, Any], k: int) -> list[Playbook]:
    """The playbooks of a set with `k` example phrases each."""
    return [
        Playbook(**note, phrases=tuple(data["phrases"][note["slug"]][:k]))
        for note in data["playbooks"]
    ]


def _warmed(books: Iterable[Playbook], model: SentenceModel | None) -> Ranker:
    ranker = Ranker(model)
    ranker.replace(books)
    ranker.warm(Event())
    return ranker
