"""What works and what does not, each fault with what to do about it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from mend.db.engine import Database
from mend.db.jobs import Jobs
from mend.db.model import NotSaved
from mend.doctor.remedies import ORG_WIDE, remedy, said
from mend.doctor.views import Finding
from mend.people.directory import People
from mend.people.model import Role, Team
from mend.people.teams import Teams
from mend.playbooks.files import PlaybookFolder
from mend.playbooks.library import Library
from mend.recap.daily.service import Recapping
from mend.slack.gateway import SlackGateway
from mend.slack.model import SCOPES, Identity, NotSent

CLOCK_SECONDS = 60  # Slack refuses signatures that are five minutes off
_SOCKET_MODE = (
    "Make an app-level token with connections:write, put it in SLACK_APP_TOKEN, and switch Socket"
    " Mode on."
)


@dataclass(frozen=True)
class Doctor:
    """Looks at everything Mend leans on; repairs nothing."""

    db: Database
    slack: SlackGateway
    people: People
    recapping: Recapping
    now: Callable[[], datetime]
    teams: Teams
    app_token: str
    library: Library
    playbooks: PlaybookFolder
    ranking: str

    def examine(self) -> list[Finding]:
        teams = self.teams.all()
        return [
            *self._about_slack(),
            *self._about_people(),
            *self._about_teams(teams),
            *self._about_here(teams),
        ]

    def _about_slack(self) -> Iterator[Finding]:
        found = self.slack.identity()
        if isinstance(found, NotSent):
            yield Finding("Slack", said(found), remedy(found))
            return
        if found.is_org_wide:
            yield Finding("Slack", "installed for a whole organisation", ORG_WIDE)
        else:
            yield Finding("Slack", f"connected to {found.workspace_name}")
        yield self._scopes(found)
        ahead = found.clock_ahead_seconds
        if abs(ahead) > CLOCK_SECONDS:
            word = "ahead of" if ahead > 0 else "behind"
            yield Finding(
                "Clock",
                f"{abs(ahead):.0f} s {word} Slack's",
                "Turn on time synchronisation (NTP) on the machine Mend runs on.",
            )
        else:
            yield Finding("Clock", "agrees with Slack's")
        if self.app_token:
            socket = self.slack.socket_url(self.app_token)
            if isinstance(socket, NotSent):
                what_to_do = remedy(socket) if socket.reason.is_passing else _SOCKET_MODE
                yield Finding("Socket Mode", said(socket), what_to_do)
            else:
                yield Finding("Socket Mode", "may connect")

    def _scopes(self, found: Identity) -> Finding:
        if found.scopes is None:
            return Finding(
                "Scopes", "Slack's answer does not list them (a proxy may take them out)"
            )
        missing = [scope for scope in SCOPES if scope not in found.scopes]
        if not missing:
            return Finding("Scopes", f"all {len(SCOPES)} granted")
        lacking = "; ".join(f"{scope} ({SCOPES[scope]})" for scope in missing)
        return Finding(
            "Scopes",
            f"missing {lacking}",
            "Paste the current manifest (.venv/bin/python bot.py manifest) into the app's settings,"
            " then reinstall the app.",
        )

    def _about_people(self) -> Iterator[Finding]:
        for group, failure in self.people.group_failures.items():
            yield Finding(
                "Roles",
                f"user group {group}: {failure.detail or failure.reason.value}",
                "Check the ID and the scope usergroups:read. User groups need a paid plan: without"
                " one, put member IDs into MEND_ADMINS and MEND_SUPERVISORS.",
            )
        strangers = self.people.strangers()
        for person, why in strangers.items():
            yield Finding(
                "Roles",
                f"{person}: {why}",
                "Take it out of MEND_ADMINS, MEND_SUPERVISORS or the team's form, or correct it"
                " (profile, ⋮, Copy member ID).",
            )
        admins, supervisors = (
            [each for each in self.people.with_role(role) if each not in strangers]
            for role in (Role.ADMIN, Role.SUPERVISOR)
        )
        yield Finding(
            "Roles",
            f"{_count(admins, 'admin')}, {_count(supervisors, 'supervisor')}",
            "" if admins else "Nobody can edit playbooks: put member IDs into MEND_ADMINS.",
        )
        unread = self.people.directory_failure
        if unread:
            yield Finding("People", said(unread), remedy(unread))
        else:
            yield Finding("People", f"{len(self.people.names())} names are kept out of notes")

    def _about_teams(self, teams: Sequence[Team]) -> Iterator[Finding]:
        if not teams:
            yield Finding(
                "Team channel",
                "none yet",
                "Type /invite @Mend in the team's channel, then /mend team there. Or set"
                " MEND_CHANNEL to the channel's ID and restart.",
            )
        for team in teams:
            yield from self._about_channel(team.channel)

    def _about_channel(self, channel: str) -> Iterator[Finding]:
        found = self.slack.channel(channel)
        if isinstance(found, NotSent):
            yield Finding("Team channel", f"{channel}: {said(found)}", remedy(found))
            return
        if found.is_archived:
            yield Finding(
                "Team channel",
                f"#{found.name} is archived",
                "Unarchive it, or make another channel the team's.",
            )
        elif not found.is_member:
            yield Finding(
                "Team channel",
                f"Mend is not in #{found.name}",
                f"Type /invite @Mend in #{found.name}.",
            )
        elif found.is_shared:
            yield Finding(
                "Team channel",
                f"#{found.name} is shared with another company, or about to be",
                "Nothing is posted there. Choose a channel of your own: what people own would leave"
                " the company.",
            )
        else:
            yield Finding("Team channel", f"#{found.name}")
        look = self.slack.find(channel, "doctor", self.now())
        if isinstance(look, NotSent):
            yield Finding("Looking for own posts", said(look), remedy(look))
        else:
            yield Finding("Looking for own posts", "possible")

    def _about_here(self, teams: Iterable[Team]) -> Iterator[Finding]:
        try:
            self.db.check_writable()
            yield Finding("Database", f"{self.db.engine}, can be written")
        except NotSaved as wrong:
            yield Finding(
                "Database",
                f"{self.db.engine}, cannot be written: {wrong}",
                "Close other programs that use it, free disk space, check its permissions.",
            )
        for job, reason in Jobs(self.db).dead_letters():
            yield Finding(
                "Waiting",
                f"{job.kind} due {job.due_at:%Y-%m-%d %H:%M} UTC: {reason}",
                "Remove the cause; it is tried again within the hour, and at each start.",
            )
        for problem in self.playbooks.problems:
            what_to_do = "Correct the file; it is read again by itself."
            yield Finding("Playbooks", str(problem), what_to_do)
        if not self.playbooks.problems:
            yield Finding("Playbooks", f"{len(self.library.all())} served, no problems")
        yield Finding("Ranking", self.ranking)
        for team in teams:
            at = self.recapping.next_at(team)
            yield Finding("Next recap", f"{at:%A %-d %B %Y, %H:%M} {at.tzinfo}")


def _count(people: Sequence[str], word: str) -> str:
    return f"{len(people)} {word}{'' if len(people) == 1 else 's'}"
