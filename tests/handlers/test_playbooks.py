"""`/mend playbooks`: what the library learned and lacks, for admins."""

from typing import Any

from bot import Bot
from tests.handlers.test_feedback import miss
from workspace import Workspace


def overview(dee: Any) -> Any:
    return dee.command("/mend", "playbooks", channel="support").message


def test_admins_see_phrases_of_two_people_and_can_undo_them(
    bot: Bot, ws: Workspace, ada: Any, ben: Any, dee: Any
) -> None:
    for person in (ada, ben):
        bot.store.learning.learn(ws.id, "double-charge", "paid 2x <b>", person.id, bot.now())
    bot.store.learning.learn(ws.id, "double-charge", "ada alone", ada.id, bot.now())
    bot.library.relearn()
    shown = overview(dee)
    assert "paid 2x" in shown.visible and "ada alone" not in shown.visible
    assert ada.id not in str(shown.blocks)
    dee.press(shown, "Undo")
    assert "paid 2x" not in shown.visible
    assert bot.library.learned("double-charge") == ["ada alone"]


def test_a_single_miss_shows_its_theme_only(bot: Bot, ada: Any, dee: Any) -> None:
    miss(ada)
    shown = overview(dee)
    assert "About: " in shown.visible and "flamingo" not in shown.visible


def test_words_that_were_sent_are_shown_and_can_be_closed(bot: Bot, ada: Any, dee: Any) -> None:
    ada.press(miss(ada), "Send my words to the playbook team")
    shown = overview(dee)
    assert "flamingo" in shown.visible
    dee.press(shown, "Close")
    assert "flamingo" not in overview(dee).visible


def test_ada_is_refused(bot: Bot, ada: Any) -> None:
    assert "for an admin" in overview(ada).visible


def test_the_empty_library_says_how_it_learns(bot: Bot, dee: Any) -> None:
    assert "None yet" in overview(dee).visible and "Nothing open" in overview(dee).visible
