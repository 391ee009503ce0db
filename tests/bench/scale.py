"""A centre of 50,000 agents in 500 teams: what Slack lets through, what grows, what slows down.

The bot is the real one, in this process, beside a local workspace whose calls are limited as Slack
documents it. Time is injected: an hour in which Slack makes the bot wait takes seconds here.
"""

from __future__ import annotations

import contextlib
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from mend import settings
from mend.app import Bot, build, gateway_of
from mend.people.directory import People
from mend.people.store import TeamStore
from mend.people.teams import Teams
from mend.recap.daily.service import Recapping
from mend.serve.http import serve_http
from mend.slack import ui
from mend.slack.model import Identity
from mend.slack.outbox import Outbox
from mend.text.redaction import redact
from tests.conftest import PLAYBOOKS, AtOnce, Clock, free_port
from workspace import Workspace

AGENTS, TEAMS = 50_000, 500
TIERS = {  # calls a minute of one method in one workspace: docs.slack.dev/apis/web-api/rate-limits
    **dict.fromkeys(("users.list", "usergroups.users.list"), 20),
    **dict.fromkeys(
        [
            "chat.update",
            "chat.delete",
            "conversations.info",
            "conversations.open",
            "conversations.history",
            "conversations.replies",
        ],
        50,
    ),
    **dict.fromkeys(
        [
            "views.open",
            "views.update",
            "views.publish",
            "users.info",
            "conversations.members",
            "chat.postEphemeral",
        ],
        100,
    ),
    "chat.postMessage": 300,  # "several hundred", says Slack; and one a second in each channel
}
PEOPLE, PAGES, DMS = 20, 5, 150
NOTES, LOOKUPS = 100, 600
WEEKS, DAYS, YEARS = 60, 250, 5
WORKING_SECONDS = DAYS * 8 * 3600  # a year
KEPT = 90  # days at most: a note closes after 60, its text goes 30 later
A_YEAR = {"notes": 6, "lookups": 2000}  # of an agent, assumed: a note in two months, eight a day


def report() -> None:
    """Prints all figures of this module; takes about three minutes."""
    with centre(TEAMS) as big:
        report_waiting(big)
        report_requests(big)
    with centre(1) as small:
        report_requests(small)
        report_growth(small)
        report_directory(small)
    report_names()


@dataclass
class Rates:
    """How many seconds Slack makes a call wait: each method by the minute, each channel by the

    second.
    """

    now: Callable[[], float]
    seen: Counter[tuple[str, int]] = field(default_factory=Counter)

    def __call__(self, method: str, args: dict[str, Any]) -> int:
        second, minute = int(self.now()), int(self.now() // 60)
        if method == "chat.postMessage":
            self.seen[str(args["channel"]), second] += 1
            if self.seen[str(args["channel"]), second] > 1:
                return 1
        self.seen[method, minute] += 1
        return 60 - second % 60 if self.seen[method, minute] > TIERS.get(method, 10_000) else 0


@dataclass(frozen=True)
class Centre:
    ws: Workspace
    clock: Clock
    bot: Bot
    folder: Path

    def limited(self) -> None:
        """From now on Slack limits what it is asked, and what it was asked is counted anew."""
        self.ws.web_api.limit = Rates(lambda: self.clock().timestamp())
        self.ws.calls.clear()

    def minutes_until(
        self, done: Callable[[], bool], step: Callable[[], object], every: int = 1
    ) -> float:
        """How long, by the clock, that takes with a `step` every so many seconds."""
        began = self.clock()
        while not done():
            step()
            self.clock.advance(seconds=every)
        return (self.clock() - began) / timedelta(minutes=1)

    def asked(self) -> str:
        """Calls since they were counted anew: of each method all, and of those the refused."""
        every = Counter(call.method for call in self.ws.calls)
        refused = Counter(c.method for c in self.ws.calls if not c.response.get("ok"))
        return ", ".join(f"{name} {n} ({refused[name]})" for name, n in every.most_common())


@contextlib.contextmanager
def centre(teams: int) -> Iterator[Centre]:
    clock = Clock()
    with tempfile.TemporaryDirectory(prefix="mend-bench-") as folder, Workspace() as ws:
        ws.now = lambda: clock().timestamp()
        given = {
            "SLACK_BOT_TOKEN": ws.bot_token,
            "SLACK_SIGNING_SECRET": ws.signing_secret,
            "SLACK_API_URL": ws.api_url,
            "MEND_MODE": "http",
            "MEND_PORT": str(free_port()),
            "MEND_DATABASE_URL": f"sqlite:///{folder}/mend.db",
            "MEND_PLAYBOOKS": str(PLAYBOOKS),
            "MEND_MODEL": "off",
            "MEND_ADMINS": ws.person("dee").id,
        }
        read = settings.read(given)
        identity = gateway_of(read, clock).identity()
        assert isinstance(identity, Identity)
        bot = build(read, identity, now=clock, executor=AtOnce())
        channels = [ws.channel("support"), *(ws.add_channel(f"t{n}") for n in range(teams - 1))]
        for channel in channels:
            TeamStore(bot.db).keep(channel.id, {}, clock())
        bot.scheduler.round()
        deafen = serve_http(bot.app, read, bot.watched)
        ws.deliver_to(f"http://127.0.0.1:{read.mend_port}/slack/events")
        yield Centre(ws, clock, bot, Path(folder))
        deafen(time.monotonic() + 1)
        bot.db.close()


# --- what Slack lets through -----------------------------------------------------------------


def report_waiting(big: Centre) -> None:
    print("Minutes by the clock until all is posted that is due at one moment, and Slack's calls")
    big.clock.moment = big.clock().replace(hour=18, minute=0)
    big.limited()
    minutes = big.minutes_until(lambda: posted(big) == TEAMS, big.bot.scheduler.run_due)
    print(f"{TEAMS} recaps {minutes:29.1f}   {big.asked()}")
    people = [big.ws.add_person(f"p{number}").id for number in range(DMS)]
    for person in people:
        reminder = ui.notice("A promise is due in ten minutes.")
        big.bot.of(Outbox).dm(f"bench:{person}", person, reminder)
    big.limited()
    minutes = big.minutes_until(lambda: posted(big) == DMS, big.bot.scheduler.run_due)
    print(f"{DMS} people's private messages {minutes:10.1f}   {big.asked()}\n", flush=True)
    big.ws.web_api.limit = lambda method, args: 0


def posted(big: Centre) -> int:
    """New messages that stand, replies not counted."""
    return sum(
        call.method == "chat.postMessage"
        and bool(call.response.get("ok"))
        and not call.args.get("thread_ts")
        for call in big.ws.calls
    )


def report_directory(small: Centre) -> None:
    for number in range(25_000):
        small.ws.add_person(f"a{number}")
    small.clock.advance(days=2)
    small.limited()
    people = small.bot.of(People)
    minutes = small.minutes_until(lambda: len(people.names()) > 25_000, people.refresh, 60)
    pages = AGENTS // 1000
    print(
        f"Names of 25,000 people {minutes:20.1f}   {small.asked()}\n{AGENTS:,} people are {pages}"
        f" calls, at {TIERS['users.list']} a minute {pages / TIERS['users.list']:.1f} minutes\n",
        flush=True,
    )
    small.ws.web_api.limit = lambda method, args: 0


# --- what slows down -------------------------------------------------------------------------


def report_requests(one: Centre) -> None:
    teams = len(one.bot.of(Teams).all())
    people = [one.ws.add_person(f"n{number}") for number in range(PEOPLE)]
    one.clock.advance(days=2)
    one.bot.of(People).refresh()
    planning = timed(lambda: one.bot.of(Recapping).plan())
    print(
        f"{teams} teams, in ms of processor time: planning the recaps, once a minute,"
        f" {planning:.0f};\na request, median of {PEOPLE} people's, and all their calls"
    )
    lookup = 0.0
    for command, words, channel in (
        ("/repair", "late refund", "support"),
        ("/ownit", "gave the wrong date", "support"),
        ("/repair", "late refund", "random"),
    ):
        one.ws.calls.clear()
        one.clock.advance(minutes=6)  # what Slack said of channels is old by then
        spent = [timed(partial(person.command, command, words, channel)) for person in people]
        lookup = lookup or statistics.median(spent)
        place = "in their team's channel" if channel == "support" else "elsewhere"
        print(f"{command:8} {place:24} {statistics.median(spent):8.1f}   {one.asked()}")
    of_page, alone = timed_acts(one, people[:PAGES])
    a_second = AGENTS * A_YEAR["lookups"] / WORKING_SECONDS
    print(
        f"{a_second:.0f} such lookups a second keep {a_second * lookup / 1000:.1f} processors busy."
        f" An act takes {alone:.1f}, and {of_page:.1f} more for\neach App Home that is open"
        f" anywhere ({PAGES} were); no calls were made where none are told\n",
        flush=True,
    )


def timed_acts(one: Centre, looking: list[Any]) -> tuple[float, float]:
    """Milliseconds that an act costs more for each page that somebody looks at, and with none."""
    ada = one.ws.person("ada")

    def act(number: int) -> float:
        return timed(lambda: ada.command("/ownit", f"told caller {number} the wrong day"))

    alone = statistics.median(map(act, range(5)))
    for person in looking:
        person.open_home()
    followed = statistics.median(map(act, range(5, 10)))
    return (followed - alone) / len(looking), alone


def report_names() -> None:
    print("Masking a note of 20 words, ms (median of 50), by how many names of people there are")
    words = "told Ana the courier had come and then found the parcel in the wrong bay of the depot"
    for many in (100, 10_000, AGENTS):
        names = tuple(f"{first(n)} {first(n * 31 + 7)}son" for n in range(many))
        known = partial(redact, words, names)
        slow, *spent = (timed(known) for _ in range(50))
        print(f"{many:7,} names {statistics.median(spent):7.2f}   the first time {slow:8.1f}")
    print(flush=True)


def first(number: int) -> str:
    """A name nobody has, in letters."""
    letters = []
    while number or not letters:
        number, letter = divmod(number, 26)
        letters.append(chr(ord("a") + letter))
    return "Z" + "".join(letters)


def timed(do: Callable[[], object]) -> float:
    """Milliseconds of processor time, the local workspace's beside it included: the same on a busy

    machine as on an idle one.
    """
    started = time.process_time()
    do()
    return (time.process_time() - started) * 1000


# --- what grows ------------------------------------------------------------------------------


def report_growth(one: Centre) -> None:
    """Each note is posted, words are looked up; then twice more than a year passes, with a recap

    a week and nothing else.
    """
    people = [one.ws.add_person(f"g{number}") for number in range(30)]
    one.clock.advance(days=2)
    one.bot.of(People).refresh()
    sizes = [size(one)]
    for number in range(NOTES):
        person = people[number % len(people)]
        words = f"told caller {number} that the refund comes in two days and it takes ten"
        person.press(person.command("/ownit", words).message, "Post as me")
        one.clock.advance(minutes=11)
    sizes.append(size(one))
    for number in range(LOOKUPS):
        words = ("they charged me twice", "my parcel never came", "late refund")[number % 3]
        people[number % len(people)].command("/repair", words)
    sizes.append(size(one))
    for _ in range(2):
        for _ in range(WEEKS):
            one.clock.advance(days=7)
            one.bot.scheduler.round()
        sizes.append(size(one))
    empty, noted, looked_up, left, later = sizes
    of_note, of_lookup = (noted - empty) / NOTES, (looked_up - noted) / LOOKUPS
    of_recap = (later - left) / WEEKS
    print(
        f"Bytes of the database (after vacuum): empty {empty:,}; {NOTES} notes, all posted,"
        f" {of_note:,.0f} each; {LOOKUPS} lookups\nof {len(people)} people {of_lookup:.0f} each."
        f" {WEEKS} weeks later {left - empty:,} more than empty; another {WEEKS} weeks add"
        f" {of_recap:,.0f} a recap"
    )
    notes_a_year, lookups_a_year = (AGENTS * A_YEAR[what] for what in ("notes", "lookups"))
    recaps = TEAMS * DAYS * YEARS
    lookups, written = lookups_a_year / WORKING_SECONDS, notes_a_year / WORKING_SECONDS
    print(
        f"Assumed: {AGENTS:,} agents, each {A_YEAR['notes']} notes and {A_YEAR['lookups']:,}"
        f" lookups a year on {DAYS} days of 8\nhours: {lookups:.0f} lookups and {written:.2f} notes"
        f" a second. Notes of {KEPT} days take"
        f" {notes_a_year * of_note * KEPT / 365 / 1e6:.0f} MB,\n{recaps:,} recaps of {YEARS} years"
        f" {recaps * of_recap / 1e6:.0f} MB\n",
        flush=True,
    )


def size(big: Centre) -> int:
    """What the database takes once nothing in it is empty."""
    copy = big.folder / "copy.db"
    copy.unlink(missing_ok=True)
    big.bot.db.connection().execute("vacuum into ?", [str(copy)])
    return copy.stat().st_size
