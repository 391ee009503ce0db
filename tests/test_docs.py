"""What README and docs tell one to type runs as it is written, in the order in which it stands."""

from __future__ import annotations

import ast
import re
import shlex
import shutil
import subprocess
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pytest

from mend.cli import parser
from mend.db.schema import opened
from tests.conftest import PLAYBOOKS
from tests.test_architecture import product
from tests.test_command_line import Run
from tests.test_command_line import run as run

PROJECT = PLAYBOOKS.parent
DOCS = [
    "README.md",
    "CONTRIBUTING.md",
    *(f"docs/{file.name}" for file in PROJECT.glob("docs/*.md")),
]
BOT = ".venv/bin/python bot.py "
NEEDS_A_MACHINE = ("docker ", "kubectl ", "systemctl ", "useradd ")  # of one's own
NEEDS_MORE = {"run", "doctor", "move"}  # of these only whether they are typed right is looked at
LOOKS_TYPED = re.compile(r"(?:\$ |make |python|pip |bot\.py \w|\.venv/|install |chmod )")


@dataclass(frozen=True)
class Typed:
    """A line that somebody is to type, or a few words in a sentence that read like one."""

    doc: str
    line: str
    is_shown: bool  # in a block of its own


def typed(doc: str) -> list[Typed]:
    """What is to be typed by this page, first to last; of a block each line, without its remark."""
    text = (PROJECT / doc).read_text(encoding="utf-8")
    found = []
    for block in re.finditer(r"^( *)```sh\n(.*?)^\1```$|(?<!`)`([^`\n]+)`(?!`)", text, re.M | re.S):
        if block[3]:
            if LOOKS_TYPED.match(block[3]):
                found.append(Typed(doc, block[3], is_shown=False))
            continue
        lines = (re.sub(r"\s+# .*", "", line).strip() for line in block[2].splitlines())
        found += [Typed(doc, line, is_shown=True) for line in lines if line]
    return found


EVERY = [each for doc in DOCS for each in typed(doc)]


def test_there_is_something_to_type() -> None:
    assert len([each for each in EVERY if each.is_shown]) > 10
    assert any(not each.is_shown for each in EVERY)


def test_mend_is_set_up_before_it_is_used() -> None:
    lines = [each.line for each in typed("README.md") if each.is_shown]
    assert lines.index("make setup") < min(n for n, line in enumerate(lines) if BOT in line)


@pytest.mark.parametrize("doc", DOCS)
def test_a_block_of_commands_says_that_it_is_one(doc: str) -> None:
    """Or it would not be run here."""
    text = (PROJECT / doc).read_text(encoding="utf-8")
    for kind, block in re.findall(r"^ *```(\w*)\n(.*?)^ *```$", text, re.M | re.S):
        assert kind == "sh" or not [x for x in block.splitlines() if LOOKS_TYPED.match(x.strip())]


@pytest.mark.parametrize("doc", DOCS)
def test_what_is_to_be_typed_runs(
    doc: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a copy of one's own: what a line leaves behind is there for the next."""
    shutil.copy(PROJECT / ".env.example", tmp_path)
    (tmp_path / "playbooks").symlink_to(PLAYBOOKS)
    opened(tmp_path / "data" / "mend.db", "T1").close()
    monkeypatch.chdir(tmp_path)
    for each in typed(doc):
        if each.line.startswith(NEEDS_A_MACHINE) or " /etc/" in each.line:
            files = re.findall(r" ((?:deploy/|\.env\.)[\w./-]+)", each.line)
            assert all((PROJECT / file).exists() for file in files), each
            assert not each.line.startswith("install ") or files
        elif each.line.startswith(BOT):
            of_bot(run, each)
        elif each.line.startswith("make "):
            goals = each.line.split()[1:]
            subprocess.run(["make", "-nC", PROJECT, *goals], check=True, capture_output=True)
        elif each.line.startswith("install "):
            subprocess.run(shlex.split(each.line), check=True)
        elif module := re.match(r"\.venv/bin/python -m ([\w.]+)", each.line):
            assert find_spec(module[1]), each  # it may need a network, or hours
        elif each.line.startswith(".venv/bin/pytest "):
            assert (PROJECT / each.line.split()[1]).exists(), each
        else:
            pytest.fail(f"{each}: say which python runs it, or how to try it here")


def test_what_mend_itself_tells_to_type_names_the_python_too() -> None:
    """In a doctor's line or a refusal; what stands in its own documentation is not shown."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    shown = []
    for tree in product().values():
        every = list(ast.walk(tree))
        heads = {
            id(each.body[0].value)
            for each in every
            if isinstance(each, documented) and each.body and isinstance(each.body[0], ast.Expr)
        }
        shown += [
            each.value
            for each in every
            if isinstance(each, ast.Constant)
            and "python bot.py" in str(each.value)
            and id(each) not in heads
        ]
    assert len(shown) > 3
    assert [text for text in shown if BOT not in text] == []


def of_bot(run: Run, each: Typed) -> None:
    """Run it, unless it stands in a sentence only, or needs a Slack or a server."""
    words = shlex.split(each.line.removeprefix(BOT))
    parser().parse_args(words)
    if each.is_shown and words[0] not in NEEDS_MORE:
        code, _, complaints = run(*words)
        assert code == 0, (each, complaints)
