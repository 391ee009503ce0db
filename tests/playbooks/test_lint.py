"""The library is judged as an agent on a call would: what fails, is too long, or competes."""

from dataclasses import replace
from datetime import date

import pytest

from mend.playbooks.lint import first_block_words, lint, phrase_key, reactive_wording
from mend.playbooks.model import (
    Authority,
    BlankKind,
    Playbook,
    Problem,
    Script,
    Severity,
    State,
    choices_of,
    kind_of,
)

TODAY = date(2026, 11, 21)
GOOD = Playbook(
    slug="late",
    title="Where is my order?",
    summary="A parcel is late.",
    phrases=(
        "parcel late",
        "tracking stuck",
        "nothing at the door",
        "courier did not come",
        "nasaan na yung order",
        "delivery date passed",
        "shipped but no sign",
        "lost in transit",
    ),
    not_for=(
        "where is the store",
        "it came broken",
        "not what i ordered",
        "when does it ship",
        "cancel the order",
        "the courier was rude",
    ),
    owner="orders lead",
    verified=date(2026, 11, 2),
    authority=(Authority("Send it again", {"agent": "50 EUR"}, "team lead"),),
    say_first="We promised it by now, and I'm sorry.",
    do=("Give the last scan.",),
    avoid=("Guessing a day.",),
    if_stuck="Ask the orders desk.",
    close="Read back the next step.",
    scripts=(Script("By chat", "Hello {name}, it comes on {date}."),),
)


def judged(*playbooks: Playbook) -> list[tuple[str, str]]:
    return [(p.severity.value, p.field) for p in lint(playbooks, [], TODAY)]


def test_a_good_playbook_has_nothing_to_put_right() -> None:
    assert lint([GOOD], [], TODAY) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"summary": ""}, ("warning", "summary")),
        ({"title": "x" * 76}, ("warning", "title")),
        ({"phrases": GOOD.phrases[:7]}, ("warning", "phrases")),
        ({"phrases": (*GOOD.phrases, "late parcels")}, ("warning", "phrases")),
        ({"not_for": GOOD.not_for[:5]}, ("info", "not_for")),
        ({"not_for": (*GOOD.not_for, "it came, broken!")}, ("warning", "not_for")),
        ({"not_for": (*GOOD.not_for, "Parcels late")}, ("error", "not_for")),
        ({"owner": ""}, ("warning", "owner")),
        ({"verified": None}, ("warning", "verified")),
        ({"verified": date(2027, 1, 1)}, ("warning", "verified")),
        ({"verified": date(2026, 1, 1)}, ("warning", "verified")),
        ({"say_first": "word " * 26}, ("warning", "say_first")),
        ({"ask": "word " * 30}, ("warning", "say_first")),
        ({"do": ("a",) * 6}, ("warning", "do")),
        ({"avoid": ("a",) * 4}, ("warning", "avoid")),
        ({"say_first": ""}, ("warning", "say_first")),
        ({"do": ()}, ("warning", "do")),
        ({"close": ""}, ("warning", "close")),
        ({"if_stuck": ""}, ("info", "if_stuck")),
        ({"avoid": ()}, ("info", "avoid")),
        ({"scripts": ()}, ("info", "scripts")),
        ({"authority": ()}, ("info", "authority")),
        ({"authority": (Authority("Send it again"),)}, ("info", "authority")),
        ({"authority": (Authority("Pay", {"agent": "50"}),)}, ("warning", "authority")),
        ({"say_first": "Hello {name}, I'm sorry."}, ("error", "say_first")),
        ({"close": "Call at {time"}, ("error", "close")),
        ({"scripts": (Script("", "Hello."),)}, ("error", "scripts")),
        ({"scripts": (Script("A", "x"), Script("a", "y"))}, ("error", "scripts")),
        ({"scripts": (Script("A", "Hello {Name}."),)}, ("error", "scripts")),
        ({"scripts": (Script("A", "Hello {name."),)}, ("error", "scripts")),
        ({"scripts": (Script("A", "Take {choice refund}."),)}, ("error", "scripts")),
        ({"scripts": (Script("A" * 76, "Hello."),)}, ("warning", "scripts")),
        ({"scripts": (Script("A", "x" * 2501),)}, ("warning", "scripts")),
        ({"scripts": (Script("A", "You should have called."),)}, ("warning", "scripts")),
        ({"ask": "Could you please calm down?"}, ("warning", "ask")),
    ],
)
def test_each_thing_to_put_right_is_told_once(
    change: dict[str, object], expected: tuple[str, str]
) -> None:
    assert judged(replace(GOOD, **change)) == [expected]  # type: ignore[arg-type]


def test_eleven_blanks_are_too_many_to_fill_in_on_a_call() -> None:
    text = " ".join(f"{{blank_{letter}}}" for letter in "abcdefghijk")

    assert judged(replace(GOOD, scripts=(Script("A", text),))) == [("warning", "scripts")]


def test_reactive_words_are_fine_where_they_are_named_to_be_avoided() -> None:
    assert judged(replace(GOOD, avoid=('"Calm down", "it\'s our policy".',))) == []


def test_playbooks_that_share_a_phrase_compete() -> None:
    other = replace(GOOD, slug="lost", title="It never came", phrases=("the parcels are late",) * 8)
    competing = [
        p for p in lint([GOOD, other], [], TODAY) if f"also how “{GOOD.title}” is found" in p.says
    ]

    assert [(p.file, p.severity) for p in competing] == [("lost.md", Severity.WARNING)]


def test_a_title_competes_with_a_phrase() -> None:
    other = replace(GOOD, slug="lost", title="Parcel late!", phrases=())

    assert ("warning", "title") in judged(GOOD, other)


def test_drafts_and_archived_playbooks_compete_with_nobody() -> None:
    for state in (State.DRAFT, State.ARCHIVED):
        assert judged(GOOD, replace(GOOD, slug="lost", state=state)) == []


def test_an_archived_playbook_is_not_judged() -> None:
    assert judged(replace(GOOD, state=State.ARCHIVED, summary="", verified=None)) == []


def test_problems_of_reading_come_along_in_order_of_file_and_line() -> None:
    reading = Problem("a.md", 3, "title", "the quote is open.")
    found = lint([replace(GOOD, owner="")], [reading], TODAY, lambda slug, field: 9)

    assert [(p.file, p.line) for p in found] == [("a.md", 3), ("late.md", 9)]


def test_the_first_block_counts_what_is_said_asked_and_first_allowed() -> None:
    book = Playbook("x", "X", say_first="one two", ask="three?", authority=(Authority("four"),))

    assert first_block_words(book) == 2 + 1 + 1 + 3  # Ask supervisor first:


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("They charged me twice!", "charged twice"),
        ("refunds are late", "late refund"),
        ("cx can't log in", "cant log in"),
    ],
)
def test_phrases_that_differ_in_small_words_compete(one: str, other: str) -> None:
    assert phrase_key(one) == phrase_key(other)


def test_phrases_that_differ_in_what_they_say_do_not() -> None:
    keys = [phrase_key(text) for text in ("refund late", "refund wrong", "late parcel", "is it")]

    assert len(set(keys)) == 4


@pytest.mark.parametrize(
    "text",
    [
        "It's our policy.",
        "You’ll have to call back.",
        "I'm sorry if you feel that way.",
        "As I told you,",
        "I don't know.",
        "My colleague forgot it.",
        "That was the courier's fault.",
    ],
)
def test_wording_that_makes_it_worse_is_found(text: str) -> None:
    assert len(reactive_wording(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "When do you need to be there?",
        "You don't have to do anything.",
        "I don't know yet; I'll ask and call you at {time}.",
        "I will have to end the call if the insults go on.",
        "The policy lets me do two things.",
        "Have you had to wait?",
    ],
)
def test_decent_sentences_are_left_alone(text: str) -> None:
    assert reactive_wording(text) == []


@pytest.mark.parametrize(
    ("blank", "kind"),
    [
        ("name", BlankKind.NAME),
        ("my_name", BlankKind.NAME),
        ("refund amount", BlankKind.AMOUNT),
        ("check_date", BlankKind.DATE),
        ("callback_time", BlankKind.TIME),
        ("order_reference", BlankKind.REFERENCE),
        ("choice refund or replacement", BlankKind.CHOICE),
        ("choice", BlankKind.TEXT),
        ("story", BlankKind.TEXT),
        ("timetable", BlankKind.TEXT),
    ],
)
def test_the_kind_of_a_blank_is_in_its_name(blank: str, kind: BlankKind) -> None:
    assert kind_of(blank) is kind


def test_a_choice_names_what_it_offers() -> None:
    assert choices_of("choice full refund or new item") == ("full refund", "new item")
    assert choices_of("choice_refund_or_order") == ("refund", "order")
    assert choices_of("name") == ()
