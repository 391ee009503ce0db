"""Supervisors first: in a team's first week they are asked to own one of theirs.

People report when it is safe to; what makes it safe is seeing a lead do it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from mend.db.engine import Database
from mend.db.worker import each
from mend.ownit.model import Note
from mend.ownit.views import ask_lead
from mend.people.model import Team
from mend.people.teams import Teams
from mend.slack.outbox import Outbox

FIRST_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Leads:
    """Knows the first week, and who leads."""

    db: Database
    outbox: Outbox
    now: Callable[[], datetime]
    teams: Teams

    def invite(self) -> None:
        """Ask each supervisor of a team once, while its first week lasts."""
        each(self.teams.all(), self._invite)

    def _invite(self, team: Team) -> None:
        now = self.now()
        for person in team.supervisors if _is_first_week(team, now) else ():
            key = f"lead_first:{team.channel}:{person}"
            self.outbox.dm(key, person, ask_lead())

    def goes_first(self, note: Note) -> bool:
        """Whether this note shows the team that a lead goes first."""
        team = self.teams.rules(note.team)
        return note.owner in team.supervisors and _is_first_week(team, note.created_at)


def _is_first_week(team: Team, moment: datetime) -> bool:
    return team.since is not None and moment - team.since <= FIRST_WEEK
