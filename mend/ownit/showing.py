"""What its owner is shown of a note: the receipt, the window, the words for the customer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from mend.db.engine import Database
from mend.dispatch.support import Support
from mend.ownit import receipt as receipts
from mend.ownit import receipt_views as blocks
from mend.ownit import thread as threads
from mend.ownit import window_views
from mend.ownit.model import Note, Owned, can_edit
from mend.ownit.receipt_views import ForCustomer, Standing
from mend.ownit.store import NoteStore
from mend.ownit.timeline import timeline
from mend.ownit.words import Words, tells_of_a_privacy_slip
from mend.people.teams import Teams
from mend.playbooks.model import Playbook
from mend.slack import ui
from mend.slack.model import Post
from mend.slack.store import Posts
from mend.text.wording import apology, is_distress


@dataclass(frozen=True)
class Showing:
    """Changes nothing. `fitting` finds the playbook that surely fits some words, `due_in` the

    moment by which a note's words promise what nobody was asked to remind of yet.
    """

    db: Database
    words: Words
    now: Callable[[], datetime]
    teams: Teams
    fitting: Callable[[str], Playbook | None]
    support: Support
    k: int
    due_in: Callable[[Note], datetime | None]
    privacy_contact: str = ""

    def standing(self, owned: Owned, *, nudged: bool = True) -> Standing:
        """The note and all that its owner is to know of it now."""
        note = owned.note
        nudge = None if note.is_shown else self.words.nudge(note)
        is_slip = tells_of_a_privacy_slip(note)
        return Standing(
            owned,
            stands=self.stands(note),
            may_edit=can_edit(note, self.now()),
            blames=nudge is not None,
            rewrite=nudge.rewrite if nudge else None,
            is_nudged=nudge is not None and nudged and not note.is_decided,
            has_leads=bool(self.teams.rules(note.team).supervisors - {note.owner}),
            due=self._due(note),
            tell=blocks.privacy_slip(self.privacy_contact) if is_slip else "",
            teams=[] if note.team else self.teams.to_choose(note.owner),
            is_in_messages=receipts.stands(self.db, note),
            k=self.k,
        )

    def _due(self, note: Note) -> str:
        """When the words promise something by, on the team's clock."""
        due_at, now = self.due_in(note), self.now()
        if due_at is None:
            return ""
        is_today = due_at.date() == now.astimezone(due_at.tzinfo).date()
        return f"{due_at:%H:%M}" if is_today else f"{due_at:%-d %b, %H:%M}"

    def receipt(self, owned: Owned, *, nudged: bool = True) -> ui.Message:
        """What they see after a step; somebody in distress gets support and nothing else."""
        if is_distress(owned.note.text):
            return self.support.card(kept=True)
        return blocks.receipt(self.standing(owned, nudged=nudged))

    def window(self, note: Note) -> ui.Message:
        """Everything there is about it."""
        zone = self.teams.zone_of(note.owner)
        it = self.standing(Owned(note), nudged=False)
        if is_distress(note.text):
            return window_views.in_distress(it, self.support.card(kept=True))
        return window_views.window(it, timeline(self.db, note, zone), zone)

    def for_customer(self, note: Note) -> ForCustomer:
        book = self.fitting(note.text)
        return ForCustomer(apology(note.text, book.ask if book else ""), book)

    def is_latest(self, note: Note) -> bool:
        """Whether nothing happened to it since."""
        kept = NoteStore(self.db).get(note.id)
        return kept is not None and kept.version == note.version

    def stands(self, note: Note) -> bool:
        """Whether Slack said that it stands in the team channel."""
        return threads.stands(self.db, note)

    def may_stand(self, note: Note) -> bool:
        """Whether it does, or is on its way there, or out of it."""
        return threads.may_stand(self.db, note.id)

    def replied_in(self, note: Note) -> Post | None:
        """Where its thread stands, if its owner wrote in it."""
        post = Posts(self.db).get(threads.subject(note.id))
        return post if post and post.ts and NoteStore(self.db).replies(note) else None
