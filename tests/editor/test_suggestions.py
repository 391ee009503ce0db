"""Ada suggests a change or says what is out of date; admins deal with it; Ada hears once."""

from pathlib import Path
from typing import Any

import pytest

from mend.app import Bot
from mend.editor.service import Editing
from mend.editor.store import RevisionStore
from mend.editor.suggestions import Suggesting
from mend.repair.gaps import Gaps
from tests.conftest import Clock, only
from tests.editor.test_editor import change, more, open_list, publish
from tests.lookbacks.test_lookbacks import days_later
from tests.ownit.test_drafts import folder as one_playbook
from tests.ownit.test_drafts import propose
from tests.repair.test_feedback import dump
from tests.repair.test_repair import the_end

folder = one_playbook
WORDS = "the bank takes five days now, not three"


def suggest(ada: Any, words: str = WORDS) -> None:
    ada.choose(the_end(ada, "they charged me twice"), "repair_more", "Suggest a change")
    ada.submit({"words": words})


def flag(ada: Any) -> None:
    ada.choose(the_end(ada, "they charged me twice"), "repair_more", "Out of date")


def waiting(dee: Any) -> Any:
    open_list(dee)
    return more(dee, "Waiting")


def told(ada: Any) -> str:
    return str(only(ada.dms).visible)


def test_a_suggestion_waits_for_the_admins_with_its_context_and_without_its_author(
    folder: Path, bot: Bot, ada: Any, dee: Any
) -> None:
    suggest(ada)
    assert "Sent, without your name" in ada.modal.text
    open_list(dee)
    assert "1 waiting" in dee.modal.text
    shown = waiting(dee)
    assert WORDS in shown.text and "*They charged me twice* (last checked" in shown.text
    assert ada.id not in str(shown.blocks)


def test_edit_with_this_publishes_and_thanks_its_author_once(
    folder: Path, bot: Bot, ada: Any, dee: Any
) -> None:
    suggest(ada)
    dee.press(waiting(dee), "Edit with this")
    assert WORDS in dee.modal.text and "Agents have it." not in dee.modal.text
    assert WORDS not in str(waiting(dee).blocks)
    dee.press(dee.modal, "Open")
    change(dee, do="Say that the bank takes five days.")
    publish(dee)
    bot.scheduler.run_due()
    assert told(ada).startswith("What you suggested is in *They charged me twice* now.")
    assert RevisionStore(bot.db).suggestions() == []
    assert ada.id not in rows(bot, "suggestion_askers")


def rows(bot: Bot, table: str) -> str:
    return str(bot.db.rows(f"select * from {table}"))


def test_one_press_says_that_it_is_out_of_date_and_words_may_follow(
    folder: Path, bot: Bot, ada: Any, dee: Any
) -> None:
    flag(ada)
    ada.press(ada.ephemerals[-1], "Add what is wrong")
    assert "Out of date?" in waiting(dee).text
    ada.submit({"words": WORDS})
    assert WORDS in waiting(dee).text


def test_a_double_click_is_one_suggestion(folder: Path, bot: Bot, ada: Any, dee: Any) -> None:
    flag(ada)
    flag(ada)
    suggest(ada)
    suggest(ada)
    assert len(RevisionStore(bot.db).suggestions()) == 2


def test_what_is_done_is_told_once(folder: Path, bot: Bot, ada: Any, dee: Any) -> None:
    flag(ada)
    waiting(dee)
    more(dee, "Done")
    assert "Nothing waits" in dee.modal.text
    assert "is settled" in told(ada)
    assert rows(bot, "suggestion_askers") == "[]"


def test_what_is_dismissed_is_told_with_the_reason(
    folder: Path, bot: Bot, ada: Any, dee: Any
) -> None:
    suggest(ada)
    waiting(dee)
    more(dee, "Dismiss")
    dee.submit({"words": "you are all idiots"})
    assert "blames nobody" in dee.modal.errors["words"]
    dee.submit({"words": "The bank says three days again since Monday."})
    assert "Nothing waits" in dee.modal.text
    assert "three days again" in told(ada) and dee.id not in told(ada)


def test_two_admins_who_deal_with_it_tell_its_author_once(
    folder: Path, bot: Bot, ada: Any, dee: Any
) -> None:
    suggest(ada)
    waiting(dee)
    more(dee, "Dismiss")
    [found] = RevisionStore(bot.db).suggestions()
    bot.of(Editing).done(dee.id, found.id)
    dee.submit({"words": "No."})
    assert "dealt with" in dee.modal.errors["words"]
    bot.scheduler.run_due()
    assert "is settled" in told(ada)


def test_a_customers_data_is_masked_and_blame_is_refused(
    folder: Path, bot: Bot, ada: Any, dee: Any
) -> None:
    suggest(ada, "card 4111 1111 1111 1111 was charged, say so")
    assert "4111 1111" not in dump(bot)
    suggest(ada, "ben is an idiot and never reads it")
    assert "blames nobody" in ada.modal.errors["words"]


def test_after_thirty_days_nobody_knows_who_it_was(
    folder: Path, bot: Bot, clock: Clock, ada: Any, dee: Any
) -> None:
    suggest(ada)
    clock.advance(days=31)
    bot.of(Suggesting).forget()
    assert rows(bot, "suggestion_askers") == "[]"
    waiting(dee)
    more(dee, "Done")
    assert ada.dms == []


def test_ben_cannot_add_words_to_what_ada_said(folder: Path, bot: Bot, ada: Any, ben: Any) -> None:
    flag(ada)
    flag(ben)
    adas = ada.ephemerals[-1].blocks[-1]["elements"][0]["value"]
    forged = ben.ephemerals[-1]
    forged.blocks[-1]["elements"][0]["value"] = adas
    ben.press(forged, "Add what is wrong")
    ben.submit({"words": "mine"})
    assert "mine" not in dump(bot)


# --- drafts from notes


@pytest.fixture
def note(folder: Path, bot: Bot, clock: Clock, ada: Any) -> str:
    """The slug of a draft that Ada's note became."""
    propose(bot, clock, ada)
    days_later(bot, clock, 3)
    [path] = (folder / "drafts").glob("*.md")
    return f"drafts/{path.stem}"


def thanks(ada: Any) -> list[str]:
    return [each.visible for each in ada.dms if "Your note changed" in each.visible]


def test_a_note_becomes_a_playbook_and_its_owner_is_thanked(
    note: str, folder: Path, bot: Bot, ada: Any, dee: Any
) -> None:
    dee.press(waiting(dee), "Make it a playbook")
    publish(dee)
    bot.of(Gaps).note_changes()
    bot.scheduler.run_due()
    assert (folder / "two-charges-and-one-is-pending.md").exists()
    assert list((folder / "drafts").iterdir()) == []
    assert thanks(ada) == [
        "Your note changed *Two charges and one is pending*. Thank you: others start ahead now."
    ]


def test_a_note_is_folded_into_the_playbook_it_improves(
    note: str, folder: Path, bot: Bot, ada: Any, dee: Any
) -> None:
    dee.press(waiting(dee), "Fold into another")
    assert "They charged me twice" in dee.modal.buttons
    dee.choose(dee.modal, "playbook_fold_into", "They charged me twice")
    assert "settled first" in dee.modal.text
    change(dee, close="Say which of the two is settled first.")
    publish(dee)
    bot.of(Gaps).note_changes()
    bot.scheduler.run_due()
    assert thanks(ada) == [
        "Your note changed *They charged me twice*. Thank you: others start ahead now."
    ]
    assert list((folder / "drafts").iterdir()) == []


def test_a_note_in_work_is_not_offered_again_until_its_draft_is_discarded(
    note: str, bot: Bot, dee: Any
) -> None:
    dee.press(waiting(dee), "Make it a playbook")
    assert "A note:" not in waiting(dee).text and "Draft by" in dee.modal.text
    dee.press(dee.modal, "Open")
    more(dee, "Discard my draft")
    assert "A note:" in waiting(dee).text
