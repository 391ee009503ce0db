"""`/mend playbooks`: what the library learned and lacks, for admins."""

from typing import Any

from bot import Bot
from tests.handlers.test_feedback import miss
from workspace import Workspace


def overview(dee: Any) -> Any:
    dee.command("/mend", "playbooks", channel="support")
    dee.press(dee.modal, "Learned and missing")
    return dee.modal


def test_admins_see_phrases_of_two_people_and_can_undo_them(
    bot: Bot, ws: Workspace, ada: Any, ben: Any, dee: Any
) -> None:
    for person in (ada, ben):
        bot.store.learning.learn(ws.id, "double-charge", "paid 2x <b>", person.id, bot.now())
    bot.store.learning.learn(ws.id, "double-charge", "ada alone", ada.id, bot.now())
    bot.library.relearn()
    shown = overview(dee)
    assert "paid 2x" in shown.text and "ada alone" not in shown.text
    assert ada.id not in str(shown.blocks)
    dee.press(shown, "Undo")
    assert "paid 2x" not in dee.modal.text
    assert bot.library.learned("double-charge") == ["ada alone"]


def test_a_single_miss_shows_its_theme_only(bot: Bot, ada: Any, dee: Any) -> None:
    miss(ada)
    shown = overview(dee)
    assert "About: " in shown.text and "flamingo" not in shown.text


def test_words_that_were_sent_are_shown_and_can_be_closed(bot: Bot, ada: Any, dee: Any) -> None:
    ada.press(miss(ada), "Send my words to the playbook team")
    shown = overview(dee)
    assert "flamingo" in shown.text
    dee.press(shown, "Close")
    assert "flamingo" not in overview(dee).text


def test_ada_is_refused(bot: Bot, ada: Any) -> None:
    refused = ada.command("/mend", "playbooks", channel="support").message
    assert "for an admin" in refused.visible and ada.modal is None


def test_the_empty_library_says_how_it_learns(bot: Bot, dee: Any) -> None:
    assert "None yet" in overview(dee).text and "Nothing open" in overview(dee).text
