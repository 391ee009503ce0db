"""The daily recap, as the team and its supervisor see it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot import Bot
from tests.conftest import PLAYBOOKS, Clock, only, saved
from tests.handlers.test_ownit import own
from workspace import Workspace


def posted(ws: Workspace) -> list[Any]:
    return [message for message in ws.messages("support") if "What we learned" in message.visible]


def until_evening(bot: Bot, clock: Clock) -> None:
    """Tuesday, a minute past six."""
    bot.recapping.plan()
    clock.moment = clock.moment.replace(hour=18, minute=1)
    bot.scheduler.run_due()


@pytest.fixture
def library(environment: dict[str, str], tmp_path: Path) -> Path:
    """A folder of two playbooks that a test may change."""
    folder = tmp_path / "playbooks"
    folder.mkdir()
    for name in ("double-charge.md", "refund-late.md"):
        (folder / name).write_text((PLAYBOOKS / name).read_text())
    environment["MEND_PLAYBOOKS"] = str(folder)
    return folder


def test_the_recap_is_posted_at_the_teams_time(bot: Bot, ws: Workspace, clock: Clock) -> None:
    bot.recapping.plan()
    clock.moment = clock.moment.replace(hour=17, minute=59)
    bot.scheduler.run_due()
    assert posted(ws) == []
    until_evening(bot, clock)
    assert len(only(posted(ws)).visible.splitlines()) <= 10


def test_it_is_posted_once_however_often_one_looks(bot: Bot, ws: Workspace, clock: Clock) -> None:
    for _ in range(3):
        until_evening(bot, clock)
        clock.advance(hours=1)
        bot.recapping.plan()
        bot.scheduler.run_due()
    only(posted(ws))


def test_two_processes_post_it_once(start: Callable[[], Bot], ws: Workspace, clock: Clock) -> None:
    first, second = start(), start()
    first.recapping.plan()
    second.recapping.plan()
    clock.moment = clock.moment.replace(hour=18, minute=1)
    first.scheduler.run_due()
    second.scheduler.run_due()
    only(posted(ws))


def test_a_lost_answer_does_not_post_it_twice(bot: Bot, ws: Workspace, clock: Clock) -> None:
    ws.fail("chat.postMessage", error="lost", after_applying=True)
    until_evening(bot, clock)
    clock.advance(minutes=1)
    bot.scheduler.run_due()
    only(posted(ws))
    assert bot.recapping.next_day(bot.deps.teams.all()[0]) == date(2026, 11, 25)


def test_a_day_of_downtime_is_told_late_and_says_for_which_day(
    start: Callable[[], Bot], ws: Workspace, clock: Clock
) -> None:
    start().recapping.plan()
    clock.moment = clock.moment.replace(day=25, hour=9)
    bot = start()
    bot.recapping.plan()
    bot.scheduler.run_due()
    assert "What we learned for Tuesday 24 November" in only(posted(ws)).visible


def test_a_week_of_downtime_is_one_post_not_five(
    start: Callable[[], Bot], ws: Workspace, clock: Clock
) -> None:
    start().recapping.plan()
    clock.advance(days=7)
    bot = start()
    bot.recapping.plan()
    bot.scheduler.run_due()
    assert "for Monday 30 November" in only(posted(ws)).visible


def test_saturday_and_sunday_are_quiet(bot: Bot, ws: Workspace, clock: Clock) -> None:
    clock.moment = clock.moment.replace(day=28, hour=12)
    bot.recapping.plan()
    assert bot.recapping.next_day(bot.deps.teams.all()[0]) == date(2026, 11, 30)


def test_a_recap_time_changed_before_it_was_due_moves_it(
    environment: dict[str, str], start: Callable[[], Bot], ws: Workspace, clock: Clock
) -> None:
    start().recapping.plan()
    environment["MEND_RECAP_TIME"] = "16:00"
    moved = start()
    moved.recapping.plan()
    clock.moment = clock.moment.replace(hour=16, minute=1)
    moved.scheduler.run_due()
    only(posted(ws))
    clock.moment = clock.moment.replace(hour=18, minute=1)
    moved.recapping.plan()
    moved.scheduler.run_due()
    only(posted(ws))


def test_a_playbook_written_today_is_told(
    library: Path, bot: Bot, ws: Workspace, clock: Clock
) -> None:
    (library / "wrong-item.md").write_text((PLAYBOOKS / "wrong-item.md").read_text())
    old = (library / "refund-late.md").read_text()
    (library / "refund-late.md").write_text(old.replace("## Do", "## Do\n- Smile."))
    saved(bot)
    until_evening(bot, clock)
    shown = only(posted(ws)).visible
    assert "New playbook" in shown and "Changed" in shown
    clock.advance(days=1)
    bot.recapping.plan()
    bot.scheduler.run_due()
    assert "New playbook" not in posted(ws)[1].visible


def test_what_was_there_on_the_first_day_is_not_news(bot: Bot, ws: Workspace, clock: Clock) -> None:
    until_evening(bot, clock)
    assert "New playbook" not in only(posted(ws)).visible


def test_more_changes_than_fit_go_into_the_thread(
    library: Path, bot: Bot, ws: Workspace, clock: Clock
) -> None:
    for file in list(PLAYBOOKS.glob("*.md"))[:12]:
        (library / file.name).write_text(file.read_text())
    saved(bot)
    until_evening(bot, clock)
    parent = posted(ws)[0]
    assert len(parent.visible.splitlines()) <= 10
    assert "More in the thread" in parent.visible
    assert len(ws.thread(parent)) == 2


def test_an_archived_channel_keeps_the_recap_and_tells_an_admin_once(
    bot: Bot, ws: Workspace, clock: Clock, dee: Any
) -> None:
    ws.fail("chat.postMessage", error="is_archived")
    until_evening(bot, clock)
    bot.scheduler.run_due()
    assert "recap could not be posted" in only(dee.dms).visible
    latest = bot.store.recaps.latest(ws.id, ws.channel("support").id)
    assert latest is not None and latest.day == date(2026, 11, 24)
    clock.advance(days=1)
    bot.recapping.plan()
    bot.scheduler.run_due()
    only(posted(ws))


def test_the_preview_is_what_would_be_posted_and_only_for_the_asker(
    bot: Bot, ws: Workspace, clock: Clock, cam: Any, ada: Any
) -> None:
    preview = cam.command("/mend", "recap", channel="support").message
    assert "Only you see this preview. Next recap: Tuesday 24 November, 18:00" in preview.visible
    assert ws.messages("support") == [] and ada.sees("support") == []
    until_evening(bot, clock)
    for line in only(posted(ws)).visible.splitlines():
        assert line in preview.visible


def test_a_day_full_of_owned_slips_reads_like_a_day_without_any(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any, ben: Any
) -> None:
    before = bot.recapping.preview(bot.deps.teams.all()[0])
    for number, person in enumerate((ada, ben, ada)):
        ada_note = own(person, f"slip {number}: refund to the wrong card")
        person.press(ada_note, "Post as me")
    assert bot.recapping.preview(bot.deps.teams.all()[0]) == before
