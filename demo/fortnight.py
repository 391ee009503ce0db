"""A believable fortnight of a team that uses Mend, lived through the real services.

Nothing is written into the store from outside: a clock is stepped, and people look things up, own
slips, keep most of them private, ask for hands; recaps are posted on their days. Only for a
workspace of one's own: what is made up here must never stand beside a real person's name.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from mend.db.model import Refused
from mend.helping.service import Asked, Helping
from mend.lookbacks.model import Cause, Factor, due_at
from mend.lookbacks.service import LookBacks
from mend.ownit.model import Note, Visibility
from mend.ownit.service import Owning
from mend.people.model import Team, instant
from mend.promises.service import Promises
from mend.recap.conditions.service import Conditions
from mend.recap.daily.service import Recapping
from mend.recap.weekly.service import Weekly
from mend.repair.gaps import Gaps
from mend.repair.service import Feedback

DAYS = 14
LOOKUPS_A_DAY = 30
SLIPS_A_DAY = (1, 2, 2, 3)
FIRST_CALL, LAST_CALL = time(9, 15), time(17, 30)  # local
NEW_LATER = ("colleague-tension", "cannot-do-that")  # published during the fortnight
CHANGED_LATER = ("double-charge", "refund-late", "hold-too-long")
VERIFIED_LATER = ("locked-out", "wrong-item")

SLIPS = (
    "sent the refund confirmation to the old e-mail address",
    "said five days, the policy says ten",
    "hung up while the transfer was still ringing",
    "booked the technician for the wrong week",
    "promised a voucher I am not allowed to give",
    "read the address of the neighbour's account out loud",
    "answered in a tone I would not want to hear myself",
    "forgot to write the promise down, so nobody called back",
    "closed the ticket before the courier had answered",
    "told them the outage was over when it was not",
    "asked for the reference three times",
    "used the template for cancellations on a complaint",
    "left them on hold for twelve minutes without coming back",
    "transferred the call back to the queue it came from",
    "changed the order instead of the delivery date",
    "sent the reply meant for another customer",
    "quoted last month's price",
    "skipped one question of the identity check",
    "talked over them until they asked me to stop",
    "gave them the wrong opening hours for the counter",
    "charged the change fee on an order where it is free",
    "typed the amount without reading it back",
)
DONE = ("called back and said so", "wrote again with the right one", "asked billing to reverse it")
WOULD_HELP = (
    "a warning before sending",
    "the limit on the same screen",
    "five minutes to write up",
)
LEARNED = ("read it back before pressing the button", "say when, and write the day down first")
MISSED = (
    "the gift card shows zero after topping up",
    "customer wants the invoice in another company's name",
    "the chat bot promised something we do not offer",
)
CONDITIONS = {  # day of the fortnight: what is to be watched, for how many days, what helps
    2: ("The courier is on strike", 3, "delivery-delayed"),
    11: ("The billing screen is slow to show a refund", 7, "refund-late"),
}
ANSWERS = ("Call them back now, I take your next one.", "You may waive it; I have noted it.")


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


@dataclass
class Shelved:
    """A copy of the playbooks as they were a fortnight ago, and what was published since."""

    source: Path
    folder: Path
    later: list[str] = field(default_factory=list)

    def fill(self) -> None:
        for file in sorted(self.source.glob("*.md")):
            text = file.read_text(encoding="utf-8")
            if file.stem in CHANGED_LATER:
                text = re.sub(r"(\n- [^\n]*)(\n+## If stuck)", r"\2", text, count=1)
            if file.stem in VERIFIED_LATER:
                text = re.sub(r"verified: .*", "verified: 2026-06-01", text, count=1)
            if file.stem not in NEW_LATER:
                (self.folder / file.name).write_text(text, encoding="utf-8")
        every = (*CHANGED_LATER, *VERIFIED_LATER, *NEW_LATER)
        self.later = [slug for slug in every if (self.source / f"{slug}.md").exists()]

    def publish(self, slugs: Iterable[str]) -> None:
        for slug in slugs:
            text = (self.source / f"{slug}.md").read_text(encoding="utf-8")
            (self.folder / f"{slug}.md").write_text(text, encoding="utf-8")


def check_local(api_url: str) -> None:
    """Raises Refused for the real Slack: nothing is made up in real people's names."""
    host = urlsplit(api_url).hostname or ""
    if host == "slack.com" or host.endswith((".slack.com", ".slack-gov.com")):
        raise Refused(
            "seed makes up notes in the names of the channel's members, so it does not run against"
            " the real Slack. Try it in `make demo`, where nobody is real."
        )


def beginning(now: datetime, zone: ZoneInfo) -> datetime:
    """The first midnight of the fortnight that ends yesterday."""
    return instant(now.astimezone(zone).date() - timedelta(days=DAYS), time(), zone)


@dataclass
class Seeding:
    """Lives through the fortnight. The same members and playbooks always make the same one."""

    clock: Clock
    feedback: Feedback
    gaps: Gaps
    owning: Owning
    helping: Helping
    lookbacks: LookBacks
    promises: Promises
    recapping: Recapping
    weekly: Weekly
    conditions: Conditions
    team: Team
    playbook_folder: Shelved
    read_again: Callable[[], object]
    run_due: Callable[[], object]
    agents: Sequence[str]
    supervisors: Sequence[str]
    chance: random.Random = field(default_factory=lambda: random.Random("a fortnight"))
    owned: list[Note] = field(default_factory=list)

    def live(self, until: date) -> int:
        """Live up to the evening before `until`; how many notes were owned."""
        zone = self.team.zone
        first = day = self.clock().astimezone(zone).date()
        slips = list(SLIPS)
        self.chance.shuffle(slips)
        waits_from = self._waits_from(day, until)
        publishing = list(self.playbook_folder.later)
        self.gaps.note_changes()
        self._recap()
        while day < until:
            if condition := CONDITIONS.get((day - first).days):
                words, days, playbook = condition
                self.conditions.set(self.team, words, day + timedelta(days=days), playbook)
            if self.team.is_workday(day):
                self._look_back(instant(day, time(10, 5), zone))
                self._publish(publishing, instant(day, time(11, 30), zone))
                self._work(day, slips)
                if day == waits_from:
                    self._leave_waiting(slips.pop())
            self.clock.set(instant(day, self.team.recap_at, zone) + timedelta(minutes=1))
            self._recap()
            day += timedelta(days=1)
        self.playbook_folder.publish(publishing)
        self.read_again()
        self.gaps.note_changes()
        return len(self.owned)

    def _waits_from(self, day: date, until: date) -> date:
        """The last day whose notes are looked back on before `until`."""

        def is_asked(day: date) -> bool:
            evening = instant(day, LAST_CALL, self.team.zone)
            asked = due_at(evening, self.team.lookback_days, self.team.zone, self.team.is_workday)
            return self.team.is_workday(day) and asked < instant(until, time(), self.team.zone)

        days = [day + timedelta(days=number) for number in range((until - day).days)]
        return max(filter(is_asked, days))

    def _leave_waiting(self, words: str) -> None:
        """A note of the first agent's whose look-back is asked and not answered: who tries the

        demo in their name finds the question in their messages.
        """
        if self.agents:
            self.owning.own(self.agents[0], f"seed:{words}", words)

    def _work(self, day: date, slips: list[str]) -> None:
        """One day's calls, in order of time."""
        zone = self.team.zone
        start, end = (instant(day, at, zone) for at in (FIRST_CALL, LAST_CALL))
        acts: list[tuple[datetime, Callable[[], None]]] = [
            (self._between(start, end), self._look_up) for _ in range(LOOKUPS_A_DAY)
        ]
        for _ in range(self.chance.choice(SLIPS_A_DAY)):
            if slips:
                acts.append((self._between(start, end), partial(self._own, slips.pop())))
        for at, act in sorted(acts, key=lambda pair: pair[0]):
            self.clock.set(at)
            act()

    def _between(self, start: datetime, end: datetime) -> datetime:
        return start + self.chance.random() * (end - start)

    def _look_up(self) -> None:
        """Somebody finds a playbook by a customer's words; now and then nothing fits."""
        person, feedback = self.chance.choice(self.agents), self.feedback
        if self.chance.random() < 0.04:
            words = self.chance.choice(MISSED)
            self.gaps.missed(person, words)
            if self.chance.random() < 0.5:
                self.gaps.send(person, words)
            return
        books = feedback.library.all()  # some problems come far more often than others
        [book] = self.chance.choices(books, [1 / (n + 1) for n in range(len(books))])
        feedback.seen(person, book)
        if self.chance.random() < 0.02 and self.supervisors:
            words = next(iter(book.phrases), "")
            self._get_help(self.helping.ask(person, words, playbook=book.title))
        if self.chance.random() < 0.5 and book.phrases:
            words = f"customer says {self.chance.choice(book.phrases)}"
            phrase = feedback.phrase(person, book.slug, words)
            is_kept = phrase and self.chance.random() < 0.1
            feedback.worked(person, book.slug, phrase if is_kept else None)

    def _own(self, words: str) -> None:
        """Most stay private, some are shown; a few are withdrawn again."""
        is_first = not self.owned
        person = self.supervisors[0] if is_first and self.supervisors else self._agent()
        visible = Visibility.AS_ME if is_first else self._visibility()
        done = self.chance.choice(("", *DONE))
        would_help = self.chance.choice(("", "", *WOULD_HELP))
        kept = self.owning.own(person, f"seed:{words}", words, did=done, would_help=would_help).note
        if visible is not Visibility.ONLY_ME:
            kept = self.owning.show(person, kept.id, visible).note
        self.run_due()
        self.owned.append(kept)
        luck = self.chance.random()
        if luck < 0.1 and not is_first:
            self.owning.withdraw(person, kept.id)
            self.owned.remove(kept)
        elif luck < 0.35 and kept.is_shown and not is_first and self.supervisors:
            self._get_help(self.owning.ask_for_help(person, kept.id))
        elif luck < 0.8:
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
        self.owning.repaired(note.owner, note.id)
        if self.chance.random() < 0.4:
            self.owning.learned(note.owner, note.id, self.chance.choice(LEARNED))

    def _get_help(self, asked: Asked) -> None:
        """A supervisor takes it and answers within minutes, which closes it."""
        self.run_due()
        supervisor, help_request = self.supervisors[0], asked.help_request.id
        self._pass(minutes=1)
        self.helping.take(supervisor, help_request)
        self.run_due()
        self._pass(minutes=5)
        self.helping.answer(supervisor, help_request, self.chance.choice(ANSWERS), keep_open=False)
        self.run_due()

    def _look_back(self, at: datetime) -> None:
        """Days later Mend asks; most owners answer, some would rather not."""
        self.clock.set(at)
        self.run_due()
        for note in self.owned:
            days = (at - note.created_at).days
            if days != self.team.lookback_days or self.chance.random() > 0.7:
                continue
            note = self.owning.of(note.owner, note.id)
            factors = tuple(self.chance.sample([Factor.INFO, Factor.TOOL, Factor.LOAD], 2))
            cause = self.chance.choice((Cause.IDENTIFIED, Cause.PREVENTED, None))
            self.lookbacks.answer(note, factors, "", cause, "")

    def _publish(self, waiting: list[str], at: datetime) -> None:
        """One playbook is new, changed or verified on most days."""
        self.clock.set(at)
        if waiting and self.chance.random() < 0.8:
            self.playbook_folder.publish([waiting.pop()])
            self.read_again()
            self.gaps.note_changes()

    def _recap(self) -> None:
        self.gaps.plan()
        self.recapping.plan()
        self.weekly.plan()
        self.run_due()

    def _pass(self, minutes: int) -> None:
        self.clock.set(self.clock() + timedelta(minutes=minutes))
