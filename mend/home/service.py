"""A person's first look at App Home, an admin's checklist, and the offer to make a team."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from mend.db.engine import Database
from mend.db.model import Refused
from mend.editor import limit_views as limits
from mend.home import onboarding_views as blocks
from mend.home.onboarding_views import Step
from mend.people.directory import People
from mend.people.model import Role
from mend.people.store import Welcomes
from mend.people.teams import Teams
from mend.playbooks.model import Playbook
from mend.slack.gateway import SlackGateway
from mend.slack.model import Channel
from mend.slack.outbox import Outbox

HOME, SETUP = "home", "setup"


@dataclass(frozen=True)
class Onboarding:
    """Everything here is shown once, and gone when it was seen, done or dismissed."""

    db: Database
    outbox: Outbox
    slack: SlackGateway
    people: People
    teams: Teams
    now: Callable[[], datetime]
    playbooks: Callable[[], Sequence[Playbook]]

    def is_new(self, person: str) -> bool:
        """Whether they never saw App Home."""
        return HOME not in Welcomes(self.db).done(person)

    def seen(self, person: str) -> None:
        Welcomes(self.db).finish(person, HOME, self.now())

    def steps(self, person: str) -> list[Step]:
        """What an admin has to set up, until all of it is done or they want to see it no more."""
        if SETUP in Welcomes(self.db).done(person):
            return []
        steps = self._steps()
        if all(step.is_done for step in steps):
            self.dismiss(person)
            return []
        return steps

    def dismiss(self, person: str) -> None:
        self.people.require(person, Role.ADMIN)
        Welcomes(self.db).finish(person, SETUP, self.now())

    def _steps(self) -> list[Step]:
        teams = self.teams.all()
        books, zone = self.playbooks(), self.teams.rules("").zone
        today = self.now().astimezone(zone).date()
        has_roles = all(self.people.with_role(role) for role in (Role.ADMIN, Role.SUPERVISOR))
        return [
            Step(
                bool(teams) and all(self._is_in(team.channel) for team in teams),
                "A team channel with Mend in it: `/invite @Mend`, then `/mend team` there",
            ),
            Step(
                bool(teams) and all(team.zone.key != "UTC" for team in teams),
                "When its recap comes, by its own clock: `/mend team`, *Change*",
            ),
            Step(has_roles, "Who is asked for a hand: its supervisors, in the same form"),
            Step(
                any(offer.limits for book in books for offer in book.authority),
                "What agents may do without asking, and up to how much: *Set limits*",
                (limits.TITLE, limits.OPEN, str(int(Role.AGENT))),
            ),
            Step(
                any(not book.is_stale(today) for book in books),
                "A playbook somebody checked: *Playbooks*, open one, *Still right*",
            ),
        ]

    def _is_in(self, team: str) -> bool:
        found = self.slack.channel(team)
        return isinstance(found, Channel) and found.is_member and not found.is_archived

    def offer_team(self, channel: str, inviter: str, at: str) -> list[str]:
        """Mend was invited to a channel: ask whoever did it, privately. The jobs that do."""
        if self.teams.get(channel):
            return []
        try:
            self.people.admit(inviter, self.db.workspace)
        except Refused:
            return []
        key = f"invited:{channel}:{at}:{inviter}"
        content = blocks.invited(channel)
        return self.outbox.dm(key, inviter, content)
