"""A request for a hand: every supervisor is told, one takes it, the bot carries the answer back.

Nobody can list who asked: a request is found by its own id only, and once it is closed (answered,
cancelled, or a day old) its text and its names are gone, from the store and from all messages.
"""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from mend.db.engine import Database
from mend.db.jobs import Jobs
from mend.db.model import Job, Refused, Stale
from mend.helping import model as rules
from mend.helping import views as blocks
from mend.helping.messages import HelpMessages
from mend.helping.model import HelpRequest, HelpState, Outcome, Part
from mend.helping.store import HelpStore
from mend.ownit.model import Note
from mend.people.directory import People
from mend.people.model import Role
from mend.people.teams import Teams
from mend.promises.model import reminders
from mend.slack import ui
from mend.slack.model import NotSent
from mend.slack.outbox import Outbox
from mend.text.redactor import Redactor

REMIND_KIND = "hand_waits"
OLD_REMIND_KIND = "hand_reminder"  # of a Mend that may still be running: it must not claim ours
CONTEXT_LENGTH = 500


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it stands for its asker; `jobs` tell the supervisors where it `is_new`."""

    help_request: HelpRequest
    is_new: bool
    jobs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Helping:
    """Asking, taking, answering, closing; what follows is said by the messages' jobs."""

    db: Database
    outbox: Outbox
    people: People
    redactor: Redactor
    now: Callable[[], datetime]
    teams: Teams
    messages: HelpMessages
    remind_after: timedelta  # none: never

    # --- whoever asks

    def ask(self, asker: str, words: str, *, playbook: str = "", channel: str = "") -> Asked:
        """Ask the supervisors of the asker's team, in `channel`, about a customer's problem.

        Without words and `playbook`, the title of what they looked at, it is to be called
        themselves. While that waits, asking about the same again shows it.
        Raises Refused where nobody is there to ask, or after too many within the hour.
        """
        help_request = self._new(asker, channel)
        context = self.redactor.words(ui.shortened(words, CONTEXT_LENGTH)).text
        with self.db.transaction():
            first = HelpStore(self.db).about_customer(asker, playbook, context)
            if first:
                return Asked(first, is_new=False)
            self._check_pace(asker)
            return self._open(replace(help_request, context=context, playbook=playbook))

    def ask_about(self, note: Note) -> Asked:
        """Ask the supervisors of the note's team; a note's second request is the first."""
        help_request = self._new(note.owner, note.team)
        with self.db.transaction():
            first = HelpStore(self.db).about(note.id)
            if first:
                return Asked(first, is_new=False)
            self._check_pace(note.owner)
            return self._open(replace(help_request, note=note.id))

    def hand_over(self, asker: str, promise: str, what: str, due_at: datetime, team: str) -> Asked:
        """Ask that team's supervisors to keep a promise; while it waits, it is asked once."""
        help_request = self._new(asker, team)
        with self.db.transaction():
            first = HelpStore(self.db).about_promise(promise)
            if first and first.state is not HelpState.CLOSED:
                return Asked(first, is_new=False)
            return self._open(replace(help_request, context=what, promise=promise, due_at=due_at))

    def of_promise(self, promise: str) -> HelpRequest | None:
        """The latest request to keep this promise, closed or not."""
        return HelpStore(self.db).about_promise(promise)

    def put_off(self, promise: str, due_at: datetime) -> None:
        """The promise is due later: whoever reads the request sees when."""
        found = HelpStore(self.db).about_promise(promise)
        if found and found.state is not HelpState.CLOSED:
            self.messages.schedule(HelpStore(self.db).update(replace(found, due_at=due_at)))

    def settle(self, promise: str) -> None:
        """The promise needs nobody any more."""
        found = HelpStore(self.db).about_promise(promise)
        if found and found.state is not HelpState.CLOSED:
            self._close(found, Outcome.CANCELLED)

    def remind_taker(self, help_request: HelpRequest, part: Part) -> None:
        """Remind whoever took over a promise, once for each such part."""
        self.messages.owe(help_request, help_request.taker, part)
        self.messages.schedule(help_request)

    def customer_waits(self, asker: str, help_request: str) -> Asked:
        """Let supervisors see that the customer is on the line."""
        found = self._own(asker, help_request)
        with self.db.transaction():
            changed = HelpStore(self.db).update(replace(found, on_line=True))
            return Asked(changed, is_new=False, jobs=tuple(self.messages.schedule(changed)))

    def cancel(self, asker: str, help_request: str) -> list[str]:
        """Close it; a second press changes nothing."""
        found = HelpStore(self.db).get(help_request)
        if found and found.outcome is Outcome.CANCELLED:
            return []
        return self._close(self._own(asker, help_request), Outcome.CANCELLED)

    def asked_by(self, asker: str) -> list[HelpRequest]:
        """What they asked for and is not closed."""
        return HelpStore(self.db).asked_by(asker)

    # --- supervisors

    def open_for(self, supervisor: str) -> list[HelpRequest]:
        """The requests they were told of and that nobody has taken, or they have."""
        return HelpStore(self.db).open_for(supervisor)

    def take(self, supervisor: str, help_request: str) -> list[str]:
        """Put the request into this supervisor's hands and tell the asker who has it."""
        found = self._for(supervisor, help_request)
        changed = rules.taken(found, supervisor)
        return [] if changed == found else self._keep_with_taker(changed)

    def answerable(self, supervisor: str, help_request: str) -> HelpRequest:
        """The request, for a supervisor who may answer it; raises Refused for any other."""
        return rules.taken(self._for(supervisor, help_request), supervisor)

    def answer(
        self, supervisor: str, help_request: str, words: str, *, keep_open: bool
    ) -> list[str]:
        """Carry an answer back to the asker, and close the request or keep it."""
        mine = self.answerable(supervisor, help_request)
        if len(words) > blocks.ANSWER_LENGTH:
            raise Refused(f"Please say it in {blocks.ANSWER_LENGTH:,} characters.", "words")
        safe = self.redactor.typed(words)
        if any(found.type in ("phone", "email") for found in safe.found):
            raise Refused(rules.UNSAID, "words")
        if not safe.text.strip():
            raise Refused("Write a few words for them first.", "words")
        with self.db.transaction():
            self._remind_no_more(mine)
            key, gives_back = f"hand_answer:{help_request}:{mine.version}", bool(mine.promise)
            content = blocks.answer(supervisor, safe.text, gives_back=gives_back and not keep_open)
            told = self.outbox.dm(key, mine.asker, content)
            if keep_open:
                return told + self._keep_with_taker(mine)
            return told + self._close(mine, Outcome.ANSWERED)

    def close(self, supervisor: str, help_request: str) -> list[str]:
        """Close what this supervisor has; closing it twice changes nothing."""
        found = self._for(supervisor, help_request)
        if found.state is HelpState.CLOSED:
            return []
        if found.taker != supervisor:
            raise Refused("Whoever took it closes it, or whoever asked cancels it.")
        if not found.promise:
            return self._close(found, Outcome.ANSWERED)
        with self.db.transaction():
            told = self.outbox.dm(f"hand_kept:{help_request}", found.asker, blocks.kept(supervisor))
            return told + self._close(found, Outcome.KEPT)

    # --- what happens by itself

    def remind(self, job: Job) -> NotSent | None:
        """Nobody took it in time: say so to the supervisors again, and to the asker.

        Nobody can take what is still on its way to everybody: its time begins when it came.
        """
        now = self.now()
        with self.db.transaction():
            help_request = HelpStore(self.db).get(job.payload["help_request"])
            if help_request and help_request.state is HelpState.OPEN:
                if self.messages.are_on_their_way(help_request):
                    Jobs(self.db).postpone(job, now, now + self.remind_after, "it reached nobody")
                    return None
                for person in filter(None, self.messages.told(help_request)):
                    self.messages.owe(help_request, person, Part.AGAIN)
                self.messages.owe(help_request, help_request.asker, Part.WAITS)
                self.messages.schedule(help_request)
            Jobs(self.db).finish(job, now)
        return None

    def expire(self) -> None:
        """Close what is a day old; an asker whom nobody helped is told."""
        now = self.now()
        for help_request in HelpStore(self.db).live():
            if now < help_request.expires_at:
                continue
            with contextlib.suppress(Stale), self.db.transaction():
                self._close(help_request, Outcome.EXPIRED)
                if help_request.state is HelpState.OPEN:
                    key = f"hand_expired:{help_request.id}"
                    self.outbox.dm(key, help_request.asker, blocks.expired())
        HelpStore(self.db).forget_closed(now - rules.KEEP_CLOSED)
        HelpStore(self.db).forget_asks(now - rules.PACE)

    def follow(self, note: Note) -> list[str]:
        """The note changed: its request shows it as it is, or ends where nobody may see it.

        Inside the note's own transaction.
        """
        found = HelpStore(self.db).about(note.id)
        if found is None:
            return []
        if not note.is_shown:
            return self._close(found, Outcome.CANCELLED)
        return self.messages.schedule(HelpStore(self.db).update(found))

    def withdraw(self, note: Note) -> list[str]:
        """Close the request about a note that is being withdrawn; inside its transaction."""
        found = HelpStore(self.db).about(note.id)
        return self._close(found, Outcome.CANCELLED) if found else []

    def let_go(self, person: str) -> None:
        """Close what this person asked for; give back what they took, for another to take."""
        with self.db.transaction():
            for help_request in HelpStore(self.db).held_by(person):
                if help_request.asker == person:
                    self._close(help_request, Outcome.CANCELLED)
                else:
                    given_back = rules.given_back(help_request)
                    self.messages.schedule(HelpStore(self.db).update(given_back))
            HelpStore(self.db).forget_reader(person)

    # --- how

    def _new(self, asker: str, channel: str) -> HelpRequest:
        """Of the team of that channel, or else of the asker's own."""
        team = self.teams.of(asker, channel)
        return HelpRequest(
            id=secrets.token_hex(8),
            asker=asker,
            context="",
            note="",
            asked_at=self.now(),
            team=team.channel if team else "",
        )

    def _open(self, help_request: HelpRequest) -> Asked:
        """Keep it and owe every supervisor its card; inside a transaction."""
        asked_of = sorted(self._supervisors(help_request.team) - {help_request.asker})
        if not asked_of:
            raise Refused(
                "There is no other lead here yet, so nobody was asked. Tell whoever leads you."
            )
        HelpStore(self.db).open(help_request)
        for person in asked_of:
            self.messages.owe(help_request, person, Part.LEAD)
        if self.remind_after:
            key, due_at = f"{REMIND_KIND}:{help_request.id}", self.now() + self.remind_after
            Jobs(self.db).schedule(REMIND_KIND, key, due_at, {"help_request": help_request.id})
        return Asked(help_request, is_new=True, jobs=tuple(self.messages.schedule(help_request)))

    def _remind_no_more(self, help_request: HelpRequest) -> None:
        """Somebody sees to its promise: what its owner is still to hear of that is not so."""
        self.outbox.take_back(reminders(help_request.promise), help_request.asker)

    def _keep_with_taker(self, help_request: HelpRequest) -> list[str]:
        with self.db.transaction():
            self._remind_no_more(help_request)
            kept = HelpStore(self.db).update(help_request)
            self.messages.owe(kept, kept.asker, Part.TAKEN)
            return self.messages.schedule(kept)

    def _close(self, help_request: HelpRequest, outcome: Outcome) -> list[str]:
        with self.db.transaction():
            closed = rules.closed(help_request, outcome)
            return self.messages.schedule(HelpStore(self.db).update(closed))

    def _check_pace(self, asker: str) -> None:
        """Raises Refused for who asked too often lately; inside the transaction that asks."""
        now = self.now()
        if HelpStore(self.db).asks(asker, now - rules.PACE) >= rules.ASKS_IN_PACE:
            raise Refused(rules.TOO_MANY)
        HelpStore(self.db).note_ask(asker, now)

    def _own(self, asker: str, help_request: str) -> HelpRequest:
        """The asker's own live request; raises Refused for any other."""
        found = HelpStore(self.db).get(help_request)
        if found is None or found.asker != asker:
            raise Refused(rules.gone(found if found and not found.asker else None), is_gone=True)
        return found

    def _for(self, supervisor: str, help_request: str) -> HelpRequest:
        """The request, for a supervisor of the team that was asked; raises Refused else."""
        self.people.require(supervisor, Role.SUPERVISOR)
        found = HelpStore(self.db).get(help_request)
        if found is None:
            raise Refused(rules.gone(None))
        if supervisor not in self._supervisors(found.team):
            raise Refused("Only a supervisor of the team that was asked can do that.")
        return found

    def _supervisors(self, team: str) -> frozenset[str]:
        """Where nobody knows the asker's team, the supervisors of all."""
        return self.teams.rules(team).supervisors if team else self.teams.supervisors()
