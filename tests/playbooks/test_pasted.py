"""What people paste is served right, or said in a sentence with file, cause and cure."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mend.playbooks.files import PlaybookFolder, edit, parse
from mend.playbooks.lint import lint
from mend.playbooks.model import State

_CASES = Path(__file__, "../../data/playbook_files/pasted.jsonl").resolve()
CASES = [json.loads(line) for line in _CASES.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['kind']}: {case['file']}")
def test_a_pasted_file_is_served_right_or_it_is_said_why_not(
    case: dict[str, Any], tmp_path: Path
) -> None:
    path = tmp_path / case["file"]
    path.parent.mkdir(exist_ok=True)
    text: str = case["text"]
    if case.get("bytes"):
        path.write_bytes(text.encode("latin-1").decode("unicode_escape").encode("latin-1"))
    else:
        path.write_bytes(text.encode())

    loaded = PlaybookFolder(tmp_path)

    (book,) = loaded.playbooks or (None,)
    assert (str(book.state) if book else None) == case["state"]
    for part in ("say_first", "do", "avoid"):
        if part in case:
            read = getattr(book, part)
            assert (read if part == "say_first" else list(read)) == case[part]
    if "scripts" in case:
        assert book
        assert [script.text for script in book.scripts] == case["scripts"]
    for words in case.get("shown", ()):
        assert words in repr(book)
    problems = lint(loaded.playbooks, loaded.problems, date(2026, 11, 2), loaded.line_of)
    for words in case.get("says", ()):
        (said, *_) = [str(each) for each in problems if words in str(each)]
        assert said.startswith(case["file"])
        assert all(each.fix for each in problems)


def test_nothing_that_is_to_be_avoided_is_a_step() -> None:
    for case in CASES:
        assert not set(case.get("do", ())) & set(case.get("avoid", ()))


def test_publishing_what_another_system_marked_takes_the_mark_out() -> None:
    text = "---\ntitle: Late\ndraft: true\nstatus: in review\n# kept\n---\n\n## Do\n\n1. Look.\n"

    served = edit(text, {"state": State.READY})

    assert served == "---\ntitle: Late\nstate: ready\n# kept\n---\n\n## Do\n\n1. Look.\n"
    assert parse("late", served)[0].state is State.READY
