"""`/mend playbooks`: what is missing, how playbooks are used, which are to be checked."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from mend.app import Bot
from mend.db.model import NotSaved, Refused
from mend.people.store import Audit
from mend.people.teams import Teams
from mend.playbooks.files import PlaybookFolder
from mend.playbooks.library import Library
from mend.playbooks.model import Playbook
from mend.repair import gap_views as gap_blocks
from mend.repair.gap_store import GapStore
from mend.repair.gaps import Gaps
from mend.repair.model import quantity
from mend.repair.service import Feedback
from mend.repair.store import LearningStore
from tests.conftest import PLAYBOOKS, Clock, saved
from tests.repair.test_feedback import dump, forge, miss, send, worked
from tests.repair.test_repair import repair
from workspace import Workspace

FLAMINGO = "zqx my flamingo is broken"
WHY = "We do not sell animals; say so and point to the zoo."


@pytest.fixture
def playbook_folder(environment: dict[str, str], tmp_path: Path) -> Path:
    folder = tmp_path / "playbooks"
    folder.mkdir()
    for name in ("double-charge.md", "refund-late.md"):
        (folder / name).write_text((PLAYBOOKS / name).read_text())
    environment["MEND_PLAYBOOKS"] = str(folder)
    return folder


def overview(dee: Any, door: str) -> Any:
    dee.command("/mend", "playbooks", channel="support")
    dee.choose(dee.modal, "playbook_more", door)
    return dee.modal


def queue(bot: Bot, dee: Any) -> Any:
    """As it reads the next day."""
    bot.of(Gaps).close_day()
    return overview(dee, "Looked for and not found")


def sent(person: Any, words: str = FLAMINGO) -> None:
    send(person, miss(person, words))


def dismiss(bot: Bot, dee: Any, which: int = -1, reason: str = WHY) -> None:
    shown = queue(bot, dee)
    pressed = [each for each in values(shown, gap_blocks.DISMISS)][which]
    dee.press(shown, gap_blocks.DISMISS, value=pressed)
    dee.submit({"reason": reason})


def values(shown: Any, action: str) -> list[str]:
    return [
        element["value"]
        for block in shown.blocks
        if block["type"] == "actions"
        for element in block["elements"]
        if element["action_id"] == action
    ]


def told(person: Any, bot: Bot) -> list[str]:
    bot.scheduler.run_due()
    return [message.visible for message in person.dms]


# --- the gap queue ---------------------------------------------------------------------------


def test_a_single_miss_shows_its_theme_only(bot: Bot, ada: Any, dee: Any) -> None:
    miss(ada)
    assert "About " in queue(bot, dee).text and "flamingo" not in queue(bot, dee).text
    assert "flamingo" not in dump(bot)


def test_words_that_were_sent_are_shown_with_a_draft_to_begin_with(
    bot: Bot, ada: Any, dee: Any
) -> None:
    sent(ada)
    shown = queue(bot, dee)
    assert f"“{FLAMINGO}”" in shown.text and ada.id not in str(shown.blocks)
    [value] = values(shown, gap_blocks.WRITE)
    assert json.loads(value) == {"title": FLAMINGO, "phrases": [FLAMINGO]}


def test_write_it_opens_the_editor_with_the_words(bot: Bot, ada: Any, dee: Any) -> None:
    sent(ada)
    dee.press(queue(bot, dee), "Write it")
    filled = [
        block["element"].get("initial_value")
        for block in dee.modal.blocks
        if block["type"] == "input"
    ]
    assert filled.count(FLAMINGO) == 2, filled


def test_words_that_two_people_used_are_shown_though_nobody_sent_them(
    bot: Bot, ada: Any, ben: Any, dee: Any
) -> None:
    miss(ada)
    miss(ada)
    assert "flamingo" not in queue(bot, dee).text
    miss(ben, "zqx the broken flamingo")
    assert "“zqx the broken flamingo”" in queue(bot, dee).text


def test_nearly_the_same_words_are_one_line(bot: Bot, ada: Any, ben: Any, dee: Any) -> None:
    sent(ada, "zqx my pink flamingo is pale")
    sent(ben, "zqx my pink flamingo is pale now")
    assert queue(bot, dee).text.count("flamingo") == 1


@pytest.mark.parametrize(
    "words", ["zqx flamingo 4111 1111 1111 1111", "zqx flamingo order 1234567"]
)
def test_words_about_one_customer_are_not_kept_however_many_use_them(
    bot: Bot, ada: Any, ben: Any, words: str
) -> None:
    miss(ada, words)
    miss(ben, words)
    assert "flamingo" not in dump(bot)


def test_not_this_one_is_a_miss_for_the_words(bot: Bot, ws: Workspace, ada: Any, dee: Any) -> None:
    answer = repair(ada, "they charged me twice")
    ada.choose(answer, "repair_more", "Not this one")
    send(ada, answer)
    assert "“they charged me twice”" in queue(bot, dee).text
    assert bot.db.all(int, "select not_this from playbook_use") == [1]


DAY = timedelta(days=1)


def test_pressing_send_twice_is_sending_once(bot: Bot, ws: Workspace, ada: Any) -> None:
    answer = miss(ada)
    for _ in range(2):
        send(ada, answer)
        assert "Sent, without your name" in ada.ephemerals[-1].visible
    assert [gap.words for gap in GapStore(bot.db).live()] == [FLAMINGO]


def test_how_many_ask_is_said_in_a_word_or_not_at_all(
    bot: Bot, ws: Workspace, ada: Any, dee: Any
) -> None:
    for number in range(4):
        bot.of(Gaps).missed(f"U{number}", f"zqx qq{number}")
    assert "asked" not in queue(bot, dee).text
    bot.of(Gaps).missed("U5", "zqx qqfive")
    assert "a few people asked" in queue(bot, dee).text
    assert [quantity(people, 5) for people in (1, 4, 9, 10, 20)] == [
        "",
        "",
        "a few people",
        "several people",
        "many people",
    ]


def test_the_draft_fits_its_button_and_holds_nothing_of_one_customer() -> None:
    many = [f"phrase {number} " + "x" * 300 for number in range(20)]
    value = gap_blocks.fields([*many, "card [card] zqx"])
    assert len(value) <= 2000
    start = json.loads(value)
    assert start["title"] == "" and start["phrases"] == many[:6]
    assert json.loads(gap_blocks.fields(["my card [card]"])) == {"title": "", "phrases": []}


def test_everybody_who_asked_is_told_once_when_it_exists(
    playbook_folder: Path, bot: Bot, ws: Workspace, ada: Any, ben: Any, dee: Any
) -> None:
    sent(ada)
    sent(ben)
    (playbook_folder / "flamingo.md").write_text("---\ntitle: My flamingo is broken\n---\n")
    for _ in range(2):
        saved(bot)
    for person in (ada, ben):
        assert [text for text in told(person, bot)] == [
            "You looked for something that was missing. There is a playbook now:"
            " *My flamingo is broken*. Thank you for asking."
        ]
        assert person.id not in dump(bot)
    assert "Nothing open" in queue(bot, dee).text


def test_who_sent_nothing_is_told_when_their_very_words_become_a_phrase(
    playbook_folder: Path, bot: Bot, ada: Any, ben: Any, dee: Any
) -> None:
    miss(ada)
    miss(ben, "zqx qqq nothing of the kind")
    (playbook_folder / "bird.md").write_text(f"---\ntitle: Birds\nphrases: [{FLAMINGO}]\n---\n")
    saved(bot)
    assert len(told(ada, bot)) == 1 and told(ben, bot) == []


def test_a_playbook_that_is_changed_to_answer_it_tells_too(
    playbook_folder: Path, bot: Bot, ada: Any, dee: Any
) -> None:
    sent(ada)
    file = playbook_folder / "double-charge.md"
    text = file.read_text()
    file.write_text(text.replace("  - double charge\n", "  - charged double\n"))
    saved(bot)
    assert told(ada, bot) == [] and "flamingo" in queue(bot, dee).text
    file.write_text(text.replace("phrases:\n", f"phrases:\n  - {FLAMINGO}\n"))
    saved(bot)
    [said] = told(ada, bot)
    assert "A playbook was changed to answer it: *They charged me twice*" in said


def test_a_change_elsewhere_in_the_playbook_that_was_not_it_leaves_the_gap_open(
    playbook_folder: Path, bot: Bot, ada: Any, dee: Any
) -> None:
    answer = repair(ada, "they charged me twice")
    ada.choose(answer, "repair_more", "Not this one")
    send(ada, answer)
    file = playbook_folder / "double-charge.md"
    file.write_text(file.read_text().replace("phrases:\n", "phrases:\n  - paid in two parts\n"))
    saved(bot)
    assert told(ada, bot) == [] and "they charged me twice" in queue(bot, dee).text


def test_a_death_before_it_was_noted_tells_after_the_restart(
    playbook_folder: Path, start: Callable[[], Bot], ada: Any
) -> None:
    sent_by = start()
    sent(ada)
    sent_by.db.close()
    (playbook_folder / "flamingo.md").write_text("---\ntitle: My flamingo is broken\n---\n")
    assert len(told(ada, start())) == 1


def test_what_could_not_be_noted_is_told_the_next_time(
    playbook_folder: Path, bot: Bot, ada: Any
) -> None:
    sent(ada)
    (playbook_folder / "flamingo.md").write_text("---\ntitle: My flamingo is broken\n---\n")
    for _ in range(2):
        bot.of(PlaybookFolder).poll()

    def fail(changed: Sequence[Playbook]) -> set[str]:
        raise NotSaved("the disk is full")

    with pytest.raises(NotSaved):
        replace(bot.of(Gaps), thank=fail).note_changes()
    assert told(ada, bot) == []
    bot.of(Gaps).note_changes()
    assert len(told(ada, bot)) == 1


def test_whoever_sent_dismissed_words_is_told_why_once_and_privately(
    bot: Bot, ada: Any, ben: Any, dee: Any
) -> None:
    sent(ada)
    miss(ben)
    dismiss(bot, dee)
    assert "Nothing open" in queue(bot, dee).text
    assert told(ben, bot) == []
    [said] = told(ada, bot)
    assert WHY in said and "flamingo" in said and told(ada, bot) == [said]


def test_a_dismissal_needs_a_reason_and_a_gap_that_is_open(
    bot: Bot, ws: Workspace, ada: Any, dee: Any
) -> None:
    sent(ada)
    [gap] = GapStore(bot.db).live()
    with pytest.raises(Refused, match="few words why"):
        bot.of(Gaps).dismiss(dee.id, gap.id, " ")
    with pytest.raises(Refused, match="for an admin"):
        bot.of(Gaps).dismiss(ada.id, gap.id, WHY)
    dismiss(bot, dee)
    with pytest.raises(Refused, match="dismissed or answered meanwhile"):
        bot.of(Gaps).dismiss(dee.id, gap.id, WHY)


def test_dismissed_words_come_back_with_the_reason_when_two_more_people_ask(
    bot: Bot, ada: Any, ben: Any, cam: Any, dee: Any
) -> None:
    sent(ada)
    dismiss(bot, dee)
    for _ in range(2):
        miss(ben)
    assert "flamingo" not in queue(bot, dee).text
    miss(cam, "zqx my flamingo is broken, help")
    assert f"Dismissed before: “{WHY}”" in queue(bot, dee).text


def test_a_dismissed_theme_comes_back_when_two_more_people_ask(
    bot: Bot, ada: Any, ben: Any, cam: Any, dee: Any
) -> None:
    miss(ada, "zqx qqone")
    dismiss(bot, dee)
    miss(ben, "zqx qqtwo")
    assert "Nothing open" in queue(bot, dee).text
    miss(cam, "zqx qqthree")
    assert "Dismissed before" in queue(bot, dee).text


def test_who_sends_what_was_dismissed_reads_why_at_once(
    bot: Bot, ada: Any, ben: Any, dee: Any
) -> None:
    sent(ada)
    dismiss(bot, dee)
    sent(ben)
    assert WHY in ben.ephemerals[-1].visible
    assert "Nothing open" in queue(bot, dee).text


def test_dismissed_words_go_with_the_one_who_sent_them(bot: Bot, ada: Any, dee: Any) -> None:
    sent(ada)
    dismiss(bot, dee)
    bot.scheduler.run_due()
    assert "flamingo" in dump(bot)
    page = ada.command("/mend", "privacy", channel="support").message
    ada.press(page, "Delete all of mine")
    assert "flamingo" not in dump(bot) and ada.id not in dump(bot)


def test_what_others_sent_too_stays_when_one_of_them_deletes_theirs(
    bot: Bot, ada: Any, ben: Any, dee: Any
) -> None:
    sent(ada)
    sent(ben)
    page = ada.command("/mend", "privacy", channel="support").message
    ada.press(page, "Delete all of mine")
    assert "flamingo" in queue(bot, dee).text


def test_a_gap_nobody_asks_about_is_forgotten(bot: Bot, clock: Clock, ada: Any, dee: Any) -> None:
    sent(ada)
    clock.advance(days=91)
    bot.of(Feedback).forget()
    assert "Nothing open" in queue(bot, dee).text and "flamingo" not in dump(bot)


def test_a_long_queue_is_turned_page_by_page_and_loses_nothing(
    bot: Bot, ws: Workspace, dee: Any
) -> None:
    for number in range(40):
        GapStore(bot.db).make("billing", f"lost unicorn {number:02} <!here> & co", bot.now())
    shown, seen = queue(bot, dee), ""
    while "41 of 41" not in seen:  # the theme itself, and its words
        seen += shown.text
        dee.press(shown, "Next")
    assert all(f"unicorn {number:02}" in seen for number in range(40))
    assert "&lt;!here&gt;" in seen and "<!here>" not in seen
    assert "1 of 41" in shown.text


@pytest.mark.parametrize("action", ["gap_queue", "playbook_use", "gap_dismiss", "phrase_undo"])
def test_only_admins_see_and_dismiss(bot: Bot, ada: Any, dee: Any, action: str) -> None:
    answer = repair(ada, "they charged me twice")
    forge(ada, answer, action, "0")
    assert "for an admin" in ada.ephemerals[-1].visible
    refused = ada.command("/mend", "playbooks", channel="support").message
    assert "for an admin" in refused.visible and ada.modal is None


# --- use -------------------------------------------------------------------------------------


def weeks_close(bot: Bot) -> None:
    """The week is over, in which as many looked things up as are needed."""
    until = bot.now() + 2 * DAY
    LearningStore(bot.db).close(bot.of(Teams).first, until.date(), bot.now(), 1)


def use(bot: Bot, dee: Any, name: str = "") -> Any:
    """As it reads once the week and the day are over."""
    bot.of(Gaps).close_day()
    weeks_close(bot)
    shown = overview(dee, "How they are used")
    if name:
        dee.choose(shown, "playbook_use_1", name)
    return shown


def test_use_counts_answers_and_what_was_said_of_them_once_each_time(
    bot: Bot, ada: Any, ben: Any, dee: Any
) -> None:
    repair(ada, "they charged me twice")
    worked(ada, "they charged me twice")
    ben.choose(repair(ben, "they charged me twice"), "repair_more", "Not this one")
    said = "*They charged me twice*: shown 3 ×, “It worked” 1 ×, “Not this one” 1 ×"
    assert said in use(bot, dee).text and said in use(bot, dee, "Helpful").text
    assert ada.id not in str(use(bot, dee).blocks)


def test_what_was_never_used_is_listed_to_the_last(bot: Bot, ada: Any, dee: Any) -> None:
    repair(ada, "they charged me twice")
    shown, seen = use(bot, dee, "Hardly used"), ""
    for _ in range(len(bot.of(Library).all()) // 10 + 1):
        seen += shown.text
        dee.press(shown, "Next")
    unused = [book.title for book in bot.of(Library).all() if book.slug != "double-charge"]
    assert all(title in seen for title in unused) and "They charged me twice" not in seen


def test_playbooks_that_win_the_same_words_compete(
    bot: Bot, ws: Workspace, ada: Any, dee: Any
) -> None:
    assert "No two playbooks" in use(bot, dee, "Competing").text
    first = bot.of(Library).find("they charged me twice").hits[0].slug
    other = next(book for book in bot.of(Library).all() if book.slug != first)
    value = json.dumps([other.slug, "they charged me twice"])
    for _ in range(3):
        answer = repair(ada, "they charged me twice")
        forge(ada, answer, "repair_show", value)
    shown = use(bot, dee, "Competing").text
    assert f"*{other.title}*" in shown and "*They charged me twice*" in shown


def test_a_close_second_competes(playbook_folder: Path, bot: Bot, ws: Workspace, ada: Any) -> None:
    for name in ("owl", "eagle"):
        (playbook_folder / f"{name}.md").write_text(f"---\ntitle: The {name} bird escaped\n---\n")
    saved(bot)
    for _ in range(3):
        ada.press(repair(ada, "bird escaped"), "The eagle bird escaped")
    since = bot.now().date() - DAY
    weeks_close(bot)
    assert LearningStore(bot.db).competing(since, 3) == [("eagle", "owl")]


def test_admins_see_the_learned_and_the_waiting_phrases_without_who_and_can_undo_both(
    bot: Bot, ws: Workspace, ada: Any, ben: Any, dee: Any
) -> None:
    for person in (ada, ben):
        LearningStore(bot.db).learn("double-charge", "paid 2x <b>", person.id, bot.now())
    LearningStore(bot.db).learn("double-charge", "ada alone", ada.id, bot.now())
    bot.of(Library).relearn()
    shown = use(bot, dee, "Found by these words, too")
    assert "“ada alone” waits for a second person to find" in shown.text
    dee.press(shown, "Next")
    assert "“paid 2x &lt;b&gt;” finds" in shown.text
    assert ada.id not in str(shown.blocks)
    dee.press(shown, "Next")
    dee.press(shown, "Undo")
    assert "ada alone" not in shown.text and "paid 2x" in shown.text
    dee.press(shown, "Undo")
    assert "None yet" in shown.text
    assert bot.of(Library).learned("double-charge") == []


def test_a_playbook_that_is_no_longer_served_is_left_out_of_use(
    bot: Bot, ws: Workspace, dee: Any
) -> None:
    LearningStore(bot.db).count("gone", "shown", bot.now().date(), "")
    LearningStore(bot.db).competed("gone", "double-charge", bot.now().date())
    assert "Of no week that is over" in use(bot, dee).text
    assert "No two playbooks" in use(bot, dee, "Competing").text


def test_counts_go_after_a_year(bot: Bot, ws: Workspace, clock: Clock, ada: Any) -> None:
    repair(ada, "they charged me twice")
    clock.advance(days=367)
    bot.of(Feedback).forget()
    assert bot.db.rows("select * from playbook_use") == []


# --- what admins did


def audit(dee: Any) -> str:
    return str(dee.command("/mend", "audit").message.visible)


def test_what_admins_did_is_listed_for_admins_without_anybodys_words(
    bot: Bot, ws: Workspace, ada: Any, ben: Any, dee: Any
) -> None:
    assert "Nothing yet" in audit(dee)
    for person in (ada, ben):
        LearningStore(bot.db).learn("double-charge", "paid 2x", person.id, bot.now())
    send(ada, miss(ada))
    dee.press(use(bot, dee, "Found by these words, too"), "Undo")
    dismiss(bot, dee)
    listed = audit(dee)
    assert f"<@{dee.id}> undid a phrase of *They charged me twice*" in listed
    assert "dismissed a gap about " in listed and listed.index("gap") < listed.index("phrase")
    assert "paid 2x" not in listed and "flamingo" not in listed and WHY not in listed
    assert "for an admin" in audit(ada)


def test_acts_are_kept_half_a_year_and_their_admin_as_long_as_they_like(
    bot: Bot, ws: Workspace, clock: Clock, dee: Any
) -> None:
    Audit(bot.db).note(dee.id, "published", "refund-late", bot.now())
    dee.press(dee.command("/mend", "privacy").message, "Delete all of mine")
    assert "somebody published *Where is my refund?*" in audit(dee)
    clock.advance(days=181)
    bot.scheduler._plan_now_and_then()
    assert "Nothing yet" in audit(dee)
