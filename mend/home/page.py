"""App Home of one person: everything on it is theirs, or what their role adds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from mend.db.model import Refused
from mend.helping.service import Helping
from mend.home import onboarding_views as welcome
from mend.home import views as blocks
from mend.home.service import Onboarding
from mend.ownit.service import Owning
from mend.people.directory import People
from mend.people.model import Role
from mend.people.teams import Teams
from mend.promises.service import Promises
from mend.recap.daily.service import Recapping
from mend.repair.service import Feedback
from mend.slack.gateway import SlackGateway
from mend.slack.model import NotSent
from mend.slack.ui import Message

RECENT = 3  # playbooks


@dataclass(frozen=True)
class HomePage:
    """Shows the page. `policy_url` is where the company says how it treats owned mistakes."""

    slack: SlackGateway
    people: People
    teams: Teams
    onboarding: Onboarding
    owning: Owning
    promises: Promises
    helping: Helping
    feedback: Feedback
    recapping: Recapping
    now: Callable[[], datetime]
    policy_url: str

    def show(self, person: str, said: Message | None = None, page: int = 0) -> None:
        """Bring it up to date; `said`, if anything, goes on top.

        Most people never opened it: without an answer to show, theirs is left alone.
        """
        if said or not self.onboarding.is_new(person):
            self._publish(person, said, page)

    def open(self, person: str) -> None:
        """Show it to whoever just looks at it; the first time with a word of welcome."""
        self._publish(person, is_new=self.onboarding.is_new(person))

    def _publish(
        self, person: str, said: Message | None = None, page: int = 0, *, is_new: bool = False
    ) -> None:
        try:
            self.people.admit(person, self.people.workspace)
        except Refused as refused:
            self.slack.publish_home(person, blocks.closed(refused.sentence))
            return
        mine = self._of(person, page)
        on_top = welcome.first_look() if is_new else []
        if mine.role is Role.ADMIN:
            on_top += welcome.checklist(self.onboarding.steps(person))
        view = blocks.home(mine, self.now(), self.policy_url, said, on_top)
        sent = self.slack.publish_home(person, view)
        if is_new and not isinstance(sent, NotSent):
            self.onboarding.seen(person)

    def _of(self, person: str, page: int) -> blocks.Mine:
        """Everything on this person's page, and nothing of anybody else's."""
        role, team = self.people.role_of(person), self.teams.of(person)
        first = page * blocks.NOTES_SHOWN
        found = self.owning.mine(person, limit=blocks.NOTES_SHOWN + 1, offset=first)
        is_lead = person in self.teams.supervisors()
        return blocks.Mine(
            notes=found[: blocks.NOTES_SHOWN],
            promises=self.promises.open_by(person),
            lookbacks=self.owning.asked_about(person),
            recent=self.feedback.recently_used(person, RECENT),
            helping=self.helping.open_for(person) if is_lead else None,
            asked=self.helping.asked_by(person),
            zone=(team or self.teams.rules("")).zone,
            role=role,
            team=team.channel if team else "",
            next_recap=self.recapping.next_at(team) if team else None,
            page=page,
            has_older=len(found) > blocks.NOTES_SHOWN,
            standing=frozenset(note.id for note in found if self.owning.stands(note)),
        )
