"""How well personal data is found: recall and precision by type, hard negatives, speed."""

from __future__ import annotations

import json
import time
from collections import Counter
from pathlib import Path
from typing import Any

from mend.language.personal_data import mask

SETS = Path(__file__).parent.parent / "data" / "personal_data"


def report() -> None:
    """Prints the figures of the development set, then of the held-out set."""
    for name in ("development", "held_out"):
        _report_on(name, _lines(SETS / f"{name}.jsonl"))
    _report_speed()


def misses(name: str) -> list[str]:
    """The lines of a set that are not masked exactly as marked, for working on the rules."""
    wrong: list[str] = []
    for line in _lines(SETS / f"{name}.jsonl"):
        wanted, given = _wanted(line), _given(line)
        if wanted != given:
            spans = [(kind, line["text"][start:end]) for kind, start, end in sorted(wanted ^ given)]
            wrong.append(f"{line['text']!r}: {spans}")
    return wrong


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _wanted(line: dict[str, Any]) -> set[tuple[str, int, int]]:
    return {(span["type"], span["start"], span["end"]) for span in line["spans"]}


def _given(line: dict[str, Any]) -> set[tuple[str, int, int]]:
    found = mask(line["text"], line.get("names", ()), line.get("zone")).found
    return {(item.type, item.start, item.end) for item in found}


def _report_on(name: str, lines: list[dict[str, Any]]) -> None:
    wanted: Counter[str] = Counter()
    exact: Counter[str] = Counter()
    covered: Counter[str] = Counter()
    given_of: Counter[str] = Counter()
    right: Counter[str] = Counter()
    negatives = touched = 0
    for line in lines:
        spans, given = _wanted(line), _given(line)
        hidden = {place for _, start, end in given for place in range(start, end)}
        personal = {place for _, start, end in spans for place in range(start, end)}
        for kind, start, end in spans:
            wanted[kind] += 1
            exact[kind] += (kind, start, end) in given
            covered[kind] += hidden.issuperset(range(start, end))
        for kind, start, end in given:
            given_of[kind] += 1
            right[kind] += not personal.isdisjoint(range(start, end))
        negatives += not spans
        touched += bool(given) and not spans
    print(f"\n{name}: {len(lines)} lines, {negatives} without personal data")
    print(f"{'type':14}{'marked':>7}{'hidden':>8}{'exact':>7}{'found':>7}{'right':>7}")
    for kind in sorted(wanted | given_of):
        print(
            f"{kind:14}{wanted[kind]:7}{covered[kind]:8}{exact[kind]:7}"
            f"{given_of[kind]:7}{right[kind]:7}"
        )
    total, found = sum(wanted.values()), sum(given_of.values())
    print(
        f"recall {sum(covered.values()) / total:.3f} (exact span and type "
        f"{sum(exact.values()) / total:.3f}), precision {sum(right.values()) / max(found, 1):.3f}, "
        f"negatives masked {touched}/{negatives} = {touched / negatives:.3f}"
    )


def _report_speed() -> None:
    note = (
        "order 4155550123 was shipped to the old address, cx Maria Reyes (0917 555 0123, "
        "maria@example.com) paid with 4111 1111 1111 1111 12/27 123 on 03/14/2025, PHP 1,249.50; "
        "I told her 5 days, policy says 7, ticket 88120. Call back at 16:30 on +63 917 555 0199."
    )[:300]
    started = time.perf_counter()
    for _ in range(50):
        mask(note, ("Priya Nair", "Tom Walsh"))
    print(f"\n{len(note)} characters: {(time.perf_counter() - started) / 50 * 1000:.2f} ms")
    long = (note + " ") * (40_000 // len(note))
    started = time.perf_counter()
    mask(long)
    print(f"{len(long)} characters: {time.perf_counter() - started:.2f} s")


if __name__ == "__main__":
    report()
