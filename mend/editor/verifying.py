"""Playbooks stay fresh: their owner is asked weekly, then the admins; a press verifies.

One private digest a person and week. Admins hear of what has no owner Mend can write to, and of
what its owner left unanswered twice.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from mend.db.engine import Database
from mend.db.jobs import Jobs
from mend.db.model import Job, Refused, Stale
from mend.editor import verifying_views as blocks
from mend.editor.model import digest_of
from mend.editor.publishing import Publishing, key_of
from mend.lookbacks.model import due_at
from mend.people.directory import People
from mend.people.model import Role, Team
from mend.people.store import Audit
from mend.people.teams import Teams
from mend.playbooks.files import edit, parse
from mend.playbooks.library import Library
from mend.playbooks.model import Playbook
from mend.slack import ui
from mend.slack.gateway import SlackGateway
from mend.slack.model import WHO_LEFT, NotSent
from mend.slack.outbox import Outbox, dm_subject
from mend.slack.store import Notices

KIND = "overdue"
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Verifying:
    """Knows what is overdue, whom to ask, and marks what was looked at."""

    db: Database
    outbox: Outbox
    slack: SlackGateway
    library: Library
    teams: Teams
    people: People
    publishing: Publishing
    now: Callable[[], datetime]

    def still_right(self, person: str, slug: str, seen: str) -> tuple[Playbook, list[str]]:
        """Verified today by its owner or an admin, who saw the version with that mark; the jobs
        that write it. Raises Stale where it says something else by now.
        """
        book = self.library.get(slug)
        if book is None:
            raise Refused("That playbook is no longer served, so there is nothing to verify.")
        if person != book.owner_id:
            self.people.require(person, Role.ADMIN)
        text = self.publishing.files.text(slug)
        verified = edit(text, {"verified": self._today()})
        if verified == text:
            return book, []
        if parse(slug, text)[0].mark() != seen:
            raise Stale(slug)
        with self.db.transaction():
            if self.people.role_of(person) is Role.ADMIN:
                Audit(self.db).note(person, "verified", slug, self.now())
            self.publishing.note(slug, text)
            revision = self.publishing.send(person, slug, verified, digest_of(text))
        return book, [key_of(revision)]

    def shown_to(self, person: str, place: int = 0, just: Playbook | None = None) -> ui.Message:
        """All that is overdue to an admin, their own to an owner; the longest overdue first.

        What was `just` verified may still be on its way into its file, and is left out.
        """
        role = self.people.role_of(person)
        left = [
            book
            for book in self._overdue()
            if role is Role.ADMIN or book.owner_id == person
            if not just or book.slug != just.slug
        ]
        return blocks.overdue(left, role, self._today(), place, just)

    def plan(self) -> None:
        """See that the next digest is a row of due work: the next working day's morning first,
        then each week's first. Safe to repeat.
        """
        if not Jobs(self.db).pending(KIND):
            self._schedule(1)

    def run(self, job: Job) -> NotSent | None:
        """Owe everybody concerned their digest of this week."""
        today = self._today()
        if self._rules().is_workday(today):
            failure = self._ask(today)
            if failure:
                return failure
        with self.db.transaction():
            self._schedule(7 - today.weekday())
            Jobs(self.db).finish(job, self.now())
        return None

    def _schedule(self, days: int) -> None:
        rules = self._rules()
        due = due_at(self.now(), days, rules.zone, rules.is_workday)
        key = f"overdue:{_monday(due.astimezone(rules.zone).date())}"
        Jobs(self.db).schedule(KIND, key, due)

    def _ask(self, today: date) -> NotSent | None:
        week = _monday(today)
        mine: dict[str, list[Playbook]] = {}
        for book in self._overdue():
            mine.setdefault(book.owner_id, []).append(book)
        left = mine.pop("", [])
        admins = self.people.with_role(Role.ADMIN)
        for owner in sorted(mine.keys() - set(admins)):
            if not self.people.among([owner]):
                left += mine[owner]
                continue
            if not self._was_asked(owner, week):
                channel = self.slack.direct_channel(owner)
                if isinstance(channel, NotSent) and channel.reason not in WHO_LEFT:
                    return channel
                if isinstance(channel, NotSent):
                    left += mine[owner]
                    continue
                self._owe(owner, week, mine[owner])
            if self._was_asked(owner, week - WEEK) and self._was_asked(owner, week - 2 * WEEK):
                left += [book for book in mine[owner] if book.is_stale(week - 2 * WEEK)]
        for admin in admins:
            if books := mine.get(admin, []) + left:
                self._owe(admin, week, sorted(books, key=_longest_first))
        return None

    def _was_asked(self, person: str, week: date) -> bool:
        return Notices(self.db).was_owed(dm_subject(f"overdue:{week}:{person}", person))

    def _owe(self, person: str, week: date, books: list[Playbook]) -> None:
        key, role = f"overdue:{week}:{person}", self.people.role_of(person)
        content = blocks.overdue(books, role, self._today())
        self.outbox.dm(key, person, content)

    def _overdue(self) -> list[Playbook]:
        today = self._today()
        overdue = (book for book in self.library.all() if book.is_stale(today))
        return sorted(overdue, key=_longest_first)

    def _today(self) -> date:
        return self.now().astimezone(self._rules().zone).date()

    def _rules(self) -> Team:
        """The operator's team's: playbooks belong to no team."""
        return self.teams.rules(self.teams.first)


def _longest_first(book: Playbook) -> tuple[date, str]:
    return book.verified or date.min, book.slug


def _monday(day: date) -> date:
    """The ISO week, by its first day."""
    return day - timedelta(days=day.weekday())
