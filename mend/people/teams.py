"""The teams of this workspace: the one the operator set, and those that were added in Slack.

What the environment sets holds for every team and is shown as locked; the rest each team chooses.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import holidays

from mend.db.engine import Database
from mend.db.model import Refused
from mend.people.model import Team
from mend.people.store import Audit, TeamRow, TeamStore
from mend.settings import TEAM_SETTINGS
from mend.settings.values import ended
from mend.slack.gateway import SlackGateway
from mend.slack.model import NotSent


@dataclass(frozen=True, slots=True)
class Holidays:
    """The public holidays of a country ("PH") or a part of one ("GB-ENG"), of any year."""

    country: str

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and day in _holidays_of(self.country, day.year)


@cache
def _holidays_of(country: str, year: int) -> frozenset[date]:
    code, _, part = country.partition("-")
    return frozenset(holidays.country_holidays(code, subdiv=part or None, years=year))


def check_country(country: str) -> None:
    """Raises ValueError for a country, or a part of one, whose holidays are not known.

    None at all is fine: then only the weekdays count.
    """
    try:
        if country:
            _holidays_of(country, 2026)
    except NotImplementedError:
        raise ValueError("is no country whose holidays are known") from None


@dataclass(frozen=True)
class Teams:
    """Finds a team's rules. `first` is the operator's own channel, or empty.

    `among` names the people among member and user group ids, `in_which` those of some channels
    that a person is in.
    """

    db: Database
    slack: SlackGateway
    among: Callable[[Iterable[str]], frozenset[str]]
    now: Callable[[], datetime]
    first: str
    fixed: Mapping[str, str]
    in_which: Callable[[str, Iterable[str]], list[str]]

    def channels(self) -> list[str]:
        """Those of every team, the operator's first."""
        known = TeamStore(self.db).channels()
        return list(dict.fromkeys([*([self.first] if self.first else []), *known]))

    def all(self) -> list[Team]:
        """Every team, the operator's first."""
        rows = {row.channel: row for row in TeamStore(self.db).all()}
        return [self._team(channel, rows.get(channel)) for channel in self.channels()]

    def supervisors(self) -> frozenset[str]:
        """Those of every team; the operator's alone, where the environment names some."""
        if "MEND_SUPERVISORS" in self.fixed:
            return self.rules(self.first).supervisors
        return self.among(frozenset().union(*map(_supervisors_in, TeamStore(self.db).chosen())))

    def get(self, channel: str) -> Team | None:
        row = TeamStore(self.db).get(channel)
        return self._team(channel, row) if channel and (row or channel == self.first) else None

    def rules(self, channel: str) -> Team:
        """What holds in this channel; where it is no team (any more), what holds by default."""
        return self.get(channel) or self._team(channel, None)

    def of(self, person: str, channel: str = "") -> Team | None:
        """Their team: the channel they are in, else where they were last, else the only one."""
        if team := self.get(channel):
            return team
        channels = self.channels()
        if len(channels) > 1:
            last = TeamStore(self.db).last_of(person)
            return self.get(last) if last in channels else None
        return self.get(channels[0]) if channels else None

    def known(self, person: str, channel: str, command: str) -> Team:
        """Their team as `of` finds it; raises Refused, saying where to type `/mend COMMAND`."""
        if team := self.of(person, channel):
            return team
        raise Refused(f"Mend does not know your team yet. Type `/mend {command}` in its channel.")

    def to_choose(self, person: str) -> list[str]:
        """The team channels that may be offered to this person: those they are in.

        Others may be private: not even their ids are for everybody.
        """
        return self.in_which(person, self.channels())

    def joined(self, person: str, channel: str) -> None:
        """Remember where they were last; with one team there is nothing to remember."""
        channels = self.channels()
        if channel in channels and len(channels) > 1:
            TeamStore(self.db).joined(person, channel)

    def zone_of(self, person: str) -> ZoneInfo:
        return (self.of(person) or self.rules("")).zone

    def today(self, person: str) -> date:
        """The day it is where this person works."""
        return self.now().astimezone(self.zone_of(person)).date()

    def add(self, channel: str, admin: str) -> Team:
        """Make this channel a team. Raises Refused where it cannot be one."""
        self._check_channel(channel)
        with self.db.transaction():
            if self.get(channel) is None:
                TeamStore(self.db).keep(channel, {}, self.now())
                self._remember(admin, "made a team of", channel)
        return self.rules(channel)

    def choose(self, channel: str, texts: Mapping[str, str], by: str) -> Team:
        """Set these where not locked. Raises Refused, naming the field, for what is unreadable."""
        row = TeamStore(self.db).get(channel)
        if row is None and channel != self.first:
            raise Refused("This channel is no team. Type `/mend team` in it to make it one.")
        chosen = {key: text for key, text in texts.items() if key not in self.fixed}
        for key, text in chosen.items():
            setting = TEAM_SETTINGS[key]
            try:
                setting.parse(text or setting.default)
                if key == "MEND_COUNTRY":
                    check_country(text)
            except ValueError as wrong:
                raise Refused(
                    f"{ended(f'This {wrong}')} For example: {setting.example}", key
                ) from None
        before = {k: text for k, text in row.chosen.items() if k in TEAM_SETTINGS} if row else {}
        with self.db.transaction():
            TeamStore(self.db).keep(channel, {**before, **chosen}, self.now())
            self._remember(by, "changed the team of", channel)
        return self.rules(channel)

    def remove(self, channel: str, admin: str) -> None:
        """No recap and no new notes there; what its people own stays theirs."""
        if channel == self.first:
            raise Refused("This team is set by your operator (MEND_CHANNEL), who can take it out.")
        with self.db.transaction():
            TeamStore(self.db).remove(channel)
            self._remember(admin, "took away the team of", channel)

    def _remember(self, admin: str, act: str, channel: str) -> None:
        Audit(self.db).note(admin, act, channel, self.now())

    def texts(self, channel: str) -> dict[str, str]:
        """Setting → text, as it holds in this channel."""
        return self._texts(TeamStore(self.db).get(channel))

    def _texts(self, row: TeamRow | None) -> dict[str, str]:
        chosen = {**(row.chosen if row else {}), **self.fixed}
        return {key: chosen.get(key) or each.default for key, each in TEAM_SETTINGS.items()}

    def _check_channel(self, channel: str) -> None:
        found = self.slack.channel(channel)
        if isinstance(found, NotSent):
            raise Refused("Mend cannot see this channel. Type `/invite @Mend` in it, then again.")
        if not found.is_member:
            raise Refused("Mend is not in this channel. Type `/invite @Mend` in it, then again.")
        if found.is_archived:
            raise Refused("This channel is archived. Unarchive it, or choose another one.")
        if found.is_shared:
            raise Refused(
                "This channel is shared with another company: what people own here would leave"
                " yours. Choose a channel of your own."
            )

    def _team(self, channel: str, row: TeamRow | None) -> Team:
        values = _read(tuple(self._texts(row).items()))
        return Team(
            channel=channel,
            zone=values["MEND_TIMEZONE"],
            country=values["MEND_COUNTRY"],
            days=values["MEND_WORKDAYS"],
            recap_at=values["MEND_RECAP_TIME"],
            brief_at=values["MEND_BRIEF_TIME"],
            visibility=values["MEND_VISIBILITY_DEFAULT"],
            lookback_days=values["MEND_LOOKBACK_DAYS"],
            supervisors=self.among(values["MEND_SUPERVISORS"]),
            since=row.since if row else TeamStore(self.db).began(),
            holidays=values["holidays"],
        )


@lru_cache(maxsize=2000)
def _supervisors_in(chosen: str) -> frozenset[str]:
    """The ids that a team listed, in what it chose as its row keeps it."""
    text = json.loads(chosen).get("MEND_SUPERVISORS", "")
    return frozenset(TEAM_SETTINGS["MEND_SUPERVISORS"].parse(text) if text else ())


@lru_cache(maxsize=2000)  # every press asks for teams, and what they chose hardly ever changes
def _read(texts: tuple[tuple[str, str], ...]) -> Mapping[str, Any]:
    """The value of each setting's text, and the holidays that follow from them."""
    values: dict[str, Any] = {key: TEAM_SETTINGS[key].parse(text) for key, text in texts}
    country = values["MEND_COUNTRY"]
    return {**values, "holidays": Holidays(country) if country else frozenset()}
