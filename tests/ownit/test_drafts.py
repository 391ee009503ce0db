"""A slip someone owned becomes a change in a playbook, and its owner is told."""

from pathlib import Path
from typing import Any

import pytest

from mend.app import Bot
from mend.playbooks.library import Library
from mend.recap.daily.service import Recapping
from tests.conftest import PLAYBOOKS, Clock, only, saved
from tests.lookbacks.test_lookbacks import answer, days_later
from tests.ownit.test_ownit import note_window, own
from tests.recap.test_daily import posted
from workspace import Workspace


@pytest.fixture
def folder(environment: dict[str, str], tmp_path: Path) -> Path:
    folder = tmp_path / "playbooks"
    folder.mkdir()
    (folder / "double-charge.md").write_text((PLAYBOOKS / "double-charge.md").read_text())
    environment["MEND_PLAYBOOKS"] = str(folder)
    return folder


def propose(bot: Bot, clock: Clock, ada: Any, **words: Any) -> None:
    own(ada, "refunded the wrong one of two charges")
    days_later(bot, clock)
    answered = answer(ada, words="check which of the two is settled first")
    ada.press(answered, "Turn into a playbook change")
    ada.submit({"title": "Two charges and one is pending", "tell": ["yes"], **words})


def drafts(folder: Path) -> list[Path]:
    return list((folder / "drafts").glob("*.md"))


def publish(bot: Bot, folder: Path) -> None:
    [draft] = drafts(folder)
    draft.rename(folder / draft.name)
    text = (folder / draft.name).read_text().replace("state: draft", "state: ready")
    (folder / draft.name).write_text(text)
    saved(bot)
    bot.scheduler.run_due()


def test_the_draft_is_in_the_admins_queue_the_next_working_day(
    folder: Path, bot: Bot, clock: Clock, ada: Any, dee: Any
) -> None:
    propose(bot, clock, ada)
    assert drafts(folder) == [] and dee.dms == []
    days_later(bot, clock, 3)
    text = only(drafts(folder)).read_text()
    assert "Two charges and one is pending" in text and "settled first" in text
    assert ada.id not in text
    told = only(dee.dms)
    assert "A draft by a note waits" in told.visible
    assert not any(inner in told.visible for inner in (".md", "drafts/", "from_note"))
    dee.press(told, "What waits")
    assert "Two charges and one is pending" in dee.modal.text


def test_a_draft_is_not_served(folder: Path, bot: Bot, clock: Clock, ada: Any) -> None:
    propose(bot, clock, ada)
    days_later(bot, clock, 3)
    saved(bot)
    assert [book.slug for book in bot.of(Library).all()] == ["double-charge"]


def test_when_it_is_published_its_owner_is_told_once_and_the_recap_thanks(
    folder: Path, bot: Bot, ws: Workspace, clock: Clock, ada: Any
) -> None:
    propose(bot, clock, ada)
    days_later(bot, clock, 3)
    publish(bot, folder)
    told = [message.visible for message in ada.dms if "Your note changed" in message.visible]
    assert told == [
        "Your note changed *Two charges and one is pending*. Thank you: others start ahead now."
    ]
    bot.of(Recapping).plan()
    days_later(bot, clock, 1)
    assert "A note from the team improved" in posted(ws)[-1].visible
    assert ada.id not in posted(ws)[-1].visible


def test_without_the_owners_word_the_recap_does_not_tell(
    folder: Path, bot: Bot, ws: Workspace, clock: Clock, ada: Any
) -> None:
    propose(bot, clock, ada, tell=[])
    days_later(bot, clock, 3)
    publish(bot, folder)
    assert any("Your note changed" in message.visible for message in ada.dms)
    bot.of(Recapping).plan()
    days_later(bot, clock, 1)
    assert "A note from the team" not in str([message.visible for message in posted(ws)])


def test_who_wrote_it_is_dropped_once_they_were_told(
    folder: Path, bot: Bot, clock: Clock, ada: Any
) -> None:
    propose(bot, clock, ada)
    days_later(bot, clock, 3)
    publish(bot, folder)
    rows = bot.db.rows("select * from drafts")
    assert rows == []


def test_a_note_withdrawn_meanwhile_leaves_no_draft(
    folder: Path, bot: Bot, clock: Clock, ada: Any
) -> None:
    propose(bot, clock, ada)
    ada.press(note_window(ada), "Withdraw")
    days_later(bot, clock, 3)
    assert drafts(folder) == []


def test_a_draft_that_blames_is_refused_on_its_field(
    folder: Path, bot: Bot, clock: Clock, ada: Any
) -> None:
    propose(bot, clock, ada, words="the back office is lazy and never checks")
    assert "blames nobody" in str(ada.modal.errors)


def test_a_folder_that_cannot_be_written_is_told_once_and_tried_until_it_can(
    folder: Path, bot: Bot, clock: Clock, ada: Any, dee: Any
) -> None:
    propose(bot, clock, ada)
    (folder / "drafts").write_text("a file where the folder should be")
    days_later(bot, clock, 3)
    for _ in range(48):
        clock.advance(hours=1)
        bot.scheduler.run_due()
    told = [message.visible for message in ada.dms if "could not be put" in message.visible]
    assert len(told) == 1 and "tries again every hour" in told[0]
    assert "Let Mend's account write there" in only(dee.dms).visible
    (folder / "drafts").unlink()
    clock.advance(hours=1)
    bot.scheduler.run_due()
    assert "Two charges and one is pending" in only(drafts(folder)).read_text()
    assert "waits for the playbook team now" in ada.dms[-1].visible
    assert "A draft by a note waits" in dee.dms[-1].visible
    clock.advance(days=3)
    bot.scheduler.run_due()
    assert len([message for message in dee.dms if "A draft by a note" in message.visible]) == 1


def test_no_key_of_what_admins_are_told_names_them(
    folder: Path, bot: Bot, clock: Clock, ada: Any, dee: Any
) -> None:
    propose(bot, clock, ada)
    days_later(bot, clock, 3)
    assert dee.dms
    for table in ("notices", "jobs"):
        assert dee.id not in str(bot.db.rows(f"select key from {table}"))
