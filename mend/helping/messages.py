"""The private messages about a request for a hand: each says what is so now, or is taken back.

A message that was true once ("nobody has taken it", "Cam has it") does not stay when it is not.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from mend.db.engine import Database
from mend.db.jobs import Jobs
from mend.db.model import Job
from mend.helping import views as blocks
from mend.helping.model import HelpMessage, HelpRequest, HelpState, Outcome, Part
from mend.helping.store import HelpStore
from mend.people.teams import Teams
from mend.slack.model import Content, NotSent, Post
from mend.slack.outbox import Outbox
from mend.slack.store import Posts

KIND = "hand_message"
OLD_KIND = "hand"  # of a Mend that put the reader into the subject; it may still be running


@dataclass(frozen=True)
class HelpMessages:
    """Owes messages about requests and runs their jobs.

    `note` gives a note's words and the link to where it stands, each empty where there is none.
    """

    db: Database
    outbox: Outbox
    now: Callable[[], datetime]
    teams: Teams
    note: Callable[[str], tuple[str, str]]

    def owe(self, help_request: HelpRequest, person: str, part: Part) -> None:
        """Have them told, once; `schedule` says when. Inside the transaction that makes it so."""
        if person in HelpStore(self.db).readers(help_request.id, part):
            return
        subject = f"hand:{help_request.id}:{secrets.token_hex(8)}"
        HelpStore(self.db).add_message(HelpMessage(subject, help_request.id, person, part))
        Posts(self.db).ensure(subject, person, self.now())

    def schedule(self, help_request: HelpRequest) -> list[str]:
        """Ask that every message about it be made to match; the keys of the jobs."""
        self._adopt(help_request.id)
        keys = [message.subject for message in HelpStore(self.db).messages(help_request.id)]
        for key in keys:
            Jobs(self.db).schedule(KIND, key, self.now(), {"help_request": help_request.id})
        return keys

    def are_on_their_way(self, help_request: HelpRequest) -> bool:
        """Whether no supervisor has their card yet, and one may still get it by itself."""
        cards = [
            message.subject
            for message in HelpStore(self.db).messages(help_request.id)
            if message.part is Part.LEAD
        ]
        refused = {job.key for job, _ in Jobs(self.db).dead_letters()}
        return not self.told(help_request) and not refused.issuperset(cards)

    def told(self, help_request: HelpRequest) -> list[str]:
        """The supervisors who have their card."""
        return [
            message.person
            for message in HelpStore(self.db).messages(help_request.id)
            if message.part is Part.LEAD and self._stands(message.subject)
        ]

    def _stands(self, subject: str) -> bool:
        post = Posts(self.db).get(subject)
        return post is not None and bool(post.ts)

    def run(self, job: Job) -> NotSent | None:
        """Make one message match its request."""
        help_request = HelpStore(self.db).get(job.payload["help_request"])
        self._adopt(job.payload["help_request"])
        message, post = HelpStore(self.db).message(job.key), Posts(self.db).get(job.key)
        if not (help_request and message and post) or not (message.person or post.ts):
            self._drop(job, post)
            return None
        content, instead = self._content(message, help_request)
        if content:
            return self.outbox.show(job, message.person, content, help_request.version)
        failure = self.outbox.hide(job, instead)
        if failure is None:
            HelpStore(self.db).remove_message(job.key)
        return failure

    def erases(self, job: Job) -> bool:
        """Whether by now what stands there is to go."""
        help_request = HelpStore(self.db).get(job.payload["help_request"])
        message = HelpStore(self.db).message(job.key)
        if help_request is None or message is None or help_request.state is HelpState.CLOSED:
            return True
        return message.part in (Part.AGAIN, Part.WAITS) and help_request.state is not HelpState.OPEN

    def _content(
        self, message: HelpMessage, help_request: HelpRequest
    ) -> tuple[Content | None, Content | None]:
        """What is to stand there; where nothing is, what is left in its place."""
        state = help_request.state
        if message.part is Part.LEAD:
            if state is HelpState.CLOSED:
                return None, blocks.closed(help_request.outcome)
            return self._card(help_request, message.person), None
        if message.part is Part.TAKEN:
            if state is HelpState.CLOSED:
                was_cancelled = help_request.outcome is Outcome.CANCELLED
                return None, None if was_cancelled else blocks.ended()
            return (blocks.taken(help_request) if help_request.taker else blocks.given_back()), None
        if message.part in (Part.SOON, Part.DUE):
            if state is HelpState.CLOSED:
                return None, blocks.closed(help_request.outcome)
            is_over = message.part is Part.SOON and help_request.is_due(self.now())
            if is_over or not help_request.taker or help_request.taker != message.person:
                return None, None
            return blocks.due(help_request, message.part, self.teams.zone_of(message.person)), None
        if state is not HelpState.OPEN:
            by_asker = message.part is Part.WAITS and help_request.outcome is Outcome.CANCELLED
            return None, blocks.cancelled() if by_asker else None
        if message.part is Part.AGAIN:
            return blocks.still_waiting(), None
        return blocks.nobody_yet(help_request, is_told=bool(self.told(help_request))), None

    def _card(self, help_request: HelpRequest, reader: str) -> Content:
        words, link = (
            self.note(help_request.note) if help_request.note else (help_request.context, "")
        )
        zone = self.teams.zone_of(reader)
        return blocks.request(replace(help_request, context=words), reader, link, zone)

    def _adopt(self, help_request: str) -> None:
        """Take over what an older Mend posted, whose subject ends in the supervisor."""
        for post in Posts(self.db).starting(f"hand:{help_request}:"):
            if HelpStore(self.db).message(post.subject) is None:
                reader = post.subject.rpartition(":")[2]
                message = HelpMessage(post.subject, help_request, reader, Part.LEAD)
                HelpStore(self.db).add_message(message)

    def _drop(self, job: Job, post: Post | None) -> None:
        """There is nobody to tell, and nothing stands."""
        with self.db.transaction():
            HelpStore(self.db).remove_message(job.key)
            if post:
                Posts(self.db).remove(post)
            Jobs(self.db).finish(job, self.now())
