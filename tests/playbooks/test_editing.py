"""An edit changes the fields it names and leaves every other line as its author made it."""

from dataclasses import replace
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mend.db.model import Refused
from mend.playbooks.files import edit, new_file, parse
from mend.playbooks.model import (
    SECTIONS,
    Authority,
    BrokenPlaybook,
    Playbook,
    Script,
)

STARTERS = [
    path.read_text() for path in sorted(Path(__file__, "../../../playbooks").resolve().glob("*.md"))
]
HAND_MADE = """\
---
# Ana keeps this one
title:   'They charged me twice'   # the words we hear
state: ready

# how people say it
phrases:
- double charge   # most
# the next one is from chat
- "billed: 2x"
- dalawang beses

owner: billing lead
unknown: kept
authority:
    # money first
    - what: "Reverse the charge"   # one only
      limit:
        agent: 50 EUR   # till June
        supervisor: 200 EUR
      next: team lead

    - Say sorry
verified: 2026-11-02
---

Not shown, but kept.

## Close
Read it back.
Twice.
<!-- legal asked for this -->

## Do

* Look.
<!-- then -->
* Reverse.

## Anything else

Kept.

## Scripts

<!-- keep short -->
### By chat

Hello {name}, we refund
{amount}.

### By post

Dear {name}.
"""


def changed_lines(before: str, after: str) -> tuple[list[str], list[str]]:
    """The lines taken out and the lines put in."""
    a, b = before.splitlines(), after.splitlines()
    steps = [
        step for step in SequenceMatcher(None, a, b, False).get_opcodes() if step[0] != "equal"
    ]
    return (
        [line for _, i, j, _, _ in steps for line in a[i:j]],
        [line for _, _, _, i, j in steps for line in b[i:j]],
    )


def read(text: str) -> Playbook:
    return parse("playbook", text)[0]


def test_editing_nothing_changes_no_byte() -> None:
    for text in (HAND_MADE, HAND_MADE.replace("\n", "\r\n"), "\ufeff" + HAND_MADE, *STARTERS):
        assert edit(text, {}) == text


def test_setting_a_field_to_what_it_is_changes_no_byte() -> None:
    playbook = read(HAND_MADE)

    assert edit(HAND_MADE, {"title": playbook.title, "do": playbook.do, "ask": None}) == HAND_MADE


@pytest.mark.parametrize(
    ("field", "value", "out", "into"),
    [
        (
            "title",
            "Charged: twice",
            ["title: 'They charged me twice' # the words we hear"],
            ["title: 'Charged: twice' # the words we hear"],
        ),
        ("state", "draft", ["state: ready"], ["state: draft"]),
        ("owner", "no", ["owner: billing lead"], ["owner: no"]),
        ("owner", None, ["owner: billing lead"], []),
        ("verified", date(2027, 1, 5), ["verified: 2026-11-02"], ["verified: 2027-01-05"]),
        ("summary", "Two charges", [], ["summary: Two charges"]),
        ("review_days", 90, [], ["review_days: 90"]),
        ("phrases", ("billed: 2x", "dalawang beses"), ["- double charge # most"], []),
        (
            "phrases",
            ("double charge", "billed: 2x", "x # y", "dalawang beses"),
            [],
            ["- 'x # y'"],
        ),
        ("close", "Read back.", ["Read it back.", "Twice."], ["Read back."]),
        ("do", ("Look.", "Undo.", "Tell."), ["* Reverse."], ["* Undo.", "* Tell."]),
        ("ask", "When?", [], ["## Ask", "", "When?", ""]),
        ("avoid", ("Blame.",), [], ["## Avoid", "", "- Blame.", ""]),
    ],
)
def test_one_field_touches_only_its_own_lines(
    field: str, value: str, out: list[str], into: list[str]
) -> None:
    changed = changed_lines(HAND_MADE, edit(HAND_MADE, {field: value}))

    assert [[" ".join(line.split()) for line in lines] for lines in changed] == [out, into]


def test_a_limit_is_set_and_the_comments_beside_it_stay() -> None:
    money, sorry = read(HAND_MADE).authority
    more = replace(money, limits={"agent": "80 EUR", "supervisor": "200 EUR", "admin": "no limit"})

    out, into = changed_lines(HAND_MADE, edit(HAND_MADE, {"authority": (more, sorry)}))

    assert [line.strip() for line in out] == ["agent: 50 EUR   # till June"]
    assert [line.strip() for line in into] == ["agent: 80 EUR   # till June", "admin: no limit"]


def test_entries_of_authority_come_and_go() -> None:
    money, sorry = read(HAND_MADE).authority
    new = Authority("Refund the fee", {"agent": "10 EUR"}, "team lead")

    for entries in ((sorry,), (money, new, sorry), (new,), (), (money, replace(sorry, next="Jo"))):
        edited = edit(HAND_MADE, {"authority": entries})
        assert read(edited).authority == entries


def test_one_script_changes_and_the_other_stays() -> None:
    chat, post = read(HAND_MADE).scripts
    edited = edit(HAND_MADE, {"scripts": (chat, replace(post, text="Dear {name},\n\nsorry."))})

    assert changed_lines(HAND_MADE, edited) == (["Dear {name}."], ["Dear {name},", "", "sorry."])


def test_scripts_come_and_go() -> None:
    chat, post = read(HAND_MADE).scripts
    new = Script("By phone", "Line one\n## two\n\n  - three")

    for scripts in ((post,), (chat, new, post), (new,), (), (post, chat)):
        assert [s.name for s in read(edit(HAND_MADE, {"scripts": scripts})).scripts] == [
            s.name for s in scripts
        ]


def test_windows_line_ends_stay_and_are_used_for_new_lines() -> None:
    windows = HAND_MADE.replace("\n", "\r\n")
    playbook = read(windows)
    edited = edit(
        windows,
        {
            "summary": "Two charges",
            "do": [*playbook.do, "Tell."],
            "scripts": [*playbook.scripts, Script("New", "Hello.")],
        },
    )

    assert edited.count("\n") == edited.count("\r\n")
    assert read(edited).do[-1] == "Tell."


def test_of_mixed_line_ends_the_usual_one_is_used() -> None:
    mixed = HAND_MADE.replace("owner: billing lead\n", "owner: billing lead\r\n")

    assert edit(mixed, {"state": "draft"}) == HAND_MADE.replace("state: ready", "state: draft")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "  "),
        ("state", "redy"),
        ("close", "## Do\n1. Laugh"),
        ("say_first", "Hello <!-- there"),
        ("if_stuck", "> quoted"),
        ("do", ["<!-- nothing -->"]),
        ("scripts", [Script("A", "```\nx\n```\n## Do")]),
        ("scripts", [Script("", "Hello")]),
    ],
)
def test_what_would_not_read_back_is_refused_with_its_field(field: str, value: str) -> None:
    with pytest.raises(Refused) as refused:
        edit(HAND_MADE, {field: value})

    assert refused.value.field == field


def test_a_file_that_cannot_be_read_cannot_be_edited() -> None:
    with pytest.raises(BrokenPlaybook):
        edit("---\ntitle: a: b\n---\n", {"state": "draft"})


def test_a_new_file_holds_what_was_given() -> None:
    text = new_file({"title": "no", "phrases": ["a", "404"], "do": ["Look."], "state": "draft"})

    assert text == (
        "---\ntitle: no\nphrases:\n  - a\n  - '404'\nstate: draft\n---\n\n## Do\n\n1. Look.\n"
    )


def test_a_first_limit_stands_below_what_it_limits() -> None:
    text = "---\ntitle: a\nauthority:\n  - what: Refund # all\n    reach: on shift\n---\n"
    (entry,) = read(text).authority

    assert edit(text, {"authority": [replace(entry, limits={"agent": "50 EUR"})]}) == text.replace(
        "# all\n", "# all\n    limit: {agent: 50 EUR}\n    next: supervisor\n"
    )


def test_a_comment_above_a_phrase_that_goes_is_kept() -> None:
    edited = edit(HAND_MADE, {"phrases": ["dalawang beses"]})

    assert "# the next one is from chat" in edited


words = st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=40)
lists = st.lists(words, max_size=6)
CHANGES = {
    "title": words,
    "summary": words,
    "owner": words,
    "phrases": lists,
    "not_for": lists,
    "state": st.sampled_from(["draft", "ready", "archived"]),
    "verified": st.dates() | st.none(),
    "review_days": st.integers(1, 9999),
    "say_first": words,
    "ask": words,
    "do": lists,
    "avoid": lists,
    "if_stuck": words,
    "close": words,
    "scripts": st.lists(st.builds(Script, words, st.text(max_size=60)), max_size=3),
    "authority": st.lists(
        st.builds(
            Authority,
            words,
            st.dictionaries(st.sampled_from(["agent", "supervisor"]), words),
            words,
            words,
        ),
        max_size=3,
    ),
}


@settings(deadline=None, max_examples=40)
@given(st.sampled_from([HAND_MADE, *STARTERS]), st.data())
def test_any_value_is_saved_as_given_or_refused_and_nothing_else_changes(
    text: str, data: st.DataObject
) -> None:
    field = data.draw(st.sampled_from(sorted(CHANGES)))
    value = data.draw(CHANGES[field])
    before = read(text)
    try:
        edited = edit(text, {field: value})
    except Refused as refused:
        assert refused.field == field
        return
    after = read(edited)
    assert replace(before, **{field: getattr(after, field)}, digest=after.digest) == after
    assert edit(edited, {field: value}) == edited
    for comment in ("# Ana keeps this one", "unknown: kept", "Not shown, but kept."):
        assert (comment in edited) == (comment in text)


@settings(deadline=None, max_examples=40)
@given(st.fixed_dictionaries({}, optional=CHANGES))
def test_many_fields_at_once_read_back(changes: dict[str, object]) -> None:
    try:
        edited = edit(HAND_MADE, changes)  # type: ignore[arg-type]
    except Refused:
        return
    before, after = read(HAND_MADE), read(edited)
    for field in (*CHANGES, *SECTIONS):
        if field not in changes:
            assert getattr(after, field) == getattr(before, field)
