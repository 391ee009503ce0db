"""The daily recap: a row of due work, told once per team and local date, late if need be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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


class Recapping:
    """Plans, posts and previews one team's recaps."""

    def __init__(
        self,
        store: Store,
        slack: Slack,
        now: Callable[[], datetime],
        *,
        workspace: str,
        team: str,
        zone: ZoneInfo,
        at: time,
        is_workday: IsWorkday,
        playbooks: Callable[[], Sequence[Playbook]],
    ) -> None:
        self._store = store
        self._slack = slack
        self._now = now
        self._workspace = workspace
        self._team = team
        self._zone = zone
        self._at = at
        self._is_workday = is_workday
        self._playbooks = playbooks

    def plan(self) -> None:
        """See that the next recap is a row of due work, at the time now set. Safe to repeat."""
        if not self._team:
            return
        with self._store.transaction():
            day = self.next_day()
            due, key = instant(day, self._at, self._zone), self._key(day)
            planned = {job.key: job for job in self._store.jobs.pending(self._workspace, KIND)}
            job = planned.get(key)
            if job is None or (job.failures == 0 and job.due_at != due):
                self._store.jobs.arm(self._workspace, KIND, key, due, {"day": day.isoformat()})

    def next_day(self) -> date:
        """The local day whose recap is told next."""
        last = self._store.recaps.latest(self._workspace, self._team)
        planned = self._store.jobs.pending(self._workspace, KIND)
        since = last.day if last else None
        if since is None and planned:  # the first one was planned before a restart
            since = date.fromisoformat(planned[0].payload["day"]) - timedelta(days=1)
        return day_to_tell(self._now(), since, self._at, self._zone, self._is_workday)

    def next_at(self) -> datetime:
        """When that is, in the team's zone."""
        return instant(self.next_day(), self._at, self._zone).astimezone(self._zone)

    def preview(self) -> Message:
        """The recap as it would be told now."""
        day = self._now().astimezone(self._zone).date()
        return recap_blocks.parent(self.build(day, self._now()), day)

    def build(self, day: date, until: datetime) -> Recap:
        """What the recap of `day` says; covers what changed since the last one."""
        last = self._store.recaps.latest(self._workspace, self._team)
        after = last.until if last else until - timedelta(days=1)
        changes = self._store.recaps.playbook_changes(self._workspace, after, until)
        return recap_of(self._workspace, self._team, day, after, until, changes, self._playbooks())

    def run(self, job: Job) -> NotSent | None:
        """Post the recap of the job's day, unless a later one is due: that one tells it all."""
        now = self._now()
        day = date.fromisoformat(job.payload["day"])
        if self.next_day() != day:
            self._store.jobs.finish(job, now)
            return None
        recap = self.build(day, instant(day, self._at, self._zone))
        content = recap_blocks.parent(recap, now.astimezone(self._zone).date())
        post = self._store.posts.ensure(job.workspace, job.key, self._team, now)
        with_details = recap_blocks.details(recap) is not None
        outcome = posting.show(self._store, self._slack, job, post, content, version=1, now=now)
        if outcome and outcome.reason.is_passing:
            return outcome
        self._store.recaps.keep(recap)
        if with_details and outcome is None:
            self._arm_details(job, now)
        return outcome

    def _arm_details(self, job: Job, now: datetime) -> None:
        self._store.jobs.arm(
            self._workspace, DETAILS_KIND, f"{job.key}:details", now, {"parent": job.key}
        )

    def run_details(self, job: Job) -> NotSent | None:
        """Post what did not fit, as a reply to the recap."""
        now = self._now()
        parent = self._store.posts.get(job.workspace, job.payload["parent"])
        recap = self._store.recaps.latest(self._workspace, self._team)
        content = recap_blocks.details(recap) if recap else None
        if parent is None or content is None:
            self._store.jobs.finish(job, now)
            return None
        post = self._store.posts.ensure(
            job.workspace, job.key, parent.channel, now, thread=parent.ts
        )
        return posting.show(self._store, self._slack, job, post, content, version=1, now=now)

    def _key(self, day: date) -> str:
        return f"recap:{self._team}:{day.isoformat()}"
