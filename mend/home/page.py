"""App Home of one person: everything on it is theirs, or what their role adds.

Where it is open it follows whatever changes, by whomever: after each act and each job the pages
that people look at are made anew, and those are published that differ from what Slack shows.
"""

import threading
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from mend.db.model import Refused
from mend.db.worker import each
from mend.helping.service import Helping
from mend.home import onboarding_views as welcome
from mend.home import views as blocks
from mend.home.service import Onboarding
from mend.ownit.service import Owning
from mend.ownit.showing import Showing
from mend.people.directory import People
from mend.people.model import Role
from mend.people.teams import Teams
from mend.promises.service import Promises
from mend.recap.daily.service import Recapping
from mend.repair.service import Feedback
from mend.slack import ui
from mend.slack.gateway import SlackGateway
from mend.slack.model import NotSent

RECENT = 2  # playbooks
LOOKED_AT = timedelta(hours=8)  # a shift: Slack says when a page is opened, not when it is left


@dataclass
class Looking:
    """One person's page as they have it open; what is drawn for them is drawn in turn."""

    since: datetime
    page: int = 0
    said: ui.Message | None = None
    on_top: list[Any] = field(default_factory=list)
    shown: dict[str, Any] = field(default_factory=dict)
    turn: threading.Lock = field(default_factory=threading.Lock)


@dataclass(frozen=True)
class HomePage:
    """Shows the page. `policy_url` is where the company says how it treats owned mistakes."""

    slack: SlackGateway
    people: People
    teams: Teams
    onboarding: Onboarding
    owning: Owning
    showing: Showing
    promises: Promises
    helping: Helping
    feedback: Feedback
    recapping: Recapping
    now: Callable[[], datetime]
    policy_url: str
    has_changed: Callable[[], bool]  # anything at all, since it was last asked
    executor: Executor
    _looking: dict[str, Looking] = field(default_factory=dict)  # nothing of it is stored
    _is_due: threading.Event = field(default_factory=threading.Event)

    def open(self, person: str) -> None:
        """Show it to whoever just looks at it; the first time with a word of welcome."""
        is_new = self.onboarding.is_new(person)
        looking = Looking(self.now(), on_top=welcome.first_look() if is_new else [])
        if self._look(person, looking) and is_new:
            self.onboarding.seen(person)

    def answer(self, person: str, said: ui.Message | None, page: int) -> None:
        """Show it to whoever just pressed something on it; `said`, if anything, goes on top."""
        self._look(person, Looking(self.now(), page, said))

    def _look(self, person: str, looking: Looking) -> bool:
        if self.people.role_of(person) is Role.ADMIN:
            looking.on_top += welcome.checklist(self.onboarding.steps(person))
        if before := self._looking.get(person):
            looking.turn = before.turn  # what is on its way to Slack arrives first
        self._looking[person] = looking
        return self._draw(person)

    def follow(self) -> None:
        """Bring every page up to date that somebody looks at. What comes meanwhile comes after."""
        if not self._is_due.is_set():
            self._is_due.set()
            self.executor.submit(self._follow)

    def _follow(self) -> None:
        self._is_due.clear()
        if not self.has_changed():
            return
        lately = self.now() - LOOKED_AT
        for person, looking in list(self._looking.items()):
            if looking.since < lately:
                self._looking.pop(person, None)
        open_pages = list(self._looking.items())
        open_pages.sort(key=lambda page: page[1].since, reverse=True)
        each([person for person, _ in open_pages], self._draw)

    def _draw(self, person: str) -> bool:
        """Whether Slack shows their page as it is now."""
        looking = self._looking.get(person)
        if looking is None:
            return False
        with looking.turn:
            if self._looking.get(person) is not looking:  # they pressed something meanwhile
                return False
            try:
                self.people.admit(person, self.people.workspace)
                mine = self._of(person, looking.page)
                view = blocks.home(mine, self.policy_url, looking.said, looking.on_top)
            except Refused as refused:
                del self._looking[person]
                self.slack.publish_home(person, blocks.closed(refused.sentence))
                return False
            if view != looking.shown:
                sent = self.slack.publish_home(person, view)
                looking.shown = {} if isinstance(sent, NotSent) else view
            return bool(looking.shown)

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
            standing=frozenset(note.id for note in found if self.showing.stands(note)),
        )
