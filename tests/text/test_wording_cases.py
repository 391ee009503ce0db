"""What was found in use, and its siblings: each is judged right, with the sentence model."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mend.search import SentenceModel
from mend.text.wording import judge, judge_reactive

CASES = Path(__file__).parent.parent / "data" / "wording" / "cases.jsonl"
LINES = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
JUDGES = {"blame": judge, "reactive": judge_reactive}


@pytest.fixture(scope="module")
def model() -> SentenceModel:
    return SentenceModel.load()


@pytest.mark.parametrize("line", LINES, ids=[f"{line['about']}: {line['text']}" for line in LINES])
def test_a_case_is_judged_right(line: dict[str, str], model: SentenceModel) -> None:
    assert JUDGES[line["about"]](line["text"], model).flag is line["flag"]
