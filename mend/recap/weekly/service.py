"""Closing a team's week: what is told of it is decided once, kept, and posted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from mend.db.engine import Database
from mend.db.jobs import Jobs
from mend.db.model import Job
from mend.db.worker import each
from mend.lookbacks.model import Cause
from mend.ownit.lessons import Lessons
from mend.people.model import Team
from mend.people.teams import Teams
from mend.playbooks.library import Library
from mend.recap.causes.model import reopened
from mend.recap.weekly import model as rules
from mend.recap.weekly import views as blocks
from mend.recap.weekly.model import Problem, Week
from mend.recap.weekly.store import WeekStore
from mend.repair.gap_store import GapStore
from mend.repair.store import LearningStore
from mend.slack.model import NotSent
from mend.slack.outbox import Outbox

KIND = "week"


@dataclass(frozen=True)
class Weekly:
    """Plans, closes and posts weeks. `k` distinct people stand behind a line that is told."""

    db: Database
    outbox: Outbox
    now: Callable[[], datetime]
    teams: Teams
    library: Library
    k: int

    def plan(self) -> None:
        """Close each week that is over, and see that its post is a row of due work. Repeatable."""
        now = self.now()
        WeekStore(self.db).forget((now - rules.KEEP).date())
        nobodys = self.teams.rules("")  # what was looked up in no team has its weeks as well
        each([*self.teams.all(), nobodys], self._plan)

    def _plan(self, team: Team) -> None:
        with self.db.transaction():
            for monday in self._to_close(team):
                self._closed(team, monday)
                if team.channel:
                    key = f"week:{team.channel}:{monday.isoformat()}"
                    payload = {"team": team.channel, "monday": monday.isoformat()}
                    Jobs(self.db).schedule(KIND, key, rules.told_at(team, monday), payload)

    def run(self, job: Job) -> NotSent | None:
        """Post the week where there is something to tell, and no later one is over by now and will

        be told instead.
        """
        now = self.now()
        monday = date.fromisoformat(job.payload["monday"])
        team = self.teams.get(job.payload.get("team", ""))
        if team is None:
            Jobs(self.db).finish(job, now)
            return None
        week = self._closed(team, monday)
        if not week.says_anything(self.k) or rules.ends(team, monday + rules.WEEK) <= now:
            Jobs(self.db).finish(job, now)
            return None
        content = blocks.post(week, self.k)
        return self.outbox.show(job, team.channel, content)

    def _to_close(self, team: Team) -> list[date]:
        kept = WeekStore(self.db).since(team.channel, date.min)
        return rules.to_close(team, self.now(), kept[0].monday if kept else None)

    def _closed(self, team: Team, monday: date) -> Week:
        """The week as it was kept when it closed, which is now where it is not kept yet."""
        with self.db.transaction():
            kept = WeekStore(self.db).since(team.channel, monday)
            for week in kept:
                if week.monday == monday:
                    return week
            week = self._looked_at(team, monday)
            WeekStore(self.db).keep(week)
            self._reopen(week, team)
        return week

    def _looked_at(self, team: Team, monday: date) -> Week:
        """It begins where the last one ended, whatever zone the team had then."""
        until = rules.ends(team, monday)
        LearningStore(self.db).close(team.channel, monday + rules.WEEK, until, self.k)
        before = WeekStore(self.db).since(team.channel, monday - rules.WEEK)
        after = before[0].until if before else until - rules.WEEK
        answers = WeekStore(self.db).answers(team.channel, after, until)
        month = monday - 4 * rules.WEEK
        lessons = Lessons(self.db).told(team.channel, month, month + rules.DAYS_ON)
        problems, helped = self._used(team, monday, after, until)
        return Week(
            team=team.channel,
            monday=monday,
            after=after,
            until=until,
            factors=tuple(rules.told(answers, self.k)),
            problems=problems,
            helped=helped,
            causes=tuple(self._causes(team, after, until)),
            gaps=tuple(GapStore(self.db).closed(after, until)),
            learned=lessons[0] if lessons else "",
        )

    def _used(
        self, team: Team, monday: date, after: datetime, until: datetime
    ) -> tuple[tuple[Problem, ...], tuple[str, ...]]:
        """What was looked up often, and which playbooks helped; by enough people, whoever."""
        people = LearningStore(self.db).people_who_used(team.channel, after, until)
        found = [
            (book.title, use)
            for use in LearningStore(self.db).use(monday, monday + rules.DAYS_ON, team.channel)
            if people.get(use.slug, 0) >= self.k and (book := self.library.get(use.slug))
        ]
        problems = [
            Problem(title, use.shown) for title, use in found if use.shown >= rules.LEAST_LOOKUPS
        ]
        helped = sorted(
            (pair for pair in found if pair[1].worked >= self.k), key=lambda pair: -pair[1].worked
        )
        titles = [title for title, _ in helped]
        return tuple(problems[: rules.PROBLEMS_SHOWN]), tuple(titles[: rules.HELPED_SHOWN])

    def _causes(self, team: Team, after: datetime, until: datetime) -> list[str]:
        """What supervisors did about conditions that week."""
        return [
            f"{action.state.value.capitalize()}: {action.what}"
            for action in WeekStore(self.db).actions(team.channel)
            if after < action.changed_at <= until and action.state is not Cause.NOT_DOING
        ]

    def _reopen(self, week: Week, team: Team) -> None:
        """A condition that is told again is open again, whatever was done about it before."""
        told = {each.factor for each in week.factors if each.people >= self.k}
        for action in WeekStore(self.db).actions(team.channel):
            again = reopened(action, week.monday) if action.factor in told else None
            if again:
                WeekStore(self.db).update(again)
