"""Who Mend is for, what each may do, their teams, and the days those work."""

from collections.abc import Callable, Collection, Container
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import IntEnum
from zoneinfo import ZoneInfo

from mend.db.model import Refused
from mend.ownit.model import Visibility

ELSEWHERE = "Mend here is for people of this workspace. Your own company's Mend can help you."
DEACTIVATED = "This account is deactivated here, so Mend does nothing for it."
GUEST = "Mend here is for members of this workspace, not for guests."


@dataclass(frozen=True, slots=True)
class Profile:
    """A person as Slack knows them. `workspaces` are all that they belong to, and their company."""

    id: str
    names: tuple[str, ...]
    workspaces: frozenset[str]
    is_guest: bool = False
    is_deactivated: bool = False
    is_bot: bool = False


def admit(
    profile: Profile, homes: Collection[str], *, guests: bool, who_can: Collection[str]
) -> None:
    """Raises Refused unless Mend is for this person.

    `homes` are Mend's own workspace and the one that the person's act was sent from: within one
    company they may differ, between companies nobody belongs to both.
    """
    if not profile.workspaces.issuperset(homes):
        raise Refused(ELSEWHERE)
    if profile.is_deactivated:
        raise Refused(DEACTIVATED)
    if profile.is_guest and not guests:
        raise Refused(f"{GUEST} {helpers(who_can)}")


KEEP_AUDIT = timedelta(days=180)
NAMED = 5  # a whole user group would be a wall of names


class Role(IntEnum):
    """Each role may do what the ones below it may."""

    AGENT = 1
    SUPERVISOR = 2
    ADMIN = 3

    @property
    def word(self) -> str:
        return self.name.lower()


def role_of(person: str, admins: Collection[str], supervisors: Collection[str]) -> Role:
    if person in admins:
        return Role.ADMIN
    return Role.SUPERVISOR if person in supervisors else Role.AGENT


def require(role: Role, needed: Role, who_can: Collection[str]) -> None:
    """Raises Refused, naming who can help, unless `role` is at least `needed`."""
    if role < needed:
        article = "an" if needed is Role.ADMIN else "a"
        raise Refused(f"That is for {article} {needed.word}. {helpers(who_can)}")


def helpers(who_can: Collection[str]) -> str:
    """Who can help, by member id: shown as mentions, which ping nobody in a private answer."""
    names = ", ".join(f"<@{person}>" for person in sorted(who_can)[:NAMED])
    return f"{names} can help." if names else "Nobody has that role yet: tell your operator."


DAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LEAST_K = 5  # people behind a line; may only be raised (domain practice: Viva Glint, 15Five)


def spelled(k: int) -> str:
    """So many people, as a sentence says it."""
    return "five" if k == LEAST_K else str(k)


@dataclass(frozen=True, slots=True)
class Team:
    """The rules of one team. `channel` is empty for people who have none yet.

    `days` are weekdays, Monday is 0; `holidays` are the public ones of `country`.
    `brief_at` is when a brief is posted before the shift, None for never.
    """

    channel: str
    zone: ZoneInfo
    country: str
    days: frozenset[int]
    recap_at: time
    brief_at: time | None
    visibility: Visibility
    lookback_days: int
    supervisors: frozenset[str]
    since: datetime | None = None
    holidays: Container[date] = field(default=frozenset(), compare=False)

    def is_workday(self, day: date) -> bool:
        return day.weekday() in self.days and day not in self.holidays


IsWorkday = Callable[[date], bool]
_LONGEST_PAUSE = 366  # days; a team without one working day a year has no recap


def instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The moment (in UTC) at which the clock on that team's wall shows `at` on `day`."""
    return datetime.combine(day, at, tzinfo=zone).astimezone(UTC)


def day_to_tell(
    now: datetime, last: date | None, at: time, zone: ZoneInfo, is_workday: IsWorkday
) -> date:
    """The working day whose recap comes next, never `last` or an earlier one.

    After downtime that is the latest day whose time has passed: the days before it are told with
    it, in one post, not in a burst of late ones.
    """

    def is_told(day: date) -> bool:
        return is_workday(day) and _is_on_the_calendar(day, zone)

    today = now.astimezone(zone).date() + timedelta(days=1)  # tomorrow's may have passed near UTC
    for back in range(_LONGEST_PAUSE if last else 0):
        day = today - timedelta(days=back)
        if last and day <= last:
            break
        if is_told(day) and instant(day, at, zone) <= now:
            return day
    day = today - timedelta(days=2)
    for _ in range(_LONGEST_PAUSE):
        if is_told(day) and (last is None or day > last) and instant(day, at, zone) > now:
            return day
        day += timedelta(days=1)
    raise ValueError("this calendar has no working day within a year")


def workday_before(day: date, is_workday: IsWorkday) -> date:
    before = (day - timedelta(days=back) for back in range(1, _LONGEST_PAUSE))
    return next(filter(is_workday, before), day - timedelta(days=1))


def _is_on_the_calendar(day: date, zone: ZoneInfo) -> bool:
    """Whether that place has this day: Samoa had no 30 December 2011."""
    return instant(day, time(12), zone).astimezone(zone).date() == day
