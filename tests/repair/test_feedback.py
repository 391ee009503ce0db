"""It worked, not this one, none of these: what the library learns, and what it does not keep."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from mend.app import Bot
from mend.playbooks.library import Library
from mend.privacy.service import Privacy
from mend.repair.gap_store import GapStore
from mend.repair.model import PENDING_OF_ONE, PHRASES_CAP
from mend.repair.service import Feedback
from mend.repair.store import LearningStore
from mend.repair.views import Asked
from mend.search import Confidence
from tests.conftest import PLAYBOOKS, Clock, only, saved
from tests.db import contents
from tests.repair.test_repair import choices, repair
from workspace import Workspace

SEND = "Send my words to the playbook team"
ODD_WORDS = "thrice billed flamingo subscription"
WORDS = "charged twice flamingo subscription"
NOW = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.fixture
def playbook_folder(environment: dict[str, str], tmp_path: Path) -> Path:
    folder = tmp_path / "playbooks"
    folder.mkdir()
    for name in ("double-charge.md", "refund-late.md"):
        (folder / name).write_text((PLAYBOOKS / name).read_text())
    environment["MEND_PLAYBOOKS"] = str(folder)
    return folder


def dump(bot: Bot) -> str:
    return contents.dump(bot.db)


def forge(person: Any, answer: Any, action: str, value: str) -> None:
    """Press "It worked" as if it were another button with another value."""
    [worked] = [
        element
        for block in answer.blocks
        for element in block.get("elements", ())
        if element.get("action_id") == "repair_worked"
    ]
    kept = dict(worked)
    worked |= {"action_id": action, "value": value}
    person.press(answer, action, value=value)
    worked |= kept


def worked(person: Any, words: str = WORDS) -> Any:
    answer = repair(person, words)
    person.press(answer, "It worked")
    return answer


def phrases(bot: Bot) -> list[tuple[str, int]]:
    """Those that are served and those that wait, with how many people used each."""
    return [(each.phrase, each.people) for each in LearningStore(bot.db).phrases(people=1)]


def test_words_that_worked_for_two_people_find_the_playbook_from_then_on(
    bot: Bot, ada: Any, ben: Any
) -> None:
    worked(ada)
    assert "once two of you used them" in ada.ephemerals[-1].visible
    assert bot.of(Library).learned("double-charge") == []
    worked(ben)
    assert bot.of(Library).learned("double-charge") == [WORDS]
    assert bot.of(Library).find("flamingo subscription").hits[0].slug == "double-charge"


def test_the_second_persons_nearly_same_words_count_for_the_first_ones(
    bot: Bot, ada: Any, ben: Any
) -> None:
    worked(ada)
    worked(ben, "subscription flamingo, charged TWICE!")
    assert phrases(bot) == [(WORDS, 2)]


def test_one_person_changes_nobodys_answers_however_often_they_press(
    bot: Bot, clock: Clock, ada: Any, ben: Any
) -> None:
    before = repair(ben, WORDS).visible
    for _ in range(3):
        worked(ada)
        clock.advance(days=20)
        bot.of(Feedback).forget()
    assert phrases(bot) == [(WORDS, 1)]
    assert bot.of(Library).learned("double-charge") == []
    assert repair(ben, WORDS).visible == before


@pytest.mark.parametrize(
    ("slug", "words"),
    [
        ("double-charge", "good morning to you"),  # words that do not find it
        ("refund-late", WORDS),  # a playbook that neither saw
        ("no-such", WORDS),
    ],
)
def test_a_forged_value_teaches_nothing_even_from_two_people(
    bot: Bot, ada: Any, ben: Any, slug: str, words: str
) -> None:
    for person in (ada, ben):
        answer = repair(person, "they charged me twice")
        forge(person, answer, "repair_worked", Asked(slug, words).packed())
    assert phrases(bot) == []


def test_one_persons_waiting_phrases_are_capped(bot: Bot, ada: Any, ben: Any) -> None:
    for number in range(PENDING_OF_ONE + 5):
        worked(ada, f"charged twice flamingo{number} parrot{number} heron{number} subscription")
    assert len(phrases(bot)) == PENDING_OF_ONE
    worked(ben)
    assert len(phrases(bot)) == PENDING_OF_ONE + 1


def test_a_playbook_that_learned_enough_takes_no_more(
    bot: Bot, ws: Workspace, ada: Any, ben: Any
) -> None:
    for number in range(PHRASES_CAP):
        for person in (ada, ben):
            LearningStore(bot.db).learn("double-charge", f"bird{number} {number}", person.id, NOW)
    worked(ada)
    assert len(phrases(bot)) == PHRASES_CAP


def test_a_phrase_that_nobody_else_used_is_gone_after_thirty_days(
    bot: Bot, clock: Clock, ada: Any
) -> None:
    worked(ada)
    assert WORDS in dump(bot)
    clock.advance(days=31)
    bot.of(Feedback).forget()
    assert WORDS not in dump(bot)


def test_who_taught_a_phrase_stands_nowhere_and_can_still_take_it_back_a_year_later(
    bot: Bot, clock: Clock, ada: Any, ben: Any
) -> None:
    for person in (ada, ben):
        worked(person)
    clock.advance(days=366)
    bot.of(Feedback).forget()
    assert ada.id not in dump(bot) and phrases(bot) == [(WORDS, 2)]
    bot.of(Privacy).forget(ada.id)
    assert phrases(bot) == [(WORDS, 1)]
    assert bot.of(Library).learned("double-charge") == []
    bot.of(Privacy).forget(ben.id)
    assert WORDS not in dump(bot)


def test_an_undone_phrase_does_not_come_back(bot: Bot, ada: Any, ben: Any, dee: Any) -> None:
    for person in (ada, ben):
        worked(person)
    bot.of(Feedback).undo_phrase(dee.id, LearningStore(bot.db).phrases()[0].id)
    for person in (ada, ben):
        worked(person)
    assert phrases(bot) == [] and bot.of(Library).learned("double-charge") == []


@pytest.mark.parametrize(
    "words",
    [
        "charged twice card 4111 1111 1111 1111",
        "charged twice mail ana@example.com",
        "they charged me twice",
        "twice",
    ],
)
def test_what_holds_personal_data_or_adds_nothing_is_not_learned(
    bot: Bot, ada: Any, words: str
) -> None:
    worked(ada, words)
    assert phrases(bot) == []


def test_not_this_one_offers_the_others_and_what_always_helps(bot: Bot, ada: Any) -> None:
    answer = repair(ada, "they charged me twice")
    ada.choose(answer, "repair_more", "Not this one")
    assert "This always helps" in answer.visible and "They charged" not in answer.visible
    assert {"Get help", SEND} <= {*answer.buttons, *choices(answer)}


def test_a_miss_keeps_its_theme_and_nothing_of_what_was_typed(
    bot: Bot, ws: Workspace, ada: Any
) -> None:
    repair(ada, ODD_WORDS + " qwxz")
    if bot.of(Library).find(ODD_WORDS + " qwxz").confidence is not Confidence.NONE:
        ada.choose(ada.ephemerals[-1], "repair_more", "Not this one")
    [gap] = GapStore(bot.db).live()
    assert gap.words == "" and gap.theme
    assert "flamingo" not in dump(bot)


def miss(person: Any, words: str = "zqx my flamingo is broken") -> Any:
    answer = repair(person, words)
    for label in {"Not this one", "None of these"} & {*choices(answer)}:
        person.choose(answer, "repair_more", label)
    return answer


def send(person: Any, answer: Any) -> None:
    """The words of a miss, to those who write playbooks."""
    if SEND in answer.buttons:
        person.press(answer, SEND)
    else:
        person.choose(answer, "repair_more", SEND)


def test_the_words_reach_the_playbook_team_only_at_the_askers_wish(
    bot: Bot, ws: Workspace, ada: Any
) -> None:
    send(ada, miss(ada))
    [gap] = GapStore(bot.db).live()
    assert gap.words == "zqx my flamingo is broken"
    assert "without your name" in ada.ephemerals[-1].visible


def test_whoever_asked_is_told_once_when_the_playbook_exists(
    playbook_folder: Path, bot: Bot, ws: Workspace, ada: Any
) -> None:
    send(ada, miss(ada))
    (playbook_folder / "flamingo.md").write_text("---\ntitle: My flamingo is broken\n---\n")
    for _ in range(3):
        saved(bot)
        bot.scheduler.run_due()
    assert "There is a playbook now: *My flamingo is broken*" in only(ada.dms).visible
    assert GapStore(bot.db).live() == []
    assert ada.id not in dump(bot)


def test_who_asked_is_forgotten_after_thirty_days(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any
) -> None:
    miss(ada)
    clock.moment += timedelta(days=31)
    bot.of(Feedback).forget()
    rows = bot.db.rows("select * from gap_askers")
    assert rows == []


def test_who_used_what_is_forgotten_after_ninety_days(bot: Bot, clock: Clock, ada: Any) -> None:
    repair(ada, "they charged me twice")
    clock.moment += timedelta(days=91)
    bot.of(Feedback).forget()
    assert ada.id not in dump(bot)


def test_words_that_blame_reach_no_admin_even_from_two_agents(bot: Bot, ada: Any, ben: Any) -> None:
    words = "zqx your colleague is a lying lazy thief"
    for person in (ada, ben):
        miss(person, words)
    assert [gap.words for gap in GapStore(bot.db).live()] == [""]
    send(ada, miss(ada, words))
    assert "would read blame" in ada.ephemerals[-1].visible
    assert [gap.words for gap in GapStore(bot.db).live()] == [""]


def test_an_admin_who_tries_a_guess_is_no_second_agent(
    bot: Bot, ada: Any, ben: Any, dee: Any
) -> None:
    for person in (ada, dee):
        miss(person)
    assert [gap.words for gap in GapStore(bot.db).live()] == [""]
    miss(ben)
    assert [gap.words for gap in GapStore(bot.db).live()] == ["zqx my flamingo is broken"]
