"""Five years of recaps in six places: none missed, none twice, none on a wrong day.

The oracle is the wall clock itself: it walks through UTC in quarters of an hour and reads what the
clock on that team's wall shows. It knows nothing of folds, gaps or Mend's own calendar.
"""

from __future__ import annotations

import tempfile
import time as timer
from bisect import bisect
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import holidays
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mend.db.engine import Database
from mend.db.model import Patience
from mend.db.schema import opened
from mend.db.worker import Duty, Scheduler
from mend.people.model import day_to_tell
from mend.people.store import TeamStore
from mend.people.teams import Teams
from mend.playbooks.model import Playbook
from mend.recap.daily import service as recapping
from mend.recap.daily.model import recap_of
from mend.recap.daily.service import Recapping
from mend.recap.daily.store import RecapStore
from mend.slack.model import Failure, NotSent
from mend.slack.store import Posts
from tests.conftest import Clock
from tests.recap.small_slack import SmallSlack, Told

WORKSPACE = "T1"
FIRST, LAST = date(2009, 7, 1), date(2014, 6, 30)  # clocks changed in five of the six places then
QUARTER = timedelta(minutes=15)
BOOKS = [Playbook("refund-late", "Where is my refund", say_first="I will find out where it is.")]
MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None  # a folder without a disk below it
ARM = timedelta(days=1)


@dataclass(frozen=True)
class Place:
    """A zone, a country, and a recap time that the clock changes of that zone hit."""

    zone: str
    country: str
    at: time

    @property
    def info(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    @property
    def channel(self) -> str:
        return f"C{self.country.replace('-', '')}"

    @property
    def chosen(self) -> dict[str, str]:
        return {
            "MEND_TIMEZONE": self.zone,
            "MEND_COUNTRY": self.country,
            "MEND_RECAP_TIME": f"{self.at:%H:%M}",
            "MEND_WORKDAYS": "mon,tue,wed,thu,fri,sun",  # clocks change on Sundays
        }


PLACES = [
    Place("Asia/Manila", "PH", time(18)),
    Place("Europe/London", "GB-ENG", time(1, 30)),  # skipped in March, twice in October
    Place("America/Chicago", "US", time(2, 30)),  # skipped in March
    Place("Australia/Lord_Howe", "AU-NSW", time(1, 45)),  # by half an hour; twice in April
    Place("Pacific/Apia", "WS", time(18)),  # no 30 December 2011, a Friday
    Place("America/Sao_Paulo", "BR", time(0, 15)),  # midnight itself is skipped in October
]


# --- the oracle --------------------------------------------------------------------------------


def days_on_the_wall(zone: ZoneInfo) -> list[date]:
    """Each date that a clock there shows at some hour of these years."""
    moment = datetime(FIRST.year, FIRST.month, FIRST.day, tzinfo=UTC) - timedelta(days=1)
    found: dict[date, None] = {}
    while (day := moment.astimezone(zone).date()) <= LAST:
        if day >= FIRST:
            found[day] = None
        moment += timedelta(hours=6)
    return list(found)


@cache
def holidays_of(place: Place) -> frozenset[date]:
    code, _, part = place.country.partition("-")
    years = range(FIRST.year, LAST.year + 1)
    return frozenset(holidays.country_holidays(code, subdiv=part or None, years=years))


def is_workday(place: Place, day: date) -> bool:
    return day.isoweekday() != 6 and day not in holidays_of(place)


@cache
def workdays(place: Place) -> list[date]:
    return [day for day in days_on_the_wall(place.info) if is_workday(place, day)]


def shown_at(day: date, place: Place) -> datetime:
    """The first quarter of an hour at which the clock there shows that time, or is past it."""
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=15)
    while True:
        local = moment.astimezone(place.info)
        if (local.date(), local.time()) >= (day, place.at):
            return moment
        moment += QUARTER


def unusual_days(place: Place) -> list[date]:
    """Days near which the clock changes, or on which a holiday falls."""
    days = days_on_the_wall(place.info)
    offsets = {
        day: datetime(day.year, day.month, day.day, 12, tzinfo=place.info).utcoffset()
        for day in days
    }
    changes = [
        after
        for before, after in zip(days, days[1:], strict=False)
        if offsets[before] != offsets[after]
    ]
    off = [day for day in days if day.isoweekday() != 6 and not is_workday(place, day)]
    return sorted({*changes, *off})


def stretches(place: Place) -> list[list[date]]:
    """The working days around each unusual one, two on either side; what touches is joined.

    The first of each is where that stretch begins: it counts as told.
    """
    working = workdays(place)
    found: list[list[date]] = []
    for day in unusual_days(place):
        place_of = bisect(working, day)
        near = working[max(0, place_of - 2) : place_of + 2]
        if found and near[0] <= found[-1][-1]:
            found[-1] += [each for each in near if each > found[-1][-1]]
        else:
            found.append(near)
    return found


# --- the real thing ------------------------------------------------------------------------------


@dataclass
class Centre:
    """The real Recapping, Scheduler and db, as often as there are processes; one small Slack."""

    folder: Path
    clock: Clock = field(default_factory=Clock)
    processes: int = 2

    def __post_init__(self) -> None:
        self.slack = SmallSlack(self.clock)
        self.stores = [opened(self.folder / "mend.db", WORKSPACE) for _ in range(self.processes)]
        self.db = self.stores[0]
        self.bots = [self._process(db) for db in self.stores]

    def _process(self, db: Database) -> tuple[Recapping, Scheduler]:
        teams = Teams(
            db, self.slack.port, frozenset, self.clock, "", {}, lambda person, channels: [*channels]
        )
        recaps = Recapping(db, self.slack.outbox(db), self.clock, teams, lambda: BOOKS)
        work = {
            recapping.KIND: Duty(recaps.run, Patience.OWED, "No recap."),
            recapping.DETAILS_KIND: Duty(recaps.run_details, Patience.OWED, "No details."),
        }
        scheduler = Scheduler(
            db,
            work,
            self.clock,
            plan=[],
            refused=lambda duty, job, failure: None,
            chance=lambda: 0.5,
        )
        return recaps, scheduler

    @property
    def recaps(self) -> Recapping:
        return self.bots[0][0]

    def choose(self, place: Place, **changed: str) -> None:
        TeamStore(self.db).keep(
            place.channel, place.chosen | changed, datetime(2009, 1, 1, tzinfo=UTC)
        )

    def tell(self, place: Place, day: date) -> None:
        """The recap of that day is told."""
        moment = shown_at(day, place)
        told = recap_of(place.channel, day, moment - ARM, moment, [], BOOKS)
        RecapStore(self.db).keep(told)

    def at(self, moment: datetime) -> None:
        """The clock shows this now, and every process looks."""
        self.clock.moment = moment
        for recaps, _ in self.bots:
            recaps.plan()
        for _, scheduler in self.bots:
            scheduler.run_due()

    def days_told(self, place: Place) -> list[date]:
        """Which day each recap is of, as its reader understands it."""
        posts = [told for told in self.slack.told if told.channel == place.channel]
        return [day_of(told, place) for told in posts if not told.thread]

    def close(self) -> None:
        for db in self.stores:
            db.close()


def day_of(told: Told, place: Place) -> date:
    posted_on = told.at.astimezone(place.info).date()
    heading = told.text.splitlines()[0]
    if " for " not in heading:
        return posted_on
    named = heading.partition(" for ")[2]
    back = (posted_on - timedelta(days=days) for days in range(1, 40))
    return next(day for day in back if f"{day:%A %-d %B}" == named)


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Centre]:
    made = Centre(tmp_path)
    yield made
    made.close()


def test_five_years_in_six_places_miss_nothing_double_nothing_and_mistake_no_day(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Through the db: every stretch around a clock change or holiday. By stepping: all days."""
    started = timer.process_time()
    expected: Counter[tuple[str, date]] = Counter()
    found: Counter[tuple[str, date]] = Counter()
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        for place in PLACES:
            (Path(folder) / place.channel).mkdir()
            centre = Centre(Path(folder) / place.channel)
            centre.choose(place)
            for start, *days in stretches(place):
                centre.tell(place, start)
                for day in days:
                    due = shown_at(day, place)
                    if day.day % 3 == 0:
                        centre.at(due - QUARTER)
                    centre.at(due + timedelta(minutes=61 + day.day))  # past the longest skip
                    expected[place.zone, day] += 1
            found.update((place.zone, day) for day in centre.days_told(place))
            assert all(
                told.at >= shown_at(day_of(told, place), place) for told in centre.slack.told
            )
            centre.close()
    through_the_store = expected.total()
    for place in PLACES:
        assert stepped(place) == workdays(place), place
    missed, double = expected - found, found - expected
    wrong = [each for each in double if each not in expected]
    with capsys.disabled():
        print(
            f"\nfive years, six zones: {through_the_store} recaps through the db,"
            f" {sum(len(workdays(place)) for place in PLACES)} days stepped,"
            f" {timer.process_time() - started:.1f} s; missed, double, wrong-day ="
            f" {missed.total()} {double.total() - len(wrong)} {len(wrong)}"
        )
    assert (missed, double, wrong) == (Counter(), Counter(), [])


def stepped(place: Place) -> list[date]:
    """What the rule tells next, from day to day, each time its hour has just passed."""
    working = workdays(place)
    told = [working[0]]
    while told[-1] < working[-1]:
        now = shown_at(told[-1], place) + timedelta(minutes=65)
        told.append(day_to_tell(now, told[-1], place.at, place.info, partial(is_workday, place)))
    return told


# --- what goes wrong -----------------------------------------------------------------------------

LONDON, MANILA = PLACES[1], PLACES[0]


@pytest.mark.parametrize(
    ("down", "for_day"),
    [
        (timedelta(minutes=40), date(2010, 3, 26)),
        (timedelta(days=1), date(2010, 3, 26)),
        (timedelta(days=7), date(2010, 4, 1)),  # Good Friday is a holiday
    ],
)
def test_downtime_is_one_post_for_the_last_missed_day_even_over_a_clock_change(
    centre: Centre, down: timedelta, for_day: date
) -> None:
    centre.choose(LONDON)
    centre.tell(LONDON, date(2010, 3, 25))
    centre.at(shown_at(date(2010, 3, 26), LONDON) - QUARTER)
    centre.at(shown_at(date(2010, 3, 26), LONDON) + down)
    assert centre.days_told(LONDON) == [for_day]
    following = next(day for day in workdays(LONDON) if day > for_day)
    centre.at(shown_at(following, LONDON) + timedelta(hours=1))
    assert centre.days_told(LONDON) == [for_day, following]


def test_a_time_moved_after_the_post_holds_from_the_next_day(centre: Centre) -> None:
    centre.choose(MANILA)
    tuesday = datetime(2012, 3, 6, 10, tzinfo=UTC)  # 18:00 there
    centre.at(tuesday - timedelta(hours=1))
    centre.at(tuesday)
    centre.choose(MANILA, MEND_RECAP_TIME="21:00")
    centre.at(tuesday + timedelta(hours=4))
    assert centre.days_told(MANILA) == [date(2012, 3, 6)]
    centre.at(tuesday + timedelta(days=1, hours=2))
    assert centre.days_told(MANILA) == [date(2012, 3, 6)]
    centre.at(tuesday + timedelta(days=1, hours=3))
    assert centre.days_told(MANILA) == [date(2012, 3, 6), date(2012, 3, 7)]


def test_a_clock_set_back_tells_no_day_again(centre: Centre) -> None:
    centre.choose(MANILA)
    tuesday = datetime(2012, 3, 6, 10, tzinfo=UTC)
    for moment in (tuesday - QUARTER, tuesday, tuesday - timedelta(days=2), tuesday):
        centre.at(moment)
    assert centre.days_told(MANILA) == [date(2012, 3, 6)]


def test_a_lost_answer_and_a_death_before_the_record_post_once(centre: Centre) -> None:
    centre.choose(MANILA)
    tuesday = datetime(2012, 3, 6, 10, tzinfo=UTC)
    centre.at(tuesday - QUARTER)
    centre.slack.answers.append(NotSent(Failure.UNKNOWN))
    centre.at(tuesday)
    centre.at(tuesday + timedelta(minutes=2))
    assert centre.days_told(MANILA) == [date(2012, 3, 6)]


WHAT_HAPPENS = st.lists(
    st.one_of(
        st.integers(1, 12 * 24).map(lambda hours: ("hours pass", hours)),
        st.sampled_from(PLACES).map(lambda place: ("the team moves", place)),
        st.times().map(lambda at: ("another time is set", f"{at:%H:%M}")),
        st.integers(1, 72).map(lambda hours: ("the clock is set back", hours)),
    ),
    max_size=25,
)


@settings(max_examples=20, suppress_health_check=list(HealthCheck))
@given(WHAT_HAPPENS)
def test_whatever_happens_days_are_told_in_order_and_once(happens: list[tuple[str, Any]]) -> None:
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        centre = Centre(Path(folder))
        moment, place, at = datetime(2011, 12, 1, tzinfo=UTC), MANILA, "18:00"
        for what, value in happens:
            if what == "hours pass":
                moment += timedelta(hours=value)
            elif what == "the clock is set back":
                moment -= timedelta(hours=value)
            elif what == "the team moves":
                place = value
            else:
                at = value
            centre.choose(
                MANILA, MEND_TIMEZONE=place.zone, MEND_COUNTRY=place.country, MEND_RECAP_TIME=at
            )
            centre.at(moment)
        posts = Posts(centre.db).starting("recap:")
        centre.close()
    in_order = sorted(posts, key=lambda post: int(post.ts))
    days = [post.subject.rpartition(":")[2] for post in in_order]
    assert days == sorted(set(days))
    assert len(centre.slack.told) == len(days)
