"""Three believable weeks of a team that uses Mend, lived through the real services.

Nothing is written into the store from outside: a clock is stepped, and people look things up, own
slips, keep most of them private, ask for hands; recaps are posted on their days. Only for a
workspace of one's own: what is made up here must never stand beside a real person's name.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from demo import script
from demo.shelved import Shelved
from mend.app import Bot
from mend.db.model import Refused
from mend.helping.service import Asked, Helping
from mend.lookbacks.model import Cause, Factor, due_at
from mend.lookbacks.service import LookBacks
from mend.ownit.drafting import Drafting
from mend.ownit.drafts_store import Draft
from mend.ownit.model import Note, Visibility
from mend.ownit.releasing import Releasing
from mend.ownit.service import Owning
from mend.people.model import Team, instant
from mend.playbooks.files import PlaybookFolder
from mend.promises.service import Promises
from mend.recap.causes.service import Causes
from mend.recap.conditions.service import Conditions
from mend.recap.daily.service import Recapping
from mend.recap.weekly.model import WEEK, monday_of
from mend.recap.weekly.service import Weekly
from mend.repair.gaps import Gaps
from mend.repair.service import Feedback

WEEKS = 3
LOOKUPS_A_DAY = 24
SLIPS_A_DAY = (0, 1, 1, 2)
FIRST_CALL, LAST_CALL = time(9, 15), time(17, 30)  # local


@dataclass
class Clock:
    """A clock that stands still until it is set; `told` hears of each new moment."""

    moment: datetime
    told: Callable[[datetime], object] = lambda moment: None

    def __call__(self) -> datetime:
        return self.moment

    def set(self, moment: datetime) -> None:
        self.moment = max(moment, self.moment)
        self.told(self.moment)


def check_local(api_url: str) -> None:
    """Raises Refused for the real Slack: nothing is made up in real people's names."""
    host = urlsplit(api_url).hostname or ""
    if host == "slack.com" or host.endswith((".slack.com", ".slack-gov.com")):
        raise Refused(
            "seed makes up notes in the names of the channel's members, so it does not run against"
            " the real Slack. Try it in `make demo`, where nobody is real."
        )


def beginning(now: datetime, zone: ZoneInfo) -> datetime:
    """The midnight before the Monday of three weeks ago, so that whole weeks are over by now."""
    return instant(monday_of(now.astimezone(zone).date()) - WEEKS * WEEK, time(), zone)


@dataclass
class Seeding:
    """Lives through the weeks. The same members and playbooks always make the same ones."""

    bot: Bot
    clock: Clock
    team: Team
    playbooks: Shelved
    agents: Sequence[str]
    supervisors: Sequence[str]
    chance: random.Random = field(default_factory=lambda: random.Random("three weeks"))
    owned: list[Note] = field(default_factory=list)
    draft: Draft | None = None  # of the note that becomes a playbook, until it is one

    def __post_init__(self) -> None:
        of = self.bot.of
        self.gaps, self.owning, self.helping = of(Gaps), of(Owning), of(Helping)
        self.releasing = of(Releasing)
        self.lookbacks, self.promises = of(LookBacks), of(Promises)
        self.conditions, self.causes = of(Conditions), of(Causes)
        self.feedback, self.run_due = self.bot.of(Feedback), self.bot.scheduler.run_due

    def live(self, until: date) -> int:
        """Live up to the evening before `until`; how many notes were owned."""
        zone = self.team.zone
        first = day = self.clock().astimezone(zone).date()
        slips = list(script.SLIPS)
        self.chance.shuffle(slips)
        waits_from, left_waiting = self._waits_from(day, until), slips.pop()
        self.gaps.note_changes()
        self._recap()
        while day < until:
            number = (day - first).days
            self._watch(day, number, (day - until).days)
            if self.team.is_workday(day):
                self._look_back(instant(day, time(10, 5), zone))
                self._close_the_loop(number)
                self.clock.set(instant(day, time(11, 30), zone))
                days = (number, (day - until).days)
                self._put([slug for on, slug in script.PUBLISHED_ON.items() if on in days])
                self._work(day, number, slips)
                if day == waits_from and self.agents:
                    # who tries the demo as the first agent finds the question in their messages
                    self.owning.own(self.agents[0], f"seed:{left_waiting}", left_waiting)
            self.clock.set(instant(day, self.team.recap_at, zone) + timedelta(minutes=1))
            self._recap()
            day += timedelta(days=1)
        self._put(script.PUBLISHED_ON.values())
        return len(self.owned)

    def _waits_from(self, day: date, until: date) -> date:
        """The last day whose notes are looked back on before `until`."""

        def is_asked(day: date) -> bool:
            asked = self._asked_at(instant(day, LAST_CALL, self.team.zone))
            return self.team.is_workday(day) and asked < instant(until, time(), self.team.zone)

        days = [day + timedelta(days=number) for number in range((until - day).days)]
        return max(filter(is_asked, days))

    def _asked_at(self, written: datetime) -> datetime:
        team = self.team
        return due_at(written, team.lookback_days, team.zone, team.is_workday)

    def _watch(self, day: date, number: int, before_last: int) -> None:
        for at, words, days, playbook in script.CONDITIONS:
            if at in (number, before_last):
                self.conditions.set(self.team, words, day + timedelta(days=days), playbook)

    def _work(self, day: date, number: int, slips: list[str]) -> None:
        """One day's calls, in order of time."""
        zone = self.team.zone
        start, end = (instant(day, at, zone) for at in (FIRST_CALL, LAST_CALL))
        acts: list[tuple[datetime, Callable[[], None]]] = [
            (self._between(start, end), self._look_up) for _ in range(LOOKUPS_A_DAY)
        ]
        if number == 0 and self.supervisors:  # a lead goes first
            lead = partial(self._own, self.supervisors[0], slips.pop(), Visibility.AS_ME)
            acts.append((start, lead))
        for place in (2 * number, 2 * number + 1):
            if place < min(len(script.OF_THE_LOOP), len(self.agents)):
                visible = Visibility.WITHOUT_NAME if place % 3 else Visibility.AS_ME
                words = script.OF_THE_LOOP[place]
                act = partial(self._own, self.agents[place], words, visible)
                acts.append((self._between(start, end), act))
        for slug, phrases in script.PHRASES.items():
            acts += [
                (end, partial(self._teach, slug, *phrase)) for phrase in phrases[number - 8 :][:1]
            ]
        if missed := script.MISSED_ON.get(number):
            acts.append((start, partial(self.gaps.missed, self.agents[-number], missed)))
        for _ in range(self.chance.choice(SLIPS_A_DAY)):
            if slips:
                person = self.chance.choice(self.agents[1:])  # the first has enough in the story
                act = partial(self._own, person, slips.pop(), self._visibility())
                acts.append((self._between(start, end), act))
        for at, act in sorted(acts, key=lambda pair: pair[0]):
            self.clock.set(at)
            act()

    def _between(self, start: datetime, end: datetime) -> datetime:
        return start + self.chance.random() * (end - start)

    def _look_up(self) -> None:
        """Somebody finds a playbook by a customer's words; now and then nothing fits."""
        person, feedback = self._agent(), self.feedback
        if self.chance.random() < 0.04:
            words = self.chance.choice(script.MISSED)
            self.gaps.missed(person, words)
            if self.chance.random() < 0.5:
                self.gaps.send(person, words)
            return
        books = feedback.library.all()
        popular = [book for book in books if book.slug in script.POPULAR]
        book = self.chance.choice(popular or books if self.chance.random() < 0.6 else books)
        feedback.seen(person, book)
        if self.chance.random() < 0.02 and self.supervisors:
            words = next(iter(book.phrases), "")
            self._get_help(self.helping.ask(person, words, playbook=book.title))
        if self.chance.random() < 0.5:
            feedback.worked(person, book.slug, None)

    def _teach(self, slug: str, words: str, people: int) -> None:
        """So many people find a playbook by a customer's words that it did not have."""
        book = self.feedback.library.get(slug)
        for person in self.agents[-people:] if book else ():
            self.feedback.seen(person, book)
            self.feedback.worked(person, slug, self.feedback.phrase(person, slug, words))

    def _own(self, person: str, words: str, visible: Visibility) -> None:
        """Most stay private, some are shown; a few are withdrawn again."""
        is_in_story = words in script.OF_THE_LOOP or not self.owned
        kept = self.owning.own(
            person,
            f"seed:{words}",
            words,
            did=self.chance.choice(("", *script.DONE)),
            would_help=self.chance.choice(("", "", *script.WOULD_HELP)),
        ).note
        kept = self.owning.show(person, kept.id, visible).note
        self.run_due()
        self.owned.append(kept)
        luck = self.chance.random()
        if luck < 0.1 and not is_in_story:
            self.owning.withdraw(person, kept.id)
            self.owned.remove(kept)
        elif luck < 0.35 and kept.is_shown and not is_in_story and self.supervisors:
            self._get_help(self.owning.ask_for_help(person, kept.id))
        elif luck < 0.8 or is_in_story:
            self._repair(kept)
        self.run_due()

    def _agent(self) -> str:
        return self.chance.choice(self.agents)

    def _visibility(self) -> Visibility:
        kinds = (Visibility.ONLY_ME, Visibility.WITHOUT_NAME, Visibility.AS_ME)
        return self.chance.choices(kinds, (6, 2, 3))[0]

    def _repair(self, note: Note) -> None:
        self._pass(minutes=6)
        if self.chance.random() < 0.3:
            promise = self.promises.make(
                note, "Call back", self.clock() + timedelta(hours=1), may_tell_lead=True
            )
            self._pass(minutes=4)
            self.promises.done(note.owner, promise.id)
        note = self.owning.repaired(note.owner, note.id).note
        if self.chance.random() < 0.4:
            self.releasing.learned(note, self.chance.choice(script.LEARNED))

    def _get_help(self, asked: Asked) -> None:
        """A supervisor takes it and answers within minutes, which closes it."""
        self.run_due()
        supervisor, help_request = self.supervisors[0], asked.help_request.id
        self._pass(minutes=1)
        self.helping.take(supervisor, help_request)
        self.run_due()
        self._pass(minutes=5)
        self.helping.answer(
            supervisor, help_request, self.chance.choice(script.ANSWERS), keep_open=False
        )
        self.run_due()

    def _look_back(self, at: datetime) -> None:
        """Most owners look back in App Home, just before they would be asked; some never do."""
        self.clock.set(at - timedelta(minutes=30))
        for note in self.owned:
            if self.lookbacks.of(note.id).is_settled or self._asked_at(note.created_at) > at:
                continue
            note = self.owning.of(note.owner, note.id)
            if note.text in script.OF_THE_LOOP:
                self.lookbacks.answer(note, script.BEHIND_THEM)
                self.lookbacks.became(note, Cause.IDENTIFIED)
            elif self.chance.random() < 0.7:
                factors = tuple(self.chance.sample([Factor.INFO, Factor.TOOL, Factor.LOAD], 2))
                cause = self.chance.choice((Cause.IDENTIFIED, Cause.PREVENTED, None))
                self.lookbacks.answer(note, factors)
                if cause:
                    self.lookbacks.became(note, cause)
            else:
                self.lookbacks.decline(note)
            if note.text == script.OF_THE_LOOP[0]:
                title = self.playbooks.title(script.FROM_NOTE)
                self.draft = self.bot.of(Drafting).propose(
                    note, title, script.WOULD_IMPROVE, may_tell=True
                )
        self.clock.set(at)
        self.run_due()

    def _close_the_loop(self, number: int) -> None:
        """The admins make a playbook of the draft they found; once the week said what got in the

        way, the lead writes down what was done about it.
        """
        if self.draft and self.playbooks.has_draft(self.draft.id):
            self._put([script.FROM_NOTE], self.draft.id)
            self._put([script.FROM_NOTE])  # the mark of the note is taken out of the file again
            self.draft = None
        if number == 14 and self.supervisors:
            given = replace(script.DONE_ABOUT_IT, checked_on=self.team_day())
            self.causes.add(self.team, script.BEHIND_THEM[0], given)

    def team_day(self) -> date:
        return self.clock().astimezone(self.team.zone).date()

    def _put(self, slugs: Iterable[str], from_note: str = "") -> None:
        self.playbooks.publish(slugs, from_note)
        self.bot.of(PlaybookFolder).poll()
        self.gaps.note_changes()

    def _recap(self) -> None:
        self.gaps.plan()
        self.bot.of(Recapping).plan()
        self.bot.of(Weekly).plan()
        self.run_due()

    def _pass(self, minutes: int) -> None:
        self.clock.set(self.clock() + timedelta(minutes=minutes))
