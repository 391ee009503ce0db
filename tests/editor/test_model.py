"""Two edits of one version: what overlaps with nothing is joined, nothing is lost silently."""

from dataclasses import fields, replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from mend.editor.model import PARTS, Sheet, differences, merge, said, said_of
from mend.playbooks.model import Authority, Playbook, Problem, Script

BASE = Playbook(
    slug="x",
    title="Title",
    phrases=("one", "two"),
    do=("a", "b"),
    scripts=(Script("chat", "hello"), Script("post", "dear")),
    authority=(Authority("refund", {"agent": "5 EUR"}),),
)


def joined(mine: Playbook, theirs: Playbook, *, forced: bool = False) -> Playbook:
    merged = merge(BASE, mine, theirs)
    changes: Any = merged.changes | (merged.clashes if forced else {})
    return replace(theirs, **changes)


def test_different_fields_join() -> None:
    mine, theirs = replace(BASE, title="Mine"), replace(BASE, do=("c",))
    assert joined(mine, theirs) == replace(BASE, title="Mine", do=("c",))
    assert merge(BASE, mine, theirs).clashes == {}


def test_the_same_change_is_no_clash() -> None:
    mine = replace(BASE, do=("c",))
    assert merge(BASE, mine, mine) == merge(BASE, BASE, mine)


def test_items_with_names_join_and_only_the_same_item_clashes() -> None:
    mine = replace(BASE, phrases=("one", "two", "mine"), scripts=(Script("chat", "hi"),))
    theirs = replace(BASE, phrases=("two", "theirs"), scripts=(*BASE.scripts, Script("sms", "yo")))
    both = joined(mine, theirs)
    assert both.phrases == ("two", "theirs", "mine")
    assert both.scripts == (Script("chat", "hi"), Script("sms", "yo"))
    theirs = replace(BASE, scripts=(Script("chat", "hey"), BASE.scripts[1]))
    assert merge(BASE, mine, theirs).clashes == {"scripts": (Script("chat", "hi"),)}
    assert joined(mine, theirs).scripts == (Script("chat", "hey"),)


def test_two_scripts_of_one_name_are_not_guessed_apart() -> None:
    mine = replace(BASE, scripts=(Script("chat", "a"), Script("chat", "b")))
    theirs = replace(BASE, scripts=(Script("chat", "hello"),))
    assert merge(BASE, mine, theirs).clashes == {"scripts": mine.scripts}


names = st.sampled_from(["one", "two", "three"])
phrases = st.lists(names, unique=True, max_size=3).map(tuple)
books = st.builds(
    lambda title, phrases, do: replace(BASE, title=title, phrases=phrases, do=do),
    names,
    phrases,
    st.lists(names, max_size=2).map(tuple),
)


@given(books, books)
def test_forced_is_what_i_changed_and_else_what_they_have(mine: Playbook, theirs: Playbook) -> None:
    both = joined(mine, theirs, forced=True)
    for field in ("title", "do"):
        changed = getattr(mine, field) != getattr(BASE, field)
        assert getattr(both, field) == getattr(mine if changed else theirs, field)
    added, gone = (
        {*mine.phrases} - {*BASE.phrases},
        {*BASE.phrases} - {*mine.phrases},
    )
    assert {*both.phrases} == ({*theirs.phrases} | added) - gone


@given(books, books)
def test_without_a_clash_the_order_does_not_matter(mine: Playbook, theirs: Playbook) -> None:
    if not merge(BASE, mine, theirs).clashes:
        one, other = joined(mine, theirs), joined(theirs, mine)
        assert replace(one, phrases=()) == replace(other, phrases=())
        assert {*one.phrases} == {*other.phrases}


mays = st.builds(
    Authority,
    what=names,
    limits=st.dictionaries(st.just("agent"), names),
    reach=names,
)
whole_books = st.builds(
    lambda book, may, scripts, close, day: replace(
        book, authority=may, scripts=scripts, close=close, verified=day
    ),
    books,
    st.lists(mays, max_size=2).map(tuple),
    st.lists(st.builds(Script, names, names), max_size=2).map(tuple),
    st.text("ab\n", max_size=20),
    st.none() | st.dates(),
)


@given(whole_books, whole_books)
def test_before_and_now_hold_all_that_differs_and_nothing_else(
    before: Playbook, now: Playbook
) -> None:
    changes = differences(before, now)
    assert [each.part for each in changes] == [
        part for name, part in PARTS.items() if said(before, name) != said(now, name)
    ]
    for name, part in PARTS.items():
        for change in changes:
            if change.part == part:
                came = [item for item in said(now, name) if item not in said(before, name)]
                gone = [item for item in said(before, name) if item not in said(now, name)]
                assert all(item in change.now for item in came)
                assert all(item in change.before for item in gone)
                assert change.before != change.now


def test_every_field_of_a_playbook_has_a_name_for_admins() -> None:
    silent = {"slug", "digest", "from_note"}
    assert {each.name for each in fields(Playbook)} - silent == PARTS.keys()


def test_next_is_what_a_call_needs_first_and_one_thing_at_a_time() -> None:
    book, seen = Playbook(slug="x", title="A lion"), []
    for name, value in [
        ("say_first", "I am on it."),
        ("do", ("Look.",)),
        ("close", "Read it back."),
        ("phrases", tuple(f"lion {n}" for n in range(8))),
        ("summary", "A lion."),
        ("owner", "keeper"),
    ]:
        seen.append(Sheet("x", "A lion", "", "", book).next)
        book = replace(book, **{name: value})
    assert [each.split()[1] for each in seen[:3]] == ["what", "what", "what"]
    assert seen[0] == "write what to say first." and len(set(seen)) == 6
    assert Sheet("x", "A lion", "", "", book).next == ""


def test_a_problem_is_said_by_its_part() -> None:
    problem = Problem("lion-late.md", 12, "do", "{amount} stands here.", "Say it in words.")
    assert said_of(problem) == "Do: {amount} stands here. Say it in words."
    sheet = Sheet("x", "A lion", "", "", Playbook(slug="x", title="A lion"), (problem,))
    assert sheet.next == "put this right. Do: {amount} stands here. Say it in words."
