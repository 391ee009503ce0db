"""Closed weeks: what is told, what is kept back, and that two looks are equal."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from mend.app import Bot
from mend.lookbacks.model import Factor
from mend.lookbacks.service import LookBacks
from mend.ownit.lessons import Lessons
from mend.ownit.model import Visibility
from mend.ownit.releasing import Releasing
from mend.ownit.service import Owning
from mend.playbooks.library import Library
from mend.recap.weekly.service import Weekly
from mend.recap.weekly.store import WeekStore
from mend.repair.service import Feedback
from tests.conftest import Clock, only
from tests.owed.bad_days import hours
from tests.people.test_team import made_team
from workspace import Workspace

NAMES = ("fay", "gus", "hana", "ivo", "joy", "kim", "leo", "mia")
SHOWN = Visibility.WITHOUT_NAME


@pytest.fixture
def people(ws: Workspace) -> list[Any]:
    return [ws.add_person(name) for name in NAMES]


def answer(
    bot: Bot,
    person: Any,
    factors: Sequence[Factor],
    *,
    words: str = "",
    visibility: Visibility = SHOWN,
) -> Any:
    """Somebody owned a slip and looks back on it."""
    request = f"{person.id}:{factors}:{words}:{bot.now()}"
    own = bot.of(Owning).own(person.id, request, f"slip {request}", visibility=visibility)
    bot.of(LookBacks).answer(own.note, tuple(factors))
    bot.of(LookBacks).less_likely(own.note, words)
    return own.note


def monday_morning(bot: Bot, clock: Clock) -> None:
    """The next Monday, just after ten."""
    days = 7 - clock.moment.weekday()
    clock.moment = (clock.moment + timedelta(days=days)).replace(hour=10, minute=1)
    bot.of(Weekly).plan()
    bot.scheduler.run_due()


def told(ws: Workspace) -> list[Any]:
    return [each for each in ws.messages("support") if "The week of" in each.visible]


def test_a_condition_that_five_people_named_is_told_without_a_figure(
    bot: Bot, ws: Workspace, clock: Clock, people: list[Any]
) -> None:
    for person in people[:5]:
        answer(bot, person, [Factor.TOOL])
    monday_morning(bot, clock)
    said = only(told(ws)).visible
    assert "The week of 23 November" in said
    assert "a system, screen, default or outage" in said
    assert not any(digit in said.replace("23 November", "") for digit in "0123456789")


def test_four_people_are_too_few_however_often_they_say_it(
    bot: Bot, ws: Workspace, clock: Clock, people: list[Any]
) -> None:
    for _ in range(3):
        for person in people[:4]:
            answer(bot, person, [Factor.TOOL])
        clock.advance(minutes=11)
    monday_morning(bot, clock)
    assert told(ws) == []  # there is nothing else to tell either


def test_notes_for_their_owner_alone_are_counted_nowhere(
    bot: Bot, ws: Workspace, clock: Clock, people: list[Any]
) -> None:
    for person in people[:4]:
        answer(bot, person, [Factor.TOOL])
    answer(bot, people[4], [Factor.TOOL], visibility=Visibility.ONLY_ME)
    monday_morning(bot, clock)
    assert told(ws) == []


def test_a_note_withdrawn_before_the_week_closed_is_not_counted(
    bot: Bot, ws: Workspace, clock: Clock, people: list[Any]
) -> None:
    notes = [answer(bot, person, [Factor.TOOL]) for person in people[:5]]
    bot.of(Owning).withdraw(people[0].id, notes[0].id)
    monday_morning(bot, clock)
    assert told(ws) == []


def test_being_tired_and_being_busy_are_told_together(
    bot: Bot, ws: Workspace, clock: Clock, people: list[Any]
) -> None:
    for number, person in enumerate(people[:5]):
        answer(bot, person, [Factor.FATG if number % 2 else Factor.LOAD])
    monday_morning(bot, clock)
    said = only(told(ws)).visible
    assert "workload and breaks" in said and "tired" not in said


def test_what_was_said_after_the_week_closed_changes_no_look_at_it(
    bot: Bot, ws: Workspace, clock: Clock, people: list[Any], cam: Any
) -> None:
    for person in people[:5]:
        answer(bot, person, [Factor.TOOL])
    monday_morning(bot, clock)
    before = cam.command("/mend", "causes").message.visible
    first = answer(bot, people[5], [Factor.TOOL, Factor.INFO])
    assert cam.command("/mend", "causes").message.visible == before
    bot.of(Owning).withdraw(people[5].id, first.id)
    bot.of(Weekly).plan()
    bot.scheduler.run_due()
    assert cam.command("/mend", "causes").message.visible == before
    only(told(ws))


def test_weeks_do_not_overlap_so_nobody_is_counted_in_two(
    bot: Bot, ws: Workspace, clock: Clock, people: list[Any]
) -> None:
    for person in people[:3]:
        answer(bot, person, [Factor.TOOL])
    monday_morning(bot, clock)
    for person in people[3:6]:
        answer(bot, person, [Factor.TOOL])
    monday_morning(bot, clock)
    assert all("system" not in each.visible for each in told(ws))
    weeks = WeekStore(bot.db).since(ws.channel("support").id, date(2026, 1, 1))
    assert weeks[0].after == weeks[1].until


def test_an_operator_who_raised_the_number_has_that_many_behind_each_line(
    environment: dict[str, str], start: Any, ws: Workspace, clock: Clock, people: list[Any]
) -> None:
    environment["MEND_K"] = "6"
    bot = start()
    for person in people[:5]:
        answer(bot, person, [Factor.TOOL])
    monday_morning(bot, clock)
    assert told(ws) == []


def test_after_three_weeks_of_downtime_only_the_last_week_is_told(
    start: Any, ws: Workspace, clock: Clock, people: list[Any]
) -> None:
    bot = start()
    for person in people[:5]:
        answer(bot, person, [Factor.TOOL])
    clock.advance(days=21)
    bot = start()
    look_up(bot, people[:5], "double-charge", 12)
    monday_morning(bot, clock)
    assert "The week of 14 December" in only(told(ws)).visible
    weeks = WeekStore(bot.db).since(ws.channel("support").id, date(2026, 1, 1))
    assert [week.monday.day for week in weeks] == [14, 7, 30, 23]
    assert weeks[-1].factors and not weeks[0].factors


def test_a_monday_off_moves_it_to_tuesday(
    environment: dict[str, str], start: Any, ws: Workspace, clock: Clock
) -> None:
    environment["MEND_WORKDAYS"] = "tue,wed,thu,fri"
    bot = start()
    for number in range(5):
        answer(bot, ws.add_person(f"agent{number}"), [Factor.TOOL])
    monday_morning(bot, clock)
    assert told(ws) == []
    clock.advance(days=1)
    bot.scheduler.run_due()
    only(told(ws))


def look_up(bot: Bot, people: Sequence[Any], slug: str, times: int) -> None:
    book = bot.of(Library).get(slug)
    assert book is not None
    for number in range(times):
        bot.of(Feedback).seen(people[number % len(people)].id, book)


def test_problems_looked_up_often_by_enough_people_are_a_chart_and_text(
    bot: Bot, ws: Workspace, clock: Clock, people: list[Any]
) -> None:
    look_up(bot, people[:5], "double-charge", 12)
    look_up(bot, people[:5], "missed-callback", 11)
    look_up(bot, people[:2], "refund-late", 30)  # two people only
    look_up(bot, people[:5], "wrong-item", 9)  # too seldom
    monday_morning(bot, clock)
    post = only(told(ws))
    assert "They charged me twice (12 times); Nobody called me back (11 times)" in post.text
    [chart] = charts(post)
    points = chart["chart"]["series"][0]["data"]
    assert points == [{"label": "1", "value": 12}, {"label": "2", "value": 11}]
    assert "refund" not in post.text.lower()


def test_one_problem_alone_is_no_chart(
    bot: Bot, ws: Workspace, clock: Clock, people: list[Any]
) -> None:
    look_up(bot, people[:5], "double-charge", 12)
    monday_morning(bot, clock)
    assert "(12 times)" in only(told(ws)).text and charts(only(told(ws))) == []


def test_a_week_tells_what_its_own_team_looked_up(
    bot: Bot, ws: Workspace, clock: Clock, people: list[Any], dee: Any
) -> None:
    """Where each looked: five of them in billing, four in both."""
    made_team(ws, dee, "billing")
    for number in range(12):
        people[number % 5].command("/repair", "they charged me twice", channel="billing")
        people[number % 4].command("/repair", "Nobody called me back", channel="support")
    monday_morning(bot, clock)
    [week] = [each for each in ws.messages("billing") if "The week of" in each.visible]
    assert "They charged me twice (12 times)" in week.text
    assert "Nobody called me back" not in week.text
    assert told(ws) == []  # four people there


def charts(post: Any) -> list[Any]:
    return [block for block in post.blocks if block["type"] == "data_visualization"]


def test_where_slack_takes_no_chart_the_text_is_sent_and_no_chart_tried_again(
    bot: Bot, ws: Workspace, clock: Clock, people: list[Any]
) -> None:
    ws.fail("chat.postMessage", error="invalid_blocks")
    for _ in range(2):
        look_up(bot, people[:5], "double-charge", 12)
        look_up(bot, people[:5], "missed-callback", 12)
        monday_morning(bot, clock)
    first, second = told(ws)
    for post in (first, second):
        assert "(12 times)" in post.text
        assert charts(post) == []


def test_a_lesson_is_told_again_a_month_later_unless_it_was_withdrawn(
    bot: Bot, ws: Workspace, clock: Clock, ada: Any
) -> None:
    kept = []
    for words in ("read it back first", "say when before you transfer"):
        own = bot.of(Owning).own(ada.id, words, f"slip about {words}").note
        releasing = bot.of(Releasing)
        releasing.release(releasing.learned(own, words))
        kept.append(own)
    for day in (24, 25):  # both are told in the week of the 23rd
        lesson = Lessons(bot.db).of_day(own.team, date(2026, 11, day), clock() + timedelta(days=30))
        Lessons(bot.db).was_told(own.team, lesson or "", date(2026, 11, day))
    bot.of(Owning).withdraw(ada.id, kept[0].id)
    clock.moment = datetime(2026, 12, 22, 12, tzinfo=UTC)
    monday_morning(bot, clock)
    said = only(told(ws)).visible
    assert "say when before you transfer" in said and "read it back first" not in said


def test_what_is_half_a_year_old_is_forgotten(
    bot: Bot, ws: Workspace, clock: Clock, people: list[Any]
) -> None:
    monday_morning(bot, clock)
    clock.advance(days=190)
    bot.of(Weekly).plan()
    weeks = WeekStore(bot.db).since(ws.channel("support").id, date(2026, 1, 1))
    assert min(week.monday for week in weeks) > date(2026, 11, 30)


def test_a_first_start_on_a_monday_with_an_empty_folder_tells_of_no_week(
    environment: dict[str, str],
    tmp_path: Path,
    start: Callable[[], Bot],
    ws: Workspace,
    clock: Clock,
) -> None:
    environment["MEND_PLAYBOOKS"] = str(tmp_path / "playbooks")
    (tmp_path / "playbooks").mkdir()
    clock.moment = datetime(2026, 11, 30, 7, 0, tzinfo=UTC)
    hours(start(), clock, 30, every=30)
    assert [each for each in ws.messages("support") if "The week of" in each.visible] == []
