"""The answer to `/repair`, as it is rendered: one phone screen for every shipped playbook."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mend.people.model import Role
from mend.playbooks.files import PlaybookFolder
from mend.playbooks.model import Authority, Playbook
from mend.repair.control_views import Asked
from mend.repair.unsure_views import nothing_fits
from mend.repair.views import all_steps, answer, ending
from mend.slack.gateway import message_fault
from mend.slack.ui import Message

STARTERS = PlaybookFolder(Path(__file__).parent.parent.parent / "playbooks").playbooks
LONGEST = sorted(STARTERS, key=lambda book: -len(book.title.split()))[:3]
TODAY = date(2026, 11, 24)
LIMITS: dict[str, dict[str, str]] = {
    "no limit set": {},
    "a limit": {"agent": "50 EUR", "admin": "1,000 EUR"},
    "no limit": {"agent": "no limit"},
}
every_starter = pytest.mark.parametrize("book", STARTERS, ids=lambda book: book.slug)


def limited(book: Playbook, limits: dict[str, str]) -> Playbook:
    return replace(book, authority=tuple(replace(a, limits=limits) for a in book.authority))


def read(shown: Any) -> Iterator[str]:
    """Every text in sight: what a ⋯ holds is not."""
    if isinstance(shown, dict):
        if shown.get("type") in ("text", "mrkdwn", "plain_text"):
            yield shown["text"]
        for key, part in shown.items():
            if key != "options":
                yield from read(part)
    elif isinstance(shown, list | tuple):
        for part in shown:
            yield from read(part)


def words(shown: Message) -> int:
    """The sign of a ⋯ is none."""
    return sum(len(text.replace("⋯", "").split()) for text in read(shown.blocks))


def controls(shown: Message) -> int:
    rows = [block["elements"] for block in shown.blocks if block["type"] == "actions"]
    return sum(map(len, rows)) + sum("accessory" in block for block in shown.blocks)


def is_screen(shown: Message) -> bool:
    return message_fault(shown) == "" and words(shown) <= 90 and controls(shown) <= 4


@every_starter
def test_a_card_has_ninety_words_and_four_controls_whoever_reads_it(book: Playbook) -> None:
    late = TODAY + timedelta(days=500)
    for limits in LIMITS.values():
        card = limited(book, limits)
        for role in Role:
            assert is_screen(answer(card, (), role, TODAY, is_sure=True))
            assert is_screen(answer(card, LONGEST, role, late, is_sure=False, changed=["do"]))
            worked = answer(card, (), role, late, is_sure=True, worked="✓ Good to hear.")
            assert is_screen(worked)


@every_starter
def test_a_card_says_first_what_a_call_needs_first(book: Playbook) -> None:
    shown = "\n".join(read(answer(book, (), Role.AGENT, TODAY, is_sure=True).blocks))
    first = [book.title, book.say_first, book.ask, *book.do[:3]]
    places = [shown.index(text.replace("&", "&amp;")) for text in first]
    assert places == sorted(places) and f"{len(book.do) - 3} more" in shown


@every_starter
def test_authority_never_contradicts_itself(book: Playbook) -> None:
    for limits in LIMITS.values():
        for role in Role:
            shown = list(read(answer(limited(book, limits), (), role, TODAY, is_sure=True).blocks))
            may = "You may, without asking  " in shown
            asks = any(text.startswith("Ask ") and text.endswith(" first  ") for text in shown)
            assert may == bool(limits) and asks != may
    for line in book.authority:
        assert not {"asking", "approval", "ask", "may"} & {*line.what.casefold().split()}


@every_starter
def test_opened_a_card_holds_the_rest_of_it_with_the_same_controls(book: Playbook) -> None:
    for role in Role:
        opened = [all_steps(book, Asked()), ending(book, role, TODAY, Asked())]
        assert all(message_fault(each) == "" and controls(each) == 4 for each in opened)
        seen = " ".join(text for each in opened for text in read(each.blocks)).replace("&amp;", "&")
        lines = [book.title, *book.do, *book.avoid, book.close]
        lines += [each.record for each in book.authority if each.record]
        for line in [*lines, book.if_stuck, book.owner, "verified"]:
            assert line in seen
        told = "".join(each.text for each in opened).replace("&amp;", "&")
        assert all(line in told for line in (*book.do, book.close))


@given(st.integers(0, 4), st.text(max_size=300), st.integers(0, 3))
def test_what_always_helps_is_one_screen_with_the_way_back(
    near: int, asked: str, refused: int
) -> None:
    slugs = tuple(book.slug for book in STARTERS[:refused])
    shown = nothing_fits(LONGEST[:near], Asked("", asked, slugs))
    assert is_screen(shown) and ("Back to that answer" in list(read(shown.blocks))) == bool(slugs)


PACKED = st.builds(
    Asked, st.just("a-slug"), st.text(max_size=900), st.lists(st.just("b-1")).map(tuple)
)


@given(PACKED)
def test_what_controls_remember_is_the_same_under_a_button_and_under_the_dots(asked: Asked) -> None:
    button = Asked.read(asked.packed())
    choice = Asked.read("a-slug", asked.block())
    assert len(asked.packed()) <= 2000 and len(asked.block()) <= 255
    assert button.slug == choice.slug == "a-slug"
    assert choice.words in (button.words, "")
    if len(asked.words) <= 100 and asked.words.isalnum():
        assert choice.words == button.words == asked.words


def test_a_playbook_of_a_title_alone_can_be_shown() -> None:
    shown = answer(Playbook("x", "It broke"), (), Role.AGENT, TODAY, is_sure=False)
    assert shown.text.startswith("Closest, but maybe not: It broke\nAsk: What would you like")


def test_a_short_playbook_shows_all_its_steps() -> None:
    book = Playbook("x", "It broke", do=("Look.", "Mend it.", "Say so.", "Write it down."))
    shown = list(read(answer(book, (), Role.AGENT, TODAY, is_sure=True).blocks))
    assert shown[-7:-3] == [*book.do] and not any("more" in text for text in shown)


def test_what_a_file_says_never_pings_or_links() -> None:
    may = (Authority("<!channel>", next="<@U0ADA>"),)
    book = Playbook("x", "<!channel> & <http://a|b>", say_first="<@U0ADA>", do=("<!here>",))
    for shown in (
        answer(replace(book, authority=may), (), Role.AGENT, TODAY, is_sure=True),
        all_steps(replace(book, avoid=("<!here>",)), Asked()),
        ending(replace(book, close="<@U0ADA>"), Role.AGENT, TODAY, Asked()),
    ):
        assert "<!" not in shown.text and "<@" not in shown.text and "<http" not in shown.text
