"""The daily recap, as the team and its supervisor see it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mend.app import Bot
from mend.ownit.lessons import Lessons
from mend.people.teams import Teams
from mend.recap.daily.service import Recapping
from mend.recap.daily.store import RecapStore
from mend.repair.gap_store import GapStore
from mend.repair.gaps import Gaps
from tests.conftest import PLAYBOOKS, Clock, only, saved
from tests.ownit.test_ownit import own
from workspace import Workspace


def posted(ws: Workspace) -> list[Any]:
    return [message for message in ws.messages("support") if "What we learned" in message.visible]


def until_evening(bot: Bot, clock: Clock) -> None:
    """Tuesday, a minute past six."""
    bot.of(Gaps).plan()
    bot.of(Recapping).plan()
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
    bot.of(Recapping).plan()
    clock.moment = clock.moment.replace(hour=17, minute=59)
    bot.scheduler.run_due()
    assert posted(ws) == []
    until_evening(bot, clock)
    assert len(only(posted(ws)).visible.splitlines()) <= 10


def test_it_is_posted_once_however_often_one_looks(bot: Bot, ws: Workspace, clock: Clock) -> None:
    for _ in range(3):
        until_evening(bot, clock)
        clock.advance(hours=1)
        bot.of(Recapping).plan()
        bot.scheduler.run_due()
    only(posted(ws))


def test_two_processes_post_it_once(start: Callable[[], Bot], ws: Workspace, clock: Clock) -> None:
    first, second = start(), start()
    first.of(Recapping).plan()
    second.of(Recapping).plan()
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
    assert bot.of(Recapping).next_day(bot.of(Teams).all()[0]) == date(2026, 11, 25)


def test_a_day_of_downtime_is_told_late_and_says_for_which_day(
    start: Callable[[], Bot], ws: Workspace, clock: Clock
) -> None:
    start().of(Recapping).plan()
    clock.moment = clock.moment.replace(day=25, hour=9)
    bot = start()
    bot.of(Recapping).plan()
    bot.scheduler.run_due()
    assert "What we learned for Tuesday 24 November" in only(posted(ws)).visible


def test_a_week_of_downtime_is_one_post_not_five(
    start: Callable[[], Bot], ws: Workspace, clock: Clock
) -> None:
    start().of(Recapping).plan()
    clock.advance(days=7)
    bot = start()
    bot.of(Recapping).plan()
    bot.scheduler.run_due()
    assert "for Monday 30 November" in only(posted(ws)).visible


def test_saturday_and_sunday_are_quiet(bot: Bot, ws: Workspace, clock: Clock) -> None:
    clock.moment = clock.moment.replace(day=28, hour=12)
    bot.of(Recapping).plan()
    assert bot.of(Recapping).next_day(bot.of(Teams).all()[0]) == date(2026, 11, 30)


def test_a_recap_time_changed_before_it_was_due_moves_it(
    environment: dict[str, str], start: Callable[[], Bot], ws: Workspace, clock: Clock
) -> None:
    start().of(Recapping).plan()
    environment["MEND_RECAP_TIME"] = "16:00"
    moved = start()
    moved.of(Recapping).plan()
    clock.moment = clock.moment.replace(hour=16, minute=1)
    moved.scheduler.run_due()
    only(posted(ws))
    clock.moment = clock.moment.replace(hour=18, minute=1)
    moved.of(Recapping).plan()
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
    bot.of(Recapping).plan()
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


def test_an_archived_channel_tells_an_admin_once_and_gets_the_recap_late(
    bot: Bot, ws: Workspace, clock: Clock, dee: Any
) -> None:
    ws.channel("support").archived = True
    until_evening(bot, clock)
    for _ in range(3):
        bot.scheduler.run_due()
        clock.advance(days=1)
        bot.of(Recapping).plan()
    told = only(dee.dms).visible
    assert "recap could not be posted" in told and "the channel is archived" in told
    assert RecapStore(bot.db).latest(ws.channel("support").id) is None
    ws.channel("support").archived = False
    bot.scheduler.run_due()
    assert "What we learned" in only(posted(ws)).visible


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
    before = bot.of(Recapping).preview(bot.of(Teams).all()[0])
    for number, person in enumerate((ada, ben, ada)):
        ada_note = own(person, f"slip {number}: refund to the wrong card")
        person.press(ada_note, "Post as me")
    assert bot.of(Recapping).preview(bot.of(Teams).all()[0]) == before


def evenings(bot: Bot, clock: Clock, days: int) -> None:
    """So many days go by, each to a minute past six."""
    for _ in range(days):
        until_evening(bot, clock)
        clock.advance(days=1)
        clock.moment = clock.moment.replace(hour=9)


def test_a_quiet_day_still_has_something_to_use(bot: Bot, ws: Workspace, clock: Clock) -> None:
    evenings(bot, clock, 2)
    quiet = posted(ws)[1].visible
    assert "If a customer says" in quiet and "Thank you" in quiet
    assert len(quiet.splitlines()) == 3


def test_an_empty_library_still_has_something_to_use(
    environment: dict[str, str],
    tmp_path: Path,
    start: Callable[[], Bot],
    ws: Workspace,
    clock: Clock,
) -> None:
    (tmp_path / "none").mkdir()
    environment["MEND_PLAYBOOKS"] = str(tmp_path / "none")
    until_evening(start(), clock)
    assert "then I say: “I am going to get this sorted." in only(posted(ws)).visible


def test_a_holiday_is_quiet_and_the_next_day_tells_of_it(
    environment: dict[str, str],
    library: Path,
    start: Callable[[], Bot],
    ws: Workspace,
    clock: Clock,
) -> None:
    environment["MEND_COUNTRY"] = "US"  # Thanksgiving is on Thursday
    bot = start()
    evenings(bot, clock, 2)
    (library / "wrong-item.md").write_text((PLAYBOOKS / "wrong-item.md").read_text())
    saved(bot)
    evenings(bot, clock, 1)
    assert len(posted(ws)) == 2
    evenings(bot, clock, 1)
    assert "New playbook" in posted(ws)[2].visible


def test_the_first_day_ever_tells_of_no_gap_and_no_change(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any
) -> None:
    ada.command("/repair", "zzz qqq xyzzy", channel="support")
    until_evening(bot, clock)
    first = only(posted(ws)).visible
    assert "Waiting for an author" not in first and "New playbook" not in first


def gap_lines(ws: Workspace) -> list[list[str]]:
    """What each recap said of gaps."""
    of_gaps = ("Waiting for an author", "Answered")
    return [
        [line for line in each.visible.splitlines() if line.startswith(of_gaps)]
        for each in posted(ws)
    ]


def test_a_gap_is_told_by_its_theme_when_it_appears_and_when_it_closes(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any
) -> None:
    evenings(bot, clock, 1)
    ada.command("/repair", "zzz qqq xyzzy", channel="support")
    evenings(bot, clock, 3)  # told from the day after, and no more the day after that
    for gap in GapStore(bot.db).live():
        GapStore(bot.db).close(gap, clock())
    clock.moment = clock.moment.replace(day=30, hour=12)
    evenings(bot, clock, 2)
    appears = "Waiting for an author  a playbook about something new"
    closes = "Answered  what was looked for about something new"
    assert gap_lines(ws) == [[], [appears], [], [], [closes], []]
    assert "xyzzy" not in str([message.blocks for message in posted(ws)])


def test_a_dismissed_gap_is_not_told_as_answered_and_is_told_anew_when_it_returns(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any, ben: Any
) -> None:
    evenings(bot, clock, 1)
    ada.command("/repair", "zzz qqq xyzzy", channel="support")
    evenings(bot, clock, 2)
    for gap in GapStore(bot.db).live():
        GapStore(bot.db).close(gap, clock(), "We do not sell these.")
    evenings(bot, clock, 1)
    clock.moment = clock.moment.replace(day=30, hour=12)
    for person in (ada, ben):
        person.command("/repair", "zzz qqq xyzzy", channel="support")
    evenings(bot, clock, 2)
    assert [len(lines) for lines in gap_lines(ws)] == [0, 1, 0, 0, 1, 0]


def test_the_day_after_a_withdrawal_reads_like_any_other(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any
) -> None:
    evenings(bot, clock, 1)
    expected = bot.of(Recapping).preview(bot.of(Teams).all()[0])
    receipt = own(ada)
    ada.press(receipt, "Post as me")
    ada.press(receipt, "Withdraw")
    until_evening(bot, clock)
    assert posted(ws)[-1].text == expected.text


@pytest.mark.parametrize("people", [1, 2, 12])
def test_a_team_below_k_gets_the_same_recap_as_any_other(
    bot: Bot, ws: Workspace, clock: Clock, people: int
) -> None:
    expected = bot.of(Recapping).preview(bot.of(Teams).all()[0])
    for number in range(people):
        own(ws.add_person(f"agent{number}"), f"slip {number}: booked the wrong week")
    until_evening(bot, clock)
    assert only(posted(ws)).text == expected.text


def test_a_lesson_too_long_for_a_line_is_read_in_the_thread(
    bot: Bot, ws: Workspace, clock: Clock
) -> None:
    lesson = "First.\nThen, slowly.\n" + "Read it back. " * 30
    team = bot.of(Teams).first
    Lessons(bot.db).release(team, "note", lesson, clock())
    until_evening(bot, clock)
    parent = posted(ws)[0]
    assert "Then, slowly." not in parent.visible and "More in the thread." in parent.visible
    assert lesson.strip() in ws.thread(parent)[1].visible


def test_a_lesson_is_in_no_preview_so_that_it_can_be_taken_back(
    bot: Bot, ws: Workspace, clock: Clock, cam: Any
) -> None:
    team = bot.of(Teams).first
    Lessons(bot.db).release(team, "note", "Read it back first.", clock())
    assert "Read it back" not in cam.command("/mend", "recap", channel="support").message.visible
    until_evening(bot, clock)
    assert "A lesson from the team  Read it back first." in only(posted(ws)).visible
