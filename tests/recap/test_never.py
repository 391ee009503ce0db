"""The never-list of what everybody can read, for whatever people own, withdraw and look for.

Twelve people with telling names write texts full of what must not get out. Whatever they do, what
is published holds none of it; and it is the very same text when one of them did nothing at all.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mend.db.engine import Database
from mend.db.model import Patience, Refused, Stale
from mend.db.schema import opened
from mend.db.worker import Duty, Scheduler
from mend.dispatch.support import Support
from mend.helping.messages import HelpMessages
from mend.helping.service import Helping
from mend.home import views as home
from mend.lookbacks.model import Cause, Factor
from mend.lookbacks.service import LookBacks
from mend.ownit.hearing import Hearing
from mend.ownit.model import Note, Visibility
from mend.ownit.releasing import Releasing
from mend.ownit.service import Owning
from mend.ownit.store import NoteStore
from mend.ownit.words import Words
from mend.people.directory import People
from mend.people.model import LEAST_K, Role, Team
from mend.people.teams import Teams
from mend.playbooks.library import Library
from mend.playbooks.model import Playbook
from mend.playbooks.store import PlaybookChanges
from mend.recap.causes import views as causes
from mend.recap.causes.service import Causes
from mend.recap.conditions.service import Conditions
from mend.recap.daily import service as recapping
from mend.recap.daily.model import ChangeKind, PlaybookChange
from mend.recap.daily.service import Recapping
from mend.recap.weekly import service as weekly
from mend.recap.weekly.service import Weekly
from mend.repair.gap_store import GapStore
from mend.search import Ranker
from mend.slack.model import Post
from mend.slack.store import Posts
from mend.slack.ui import Message
from mend.text.guard import Guard
from mend.text.redactor import Redactor
from tests.conftest import AtOnce, Clock, newest
from tests.recap.small_slack import SmallSlack

WORKSPACE, CHANNEL, LEAD = "T1", "C0SUPPORT", "U0LEADER00"
MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
NAMES = "Adaora Benedikt Chinonso Dagmar Eulalia Fergus Gwenda Hyacinth Ignatz Jolanta Kasimir Lore"
PEOPLE = [f"U0{name.upper()}" for name in NAMES.split()]
BOOKS = [
    Playbook("refund-late", "Where is my refund", category="billing", say_first="I will find it."),
    Playbook("wrong-item", "This is not mine", category="orders", say_first="I will send yours."),
]
TEXTS = [
    f"{name} ({name[0]}.S.) {what}"
    for name, what in zip(
        NAMES.split(),
        [
            "sent the refund of order 88120417 to the wrong card at 14:05",
            "is careless and never checks, <@U0GWENDA> had to repair it",
            "hung up on Mrs Petrescu last night, third time this week",
            "should have read ticket QX-5521 before promising 40 EUR",
        ]
        * 3,
        strict=True,
    )
]
LESSON = r"Lesson \d+: [^.]*\."
NEVER = {  # what it is -> how it reads
    "a name": "|".join([*NAMES.split(), "Petrescu"]),
    "initials": r"\b[A-Z]\.\s?[A-Z]\.",
    "an id or a mention": r"<@|<!|(?<!\w)@\w|\bU0[A-Z0-9]+",
    "a time of day": r"\b\d{1,2}[:.]\d{2}\b|\bnight\b|\bmorning\b|\d\s?(am|pm)\b",
    "a customer's reference": r"88120417|QX-5521|40 EUR|\b\d{4,}\b",
    "blame": r"careless|never checks|should have|hung up",
    "a figure": r"\b\d+ (notes?|notes|slips?|mistakes?|people|agents?|times|gaps?|lookups?)\b",
    "praise of few": r"(?i)\bzero\b|\bno (slips|mistakes|notes|notes)\b|\bstreak|\bquiet day",
    "who did not": r"(?i)nobody|did not (log|own|share)|missing from",
}


@dataclass
class Centre:
    """A team of so many people, its real services, and what of them everybody can read."""

    db: Database
    size: int
    clock: Clock = field(default_factory=Clock)
    released: dict[str, str] = field(default_factory=dict)  # note -> lesson, until it is taken back

    def __post_init__(self) -> None:
        db, clock = self.db, self.clock
        self.slack = SmallSlack(clock)
        fixed = {"MEND_SUPERVISORS": LEAD}
        slack, redactor = self.slack.port, Redactor(tuple)  # knows no name, so that none is masked
        guard = Guard()
        teams = Teams(
            db, slack, frozenset, clock, CHANNEL, fixed, lambda person, channels: [*channels]
        )
        people = People(
            slack,
            clock,
            AtOnce(),
            workspace=WORKSPACE,
            admins=(),
            supervisors=teams.supervisors,
            guests=True,
        )
        outbox = self.slack.outbox(db)
        told = HelpMessages(db, outbox, clock, teams, lambda note: ("", ""))
        helping = Helping(db, outbox, people, redactor, clock, teams, told, timedelta())
        self.lookbacks = LookBacks(
            db, outbox, redactor, clock, teams, NoteStore(db).get, NoteStore(db).update, LEAST_K
        )
        words = Words(redactor, guard)
        self.owning = Owning(db, outbox, words, clock, teams, helping, self.lookbacks, Support(""))
        self.hearing = Hearing(self.owning)
        self.releasing = Releasing(db, outbox, words, clock)
        self.conditions = Conditions(db, redactor, guard, clock)
        self.recaps = Recapping(db, outbox, clock, teams, lambda: BOOKS)
        library = Library(db, Ranker(), clock, list)
        self.weeks = Weekly(db, outbox, clock, teams, library, LEAST_K)
        work = {
            recapping.KIND: Duty(self.recaps.run, Patience.OWED, "No recap."),
            recapping.DETAILS_KIND: Duty(self.recaps.run_details, Patience.OWED, "No details."),
            weekly.KIND: Duty(self.weeks.run, Patience.OWED, "No week."),
        }
        self.scheduler = Scheduler(
            db, work, clock, plan=[], refused=lambda duty, job, failure: None, chance=lambda: 0.5
        )
        self.team: Team = teams.rules(CHANNEL)
        self.recaps.plan()

    def happens(self, person: str, what: str, number: int) -> None:
        """One thing that one person does, or one day that passes for everybody."""
        with suppress(Refused, Stale):
            if what == "a day passes":
                self.evening()
            elif what == "a fortnight passes":
                for _ in range(14):
                    self.evening()
            elif what == "looks in vain":
                theme = ("billing", "orders", "safety and privacy", "something new")[number % 4]
                live = [gap for gap in GapStore(self.db).live() if gap.theme == theme]
                now = self.clock()
                gap = live[0] if live else GapStore(self.db).make(theme, "", now)
                GapStore(self.db).ask(gap, person, f"mark {number}", now)
            elif what == "owns":
                self.owning.own(person, f"{person} {self.clock()} {number}", TEXTS[number])
            elif note := next(iter(NoteStore(self.db).mine(person, limit=1)), None):
                self.does(person, what, number, note)
        self.clock.advance(minutes=11)

    def does(self, person: str, what: str, number: int, note: Note) -> None:
        """What somebody does with the note they own."""
        if what == "shows":
            visibility = (Visibility.AS_ME, Visibility.WITHOUT_NAME)[number % 2]
            shown = self.owning.show(person, note.id, visibility).note
            if shown.is_shown:
                Posts(self.db).placed(
                    Post(f"thread:{note.id}", note.id, CHANNEL, self.clock()),
                    CHANNEL,
                    note.id,
                    1,
                )
        elif what == "replies":
            self.hearing.reply(person, CHANNEL, note.id, str(self.clock()), TEXTS[number])
        elif what == "repairs":
            self.owning.repaired(person, note.id)
        elif what == "learns":
            self.releasing.learned(note, f"{TEXTS[number]} and read it back")
            self.released.pop(note.id, None)  # that was for the old words
        elif what == "asks for a hand":
            self.owning.ask_for_help(person, note.id)
        elif what == "looks back":
            cause = (*Cause, None)[number % 4]
            factors = (Factor.LOAD, Factor.TOOL)[: 1 + number % 2]
            self.lookbacks.answer(note, factors)
            self.lookbacks.less_likely(note, TEXTS[number])
            if cause:
                self.lookbacks.became(note, cause)
        elif what == "withdraws":
            self.owning.withdraw(person, note.id)
            self.released.pop(note.id, None)
        elif what == "releases a lesson":
            lesson = f"Lesson {number}: read the amount back before pressing."
            self.releasing.release(self.releasing.learned(note, lesson))
            self.released[note.id] = lesson

    def evening(self) -> None:
        """The recap is told, a minute late, and the next one planned."""
        day = self.clock().date() + timedelta(days=self.clock().hour >= 18)
        self.clock.moment = datetime(day.year, day.month, day.day, 18, 1, tzinfo=UTC)
        before = len(self.slack.told)
        self.scheduler.run_due()
        self.recaps.plan()
        self.weeks.plan()
        for post in self.slack.told[before:]:
            assert set(re.findall(LESSON, post.text)) <= set(self.released.values())

    def board(self) -> Message:
        board = Causes(self.db, Redactor(tuple), Guard(), self.clock, LEAST_K)
        return causes.board(board.board(self.team), CHANNEL, LEAST_K)

    def told(self, *, weeks: bool = False) -> str:
        posts = [each for each in self.slack.told if each.channel == CHANNEL]
        return "\n".join(
            each.text + each.blocks for each in posts if ("The week of" in each.text) == weeks
        )


# Everything that everybody can read, or that reads the same for whoever looks. What is new is one
# more line: in DAILY, if people's notes have no part in it.
DAILY: dict[str, Callable[[Centre], str]] = {
    "the posts, with their threads": Centre.told,
    "the preview": lambda centre: str(centre.recaps.preview(centre.team)),
    "bot.py recap": lambda centre: str(centre.recaps.of_day(centre.team, date(2026, 11, 27))),
    "App Home's line": lambda centre: home_line(centre),
}
# The board says the team's own rule, which is no figure about anybody.
BOARD = {"the causes board": lambda centre: str(centre.board()).replace("5 people or more", "")}
LOOKED_AT = {what: read for what, read in DAILY.items() if read is not Centre.told} | BOARD
PUBLISHED = {**DAILY, **BOARD, "the weeks": lambda centre: centre.told(weeks=True)}


def home_line(centre: Centre) -> str:
    """What App Home says of the recap; the team's own recap time is no time of anybody's act."""
    mine = home.Mine([], role=Role.SUPERVISOR, next_recap=centre.recaps.next_at(centre.team))
    view = home.home(mine, policy_url="", said=None)
    lines = re.findall(r"Next recap: [^']*", str(view))
    assert len(lines) == 1 and "18:00 (UTC)" in lines[0]
    return lines[0].replace("18:00 (UTC)", "")


@contextmanager
def centre_of(size: int) -> Iterator[Centre]:
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        (Path(folder) / "mend.db").write_bytes(newest())
        db = opened(Path(folder) / "mend.db", WORKSPACE)
        centre = Centre(db, size)
        centre.conditions.set(centre.team, "Courier strike", date(2026, 12, 4), "wrong-item")
        for number, kind in enumerate((ChangeKind.NEW, ChangeKind.CHANGED, ChangeKind.VERIFIED)):
            at = centre.clock() + timedelta(days=number)
            change = PlaybookChange(f"p{number}", BOOKS[number % 2].title, kind, "x", at)
            PlaybookChanges(db).note(change)
        yield centre
        db.close()


OWNING = (
    "owns",
    "owns",
    "shows",
    "replies",
    "repairs",
    "learns",
    "looks back",
    "asks for a hand",
    "withdraws",
)
SIZES = st.integers(1, 12)


def histories(*acts: str) -> st.SearchStrategy[list[tuple[int, str, int]]]:
    act = st.tuples(st.integers(0, 11), st.sampled_from(acts), st.integers(0, 11))
    return st.lists(act, max_size=14)


def live(centre: Centre, history: list[tuple[int, str, int]], without: int | None = None) -> None:
    for number, what, which in history:
        if number % centre.size != without or what in ("a day passes", "looks in vain"):
            centre.happens(PEOPLE[number % centre.size], what, which)
    centre.evening()


def few(examples: int) -> Any:
    return settings(max_examples=examples, suppress_health_check=list(HealthCheck))


@few(20)
@given(SIZES, histories(*OWNING, "looks in vain", "releases a lesson", "a fortnight passes"))
def test_nothing_published_holds_anything_of_the_never_list(
    size: int, history: list[tuple[int, str, int]]
) -> None:
    with centre_of(size) as centre:
        live(centre, history)
        for surface, read in PUBLISHED.items():
            text = read(centre).replace("18:00 (UTC)", "").replace("2026", "")
            found = {what: re.search(pattern, text) for what, pattern in NEVER.items()}
            assert not any(found.values()), (surface, found)
            assert surface not in LOOKED_AT or not re.search(LESSON, text), surface


@few(10)
@given(SIZES, histories(*OWNING, "looks in vain", "a day passes"), st.integers(0, 11))
def test_what_is_published_is_the_same_without_one_persons_notes(
    size: int, history: list[tuple[int, str, int]], who: int
) -> None:
    with centre_of(size) as centre, centre_of(size) as other:
        live(centre, history)
        live(other, history, without=who % size)
        other.clock.moment = centre.clock.moment
        for surface, read in DAILY.items():
            assert read(centre) == read(other), surface


def test_the_never_list_finds_what_it_is_about() -> None:
    """Each of these texts is full of it, so the search itself works."""
    for what, text in {
        "a name": TEXTS[0],
        "initials": TEXTS[0],
        "an id or a mention": TEXTS[1],
        "a time of day": TEXTS[0],
        "a customer's reference": TEXTS[3],
        "blame": TEXTS[1],
        "a figure": "3 notes were owned",
        "praise of few": "Zero mistakes today",
        "who did not": "Nobody owned anything",
    }.items():
        assert re.search(NEVER[what], text), what
