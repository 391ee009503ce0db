"""A file's text becomes a playbook, with the careful reading where something is wrong."""

from datetime import date

import pytest

from mend.playbooks import blanks
from mend.playbooks.files import digest_of, parse
from mend.playbooks.model import (
    DEFAULT_ASK,
    REVIEW_DAYS,
    Authority,
    BrokenPlaybook,
    Playbook,
    Problem,
    Severity,
    State,
)

FULL = """\
---
# kept by the billing team
title: They charged me twice
summary: One purchase, two charges
phrases:
  - double charge
  - "dalawang beses: na-charge"
category: billing
state: draft
owner: billing lead
verified: 2026-11-02
review_days: 120
authority:
  - what: Reverse the second charge
    limit: {agent: 50 EUR, supervisor: No Limit}
    next: team lead
    reach: on shift
    record: both references
  - Say sorry
---

# They charged me twice

## Say first

We took it twice,
and I'm sorry.

## Ask
When did you notice?

## Do

1. Look at both charges
   in the ledger.
2) Reverse one.
<!-- three is enough -->
- [ ] Write it down.

## Avoid

- "Wait for your bank."

## If stuck

Ask the billing desk.

- Give date and amount.

## Close

Read back the date.

## Scripts

### By chat

Hello {name},
we refund {amount}.

See you on {date}, {name}.

### Exactly

```
Line one
  ## not a heading
```
"""


def read(text: str) -> Playbook:
    return parse("charged-twice", text)[0]


def front(*lines: str) -> str:
    return "\n".join(["---", "title: A title", *lines, "---", ""])


def body(*lines: str) -> str:
    return "\n".join(["---", "title: A title", "---", *lines, ""])


def only_problem(text: str) -> Problem:
    (problem,) = parse("charged-twice", text)[1]
    return problem


def test_every_part_of_a_full_file_is_read() -> None:
    playbook, problems = parse("charged-twice", FULL)

    assert problems == []
    assert playbook == Playbook(
        slug="charged-twice",
        title="They charged me twice",
        summary="One purchase, two charges",
        phrases=("double charge", "dalawang beses: na-charge"),
        category="billing",
        state=State.DRAFT,
        owner="billing lead",
        verified=date(2026, 11, 2),
        review_days=120,
        authority=(
            Authority(
                "Reverse the second charge",
                {"agent": "50 EUR", "supervisor": "no limit"},
                "team lead",
                "on shift",
                "both references",
            ),
            Authority("Say sorry"),
        ),
        say_first="We took it twice, and I'm sorry.",
        ask="When did you notice?",
        do=("Look at both charges in the ledger.", "Reverse one.", "Write it down."),
        avoid=('"Wait for your bank."',),
        if_stuck="Ask the billing desk.\n- Give date and amount.",
        close="Read back the date.",
        scripts=playbook.scripts,
        digest=digest_of(FULL),
    )


def test_a_script_keeps_paragraphs_and_loses_line_wraps() -> None:
    chat, _ = read(FULL).scripts

    assert chat.name == "By chat"
    assert chat.text == "Hello {name}, we refund {amount}.\n\nSee you on {date}, {name}."
    assert [blank.name for blank in blanks.read(chat.text).blanks] == ["name", "amount", "date"]


def test_a_script_in_a_code_fence_stays_as_typed() -> None:
    assert read(FULL).scripts[1].text == "Line one\n  ## not a heading"


def test_a_backslash_or_two_spaces_break_a_line_in_a_script() -> None:
    text = body("## Scripts", "### Post", "Dear {name},\\", "one  ", "two", "- a", "- b")

    assert read(text).scripts[0].text == "Dear {name},\none\ntwo\n- a\n- b"


def test_a_title_is_enough() -> None:
    playbook, problems = parse("short", "---\ntitle: Where is my order?\n---\n")

    assert problems == []
    assert playbook.title == "Where is my order?"
    assert playbook.ask == DEFAULT_ASK
    assert playbook.review_days == REVIEW_DAYS
    assert playbook.state is State.READY


@pytest.mark.parametrize("text", [FULL.replace("\n", "\r\n"), "\ufeff" + FULL, "\n\n" + FULL])
def test_windows_line_ends_a_byte_order_mark_and_empty_first_lines_do_no_harm(text: str) -> None:
    playbook, problems = parse("charged-twice", text)

    assert problems == []
    assert playbook.do == read(FULL).do
    assert playbook.scripts == read(FULL).scripts


def test_a_list_without_marks_reads_as_one_item_a_paragraph() -> None:
    assert read(body("## Do", "Look", "twice.", "", "Act.")).do == ("Look twice.", "Act.")


def test_headings_are_found_whatever_their_case_and_colon() -> None:
    assert read(body("##say first:", "Hello.", "## IF STUCK ##", "Call.")).if_stuck == "Call."


def test_comments_are_never_shown() -> None:
    playbook = read(body("## Close", "Read <!-- slowly --> back.", "<!--", "## Do", "1. x", "-->"))

    assert playbook.close == "Read  back."
    assert playbook.do == ()


@pytest.mark.parametrize(
    "written", ["02.11.2026", "2026-02-30", "last week", "2026-11-02 10:00:00"]
)
def test_a_date_that_cannot_be_read_counts_as_never_verified(written: str) -> None:
    text = front(f"verified: {written}")
    problem = only_problem(text)

    assert read(text).verified is None
    assert (problem.line, problem.field, problem.severity) == (3, "verified", Severity.ERROR)
    assert "2026-11-02" in problem.fix


@pytest.mark.parametrize("written", ["-3", "0", "2.5", "three", "[90]"])
def test_review_days_that_are_none_fall_back(written: str) -> None:
    text = front(f"review_days: {written}")

    assert read(text).review_days == REVIEW_DAYS
    assert only_problem(text).field == "review_days"


def test_a_state_that_is_none_breaks_the_file_because_a_draft_must_not_be_served() -> None:
    with pytest.raises(BrokenPlaybook) as broken:
        read(front("state: redy"))

    assert str(broken.value) == (
        "charged-twice.md, line 3, state: a state belongs here, not redy. "
        "Write draft, ready or archived."
    )


def test_a_limit_for_nobody_is_not_a_limit() -> None:
    text = front("authority:", "  - what: Refund", "    limit: 50 EUR")

    assert read(text).authority == (Authority("Refund"),)
    assert only_problem(text).fix.startswith("Write limit: {agent: 50 EUR}")


def test_a_limit_for_an_unknown_role_is_left_out_and_told() -> None:
    text = front("authority:", "  - what: Refund", "    limit: {agent: 5 EUR, boss: 9 EUR}")

    assert read(text).authority[0].limits == {"agent": "5 EUR"}
    assert only_problem(text).line == 5


def test_an_authority_that_does_not_say_what_is_left_out_and_told() -> None:
    text = front("authority:", "  - limit: {agent: 5 EUR}")

    assert read(text).authority == ()
    assert only_problem(text).line == 4


@pytest.mark.parametrize("word", ["no", "404", "3.5", "true", "2026-11-02", "Off"])
def test_a_word_that_yaml_reads_as_something_else_is_taken_as_written(word: str) -> None:
    playbook, problems = parse("x", f"---\ntitle: {word}\n---\n")

    assert (playbook.title, problems) == (word, [])


def test_a_hash_that_cuts_a_phrase_short_is_told() -> None:
    problem = only_problem(front("phrases:", "  - where is order #4455"))

    assert problem.line == 4
    assert problem.fix.startswith('Write "where is order #4455"')


def test_a_comment_meant_as_one_is_fine() -> None:
    assert parse("x", front("owner: billing lead  # since May"))[1] == []


def test_unknown_names_are_kept_and_told() -> None:
    problem = only_problem(front("sumary: x"))

    assert problem.severity is Severity.WARNING
    assert problem.fix == "Did you mean summary?"


def test_unknown_sections_are_kept_and_told() -> None:
    problem = only_problem(body("## Say frist", "Hello."))

    assert (problem.line, problem.severity) == (4, Severity.WARNING)
    assert problem.fix == "Did you mean Say first?"


@pytest.mark.parametrize("heading", ["# Ask", "### Ask"])
def test_a_section_with_the_wrong_number_of_signs_is_told(heading: str) -> None:
    problem = only_problem(body("## Say first", "Hello.", heading, "When?"))

    assert (problem.line, problem.fix) == (6, "Write: ## Ask")


def test_a_section_that_stands_twice_is_read_as_one() -> None:
    assert read(body("## Do", "1. a", "## Avoid", "- b", "## Do", "1. c")).do == ("a", "c")


def test_text_that_nobody_sees_is_told() -> None:
    assert only_problem(body("Hello.", "## Do", "1. a")).line == 4


def test_a_script_without_a_name_gets_one() -> None:
    assert read(body("## Scripts", "Hello {name}.")).scripts[0].name == "Script"


def test_a_problem_reads_as_a_sentence_with_its_place() -> None:
    problem = Problem("a.md", 7, "say_first", "30 words are too many.", "Use at most 25.")

    assert str(problem) == "a.md, line 7, Say first: 30 words are too many. Use at most 25."
    assert problem.to_json() == {
        "file": "a.md",
        "line": 7,
        "field": "say_first",
        "severity": "error",
        "says": "30 words are too many.",
        "fix": "Use at most 25.",
    }


def test_a_quote_mark_is_taken_from_the_start_of_a_line_only() -> None:
    assert read(body("## Say first", "> See <https://x.test|it>.")).say_first == (
        "See <https://x.test|it>."
    )
