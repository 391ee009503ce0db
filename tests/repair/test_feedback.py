"""It worked, not this one, none of these: what the library learns, and what it does not keep."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from mend.app import Bot
from mend.repair.gap_store import GapStore
from mend.repair.store import LearningStore
from mend.search import Confidence
from tests.conftest import PLAYBOOKS, Clock, only, saved
from tests.repair.test_repair import repair
from workspace import Workspace

ODD_WORDS = "thrice billed flamingo subscription"


@pytest.fixture
def shelf(environment: dict[str, str], tmp_path: Path) -> Path:
    folder = tmp_path / "playbooks"
    folder.mkdir()
    for name in ("double-charge.md", "refund-late.md"):
        (folder / name).write_text((PLAYBOOKS / name).read_text())
    environment["MEND_PLAYBOOKS"] = str(folder)
    return folder


def dump(bot: Bot) -> str:
    return "\n".join(bot.db.connection().conn.iterdump())


def test_words_that_worked_find_the_playbook_from_then_on(bot: Bot, ada: Any, ben: Any) -> None:
    before = bot.library.find(ODD_WORDS).hits
    answer = repair(ada, "charged twice flamingo subscription")
    ada.press(answer, "It worked")
    assert "Others will find it by your words" in ada.ephemerals[-1].visible
    assert bot.library.learned("double-charge") == ["charged twice flamingo subscription"]
    assert bot.library.find("flamingo subscription").hits[0].slug == "double-charge"
    assert before is not None


def test_pressing_it_worked_twice_learns_once(bot: Bot, ws: Workspace, ada: Any) -> None:
    answer = repair(ada, "charged twice flamingo subscription")
    ada.press(answer, "It worked")
    ada.press(answer, "It worked")
    assert "Good to hear" in ada.ephemerals[-1].visible
    assert [each.people for each in LearningStore(bot.db).phrases()] == [1]


def test_admins_see_a_phrase_once_two_people_used_it(
    bot: Bot, ws: Workspace, ada: Any, ben: Any
) -> None:
    for person in (ada, ben):
        LearningStore(bot.db).learn("double-charge", "paid 2x", person.id, bot.now())
    assert [each.phrase for each in LearningStore(bot.db).phrases(people=2)] == ["paid 2x"]


def test_an_undone_phrase_does_not_come_back(bot: Bot, ws: Workspace, ada: Any) -> None:
    learning = LearningStore(bot.db)
    learning.learn("double-charge", "paid 2x", ada.id, bot.now())
    learning.undo_phrase(learning.phrases()[0].id, bot.now())
    learning.learn("double-charge", "paid 2x", "UBEN", bot.now())
    assert learning.phrases() == []


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
    ada.press(repair(ada, words), "It worked")
    assert bot.library.learned("double-charge") == []


def test_not_this_one_offers_the_others_and_what_always_helps(bot: Bot, ada: Any) -> None:
    answer = repair(ada, "they charged me twice")
    ada.press(answer, "Not this one")
    assert "No playbook fits that well" in answer.visible
    assert "They charged me twice" not in answer.buttons
    assert {"Get help", "Send my words to the playbook team"} <= set(answer.buttons)


def test_a_miss_keeps_its_theme_and_nothing_of_what_was_typed(
    bot: Bot, ws: Workspace, ada: Any
) -> None:
    repair(ada, ODD_WORDS + " qwxz")
    if bot.library.find(ODD_WORDS + " qwxz").confidence is not Confidence.NONE:
        ada.press(ada.ephemerals[-1], "Not this one")
    [gap] = GapStore(bot.db).live()
    assert gap.words == "" and gap.theme
    assert "flamingo" not in dump(bot)


def miss(person: Any, words: str = "zqx my flamingo is broken") -> Any:
    answer = repair(person, words)
    if "Not this one" in answer.buttons:
        person.press(answer, "Not this one")
    return answer


def test_the_words_reach_the_playbook_team_only_at_the_askers_wish(
    bot: Bot, ws: Workspace, ada: Any
) -> None:
    ada.press(miss(ada), "Send my words to the playbook team")
    [gap] = GapStore(bot.db).live()
    assert gap.words == "zqx my flamingo is broken"
    assert "without your name" in ada.ephemerals[-1].visible


def test_whoever_asked_is_told_once_when_the_playbook_exists(
    shelf: Path, bot: Bot, ws: Workspace, ada: Any
) -> None:
    ada.press(miss(ada), "Send my words to the playbook team")
    (shelf / "flamingo.md").write_text("---\ntitle: My flamingo is broken\n---\n")
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
    bot.feedback.forget()
    rows = list(bot.db.connection().query("select * from gap_askers"))
    assert rows == []


def test_who_used_what_is_forgotten_after_ninety_days(bot: Bot, clock: Clock, ada: Any) -> None:
    repair(ada, "they charged me twice")
    clock.moment += timedelta(days=91)
    bot.feedback.forget()
    assert ada.id not in dump(bot)
