"""The daily recap: a row of due work, told once per team and local date, late if need be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from mend.blocks import recap as recap_blocks
from mend.blocks.kit import Message
from mend.domain.jobs import Job
from mend.domain.playbooks import Playbook
from mend.domain.recaps import Recap, recap_of
from mend.domain.workdays import IsWorkday, day_to_tell, instant
from mend.ports import NotSent, Slack, Store
from mend.services import posting

KIND = "recap"
DETAILS_KIND = "recap_details"


@dataclass(frozen=True)
class Recapping:
    """Plans, posts and previews one team's recaps."""

    store: Store
    slack: Slack
    now: Callable[[], datetime]
    workspace: str
    team: str
    zone: ZoneInfo
    at: time
    is_workday: IsWorkday
    playbooks: Callable[[], Sequence[Playbook]]

    def plan(self) -> None:
        """See that the next recap is a row of due work, at the time now set. Safe to repeat."""
        if not self.team:
            return
        with self.store.transaction():
            day = self.next_day()
            due, key = instant(day, self.at, self.zone), self._key(day)
            planned = {job.key: job for job in self.store.jobs.pending(self.workspace, KIND)}
            job = planned.get(key)
            if job is None or (job.failures == 0 and job.due_at != due):
                self.store.jobs.arm(self.workspace, KIND, key, due, {"day": day.isoformat()})

    def next_day(self) -> date:
        """The local day whose recap is told next."""
        last = self.store.recaps.latest(self.workspace, self.team)
        planned = self.store.jobs.pending(self.workspace, KIND)
        since = last.day if last else None
        if since is None and planned:  # the first one was planned before a restart
            since = date.fromisoformat(planned[0].payload["day"]) - timedelta(days=1)
        return day_to_tell(self.now(), since, self.at, self.zone, self.is_workday)

    def next_at(self) -> datetime:
        """When that is, in the team's zone."""
        return instant(self.next_day(), self.at, self.zone).astimezone(self.zone)

    def tell_early(self) -> str:
        """Owe today's recap at once instead of at its time; the job's key. Told once, as ever."""
        now = self.now()
        day = now.astimezone(self.zone).date()
        payload = {"day": day.isoformat(), "early": "yes"}
        self.store.jobs.arm(self.workspace, KIND, self._key(day), now, payload)
        return self._key(day)

    def preview(self) -> Message:
        """The recap as it would be told now."""
        day = self.now().astimezone(self.zone).date()
        return recap_blocks.parent(self.build(day, self.now()), day)

    def build(self, day: date, until: datetime) -> Recap:
        """What the recap of `day` says; covers what changed since the last one."""
        last = self.store.recaps.latest(self.workspace, self.team)
        after = last.until if last else until - timedelta(days=1)
        changes = self.store.recaps.playbook_changes(self.workspace, after, until)
        lesson = self.store.working.lesson(self.workspace, self.team, day, until) or ""
        return recap_of(
            self.workspace, self.team, day, after, until, changes, self.playbooks(), lesson
        )

    def run(self, job: Job) -> NotSent | None:
        """Post the recap of the job's day, unless a later one is due: that one tells it all."""
        now = self.now()
        day = date.fromisoformat(job.payload["day"])
        if self.next_day() != day and "early" not in job.payload:
            self.store.jobs.finish(job, now)
            return None
        recap = self.build(day, min(now, instant(day, self.at, self.zone)))
        content = recap_blocks.parent(recap, now.astimezone(self.zone).date())
        post = self.store.posts.ensure(job.workspace, job.key, self.team, now)
        with_details = recap_blocks.details(recap) is not None
        outcome = posting.show(self.store, self.slack, job, post, content, version=1, now=now)
        if outcome and outcome.reason.is_passing:
            return outcome
        with self.store.transaction():  # or a death in between would tell the lesson again
            self.store.recaps.keep(recap)
            if recap.lesson:
                self.store.working.lesson_told(self.workspace, recap.lesson, day)
            if with_details and outcome is None:
                self._arm_details(job, now)
        return outcome

    def _arm_details(self, job: Job, now: datetime) -> None:
        self.store.jobs.arm(
            self.workspace, DETAILS_KIND, f"{job.key}:details", now, {"parent": job.key}
        )

    def run_details(self, job: Job) -> NotSent | None:
        """Post what did not fit, as a reply to the recap."""
        now = self.now()
        parent = self.store.posts.get(job.workspace, job.payload["parent"])
        recap = self.store.recaps.latest(self.workspace, self.team)
        content = recap_blocks.details(recap) if recap else None
        if parent is None or content is None:
            self.store.jobs.finish(job, now)
            return None
        post = self.store.posts.ensure(
            job.workspace, job.key, parent.channel, now, thread=parent.ts
        )
        return posting.show(self.store, self.slack, job, post, content, version=1, now=now)

    def _key(self, day: date) -> str:
        return f"recap:{self.team}:{day.isoformat()}"
