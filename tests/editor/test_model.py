"""Two edits of one version: what overlaps with nothing is joined, nothing is lost silently."""

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from mend.editor.model import difference, merge
from mend.playbooks.model import Authority, Playbook, Script

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


@given(st.text("ab\n", max_size=60), st.text("ab\n", max_size=60))
def test_a_difference_holds_every_line_that_came_or_went(before: str, after: str) -> None:
    lines = difference(before, after).split("\n")
    came = [line[1:] for line in lines if line.startswith("+")]
    went = [line[1:] for line in lines if line.startswith("-")]
    assert len(after.split("\n")) - len(before.split("\n")) == len(came) - len(went)
    assert {*after.split("\n")} <= {*before.split("\n"), *came}
    assert (difference(before, after) == "") == (before == after)
