"""The first thing anybody types. What goes wrong then is told in a sentence."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent
pytestmark = pytest.mark.skipif(not shutil.which("make"), reason="there is no make here")

PYTHON = """#!/bin/sh
case "$*" in
  *version_info*) exit {too_old} ;;
  *venv*) mkdir -p .venv/bin && cp "$0" .venv/bin/python; exit {no_venv} ;;
  *install*) echo "${{*##*-r }}" >> fetched; exit {offline} ;;
  *--version*) test -f has_pip ;;
esac
"""


def set_up(
    folder: Path,
    *,
    target: str = "setup",
    too_old: int = 0,
    no_venv: int = 0,
    offline: int = 0,
) -> tuple[int, str]:
    """`make setup` with a Python that fails where told to; the status and the last line."""
    for name in ("Makefile", "requirements.lock", "requirements-dev.lock"):
        if not (folder / name).exists():  # a copy is newer, and what is newer is fetched again
            shutil.copy(PROJECT / name, folder)
    python = folder / "python"
    python.write_text(PYTHON.format(too_old=too_old, no_venv=no_venv, offline=offline))
    python.chmod(0o755)
    made = subprocess.run(
        ["make", target, f"PYTHON={python}"],
        cwd=folder,
        # As typed by hand: under `make test` this would be a make within a make, which says more.
        env={
            key: value for key, value in os.environ.items() if "MAKE" not in key and key != "MFLAGS"
        },
        capture_output=True,
        text=True,
        check=False,
    )
    return made.returncode, (made.stdout.strip().splitlines() or [""])[-1]


def fetched(folder: Path) -> list[str]:
    return (folder / "fetched").read_text().split()


def test_it_makes_the_environment_once_with_what_mend_runs_on(tmp_path: Path) -> None:
    for _ in range(2):
        assert set_up(tmp_path)[0] == 0
    assert fetched(tmp_path) == ["requirements.lock"]


def test_what_the_tests_need_comes_with_the_first_test(tmp_path: Path) -> None:
    for _ in range(2):
        assert set_up(tmp_path, target="tools")[0] == 0
    assert fetched(tmp_path) == ["requirements.lock", "requirements-dev.lock"]


def test_what_checks_mend_is_not_among_what_it_runs_on() -> None:
    runs_on = set(re.findall(r"^([\w.-]+)==", (PROJECT / "requirements.lock").read_text(), re.M))
    checks = (PROJECT / "requirements-dev.in").read_text()
    assert {"slack-bolt", "websockets"} <= runs_on
    assert not set(re.findall(r"^([\w-]+)", checks, re.M)) & runs_on


def test_a_python_that_is_too_old_is_told(tmp_path: Path) -> None:
    code, said = set_up(tmp_path, too_old=1)
    assert code and said.startswith("Mend needs Python 3.11 or newer.")


def test_a_python_without_venv_is_told(tmp_path: Path) -> None:
    code, said = set_up(tmp_path, no_venv=1)
    assert code and said.startswith("Python could not make .venv.")


def test_without_a_network_it_says_what_needs_one(tmp_path: Path) -> None:
    code, said = set_up(tmp_path, offline=1)
    assert code and said.startswith("The packages could not be fetched.")


def test_interrupted_half_way_it_starts_over(tmp_path: Path) -> None:
    (tmp_path / ".venv" / "bin").mkdir(parents=True)  # without a python, let alone pip
    assert set_up(tmp_path)[0] == 0
