"""Who people are: their role, whether Mend is for them, and the names that notes must not hold.

Nothing here is stored. What Slack last said is kept in memory and read from there; only a person
or a group never heard of before is waited for, and for a second at most.
"""

import re
from collections.abc import Callable, Collection, Iterable
from concurrent.futures import Executor, Future, wait
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import Generic, TypeVar

from mend.db.model import Refused
from mend.people import model as rules
from mend.people.model import Profile, Role, Team
from mend.slack.gateway import SlackGateway
from mend.slack.model import Failure, NotSent

WAIT_SECONDS = 1.0  # of the three in which Slack wants an answer
PATIENCE = 10.0  # where nobody waits for an answer
KEEP_PROFILE = timedelta(hours=24)
KEEP_GROUP = timedelta(minutes=5)
UNKNOWN = "Slack did not say in time who you are here. Nothing was done; try again in a moment."
NOT_ALLOWED = (
    "Mend may not ask Slack who you are here, so it does nothing. Its operator finds what to do"
    " with `.venv/bin/python bot.py doctor`."
)
GROUP_UNKNOWN = "If you are one, try again in a moment: Slack did not say in time who is."

# "Ana Cruz | Billing", "Ana (she/her)": what follows is no name
_AFTER_NAME = re.compile(r"\s*[|(\[{/,:;•–—].*|\s+-\s.*", re.DOTALL)

T = TypeVar("T")


@dataclass(frozen=True)
class Remembered(Generic[T]):
    """Slack's last answer about each key. An old one serves until a new one is there.

    `gone` is what holds once Slack refuses to say: there is no such thing (any more).
    """

    ask: Callable[[str], T | NotSent]
    keep: timedelta
    now: Callable[[], datetime]
    executor: Executor
    gone: T | None = None
    failures: dict[str, NotSent] = field(default_factory=dict)
    _answers: dict[str, tuple[T, datetime]] = field(default_factory=dict)
    _asking: dict[str, Future[None]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def get(self, key: str) -> T | None:
        """Without a call."""
        answer = self._answers.get(key)
        return answer[0] if answer else None

    def put(self, key: str, answer: T) -> None:
        self._answers[key] = answer, self.now()
        self.failures.pop(key, None)

    def refresh(self, keys: Iterable[str], seconds: float) -> None:
        """Ask about what is unknown or old, each once at a time; wait at most so long for it."""
        wait([self._ask(key) for key in keys if not self._is_fresh(key)], seconds)

    def _is_fresh(self, key: str) -> bool:
        answer = self._answers.get(key)
        return answer is not None and self.now() - answer[1] < self.keep

    def _ask(self, key: str) -> Future[None]:
        with self._lock:
            asking = self._asking.get(key)
            if asking is None and self._is_fresh(key):  # answered since we looked
                asking = Future()
                asking.set_result(None)
            elif asking is None:
                asking = self._asking[key] = self.executor.submit(self._answer, key)
                asking.add_done_callback(lambda done: self._asking.pop(key))
        return asking

    def _answer(self, key: str) -> None:
        answer = self.ask(key)
        if not isinstance(answer, NotSent):
            self.put(key, answer)
            return
        self.failures[key] = answer
        if self.gone is not None and answer.reason is Failure.REFUSED:
            self._answers[key] = self.gone, self.now()


class People:
    """`admins` and the ids that teams list as supervisors (see `among`) may be user groups."""

    def __init__(
        self,
        slack: SlackGateway,
        now: Callable[[], datetime],
        executor: Executor,
        *,
        workspace: str,
        admins: Collection[str],
        supervisors: Callable[[], Collection[str]],
        guests: bool,
    ) -> None:
        self._slack = slack
        self._now = now
        self.workspace = workspace
        self._admins = admins
        self._supervisors = supervisors
        self._guests = guests
        self._profiles = Remembered(slack.profile, KEEP_PROFILE, now, executor)
        nobody: list[str] = []
        self._groups = Remembered(slack.group, KEEP_GROUP, now, executor, gone=nobody)
        self._members = Remembered(slack.members, KEEP_GROUP, now, executor, gone=nobody)
        self._asked_for: set[str] = set()  # the groups that somebody lists
        self._listed: set[str] = set()  # and the people
        self._refreshing = Lock()
        self._read_at: datetime | None = None  # the whole directory
        self._cursor = ""
        self._reading: list[Profile] = []
        self._names: tuple[str, ...] = ()
        self.directory_failure: NotSent | None = None

    # --- roles

    def role_of(self, person: str) -> Role:
        """As far as it is known: without a call, and an agent's until a group says otherwise."""
        return rules.role_of(person, self._with(Role.ADMIN), self._with(Role.SUPERVISOR))

    def with_role(self, role: Role) -> list[str]:
        return sorted(self._with(role))

    def among(self, listed: Iterable[str]) -> frozenset[str]:
        """The people among member and user group ids, as far as they are known; without a call."""
        people: set[str] = set()
        for each in listed:
            if each.startswith("S"):
                self._asked_for.add(each)
                people.update(self._groups.get(each) or ())
            else:
                self._listed.add(each)
                people.add(each)
        return frozenset(each for each in people if not self._has_left(each))

    def _has_left(self, person: str) -> bool:
        profile = self._profiles.get(person)
        return profile is not None and profile.is_deactivated

    def require(self, person: str, role: Role) -> None:
        """Raises Refused, naming who can help, unless the person has that role."""
        if self.role_of(person) < role:
            self._groups.refresh(self._unread_groups(), WAIT_SECONDS)
        try:
            rules.require(self.role_of(person), role, self._with(role))
        except Refused as refused:
            hint = f" {GROUP_UNKNOWN}" if self._unread_groups() else ""
            raise Refused(refused.sentence + hint) from None

    def is_lead(self, person: str, team: Team) -> bool:
        """Whether they may change what holds in this team: its own supervisors and admins may."""
        return person in team.supervisors or self.role_of(person) is Role.ADMIN

    def leading(self, person: str, team: Team) -> Team:
        """The team; raises Refused, naming who can help, for everybody but those who lead it."""
        if not self.is_lead(person, team):
            self.require(person, Role.ADMIN)
        return team

    def _with(self, role: Role) -> frozenset[str]:
        if role is Role.ADMIN:
            return self.among(self._admins)
        return frozenset(self._supervisors()) if role is Role.SUPERVISOR else frozenset()

    def _unread_groups(self) -> list[str]:
        return [group for group in sorted(self._asked_for) if self._groups.get(group) is None]

    @property
    def group_failures(self) -> dict[str, NotSent]:
        """The user groups that could not be read the last time."""
        failed = self._groups.failures
        return {group: failed[group] for group in sorted(self._asked_for) if group in failed}

    def strangers(self) -> dict[str, str]:
        """Who is listed as an admin or a supervisor and cannot be one, with why. Asks Slack."""
        self._profiles.refresh(sorted(self._listed), PATIENCE)
        why: dict[str, str] = {}
        for person in sorted(self._listed):
            profile, failure = self._profiles.get(person), self._profiles.failures.get(person)
            if profile is None and failure and not failure.reason.is_passing:
                why[person] = failure.detail or failure.reason.value
            elif profile and profile.is_deactivated:
                why[person] = "is deactivated"
            elif profile and (profile.is_bot or self.workspace not in profile.workspaces):
                why[person] = "is a bot" if profile.is_bot else "is of another company"
        return why

    # --- where people are

    def in_which(self, person: str, channels: Iterable[str]) -> list[str]:
        """Those of the channels that the person is in, as far as Slack says so within a second."""
        asked = list(channels)
        self._members.refresh(asked, WAIT_SECONDS)
        return [channel for channel in asked if person in (self._members.get(channel) or ())]

    # --- guests and other companies

    def is_known(self, person: str) -> bool:
        return self._profiles.get(person) is not None

    def admit(self, person: str, sent_from: str, seconds: float = WAIT_SECONDS) -> None:
        """Raises Refused unless Mend is for this person, whose act came from that workspace."""
        self._profiles.refresh([person], seconds)
        profile = self._profiles.get(person)
        admins = self._with(Role.ADMIN)
        if profile is None:
            failure = self._profiles.failures.get(person)
            is_lasting = failure is not None and failure.reason is Failure.MISSING_SCOPE
            raise Refused(f"{NOT_ALLOWED if is_lasting else UNKNOWN} {rules.helpers(admins)}")
        homes = {self.workspace, sent_from}
        rules.admit(profile, homes, guests=self._guests, who_can=admins)

    # --- names

    def names(self) -> tuple[str, ...]:
        """What the workspace's people are called, as far as it is known; without a call."""
        return self._names

    def refresh(self) -> None:
        """Ask for what is old by now: groups, and once a day the directory. Cheap when nothing is.

        What fails is tried at the next call; a directory broken off goes on where it was.
        """
        with self._refreshing:
            self._asked_for.clear()
            self._listed.clear()
            self.role_of("")  # looks at every list there is by now
            self._groups.refresh(sorted(self._asked_for), PATIENCE)
            if self._read_at is None or self._now() - self._read_at >= KEEP_PROFILE:
                self._read_directory()

    def _read_directory(self) -> None:
        while True:
            page = self._slack.directory(self._cursor)
            if isinstance(page, NotSent):
                self.directory_failure = page
                if not page.reason.is_passing:  # the cursor may be what it refused
                    self._cursor, self._reading = "", []
                return
            for profile in page.people:
                self._profiles.put(profile.id, profile)
            self._reading += page.people
            self._cursor = page.cursor
            if not page.cursor:
                break
        people = [each for each in self._reading if not (each.is_bot or each.is_deactivated)]
        self._names = tuple({_AFTER_NAME.sub("", name): 0 for p in people for name in p.names})
        self._reading, self._read_at, self.directory_failure = [], self._now(), None
