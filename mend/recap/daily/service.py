"""The recap of a day, told once per team and date, late if need be; and the brief before it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from mend.db.engine import Database
from mend.db.jobs import Jobs
from mend.db.model import LOOK_AGAIN, Job
from mend.db.worker import each
from mend.ownit.lessons import Lessons
from mend.people.model import Team, day_to_tell, instant, workday_before
from mend.people.teams import Teams
from mend.playbooks.model import Playbook
from mend.playbooks.store import PlaybookChanges
from mend.recap.conditions.store import ConditionStore
from mend.recap.daily import views as recap_blocks
from mend.recap.daily.model import TOO_LATE, Brief, Recap, brief_of, recap_of, same_weekdays_before
from mend.recap.daily.store import RecapStore
from mend.repair.gap_store import GapStore
from mend.repair.store import LearningStore
from mend.slack import ui
from mend.slack.model import NotSent
from mend.slack.outbox import Outbox
from mend.slack.store import Posts

KIND = "recap"
DETAILS_KIND = "recap_details"
BRIEF_KIND = "brief"
NEWCOMER = timedelta(days=7)  # what somebody is told who has not looked anything up yet


@dataclass(frozen=True)
class Recapping:
    """Plans, posts and previews the teams' recaps."""

    db: Database
    outbox: Outbox
    now: Callable[[], datetime]
    teams: Teams
    playbooks: Callable[[], Sequence[Playbook]]

    def plan(self) -> None:
        """See that each team's next recap is a row of due work, at the time now set. Repeatable."""
        each(self.teams.all(), self._plan)

    def _plan(self, team: Team) -> None:
        with self.db.transaction():
            day = self.next_day(team)
            due, key = instant(day, team.recap_at, team.zone), _key(team, day)
            job = {job.key: job for job in self._planned(team)}.get(key)
            if job is None or (job.failures == 0 and job.due_at != due):
                self._schedule(team, day, due)

    def next_day(self, team: Team) -> date:
        """The local day whose recap is told next."""
        last = RecapStore(self.db).latest(team.channel)
        first = self._first(team)
        since = last.day if last else None
        if since is None and first:
            since = first - timedelta(days=1)
        return day_to_tell(self.now(), since, team.recap_at, team.zone, team.is_workday)

    def next_at(self, team: Team) -> datetime:
        """When that is, in the team's zone."""
        return instant(self.next_day(team), team.recap_at, team.zone).astimezone(team.zone)

    def tell_early(self, team: Team) -> str:
        """Owe today's recap at once instead of at its time; the job's key. Told once, as ever."""
        now = self.now()
        return self._schedule(team, now.astimezone(team.zone).date(), now, early="yes")

    def preview(self, team: Team) -> ui.Message:
        """The recap as it would be told now, but for a lesson, which only the post tells."""
        day = self.now().astimezone(team.zone).date()
        return recap_blocks.parent(self.build(team, day, self.now()), day)

    def of_day(self, team: Team, day: date) -> ui.Message:
        """The recap of `day` as it was told, or would be at its time; never with its lesson."""
        recap = RecapStore(self.db).of_day(team.channel, day)
        if recap is None:
            recap = self.build(team, day, instant(day, team.recap_at, team.zone))
            if day < self.next_day(team):  # of a day gone by nobody knows what held then
                recap = replace(recap, watch=(), over=())
        return recap_blocks.parent(replace(recap, lesson=""), day)

    def build(self, team: Team, day: date, until: datetime) -> Recap:
        """What the recap of `day` says; covers what changed since the last one."""
        last = RecapStore(self.db).latest(team.channel)
        after = last.until if last else self._begins(team, until)
        changes = PlaybookChanges(self.db).between(after, until)
        today = self.now().astimezone(team.zone).date()
        gaps = GapStore(self.db)
        return recap_of(
            team.channel,
            day,
            after,
            until,
            changes,
            self.playbooks(),
            conditions=ConditionStore(self.db).open(team.channel, max(day, today)),
            gaps={gap.theme for gap in gaps.queued()},
            answered=gaps.closed(after, until),
            last=last,
        )

    def run(self, job: Job) -> NotSent | None:
        """Post the recap of the job's day, unless a later one is due: that one tells it all."""
        now = self.now()
        day = date.fromisoformat(job.payload["day"])
        team = self._team_of(job.key)
        if team is None or (self.next_day(team) != day and "early" not in job.payload):
            self._leave(job, now)
            return None
        until = min(now, instant(day, team.recap_at, team.zone))
        lesson = Lessons(self.db).of_day(team.channel, day, until)
        recap = replace(self.build(team, day, until), lesson=lesson or "")
        content = recap_blocks.parent(recap, now.astimezone(team.zone).date())
        with_details = recap_blocks.details(recap) is not None
        outcome = self.outbox.show(job, team.channel, content)
        if outcome:
            return outcome
        with self.db.transaction():  # or a death in between would tell the lesson again
            RecapStore(self.db).keep(recap)
            if recap.lesson:
                Lessons(self.db).was_told(team.channel, recap.lesson, day)
            if with_details:
                key = f"{job.key}:details"
                Jobs(self.db).schedule(DETAILS_KIND, key, now, {"parent": job.key})
        return None

    def _leave(self, job: Job, now: datetime) -> None:
        """It is told with a later one. The first of all is kept until one was told: it says since
        when there is something to tell.
        """
        team = self._team_of(job.key)
        if team is None or RecapStore(self.db).latest(team.channel):
            Jobs(self.db).finish(job, now)
        else:
            Jobs(self.db).postpone(job, now, now + LOOK_AGAIN, "told with a later one")

    def run_details(self, job: Job) -> NotSent | None:
        """Post what did not fit, as a reply to the recap."""
        now = self.now()
        parent = Posts(self.db).get(job.payload["parent"])
        _, channel, day = job.payload["parent"].split(":")
        recap = RecapStore(self.db).of_day(channel, date.fromisoformat(day))
        content = recap_blocks.details(recap) if recap else None
        if parent is None or content is None:
            Jobs(self.db).finish(job, now)
            return None
        return self.outbox.show(job, parent.channel, content, thread=parent.ts)

    def _schedule(self, team: Team, day: date, due: datetime, **more: str) -> str:
        payload = {"team": team.channel, "day": day.isoformat(), **more}
        Jobs(self.db).schedule(KIND, _key(team, day), due, payload)
        return _key(team, day)

    def _planned(self, team: Team) -> list[Job]:
        return Jobs(self.db).pending(KIND, f"recap:{team.channel}:")

    def _team_of(self, key: str) -> Team | None:
        """The payload of an older Mend does not name it."""
        return self.teams.get(key.split(":")[1])

    def _first(self, team: Team) -> date | None:
        """The day of the first recap that was planned and is not told yet."""
        days = [date.fromisoformat(job.payload["day"]) for job in self._planned(team)]
        return min(days, default=None)

    def _begins(self, team: Team, until: datetime) -> datetime:
        """What a team's first recap covers begins a day before it was due, however late it is."""
        first = self._first(team)
        due = instant(first, team.recap_at, team.zone) if first else until
        return min(due, until) - timedelta(days=1)


def _key(team: Team, day: date) -> str:
    return f"recap:{team.channel}:{day.isoformat()}"


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
            job = next(iter(Jobs(self.db).pending(BRIEF_KIND, key)), None)
            is_told = job is None and Posts(self.db).get(key) is not None
            if not is_told and (job is None or (job.failures == 0 and job.due_at != due)):
                payload = {"team": team.channel, "day": day.isoformat()}
                Jobs(self.db).schedule(BRIEF_KIND, key, due, payload)

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
        content = recap_blocks.brief(found, f"since {before:%A}")
        return self.outbox.show(job, team.channel, content)

    def brief(self, person: str, team: Team) -> ui.Message:
        """For one reader: what changed since they last looked something up."""
        day = self.now().astimezone(team.zone).date()
        used = LearningStore(self.db).recently_used(person, 1)
        last = LearningStore(self.db).last_use(person, used[0]) if used else None
        since = "since you last looked one up" if last else "in the last seven days"
        after = last[0] if last else self.now() - NEWCOMER
        return recap_blocks.brief(self.build(team, day, after), since)

    def build(self, team: Team, day: date, after: datetime) -> Brief:
        """What to know on `day`, with what changed after that moment."""
        return brief_of(
            day,
            PlaybookChanges(self.db).between(after, self.now()),
            ConditionStore(self.db).open(team.channel, day),
            LearningStore(self.db).looked_up_on(same_weekdays_before(day), team.channel),
            self.playbooks(),
        )
