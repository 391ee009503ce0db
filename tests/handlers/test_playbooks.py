"""`/mend playbooks`: what the library learned and lacks, for admins."""

from typing import Any

from bot import Bot
from tests.conftest import Clock
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


def audit(dee: Any) -> str:
    return str(dee.command("/mend", "audit").message.visible)


def test_what_admins_did_is_listed_for_admins_without_anybodys_words(
    bot: Bot, ws: Workspace, ada: Any, ben: Any, dee: Any
) -> None:
    assert "Nothing yet" in audit(dee)
    for person in (ada, ben):
        bot.store.learning.learn(ws.id, "double-charge", "paid 2x", person.id, bot.now())
    ada.press(miss(ada), "Send my words to the playbook team")
    shown = overview(dee)
    dee.press(shown, "Undo")
    dee.press(overview(dee), "Close")
    listed = audit(dee)
    assert f"<@{dee.id}> undid a phrase of double-charge" in listed
    assert "closed a gap about " in listed and listed.index("gap") < listed.index("phrase")
    assert "paid 2x" not in listed and "flamingo" not in listed
    assert "for an admin" in audit(ada)


def test_acts_are_kept_half_a_year_and_their_admin_as_long_as_they_like(
    bot: Bot, ws: Workspace, clock: Clock, dee: Any
) -> None:
    bot.store.audit.note(ws.id, dee.id, "published", "refund-late", bot.now())
    dee.press(dee.command("/mend", "privacy").message, "Delete all of mine")
    assert "somebody published refund-late" in audit(dee)
    clock.advance(days=181)
    bot.scheduler._plan_now_and_then()
    assert "Nothing yet" in audit(dee)
