"""The causes board: conditions of closed weeks, and what is done about each."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

from mend.db.engine import Database
from mend.db.model import Refused
from mend.lookbacks.model import Factor
from mend.people.model import Team
from mend.recap.causes import model as rules
from mend.recap.causes.model import Action, Condition, Given
from mend.recap.weekly.model import KEEP, Week
from mend.recap.weekly.store import WeekStore
from mend.text.guard import Guard
from mend.text.redactor import Redactor

BLAMES = "The board blames nobody: name the step or the tool, not who."


@dataclass(frozen=True)
class Causes:
    """Reads closed weeks only, so that nobody sees what somebody just wrote.

    `k` distinct people stand behind a condition that is told.
    """

    db: Database
    redactor: Redactor
    guard: Guard
    now: Callable[[], datetime]
    k: int

    def board(self, team: Team) -> list[Condition]:
        """The conditions that were told or that something is done about, told last first."""
        since = (self.now() - KEEP).date()
        weeks = WeekStore(self.db).since(team.channel, since)
        actions = WeekStore(self.db).actions(team.channel)
        found = []
        for factor in Factor:
            told = [week for week in weeks if _is_told(week, factor, self.k)]
            against = tuple(action for action in actions if action.factor is factor)
            if told or against:
                mondays = tuple(week.monday for week in told)
                found.append(Condition(factor, mondays, against))
        return sorted(found, key=lambda each: each.mondays[:1] or (date.min,), reverse=True)

    def get(self, team: Team, action: str) -> Action:
        found = WeekStore(self.db).get(action)
        if found is None or found.team != team.channel:
            raise Refused("This is no longer on the board.")
        return found

    def add(self, team: Team, factor: Factor, given: Given) -> Action:
        """Put a new action on the team's board."""
        clean = self._clean(team, given)
        made = Action(
            id=secrets.token_hex(8),
            team=team.channel,
            factor=factor,
            changed_at=self.now(),
            **asdict(clean),
        )
        WeekStore(self.db).add(made)
        return made

    def change(self, team: Team, action: str, version: int, given: Given) -> Action:
        """Change the version that was seen. Raises Stale where somebody was quicker."""
        clean = self._clean(team, given)
        seen = replace(self.get(team, action), version=version)
        changed = replace(seen, changed_at=self.now(), came_back=None, **asdict(clean))
        return WeekStore(self.db).update(changed)

    def _clean(self, team: Team, given: Given) -> Given:
        texts = {
            name: self.redactor.typed(getattr(given, name)).text
            for name in ("what", "who", "reason")
        }
        for name, text in texts.items():
            self.guard.check(text, BLAMES, name)
        clean = Given(**{**asdict(given), **texts})
        rules.check(clean, self.now().astimezone(team.zone).date())
        return clean


def _is_told(week: Week, factor: Factor, k: int) -> bool:
    return any(told.factor is factor and told.people >= k for told in week.factors)
