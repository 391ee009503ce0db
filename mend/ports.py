"""The two outside things that services need and tests may replace: the store and Slack."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from mend.db.model import Job
from mend.editor.model import Revision, RevisionState, Suggestion
from mend.helping.model import Hand
from mend.lookbacks.model import Factor, LookBack
from mend.ownit.model import Entry
from mend.people.model import Profile
from mend.playbooks.model import Playbook, Problem
from mend.privacy.model import About
from mend.promises.model import Promise
from mend.recap.brief.model import Lookups
from mend.recap.causes.model import Action
from mend.recap.conditions.model import Condition
from mend.recap.daily.model import PlaybookChange, Recap
from mend.recap.weekly.model import Week
from mend.repair.model import Gap, LearnedPhrase, Use
from mend.slack.model import Channel, Content, DirectoryPage, Identity, Json, NotSent, Post, Sent

# --- Slack -----------------------------------------------------------------------------------


class Slack(Protocol):
    """What Mend asks of Slack. No method raises for anything Slack or the network does."""

    def identity(self) -> Identity | NotSent: ...
    def socket_url(self, app_token: str) -> str | NotSent:
        """Where Socket Mode lets the bot in, once."""

    def channel(self, channel: str) -> Channel | NotSent: ...
    def members(self, channel: str) -> list[str] | NotSent:
        """The people and bots of a channel, the first thousand."""

    def profile(self, person: str) -> Profile | NotSent: ...
    def directory(self, cursor: str) -> DirectoryPage | NotSent: ...
    def group(self, group: str) -> list[str] | NotSent:
        """The members of a user group."""

    def direct_channel(self, person: str) -> str | NotSent: ...
    def post(
        self, channel: str, content: Content, *, key: str, thread: str | None = None
    ) -> Sent | NotSent: ...
    def find(
        self, channel: str, key: str, since: datetime, thread: str | None = None
    ) -> Sent | NotSent | None:
        """The bot's own message with that key, None where there is none."""

    def permalink(self, channel: str, ts: str) -> str | NotSent: ...
    def update(self, channel: str, ts: str, content: Content) -> Sent | NotSent: ...
    def delete(self, channel: str, ts: str) -> Sent | NotSent: ...
    def respond(
        self, response_url: str, content: Content | None, *, replace: bool
    ) -> Sent | NotSent:
        """Answer a command or a press privately; no content and `replace` removes the message."""

    def open_form(self, trigger: str, form: Json) -> Sent | NotSent: ...
    def update_form(self, form_id: str, form: Json) -> Sent | NotSent: ...
    def publish_home(self, person: str, home: Json) -> Sent | NotSent: ...


# --- Store -----------------------------------------------------------------------------------


class Entries(Protocol):
    """Notes; one that was withdrawn or has expired is found nowhere, only `was_closed` knows it."""

    def add(self, entry: Entry, request: str, *, even_if_same: bool = False) -> Entry:
        """Keep `entry`, or return the one already kept for this request, or for the same words

        of the same owner within ten minutes (unless `even_if_same`). Raises Stale where the
        request's note was withdrawn.
        """

    def get(self, workspace: str, entry: str) -> Entry | None: ...
    def of_thread(self, workspace: str, channel: str, ts: str) -> Entry | None:
        """The note whose thread, or receipt in direct messages, stands there."""

    def of_message(self, workspace: str, owner: str, request: str, link: str) -> Entry | None:
        """The owner's newest note that was told by this request, or is about this message."""

    def mine(self, workspace: str, owner: str, *, limit: int, offset: int = 0) -> list[Entry]:
        """The owner's notes, newest first."""

    def update(self, entry: Entry) -> Entry:
        """Raises Stale unless its version is the one in the store."""

    def withdraw(self, entry: Entry, now: datetime) -> None:
        """Erase the words and the owner, leave a tombstone. Raises Stale like `update`."""

    def expire(self, entry: Entry, now: datetime) -> None:
        """The same for a note whose time is over; raises Stale where it is not closed (now)."""

    def was_closed(self, workspace: str, entry: str) -> bool:
        """Whether the note is gone because it expired, rather than withdrawn."""

    def never_closed(self, workspace: str, written_before: datetime, limit: int) -> list[Entry]:
        """The oldest open notes."""

    def closed(self, workspace: str, before: datetime, limit: int) -> list[Entry]:
        """The notes that closed longest ago."""

    def add_reply(self, entry: Entry, ts: str, text: str) -> None:
        """Keep or change one reply of the owner in the note's thread."""

    def remove_reply(self, entry: Entry, ts: str) -> None: ...
    def replies(self, entry: Entry) -> list[str]:
        """The owner's replies, oldest first."""

    def forget_tombstones(self, before: datetime) -> int: ...


class Jobs(Protocol):
    def arm(
        self, workspace: str, kind: str, key: str, due_at: datetime, payload: Mapping[str, str] = {}
    ) -> None:
        """Ask for the work `key` at `due_at`; asking again moves it and makes it due once more."""

    def claim(self, now: datetime, kinds: Sequence[str], key: str | None = None) -> Job | None:
        """The due job of those kinds that waits longest (or that very one), leased to you."""

    def finish(self, job: Job, now: datetime) -> None:
        """Done, unless it was asked for again meanwhile or the claim is no longer the caller's."""

    def postpone(self, job: Job, until: datetime, reason: str) -> None:
        """Due again at `until`; counts as a failure."""

    def park(self, job: Job, now: datetime, reason: str) -> bool:
        """Given up until somebody asks for it again; whether the claim was still the caller's."""

    def pending(self, workspace: str, kind: str) -> list[Job]:
        """Jobs of a kind that are neither done nor parked, by due time."""

    def parked(self, workspace: str) -> list[tuple[Job, str]]: ...
    def forget_done(self, before: datetime) -> int: ...


class Posts(Protocol):
    def ensure(
        self, workspace: str, subject: str, channel: str, now: datetime, thread: str = ""
    ) -> Post:
        """The post for `subject`, made with a fresh random key where there is none."""

    def get(self, workspace: str, subject: str) -> Post | None: ...
    def starting(self, workspace: str, prefix: str) -> list[Post]: ...
    def placed(self, post: Post, channel: str, ts: str, version: int) -> None: ...
    def remove(self, post: Post) -> None: ...


class Recaps(Protocol):
    def keep(self, recap: Recap) -> None: ...
    def latest(self, workspace: str, team: str) -> Recap | None: ...
    def note_playbook_change(self, workspace: str, change: PlaybookChange) -> None: ...
    def began(self, workspace: str) -> datetime | None:
        """When this workspace first served playbooks."""

    def known_playbooks(self, workspace: str) -> dict[str, str]:
        """Slug → digest of what was last seen of it."""

    def playbook_changes(
        self, workspace: str, after: datetime, until: datetime
    ) -> list[PlaybookChange]: ...


class Conditions(Protocol):
    def keep(self, condition: Condition) -> None: ...
    def open(self, workspace: str, team: str, day: date) -> list[Condition]:
        """Those of the team and of all teams that are not over on that day, soonest end first."""

    def end(self, workspace: str, condition: str) -> None: ...
    def forget(self, ended_before: date) -> None: ...


@dataclass(frozen=True, slots=True)
class Draft:
    """A playbook change in the words of a note's owner, who is kept only to be told."""

    id: str
    owner: str
    title: str
    words: str
    may_tell: bool


class Learning(Protocol):
    def keep_draft(self, workspace: str, draft: Draft) -> None: ...
    def draft(self, workspace: str, draft: str) -> Draft | None: ...
    def forget_draft(self, workspace: str, draft: str) -> None: ...
    def count(self, workspace: str, slug: str, what: str, day: date) -> None:
        """One more "shown", "worked" or "not_this" of the playbook on that day; nobody's."""

    def competed(self, workspace: str, one: str, other: str, day: date) -> None:
        """Some words would have found, or did find, either of the two."""

    def most_shown(self, workspace: str, since: date, limit: int) -> list[str]: ...
    def use(self, workspace: str, first: date, last: date) -> list[Use]:
        """Of every playbook shown on those days, the most shown first."""

    def competing(self, workspace: str, since: date, often: int) -> list[tuple[str, str]]:
        """Pairs that competed at least so often, the most often first."""

    def people_who_used(self, workspace: str, after: datetime, until: datetime) -> dict[str, int]:
        """How many people saw each playbook last in that time: to suppress by, never to show."""

    def looked_up_on(self, workspace: str, days: Sequence[date]) -> list[Lookups]:
        """How often each playbook was looked up on these days (UTC)."""

    def used(
        self, workspace: str, person: str, slug: str, parts: Mapping[str, str], at: datetime
    ) -> None:
        """Remember which version of the playbook this person saw last."""

    def judged(self, workspace: str, person: str, slug: str) -> bool:
        """Whether this is the first this person says of the playbook since they saw it last."""

    def last_use(
        self, workspace: str, person: str, slug: str
    ) -> tuple[datetime, dict[str, str]] | None: ...
    def recently_used(self, workspace: str, person: str, limit: int) -> list[str]: ...
    def learn(self, workspace: str, slug: str, phrase: str, person: str, at: datetime) -> None:
        """Find `slug` by `phrase` from now on, unless an admin undid that phrase before."""

    def phrases(self, workspace: str, *, people: int = 1) -> list[LearnedPhrase]:
        """The phrases in use that at least so many people used."""

    def undo_phrase(self, workspace: str, phrase: int, at: datetime) -> None: ...
    def export(self) -> dict[str, list[dict[str, object]]]:
        """Phrases that two people used, and use by playbook and month; nothing by person."""

    def forget(self, askers: datetime, uses: datetime, counts: date) -> None:
        """Drop who asked, who used what, and what was counted before these moments."""


class Gaps(Protocol):
    """What was looked for in vain. A gap is open, dismissed (`reason`), or answered and gone.

    Who asked is kept apart with a `mark` of their words, by which the same words are known again.
    """

    def live(self, workspace: str) -> list[Gap]:
        """The open and the dismissed ones, newest first."""

    def asked_in(self, workspace: str, mark: str) -> Gap | None:
        """The live one about which somebody asked in words of this mark."""

    def get(self, workspace: str, gap: str) -> Gap | None: ...
    def people(self, workspace: str) -> dict[str, int]:
        """How many different people ask about each theme: to choose a word by, never to show."""

    def make(
        self, workspace: str, theme: str, words: str, at: datetime, reason: str = ""
    ) -> Gap: ...
    def ask(self, gap: Gap, person: str, mark: str, at: datetime, *, sent: bool = False) -> None:
        """One who asks; the second person since it was dismissed opens it again."""

    def is_asked_by_others(self, gap: Gap, person: str, mark: str) -> bool: ...
    def to_send(self, workspace: str, person: str, mark: str) -> Gap | None:
        """The live gap about which this person asked in these words."""

    def move(self, gap: Gap, mark: str, to: Gap) -> None:
        """Who asked in these words asks about `to` from now on."""

    def askers(self, workspace: str, marks: Mapping[str, str]) -> list[tuple[str, str]]:
        """Forget who asked about a theme in words of these marks; their ids, each with what its

        mark stands for.
        """

    def close(self, gap: Gap, at: datetime, reason: str = "") -> list[tuple[str, bool]]:
        """Dismiss it for a reason, or have it answered; returns who asked and whether they sent."""

    def closed(self, workspace: str, after: datetime, until: datetime) -> list[str]:
        """The themes that were answered then, by name."""

    def forget(self, askers: datetime, gaps: datetime) -> None:
        """Drop who asked, and what nobody asked about since these moments."""


class Revisions(Protocol):
    def add(self, workspace: str, revision: Revision) -> int:
        """Keep a version; its id. Of each playbook's history the last fifty stay."""

    def get(self, workspace: str, revision: int) -> Revision | None: ...
    def set(self, workspace: str, revision: int, state: RevisionState) -> None: ...
    def remove_draft(self, workspace: str, revision: int) -> bool:
        """False where it is no draft any more."""

    def draft(self, workspace: str, slug: str, author: str) -> Revision | None: ...
    def drafts(self, workspace: str) -> list[Revision]:
        """Everybody's, newest first."""

    def history(self, workspace: str, slug: str) -> list[Revision]:
        """Newest first, without drafts."""

    def text_of(self, workspace: str, slug: str, digest: str) -> str | None: ...
    def latest(self, workspace: str) -> dict[str, str]:
        """Slug → digest of the newest version that is known of its file."""

    def latest_of(self, workspace: str, slug: str) -> str:
        """That of one file, "" where none is known."""

    def publishing(self, workspace: str) -> Sequence[str]:
        """The slugs whose file is being written."""

    def suggest(self, workspace: str, suggestion: Suggestion, person: str) -> str:
        """Keep it, or find the same one by the same person; its id."""

    def add_words(self, workspace: str, suggestion: str, person: str, words: str) -> bool:
        """False where the suggestion is not theirs, or was closed."""

    def suggestions(self, workspace: str) -> list[Suggestion]:
        """The open ones, oldest first."""

    def suggestion(self, workspace: str, suggestion: str) -> Suggestion | None: ...
    def close_suggestion(self, workspace: str, suggestion: str) -> str | None:
        """Remove it; returns who made it, once."""

    def forget_askers(self, before: datetime) -> None: ...


class Working(Protocol):
    def promise(self, promise: Promise) -> None: ...
    def get_promise(self, workspace: str, promise: str) -> Promise | None: ...
    def open_promises(self, workspace: str, owner: str) -> list[Promise]:
        """The owner's, soonest first."""

    def update_promise(self, promise: Promise) -> Promise:
        """Raises Stale unless its version is the one in the store."""

    def release(self, workspace: str, team: str, entry: str, text: str, after: datetime) -> None:
        """A lesson may be told, word for word, from that moment on."""

    def take_back(self, workspace: str, entry: str) -> None: ...
    def lesson(self, workspace: str, team: str, day: date, now: datetime) -> str | None:
        """The lesson of that day's recap: never while its note's thread still stands."""

    def lessons_told(self, workspace: str, team: str, first: date, last: date) -> list[str]:
        """The lessons told on those days whose notes still stand, oldest first."""

    def lesson_told(self, workspace: str, text: str, day: date) -> None: ...
    def lookback(self, entry: str) -> LookBack | None: ...
    def asked_about(self, workspace: str, owner: str) -> list[Entry]:
        """The owner's open notes that they were asked about and did not answer, oldest first."""

    def keep_lookback(self, lookback: LookBack) -> None: ...


class Hands(Protocol):
    def open(self, hand: Hand) -> None: ...
    def get(self, workspace: str, hand: str) -> Hand | None: ...
    def about(self, workspace: str, entry: str) -> Hand | None:
        """The request about this note that is not closed."""

    def held_by(self, workspace: str, person: str) -> list[Hand]:
        """The requests that are not closed and that this person made or took."""

    def open_for(self, workspace: str, supervisor: str) -> list[Hand]:
        """The requests that nobody has taken and this supervisor was told of, oldest first."""

    def update(self, hand: Hand) -> Hand:
        """Raises Stale unless its version is the one in the store."""


class Notices(Protocol):
    def owe(self, workspace: str, key: str, person: str, content: Content, now: datetime) -> bool:
        """Keep a private message until it is delivered; False where that key was owed before."""

    def get(self, workspace: str, key: str) -> tuple[str, Content] | None:
        """Whom to tell and what; None once delivered."""

    def was_owed(self, workspace: str, key: str) -> bool: ...
    def delivered(self, workspace: str, key: str) -> None: ...
    def forget(self, before: datetime) -> None: ...


@dataclass(frozen=True, slots=True)
class TeamRow:
    """What was chosen for a team in Slack: setting → text; and since when it is one."""

    channel: str
    chosen: dict[str, str]
    since: datetime


class Teams(Protocol):
    def all(self, workspace: str) -> list[TeamRow]:
        """Oldest first."""

    def keep(self, workspace: str, channel: str, chosen: Mapping[str, str], now: datetime) -> None:
        """Keep what was chosen; `now` is when it became a team, if it was none."""

    def remove(self, workspace: str, channel: str) -> None: ...
    def last_of(self, workspace: str, person: str) -> str | None:
        """The team channel in which this person was last."""

    def joined(self, workspace: str, person: str, channel: str) -> None: ...


class Weeks(Protocol):
    """Closed weeks and the actions against their causes. Intervals are (after, until]."""

    def answers(
        self, workspace: str, team: str, after: datetime, until: datetime
    ) -> list[tuple[str, tuple[Factor, ...]]]:
        """Owner and factors of each look-back answered then, but not of notes for only them."""

    def keep(self, week: Week) -> None:
        """Once kept, a week stays as it is."""

    def since(self, workspace: str, team: str, monday: date) -> list[Week]:
        """The closed weeks from that Monday on, newest first."""

    def forget(self, before: date) -> None: ...
    def add(self, action: Action) -> None: ...
    def update(self, action: Action) -> Action:
        """Raises Stale unless its version is the one in the store."""

    def get(self, workspace: str, action: str) -> Action | None: ...
    def actions(self, workspace: str, team: str) -> list[Action]:
        """Changed last first."""


@dataclass(frozen=True, slots=True)
class AdminAct:
    """Something an admin did, in Mend's words; nothing that people wrote. `admin` may be gone."""

    at: datetime
    admin: str
    act: str
    subject: str


class Audit(Protocol):
    def note(self, workspace: str, admin: str, act: str, subject: str, at: datetime) -> None:
        """Inside the transaction of the act: what was done ("closed a gap"), and to what."""

    def recent(self, workspace: str, limit: int) -> list[AdminAct]:
        """Newest first."""

    def forget(self, before: datetime) -> None: ...


class Welcomes(Protocol):
    """Which parts of the welcome a person is done with."""

    def done(self, workspace: str, person: str) -> set[str]: ...
    def finish(self, workspace: str, person: str, part: str, at: datetime) -> None: ...


class Privacy(Protocol):
    def about(self, workspace: str, person: str) -> About: ...
    def forget_person(self, workspace: str, person: str) -> None:
        """Leave no trace of them, once their notes are withdrawn and their requests let go."""


class PlaybookFiles(Protocol):
    """The folder of playbooks. What cannot be read raises BrokenPlaybook."""

    def books(self) -> Sequence[Playbook]:
        """Every playbook that has a good version, served or not, by slug."""

    def problems(self) -> Sequence[Problem]: ...
    def read(self, slug: str) -> str | None:
        """The file's text as it stands, None where there is no file."""

    def parse(self, slug: str, text: str) -> tuple[Playbook, list[Problem]]: ...
    def line_of(self, text: str, field: str) -> int: ...
    def edit(self, text: str, changes: Mapping[str, Any]) -> str:
        """The text with fields changed and all else as it was; Refused names the field."""

    def new(self, changes: Mapping[str, Any]) -> str: ...
    def free_slug(self, title: str, taken: Collection[str] = ()) -> str:
        """A name for a new playbook, which no file has."""

    def write(self, slug: str, text: str, base: str) -> None:
        """Raises Stale where the file is no longer the version `base`."""

    def look(self) -> None:
        """Serve what was written, at once."""

    def drafts(self) -> list[str]:
        """Drafts from notes, as slugs that `read` knows."""

    def remove_draft(self, slug: str) -> None: ...


class Store(Protocol):
    """Everything Mend remembers. Every method is one immediate transaction unless inside one."""

    entries: Entries
    jobs: Jobs
    posts: Posts
    recaps: Recaps
    conditions: Conditions
    learning: Learning
    gaps: Gaps
    revisions: Revisions
    working: Working
    hands: Hands
    notices: Notices
    teams: Teams
    weeks: Weeks
    audit: Audit
    welcomes: Welcomes
    privacy: Privacy

    def transaction(self) -> AbstractContextManager[None]:
        """All or nothing. Takes the write lock first; raises NotSaved where it cannot in time."""

    def until(self, deadline: float) -> AbstractContextManager[None]:
        """Within it nothing commits after `deadline` (monotonic seconds): NotSaved instead."""

    def scrub(self) -> None:
        """Make deleted text unreadable in the files as well."""

    def close(self) -> None: ...
