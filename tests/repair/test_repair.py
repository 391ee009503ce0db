"""`/repair`, as an agent in the middle of a call uses it."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from mend.app import Bot
from mend.people.teams import Teams
from mend.playbooks.files import PlaybookFolder
from mend.playbooks.library import Library
from mend.playbooks.model import SAY_FIRST_WORDS
from mend.repair.store import LearningStore
from tests.conftest import Clock, saved
from workspace import Workspace
from workspace.blocks import elements


def repair(person: Any, words: str) -> Any:
    outcome = person.command("/repair", words, channel="support")
    assert outcome.acked and outcome.message is not None, outcome.error
    return outcome.message


def all_steps(person: Any, words: str) -> Any:
    """The answer, opened in its place."""
    answer = repair(person, words)
    person.choose(answer, "repair_more", "All steps")
    return answer


def the_end(person: Any, words: str) -> Any:
    """The same, turned to how it ends."""
    answer = all_steps(person, words)
    person.choose(answer, "repair_more", "If stuck, closing")
    return answer


def choices(answer: Any) -> list[str]:
    """What stands under the ⋯."""
    menus = [
        element
        for block in answer.blocks
        for element in block.get("elements", ())
        if element.get("type") == "overflow"
    ]
    return [option["text"]["text"] for menu in menus for option in menu["options"]]


def test_the_customers_words_bring_the_playbook(bot: Bot, ada: Any) -> None:
    answer = repair(ada, "they charged me twice")
    assert "They charged me twice" in answer.visible


def test_the_answer_is_private_and_needs_no_call(
    bot: Bot, ws: Workspace, ada: Any, ben: Any
) -> None:
    repair(ada, "they charged me twice")
    assert ben.sees("support") == []
    assert [call.method for call in ws.calls if call.method != "auth.test"] == []


def test_the_parts_stand_in_the_order_a_call_needs_them(bot: Bot, ada: Any) -> None:
    card, opened = repair(ada, "they charged me twice"), all_steps(ada, "they charged me twice")
    shown = card.visible + opened.visible + the_end(ada, "they charged me twice").visible
    parts = ["Say first", "Ask", "Ask team lead first", "Do", "Avoid", "If stuck", "Close"]
    places = [shown.index(part) for part in (*parts, "Record", "billing lead ·")]
    assert places == sorted(places)


def test_all_steps_open_in_place_and_fold_back(bot: Bot, ada: Any) -> None:
    answer = repair(ada, "they charged me twice")
    card, controls = answer.visible, answer.buttons
    assert "2 more: ⋯" in card and "Avoid" not in card
    ada.choose(answer, "repair_more", "All steps")
    assert "Give the reference" in answer.visible and "Say first" not in answer.visible
    ada.choose(answer, "repair_more", "If stuck, closing")
    assert "verified 2 November 2026" in answer.visible and "Avoid" not in answer.visible
    ada.choose(answer, "repair_more", "Fewer steps")
    assert (answer.visible, answer.buttons) == (card, controls)
    assert len(ada.ephemerals) == 1


def test_looking_at_all_steps_is_no_second_lookup(bot: Bot, ada: Any) -> None:
    all_steps(ada, "they charged me twice")
    assert bot.db.all(int, "select shown from playbook_use") == [1]


def test_everything_else_is_under_the_dots(bot: Bot, ada: Any) -> None:
    answer = repair(ada, "they charged me twice")
    assert answer.buttons == ["It worked", "Words to send", "Get help"]
    assert choices(answer) == ["All steps", "Not this one", "Own this", "Pause", "Share"]
    ada.choose(answer, "repair_more", "All steps")
    assert answer.buttons == ["It worked", "Words to send", "Get help"]
    steps = ["If stuck, closing", "Fewer steps", "Own this", "Pause", "Suggest a change"]
    assert choices(answer) == steps
    ada.choose(answer, "repair_more", "If stuck, closing")
    below = ["Fewer steps", "Own this", "Pause", "Suggest a change", "Out of date"]
    assert choices(answer) == below


def test_a_limit_nobody_set_says_whom_to_ask_first(bot: Bot, ada: Any) -> None:
    shown = repair(ada, "they charged me twice").visible
    assert "Ask team lead first  Reverse the second charge; Refund the bank fee" in shown
    assert "You may" not in shown


PLAYBOOK = """---
title: The zebra escaped
phrases: [my zebra ran away]
authority:
  - what: Send another zebra
    limit: {agent: 50 EUR, supervisor: 500 EUR}
    next: supervisor
---
## Say first
I am on it.
"""


@pytest.fixture
def zebra(environment: dict[str, str], tmp_path: Path) -> Path:
    folder = tmp_path / "playbooks"
    folder.mkdir()
    (folder / "zebra.md").write_text(PLAYBOOK)
    environment["MEND_PLAYBOOKS"] = str(folder)
    return folder / "zebra.md"


def test_each_role_sees_its_own_limit(zebra: Path, bot: Bot, ada: Any, cam: Any, dee: Any) -> None:
    may = "You may, without asking  Send another zebra (up to {})"
    assert may.format("50 EUR") in repair(ada, "the zebra escaped").visible
    assert may.format("500 EUR") in repair(cam, "the zebra escaped").visible
    assert may.format("500 EUR") in repair(dee, "the zebra escaped").visible  # what those below may


def test_what_one_may_and_what_one_asks_stand_apart_and_nobody_asks_themselves(
    zebra: Path, bot: Bot, ada: Any, cam: Any
) -> None:
    more = "    next: supervisor\n  - what: Call the zoo\n    limit: {agent: no limit}\n"
    more += "  - what: Close the street\n    next: supervisor\n"
    zebra.write_text(PLAYBOOK.replace("    next: supervisor\n", more))
    saved(bot)
    shown = repair(ada, "the zebra escaped").visible
    assert "Send another zebra (up to 50 EUR); Call the zoo" in shown
    assert "Ask supervisor first  Close the street" in shown
    assert "Ask another supervisor first  Close" in repair(cam, "the zebra escaped").visible


def test_a_playbook_nobody_verified_says_check_before_you_quote(
    zebra: Path, bot: Bot, ada: Any
) -> None:
    assert "Check before you quote a number" in repair(ada, "the zebra escaped").visible


def test_a_verified_playbook_goes_stale(bot: Bot, clock: Clock, ada: Any) -> None:
    assert "Check before" not in repair(ada, "they charged me twice").visible
    clock.advance(days=400)
    assert "Check before you quote a number" in repair(ada, "they charged me twice").visible


def test_a_saved_file_is_live_at_the_next_look(zebra: Path, bot: Bot, ada: Any) -> None:
    zebra.write_text(PLAYBOOK.replace("I am on it.", "The zebra is on its way."))
    saved(bot)
    assert "The zebra is on its way." in repair(ada, "the zebra escaped").visible


def test_a_broken_file_keeps_its_last_good_version_serving(zebra: Path, bot: Bot, ada: Any) -> None:
    zebra.write_text("---\ntitle: [unclosed\n---\n")
    saved(bot)
    assert "I am on it." in repair(ada, "the zebra escaped").visible
    assert any("zebra.md" in str(problem) for problem in bot.of(PlaybookFolder).problems)


@pytest.mark.parametrize("words", ["qwrtpsdf zxcvbn", "🙂🙂🙂", "?"])
def test_when_nothing_fits_it_says_so_and_helps_anyway(bot: Bot, ada: Any, words: str) -> None:
    shown = repair(ada, words).visible
    assert "No playbook fits that well" in shown
    assert "What would you like to see happen?" in shown


def test_what_is_shared_is_found_by_typing_its_title(bot: Bot, ws: Workspace, ada: Any) -> None:
    """As the shared card tells the others in the channel to."""
    for book in bot.of(Library).all():
        shown = repair(ada, book.title).visible
        assert shown.startswith(f"*{book.title}*"), shown


def runners_up(answer: Any) -> list[str]:
    acts = {"It worked", "Words to send", "Get help"}
    return [label for label in answer.buttons if label not in acts]


def test_what_it_may_be_instead_is_one_press_away_only_where_mend_is_not_sure(
    bot: Bot, ada: Any
) -> None:
    assert runners_up(repair(ada, "they charged me twice")) == []
    answer = repair(ada, "bill")
    assert "Closest, but maybe not:" in answer.visible
    others = runners_up(answer)
    assert "Or:" in answer.visible
    assert 1 <= len(others) <= 3 and len(answer.buttons) == 3
    assert {"All steps", "None of these"} <= {*choices(answer)}
    ada.press(answer, others[0])
    assert others[0].rstrip("…") in answer.visible and "Closest" not in answer.visible


def test_what_does_not_come_near_is_not_offered(playbook_folder: Path, bot: Bot, ada: Any) -> None:
    answer = repair(ada, "ill eagle owl lost")
    assert "Closest, but maybe not:" in answer.visible
    assert runners_up(answer) == ["My owl is ill and one wing hurts"]
    assert "is it one of these" not in repair(ada, "zqx qwrtp").visible


@pytest.fixture
def playbook_folder(zebra: Path) -> Path:
    """Playbooks of which some come near to the words of a test, and some do not."""
    titles = ("My owl is ill and one wing hurts", "My eagle lost a feather", "One bill is wrong")
    for number, title in enumerate(titles):
        (zebra.parent / f"book{number}.md").write_text(f"---\ntitle: {title}\n---\n")
    return zebra


def test_a_runner_up_that_vanished_meanwhile_is_a_clear_sentence(bot: Bot, ada: Any) -> None:
    answer = repair(ada, "bill")
    bot.of(Library).replace([])
    ada.press(answer, runners_up(answer)[0])
    assert "no longer served" in ada.ephemerals[-1].visible


def test_find_a_repair_works_on_any_message(bot: Bot, ada: Any, ben: Any) -> None:
    said = ben.say("random", "caller says they charged her twice, help")
    ada.shortcut("find_repair", said)
    assert "They charged me twice" in ada.ephemerals[-1].visible


def test_a_message_with_two_problems_offers_one_press_each(bot: Bot, ada: Any, ben: Any) -> None:
    said = ben.say(
        "support", "She says they charged her twice for one order. She was on hold for an hour."
    )
    ada.shortcut("find_repair", said)
    offer = ada.ephemerals[-1]
    assert "They charged me twice" in offer.buttons and len(offer.buttons) == 2
    ada.press(offer, "They charged me twice")
    assert "Say first" in ada.ephemerals[-1].visible


@pytest.fixture
def two_birds(zebra: Path, bot: Bot) -> None:
    """Two playbooks that "bird escaped" finds equally well, and one that it hardly finds."""
    for name, when in (("owl", "It flies at night."), ("eagle", "It flies by day.")):
        text = f"---\ntitle: The {name} bird escaped\nsummary: {when}\n---\n"
        (zebra.parent / f"{name}.md").write_text(text)
    saved(bot)


def test_between_two_that_fit_equally_one_press_decides(
    two_birds: None, bot: Bot, ada: Any
) -> None:
    answer = repair(ada, "my bird escaped")
    assert "Which of the two is it?" in answer.visible
    assert "The owl bird escaped: It flies at night." in answer.visible
    assert answer.buttons == ["The eagle bird escaped", "The owl bird escaped", "Neither"]
    assert bot.db.all(str, "select slug from playbook_use") == []
    ada.press(answer, "The owl bird escaped")
    assert len(ada.ephemerals) == 1 and "It worked" in answer.buttons
    assert bot.db.all(str, "select slug from playbook_use where shown = 1") == ["owl"]


def test_where_it_is_neither_what_else_it_may_be_and_what_always_helps_is_shown(
    two_birds: None, bot: Bot, ada: Any
) -> None:
    answer = repair(ada, "my bird escaped")
    ada.press(answer, "Neither")
    assert "The zebra escaped" in answer.buttons and "The owl bird escaped" not in answer.buttons
    assert "Pause, breathe out" in answer.visible
    assert bot.db.all(int, "select not_this from playbook_use") == []


def test_which_of_the_two_is_asked_under_a_message_in_a_thread_too(
    two_birds: None, ada: Any, ben: Any
) -> None:
    root = ben.say("random", "good morning")
    ada.shortcut("find_repair", ben.say("random", "my bird escaped", thread=root))
    ada.press(ada.ephemerals[-1], "The eagle bird escaped")
    assert "It worked" in ada.ephemerals[-1].buttons


def test_nobody_is_asked_where_one_fits_surely_or_a_third_as_well(
    two_birds: None, zebra: Path, bot: Bot, ada: Any
) -> None:
    assert "Which of" not in repair(ada, "the owl bird escaped").visible
    (zebra.parent / "emu.md").write_text("---\ntitle: The emu bird escaped\n---\n")
    saved(bot)
    assert "Closest, but maybe not:" in repair(ada, "my bird escaped").visible


def test_without_words_the_picker_opens(bot: Bot, ada: Any) -> None:
    pick = repair(ada, "")
    assert "What does the customer say?" in pick.visible
    assert "They charged me twice" in ada.options(pick, "pick_search", "charged tw")
    ada.choose(pick, "pick_search", "They charged me twice")
    assert "Say first" in ada.ephemerals[-1].visible


@pytest.mark.parametrize("typed", ["chrgd twce", "they chraged me tw", "charged me twise"])
def test_the_picker_and_app_home_mend_what_is_typed(bot: Bot, ada: Any, typed: str) -> None:
    ada.press(ada.open_home(), "Find a repair")
    for picker in (repair(ada, ""), ada.modal):
        assert ada.options(picker, "pick_search", typed)[0] == "They charged me twice"
        assert ada.options(picker, "pick_search", "zxcv blah") == []


def test_the_picker_browses_by_category(bot: Bot, ada: Any) -> None:
    ada.choose(repair(ada, ""), "pick_category", "They charged me twice")
    assert "Say first" in ada.ephemerals[-1].visible


def test_the_picker_remembers_what_is_used(bot: Bot, ada: Any, ben: Any) -> None:
    repair(ada, "they charged me twice")
    assert "They charged me twice" not in repair(ben, "").buttons
    tomorrow = (bot.now() + timedelta(days=1)).date()
    LearningStore(bot.db).close(bot.of(Teams).first, tomorrow, bot.now(), 1)
    ben.press(repair(ben, ""), "They charged me twice")
    assert "Say first" in ben.ephemerals[-1].visible


def test_the_picker_has_four_controls_however_much_is_used(bot: Bot, ada: Any) -> None:
    for words in ("they charged me twice", "where is my refund", "i cannot log in", "it is broken"):
        repair(ada, words)
    pick = repair(ada, "")
    assert len([each for _, each in elements(pick.blocks)]) == 4
    groups = [group for each in pick.blocks for group in _groups(each)]
    offered = [option["value"] for group in groups for option in group["options"]]
    assert groups[0]["label"]["text"] == "You used lately"
    assert sorted(offered) == sorted(book.slug for book in bot.of(Library).all())


def _groups(block: dict[str, Any]) -> list[dict[str, Any]]:
    return [g for each in block.get("elements", ()) for g in each.get("option_groups") or ()]


def test_what_changed_since_ada_last_used_it_is_said_once(
    zebra: Path, bot: Bot, ada: Any, ben: Any
) -> None:
    repair(ada, "the zebra escaped")
    zebra.write_text(PLAYBOOK.replace("I am on it.", "The zebra is on its way."))
    saved(bot)
    assert (
        "Changed since you last used it: what to say first"
        in repair(ada, "the zebra escaped").visible
    )
    assert "Changed since" not in repair(ada, "the zebra escaped").visible
    assert "Changed since" not in repair(ben, "the zebra escaped").visible


def test_a_lookup_is_counted_without_the_person(bot: Bot, ws: Workspace, ada: Any) -> None:
    repair(ada, "they charged me twice")
    rows = bot.db.rows("select * from playbook_use")
    assert [(row["slug"], row["shown"]) for row in rows] == [("double-charge", 1)]
    assert ada.id not in str(rows)


def test_the_first_block_can_be_read_in_ten_seconds(bot: Bot) -> None:
    for book in bot.of(Library).all():
        first = f"{book.say_first} {book.ask}"
        assert len(book.say_first.split()) <= SAY_FIRST_WORDS, book.slug
        assert len(first.split()) <= 40, book.slug


def test_eve_is_refused(bot: Bot, eve: Any) -> None:
    assert "people of this workspace" in repair(eve, "they charged me twice").visible


def test_a_long_playbook_is_cut_to_a_screen_and_read_whole_in_a_window(
    zebra: Path, bot: Bot, ada: Any
) -> None:
    story = " ".join(f"word{number}" for number in range(3000))
    zebra.write_text(PLAYBOOK + f"\n## Close\n{story}\n")
    saved(bot)
    answer = all_steps(ada, "the zebra escaped")
    assert "word2999" not in answer.visible
    assert "I am on it." in ada.modal.text
    assert story.replace(" ", "") in ada.modal.text.replace(" ", "").replace("\n", "")


def test_without_playbooks_the_picker_is_what_always_helps(bot: Bot, ada: Any) -> None:
    bot.of(Library).replace([])
    assert "What always helps" in repair(ada, "").visible
    assert "No playbook fits that well" in repair(ada, "they charged me twice").visible
