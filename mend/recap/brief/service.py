"""The brief: on demand for one person, and, where a team wants it, posted before the shift."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from mend.db.engine import Database
from mend.db.jobs import Jobs
from mend.db.model import Job
from mend.db.worker import each
from mend.people.model import Team, day_to_tell, instant, workday_before
from mend.people.teams import Teams
from mend.playbooks.model import Playbook
from mend.playbooks.store import PlaybookChanges
from mend.recap.brief import views as blocks
from mend.recap.brief.model import (
    TOO_LATE,
    Brief,
    brief_of,
    same_weekdays_before,
)
from mend.recap.conditions.store import ConditionStore
from mend.repair.store import LearningStore
from mend.slack import ui
from mend.slack.model import NotSent
from mend.slack.outbox import Outbox
from mend.slack.store import Posts

KIND = "brief"
NEWCOMER = timedelta(days=7)  # what somebody is told who has not looked anything up yet


@dataclass(frozen=True)
class Briefing:
    """Plans, posts and shows briefs."""

    db: Database
    outbox: Outbox
    now: Callable[[], datetime]
    teams: Teams
    playbooks: Callable[[], Sequence[Playbook]]

    def plan(self) -> None:
        """See that each team's next brief is a row of due work, at the time now set. Repeatable."""
        each(self.teams.all(), self._plan)

    def _plan(self, team: Team) -> None:
        if team.brief_at is None:
            return
        with self.db.transaction():
            day = day_to_tell(
                self.now() - TOO_LATE, None, team.brief_at, team.zone, team.is_workday
            )
            due, key = instant(day, team.brief_at, team.zone), f"brief:{team.channel}:{day}"
            job = next(iter(Jobs(self.db).pending(KIND, key)), None)
            is_told = job is None and Posts(self.db).get(key) is not None
            if not is_told and (job is None or (job.failures == 0 and job.due_at != due)):
                payload = {"team": team.channel, "day": day.isoformat()}
                Jobs(self.db).schedule(KIND, key, due, payload)

    def run(self, job: Job) -> NotSent | None:
        """Post the brief of the job's day, unless it would come too late to help, or say nothing.

        What there is to say within the hour still comes: until then it is planned again.
        """
        now, day = self.now(), date.fromisoformat(job.payload["day"])
        team = self.teams.get(job.payload.get("team", ""))
        at = team.brief_at if team else None
        if team is None or at is None or now > instant(day, at, team.zone) + TOO_LATE:
            Jobs(self.db).finish(job, now)
            return None
        before = workday_before(day, team.is_workday)
        after = instant(before, at, team.zone)
        found = self.build(team, day, after)
        if not found.says_anything:
            Jobs(self.db).finish(job, now)
            return None
        content = blocks.brief(found, f"since {before:%A}")
        return self.outbox.show(job, team.channel, content)

    def brief(self, person: str, team: Team) -> ui.Message:
        """For one reader: what changed since they last looked something up."""
        day = self.now().astimezone(team.zone).date()
        used = LearningStore(self.db).recently_used(person, 1)
        last = LearningStore(self.db).last_use(person, used[0]) if used else None
        since = "since you last looked one up" if last else "in the last seven days"
        after = last[0] if last else self.now() - NEWCOMER
        return blocks.brief(self.build(team, day, after), since)

    def build(self, team: Team, day: date, after: datetime) -> Brief:
        """What to know on `day`, with what changed after that moment."""
        return brief_of(
            day,
            PlaybookChanges(self.db).between(after, self.now()),
            ConditionStore(self.db).open(team.channel, day),
            LearningStore(self.db).looked_up_on(same_weekdays_before(day), team.channel),
            self.playbooks(),
        )
