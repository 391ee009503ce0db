"""The brief: on demand for one reader, and before the shift for a team that wants it."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from mend.app import Bot
from mend.db.jobs import Jobs
from mend.people.teams import Teams
from mend.recap.daily.service import Briefing
from mend.repair.store import LearningStore
from tests.conftest import PLAYBOOKS, Clock, only, saved
from tests.people.test_team import made_team
from tests.recap.test_conditions import set_one
from tests.recap.test_daily import library as library
from workspace import Workspace


def asked(person: Any) -> str:
    return str(person.command("/mend", "brief", channel="support").message.visible)


def briefs(ws: Workspace) -> list[Any]:
    return [message for message in ws.messages("support") if "Before we start" in message.visible]


def look_up(bot: Bot, clock: Clock, weeks: int, times: int) -> None:
    """So many lookups of the team's on each of the last Tuesdays."""
    now, team = clock.moment, bot.of(Teams).first
    for week in range(1, weeks + 1):
        for _ in range(times):
            day = (now - timedelta(weeks=week)).date()
            LearningStore(bot.db).count("refund-late", "shown", day, team)
    LearningStore(bot.db).used("UBEN", "refund-late", {}, now, team)
    LearningStore(bot.db).close(team, now.date(), now, 1)
    clock.advance(minutes=1)


@pytest.fixture
def quiet(environment: dict[str, str], start: Callable[[], Bot], clock: Clock) -> Bot:
    """It is Tuesday, 08:00, and this team wants its brief at 08:45."""
    environment["MEND_BRIEF_TIME"] = "08:45"
    clock.moment = clock.moment.replace(hour=8, minute=0)
    return start()


@pytest.fixture
def early(quiet: Bot, cam: Any) -> Bot:
    """The same, with something to watch all week and on Monday."""
    set_one(cam, "courier strike", until="2026-11-30")
    return quiet


def at(bot: Bot, clock: Clock, hour: int, minute: int, day: int = 24) -> None:
    bot.of(Briefing).plan()
    clock.moment = clock.moment.replace(day=day, hour=hour, minute=minute)
    bot.of(Briefing).plan()
    bot.scheduler.run_due()


def test_a_new_team_hears_honestly_that_nothing_is_known_yet(bot: Bot, ada: Any) -> None:
    told = asked(ada)
    assert "Before we start: Tuesday 24 November" in told
    assert "No playbook changed in the last seven days." in told
    assert "What Tuesdays usually bring, Mend does not know yet" in told


def test_four_tuesdays_of_lookups_are_told_with_what_to_say(
    bot: Bot, clock: Clock, ada: Any
) -> None:
    look_up(bot, clock, weeks=3, times=9)
    assert "does not know yet" in asked(ada)
    look_up(bot, clock, weeks=4, times=1)
    usual = "Usual on Tuesdays  If a customer says “Where is my refund?”, then I say:"
    assert usual in asked(ada) and "does not know yet" not in asked(ada)


def test_what_another_team_looked_up_is_not_usual_here(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any, dee: Any
) -> None:
    other = made_team(ws, dee, "travel")
    look_up(bot, clock, weeks=4, times=10)
    usual = "Where is my refund?"
    assert usual in asked(ada)
    assert usual not in bot.of(Briefing).brief(ada.id, bot.of(Teams).rules(other)).text


def test_it_tells_what_changed_since_this_reader_looked_something_up(
    library: Path, bot: Bot, clock: Clock, ada: Any, ben: Any
) -> None:
    ada.command("/repair", "they charged me twice")
    clock.advance(hours=1)
    (library / "wrong-item.md").write_text((PLAYBOOKS / "wrong-item.md").read_text())
    saved(bot)
    clock.advance(hours=1)
    told = "New playbook  If a customer says “This isn't what I ordered”, then I say:"
    assert told in asked(ada)
    ada.command("/repair", "the wrong thing came")
    clock.advance(hours=1)
    assert "No playbook changed since you last looked one up." in asked(ada)
    assert told in asked(ben)


def test_it_is_for_the_asker_alone(bot: Bot, ws: Workspace, ada: Any) -> None:
    asked(ada)
    assert ws.messages("support") == []


def test_an_open_condition_says_what_to_ask_where_no_playbook_helps(
    bot: Bot, cam: Any, ada: Any
) -> None:
    set_one(cam)
    assert "courier strike (until Friday 27 November). If a customer is hit by it" in asked(ada)


def test_a_team_that_wants_one_gets_one_before_the_shift(
    early: Bot, ws: Workspace, clock: Clock
) -> None:
    at(early, clock, 8, 44)
    assert briefs(ws) == []
    at(early, clock, 8, 46)
    at(early, clock, 9, 0)
    told = only(briefs(ws)).visible
    assert "No playbook changed since Monday." in told and len(told.splitlines()) <= 10
    at(early, clock, 8, 46, day=25)
    assert len(briefs(ws)) == 2


def test_a_day_with_nothing_to_say_has_no_brief_but_whoever_asks_hears_so(
    quiet: Bot, ws: Workspace, clock: Clock, ada: Any, cam: Any
) -> None:
    for hour, minute in ((8, 46), (9, 30), (9, 44)):
        at(quiet, clock, hour, minute)
    assert briefs(ws) == []
    assert "Mend does not know yet" in asked(ada)
    set_one(cam)
    at(quiet, clock, 9, 50)
    assert briefs(ws) == []
    at(quiet, clock, 8, 46, day=25)
    assert "courier strike" in only(briefs(ws)).visible


def test_what_is_set_within_the_hour_is_still_told(
    quiet: Bot, ws: Workspace, clock: Clock, cam: Any
) -> None:
    at(quiet, clock, 8, 46)
    set_one(cam)
    for minute in (50, 52):
        at(quiet, clock, 8, minute)
    assert "courier strike" in only(briefs(ws)).visible


def test_a_brief_an_hour_late_helps_nobody_and_is_left_out(
    early: Bot, ws: Workspace, clock: Clock
) -> None:
    at(early, clock, 9, 46)
    assert briefs(ws) == []
    at(early, clock, 9, 44, day=25)
    only(briefs(ws))


def test_two_processes_and_a_lost_answer_post_it_once(
    early: Bot, start: Callable[[], Bot], ws: Workspace, clock: Clock
) -> None:
    second = start()
    ws.fail("chat.postMessage", error="lost", after_applying=True)
    for minute in (46, 48, 50):
        at(early, clock, 8, minute)
        at(second, clock, 8, minute)
    only(briefs(ws))


def test_a_time_moved_after_the_post_holds_from_the_next_day(
    early: Bot, environment: dict[str, str], start: Callable[[], Bot], ws: Workspace, clock: Clock
) -> None:
    at(early, clock, 8, 46)
    environment["MEND_BRIEF_TIME"] = "11:00"
    moved = start()
    at(moved, clock, 11, 5)
    only(briefs(ws))
    at(moved, clock, 10, 55, day=25)
    only(briefs(ws))
    at(moved, clock, 11, 5, day=25)
    assert len(briefs(ws)) == 2


def test_a_time_moved_or_taken_away_before_the_post_is_obeyed(
    early: Bot, environment: dict[str, str], start: Callable[[], Bot], ws: Workspace, clock: Clock
) -> None:
    early.of(Briefing).plan()
    environment["MEND_BRIEF_TIME"] = "08:10"
    at(start(), clock, 8, 11)
    only(briefs(ws))
    environment["MEND_BRIEF_TIME"] = ""
    at(start(), clock, 8, 46)
    at(start(), clock, 8, 46, day=25)
    only(briefs(ws))


def test_weekends_have_no_brief_and_monday_looks_back_to_friday(
    early: Bot, ws: Workspace, clock: Clock
) -> None:
    for day in (28, 29, 30):
        at(early, clock, 8, 46, day=day)
    assert "since Friday" in only(briefs(ws)).visible


def test_a_team_without_a_brief_time_gets_none(bot: Bot, ws: Workspace, clock: Clock) -> None:
    at(bot, clock, 15, 0)
    assert briefs(ws) == []
    assert Jobs(bot.db).pending("brief") == []


def test_an_archived_channel_is_told_to_an_admin_and_not_tried_again_that_day(
    early: Bot, ws: Workspace, clock: Clock, dee: Any
) -> None:
    ws.fail("chat.postMessage", error="is_archived")
    for minute in (46, 50, 55):
        at(early, clock, 8, minute)
    assert "brief could not be posted" in only(dee.dms).visible
    assert briefs(ws) == []
