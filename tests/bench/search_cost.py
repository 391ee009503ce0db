"""Time and memory of the ranking, measured in a process of its own (see `search.py`)."""

from __future__ import annotations

import json
import os
import random
import sys
import time
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy: a second thread only waits

import numpy as np

from mend.playbooks.model import Playbook
from mend.search import Ranker, SentenceModel, VectorCache
from tests.bench.search import playbooks, read
from tests.bench.search_others import kinds


def _large_library(count: int) -> tuple[list[Playbook], list[Playbook]]:
    """Those of dstc11 and six of clinc150, then made-up ones out of clinc150's words."""
    clinc, dstc = read("clinc150"), read("dstc11")
    real = [*playbooks(dstc, 5), *playbooks(clinc, 5)[:6]][:count]
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
    ranker = Ranker(SentenceModel.load())
    ranker.replace(real)
    ranker.warm()
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
    queries = [row["query"] for row in read("dstc11")["check"][:400]]
    (folder / "queries").write_text(json.dumps(queries), encoding="utf-8")


def _measure(folder: Path, started: float) -> None:
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    queries = json.loads((folder / "queries").read_text(encoding="utf-8"))
    with (folder / "library").open(encoding="utf-8") as file:
        rows = (json.loads(line) for line in file)
        library = [Playbook(s, title, about, tuple(said)) for s, title, about, said in rows]
    begun = time.time()
    ranker = Ranker(SentenceModel.load(), VectorCache(folder / "vectors"))
    ranker.replace(library)
    ranker.find(queries[0])
    cold = time.time() - begun
    times, typing = [], []
    for query in queries:
        before = time.perf_counter()
        ranker.find(query)
        middle = time.perf_counter()
        ranker.suggest(query[:12])
        times.append(1000 * (middle - before))
        typing.append(1000 * (time.perf_counter() - middle))
    p50, p95 = np.percentile(times, [50, 95])
    now, peak = _memory("VmRSS"), _memory("VmHWM")
    print(
        f"answer p50 {p50:.1f}, p95 {p95:.1f} ms; suggestions p95 {np.percentile(typing, 95):.1f}"
        f" ms; first answer {begun - started:.2f} s (Python, reading) + {cold:.2f} s (weights"
        f" checked, library indexed); memory {now:.0f} MiB, at its peak {peak:.0f}"
    )
    for name, kind in kinds().items():
        before, begun = _memory("VmRSS"), time.time()
        other = kind(library)
        cold, times = time.time() - begun, []
        for query in queries:
            asked = time.perf_counter()
            other.find(query)
            times.append(1000 * (time.perf_counter() - asked))
        p50, p95 = np.percentile(times, [50, 95])
        print(
            f"    {name}: answer p50 {p50:.1f}, p95 {p95:.1f} ms; indexed in {cold:.2f} s;"
            f" memory {_memory('VmRSS') - before:.0f} MiB more"
        )


def _memory(key: str) -> float:
    """Of this process, in MiB."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return int(next(line for line in lines if line.startswith(key)).split()[1]) / 1024


if __name__ == "__main__":
    _folder, _count, _step, _started = sys.argv[1:]
    if _step == "prepare":
        _prepare(Path(_folder), int(_count))
    else:
        _measure(Path(_folder), float(_started))
