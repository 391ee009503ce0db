"""Prints every figure the docs quote, each with its method: `python -m tests.bench`."""

from __future__ import annotations

import importlib
import platform
import sys
import time

PARTS = (
    "answering",
    "load",
    "search",
    "personal_data",
    "wording",
    "recaps",
    "beside",
    "scale",
)


def main() -> None:
    print(f"Python {platform.python_version()}, {platform.machine()}, {time.strftime('%Y-%m-%d')}")
    for part in sys.argv[1:] or PARTS:
        print(f"\n=== {part}\n", flush=True)
        importlib.import_module(f"tests.bench.{part}").report()


if __name__ == "__main__":
    main()
