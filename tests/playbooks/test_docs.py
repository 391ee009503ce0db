"""The example in docs/playbooks.md is a playbook without a fault, and its tables are complete."""

import re
from datetime import date
from pathlib import Path

import pytest

from mend.playbooks.files import parse
from mend.playbooks.files.front_matter import KEYS
from mend.playbooks.lint import lint
from mend.playbooks.model import SECTIONS, BrokenPlaybook

DOCS = Path(__file__, "../../../docs/playbooks.md").resolve().read_text()


def test_the_example_has_nothing_to_put_right() -> None:
    example = re.search(r"```markdown\n(.*?)```\n", DOCS, re.DOTALL)
    assert example
    playbook, problems = parse("late-fee", example[1])

    assert lint([playbook], problems, date(2026, 11, 2)) == []


def test_every_name_and_heading_is_explained() -> None:
    assert all(f"| `{key}` |" in DOCS for key in KEYS)
    assert all(f"| `## {heading}` |" in DOCS for heading in SECTIONS.values())


def test_the_problem_shown_is_the_one_that_is_told() -> None:
    with pytest.raises(BrokenPlaybook) as broken:
        parse("late-fee", "---\ntitle: You said: no fee\n---\n")

    assert str(broken.value) in DOCS
