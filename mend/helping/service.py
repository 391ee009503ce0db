"""A request for a hand: every supervisor is told, one takes it, the bot carries the answer back.

Nobody can list who asked: a request is found by its own id only, and once it is answered its text
and its names are gone, from the store and from the supervisors' messages.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from mend.db.engine import Database
from mend.db.jobs import Jobs
from mend.db.model import Job, Refused
from mend.helping import model as rules
from mend.helping import views as blocks
from mend.helping.model import Hand, HandState
from mend.helping.store import HelpStore
from mend.ownit.model import Entry
from mend.people.directory import People
from mend.people.model import Role
from mend.people.teams import Teams
from mend.slack import notices, posting
from mend.slack.gateway import SlackGateway
from mend.slack.model import NotSent
from mend.slack.store import Posts
from mend.text.masking import Masking

KIND = "hand"
REMIND_KIND = "hand_reminder"


@dataclass(frozen=True)
class HandsUp:
    """Asking, taking, answering, closing; and the jobs that make the messages match.

    `note` gives a note's words and the link to where it stands, each empty where there is none.
    """

    db: Database
    slack: SlackGateway
    people: People
    masking: Masking
    now: Callable[[], datetime]
    teams: Teams
    remind_after: timedelta
    note: Callable[[str], tuple[str, str]]

    def ask(
        self, asker: str, context: str, entry: Entry | None = None, channel: str = ""
    ) -> list[str]:
        """Ask every supervisor of the team; a note's second request is the first.

        The team is the note's, or that of the asker in `channel`. Returns the jobs that tell them.
        """
        leads = self._leads(asker, entry.team if entry else channel)
        asked_of = [person for person in leads if person != asker]
        if not asked_of:
            raise Refused(
                "There is no other supervisor here yet, so nobody was asked. Tell your operator."
            )
        now = self.now()
        with self.db.transaction():
            if entry and HelpStore(self.db).about(entry.id):
                return []
            hand = Hand(
                id=secrets.token_hex(8),
                asker=asker,
                context="" if entry else context,
                entry=entry.id if entry else "",
                asked_at=now,
            )
            HelpStore(self.db).open(hand)
            for person in asked_of:
                Posts(self.db).ensure(f"hand:{hand.id}:{person}", person, now)
            if self.remind_after:
                Jobs(self.db).arm(
                    REMIND_KIND,
                    f"hand_reminder:{hand.id}",
                    now + self.remind_after,
                    {"hand": hand.id},
                )
            return self._arm(hand, now)

    def take(self, supervisor: str, hand: str) -> list[str]:
        """Put the request into this supervisor's hands and tell the asker who has it."""
        self.people.require(supervisor, Role.SUPERVISOR)
        found = self._of(hand)
        changed = rules.taken(found, supervisor)
        if changed == found:
            return []
        now = self.now()
        with self.db.transaction():
            HelpStore(self.db).update(changed)
            told = notices.owe(
                self.db,
                f"hand_taken:{hand}",
                found.asker,
                blocks.taken(supervisor),
                now,
            )
            return self._arm(changed, now) + told

    def answer(self, supervisor: str, hand: str, words: str, request: str) -> list[str]:
        """Carry an answer back to the asker."""
        self.people.require(supervisor, Role.SUPERVISOR)
        found = self._of(hand)
        if found.state is not HandState.TAKEN or found.taker != supervisor:
            raise Refused("Take this one first; then your answer reaches whoever asked.")
        text = self.masking.typed(words).text
        if not text.strip():
            raise Refused("Write a few words for them first.")
        return notices.owe(
            self.db,
            f"hand_answer:{request}",
            found.asker,
            blocks.answer(supervisor, text),
            self.now(),
        )

    def close(self, supervisor: str, hand: str) -> list[str]:
        self.people.require(supervisor, Role.SUPERVISOR)
        found = self._of(hand)
        if found.state is HandState.CLOSED:
            return []
        with self.db.transaction():
            changed = HelpStore(self.db).update(rules.closed(found, supervisor))
            return self._arm(changed, self.now())

    def withdraw(self, entry: Entry) -> list[str]:
        """Close the request about a note that is being withdrawn; inside its transaction."""
        found = HelpStore(self.db).about(entry.id)
        if found is None:
            return []
        return self._arm(HelpStore(self.db).update(rules.closed(found, found.asker)), self.now())

    def let_go(self, person: str) -> list[str]:
        """Close what this person asked for; give back what they took, for another to take."""
        now = self.now()
        with self.db.transaction():
            keys = []
            for hand in HelpStore(self.db).held_by(person):
                is_theirs = hand.asker == person
                changed = rules.closed(hand, person) if is_theirs else rules.given_back(hand)
                keys += self._arm(HelpStore(self.db).update(changed), now)
            return keys

    def open_for(self, supervisor: str) -> list[Hand]:
        """The requests they were told of and that nobody has taken."""
        return HelpStore(self.db).open_for(supervisor)

    def of(self, hand: str) -> Hand | None:
        return HelpStore(self.db).get(hand)

    def _leads(self, asker: str, channel: str) -> list[str]:
        """Where nobody knows the asker's team, the supervisors of all."""
        team = self.teams.of(asker, channel)
        teams = [team] if team else self.teams.all() or [self.teams.rules("")]
        return sorted({person for each in teams for person in each.supervisors})

    def _messages(self, hand: Hand) -> list[str]:
        """The subjects of what supervisors were sent about it; each ends in the person."""
        posts = Posts(self.db).starting(f"hand:{hand.id}:")
        return [post.subject for post in posts]

    def _of(self, hand: str) -> Hand:
        found = self.of(hand)
        if found is None:
            raise Refused("This request is no longer there.")
        return found

    def _arm(self, hand: Hand, now: datetime) -> list[str]:
        keys = self._messages(hand)
        for key in keys:
            payload = {"hand": hand.id, "person": key.rpartition(":")[2]}
            Jobs(self.db).arm(KIND, key, now, payload)
        return keys

    def run(self, job: Job) -> NotSent | None:
        """Make one supervisor's message match the request."""
        now = self.now()
        post = Posts(self.db).get(job.key)
        hand = self.of(job.payload["hand"])
        if post is None or hand is None:
            Jobs(self.db).finish(job, now)
            return None
        person = job.payload["person"]
        addressed = posting.in_direct_channel(self.slack, post, person)
        if isinstance(addressed, NotSent):
            return addressed
        if hand.state is HandState.CLOSED:
            return posting.hide(self.db, self.slack, job, addressed, blocks.closed(), now)
        words, link = self.note(hand.entry) if hand.entry else (hand.context, "")
        content = blocks.request(replace(hand, context=words), person, link)
        return posting.show(self.db, self.slack, job, addressed, content, hand.version, now)

    def erases(self, job: Job) -> bool:
        """Whether by now the words in a supervisor's message are to go."""
        hand = self.of(job.payload["hand"])
        return hand is None or hand.state is HandState.CLOSED

    def remind(self, job: Job) -> NotSent | None:
        """Nobody took it in time: say so to the supervisors again, and to the asker.

        Nobody can take what reached nobody: its time begins when it did.
        """
        now = self.now()
        hand = self.of(job.payload["hand"])
        if hand and not any(post.ts for post in Posts(self.db).starting(f"hand:{hand.id}:")):
            Jobs(self.db).postpone(job, now, now + self.remind_after, "it reached nobody yet")
            return None
        with self.db.transaction():
            if hand and hand.state is HandState.OPEN:
                asked_of = [subject.rpartition(":")[2] for subject in self._messages(hand)]
                people = {person: blocks.still_waiting() for person in asked_of}
                people[hand.asker] = blocks.nobody_yet()
                for person, content in people.items():
                    key = f"hand_reminder:{hand.id}:{person}"
                    notices.owe(self.db, key, person, content, now)
            Jobs(self.db).finish(job, now)
        return None
