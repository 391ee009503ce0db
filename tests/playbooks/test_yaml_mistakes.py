"""The mistakes people make in front matter are named where they were made, with the fix."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mend.playbooks.files import parse
from mend.playbooks.model import BrokenPlaybook, Problem


def broken(text: str) -> Problem:
    with pytest.raises(BrokenPlaybook) as caught:
        parse("x", text)
    return caught.value.problems[0]


MISTAKES = {
    "tab": (["title: a", "\tsummary: b"], 3, "tab", "spaces"),
    "tab in a list": (["title: a", "phrases:", "\t- b"], 4, "tab", "spaces"),
    "colon inside": (["title: They said: twice"], 2, "colon in it", '"They said: twice"'),
    "colon in a phrase": (
        ["title: a", "phrases:", "  - cx: cx: late"],
        4,
        "colon in it",
        '- "cx: cx: late"',
    ),
    "open quote": (['title: "They', "summary: b"], 2, "not closed", 'title: "They"'),
    "open quote before another": (
        ['title: "They', 'summary: "b"'],
        2,
        "not closed",
        'title: "They"',
    ),
    "apostrophe": (["title: 'don't do it'"], 2, "not closed at the end", '"don\'t do it"'),
    "half quoted": (['title: "They" charged me'], 2, "not closed", "'\"They\" charged me'"),
    "no colon": (["title: a", "summary b"], 3, "colon and a space", "summary: b"),
    "no space": (["title:They charged me", "summary: b"], 2, "a space", "title: They charged"),
    "at sign": (["title: @home"], 2, "'@'", '"@home"'),
    "brace": (["title: {name} paid"], 2, "cannot be read", '"{name} paid"'),
    "list on the line": (["title: a", "phrases: - b"], 3, "not allowed here", "- b"),
    "indentation": (["title: a", "  summary: b"], 3, "not allowed here", "spaces at its start"),
    "double": (["title: a", "title: b"], 3, "set twice", "remove the other"),
    "double in an entry": (
        ["title: a", "authority:", "  - what: b", "    what: c"],
        5,
        "set twice",
        "remove the other",
    ),
    "not a mapping": (["- title"], 2, "not a set of names", "title:"),
    "only words": (["hello"], 2, "not a set of names", "title:"),
    "title is a list": (["title: [a, b]"], 2, "a text belongs here", "in quotes"),
    "title is a mapping": (["title: {a: b}"], 2, "a text belongs here", "in quotes"),
    "no title": (["summary: a"], 2, "no title", "They charged me twice"),
    "empty title": (["summary: a", "title:"], 3, "no title", "They charged me twice"),
    "misspelt title": (["titel: a"], 2, "nothing to Mend", "Did you mean title?"),
    "too deep": (["[" * 5000], 2, "too deep", "one value on each line"),
    "dashes too deep": (["- " * 5000], 2, "too deep", "one value on each line"),
    "control character": (["title: a\x00b"], 2, "control character (U+0000)", "anew"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_with_its_line_and_its_fix(mistake: str) -> None:
    lines, line, says, fix = MISTAKES[mistake]
    problem = broken("\n".join(["---", *lines, "---", ""]))

    assert problem.line == line
    assert says in problem.says
    assert fix in problem.fix


def test_an_empty_file_is_shown_how_to_begin() -> None:
    problem = broken(" \n\n")

    assert problem.says == "the file is empty."
    assert problem.fix.endswith("---\ntitle: They charged me twice\n---")


def test_a_file_without_front_matter_is_shown_how_to_begin() -> None:
    assert "three dashes" in broken("# Charged twice\n\nHello.\n").says


def test_front_matter_without_an_end_is_told_where_to_end() -> None:
    problem = broken("---\ntitle: a\n\n## Say first\n\nHello: you.\n")

    assert "not closed" in problem.says
    assert problem.fix == "Put a line of --- above line 4."


def test_a_rule_in_the_body_is_not_taken_for_the_missing_end() -> None:
    assert "above line 3" in broken("---\ntitle: a\n## Do\n1. x\n\n---\n").fix


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=200))
def test_whatever_stands_in_a_file_is_read_or_told_but_never_crashes(text: str) -> None:
    for whole in (text, f"---\n{text}\n---\n", f"---\ntitle: a\n---\n{text}"):
        try:
            parse("x", whole)
        except BrokenPlaybook as error:
            assert error.problems
            assert all(problem.says and problem.fix for problem in error.problems)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(list("title:phrases-#'\"{}[]&*!|>%@` \t\n,abc09")), max_size=60))
def test_front_matter_made_of_yaml_signs_never_crashes_it(signs: list[str]) -> None:
    try:
        parse("x", "---\n" + "".join(signs) + "\n---\n")
    except BrokenPlaybook as error:
        assert error.problems
