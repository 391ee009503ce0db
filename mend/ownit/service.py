"""Owning a slip: everything that happens to a note between its first word and its withdrawal.

Each step saves first, in one transaction with the job that will make Slack match, and only then
may anything be posted.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from mend.db.engine import Database
from mend.db.model import Refused, Stale
from mend.dispatch.support import Support
from mend.helping.service import Asked, Helping
from mend.lookbacks.service import LookBacks
from mend.ownit import drafting
from mend.ownit import model as rules
from mend.ownit import receipt as receipts
from mend.ownit import thread as threads
from mend.ownit import views as notes
from mend.ownit.lessons import Lessons
from mend.ownit.model import Note, Owned, Visibility
from mend.ownit.store import NoteStore
from mend.ownit.words import Safe, Words, tells_of_a_privacy_slip
from mend.people.teams import Teams
from mend.promises.store import PromiseStore
from mend.slack import ui
from mend.slack.outbox import Outbox
from mend.text.wording import is_distress

EXPORT = "export"  # begins the keys under which people are sent what is kept about them
AT_ONCE = 50  # notes withdrawn in one go before others may write
CHANGED = "This note changed meanwhile, so nothing was saved. Your words:\n{words}"


@dataclass(frozen=True)
class Owning:
    """The steps. Every one raises Refused, Stale or NotSaved before anything was written.

    A step that is taken again, by a double press or later, changes nothing.
    """

    db: Database
    outbox: Outbox
    words: Words
    now: Callable[[], datetime]
    teams: Teams
    helping: Helping
    lookbacks: LookBacks
    support: Support

    def own(
        self,
        owner: str,
        request: str,
        happened: str,
        *,
        did: str = "",
        would_help: str = "",
        visibility: Visibility | None = None,
        even_if_same: bool = False,
        channel: str = "",
        receipt_in: str = "",
        receipt_ts: str = "",
        link: str = "",
    ) -> Owned:
        """Keep a new note. `request` names what Slack sent, so that a repeat keeps one note.

        It belongs to the team of the `channel` in which it was said, or else to its owner's.
        Without an explicit choice it is private, unless the team's default is to post at once;
        even then a note in which something was masked, or that is about personal data sent
        astray, waits for its owner's press. A private note is never blocked, but one in distress,
        or whose words read as blame, is not posted. The receipt is the caller's answer, or a
        message owed to the direct channel `receipt_in`, in place of Mend's own message there that
        `receipt_ts` names. `link` is to the owner's own message.
        """
        texts = [self.words.safe(text) for text in (happened, did, would_help)]
        masked = tuple(kind for text in texts for kind in text.masked)
        team = self.teams.of(owner, channel)
        note = rules.new_note(  # refuses what is too long, before its words are judged
            team.channel if team else "",
            owner,
            texts[0].text,
            self.now(),
            did=texts[1].text,
            would_help=texts[2].text,
            link=link,
        )
        chosen = visibility or (team.visibility if team else Visibility.ONLY_ME)
        if chosen is not Visibility.ONLY_ME:  # only what would be shown is judged
            waits = visibility is None and (masked or tells_of_a_privacy_slip(note))
            if waits or self.words.must_wait(*(each.text for each in texts)):
                chosen = Visibility.ONLY_ME
        note = replace(note, visibility=chosen if team else Visibility.ONLY_ME)
        may_write_back = texts[0].may_write_back  # Edit has no field for the others
        with self.db.transaction():
            kept = NoteStore(self.db).add(note, request, even_if_same=even_if_same)
            is_new = kept.id == note.id
            if is_new:
                if not is_distress(kept.text):  # words like these are not brought up again
                    self.lookbacks.schedule(kept)
                self.teams.joined(owner, kept.team)
            jobs = threads.schedule(self.db, kept, self.now()) if kept.is_shown else []
            if receipt_in:
                place = receipt_in, receipt_ts
                jobs += receipts.schedule(self.db, kept, self.now(), place, masked, may_write_back)
        if not is_new:
            return Owned(kept, tuple(jobs), said_before=True)
        return Owned(kept, tuple(jobs), masked=masked, may_write_back=may_write_back)

    def keep(self, owner: str, request: str, words: str, receipt_in: str = "") -> Owned:
        """A private note of words that were meant for others."""
        private, words = Visibility.ONLY_ME, ui.shortened(words, rules.TEXT_LIMIT)
        return self.own(owner, request, words, visibility=private, receipt_in=receipt_in)

    def mine(self, owner: str, *, limit: int, offset: int = 0) -> list[Note]:
        """Their notes, newest first."""
        return NoteStore(self.db).mine(owner, limit=limit, offset=offset)

    def asked_about(self, owner: str) -> list[Note]:
        """Their notes that wait for a look back."""
        return NoteStore(self.db).asked_about(owner)

    def editable(self, owner: str, note: str) -> Note:
        """Raises Refused where it cannot be edited any more."""
        found = self.of(owner, note)
        rules.check_editable(found, self.now())
        return found

    def own_again(self, owner: str, note: str, request: str) -> Owned:
        """Keep the same words once more, because they happened once more."""
        first = self.of(owner, note)
        return self.own(
            owner,
            request,
            first.text,
            did=first.did,
            would_help=first.would_help,
            visibility=Visibility.ONLY_ME,
            even_if_same=True,
            channel=first.team,
        )

    def of(self, owner: str, note: str) -> Note:
        """The person's own note; raises Refused for any other."""
        found = NoteStore(self.db).get(note)
        if found is None:
            gone = notes.CLOSED if NoteStore(self.db).was_closed(note) else notes.WITHDRAWN
            left = f" {notes.TAKING_OUT}" if threads.may_stand(self.db, note) else ""
            raise Refused(f"{gone} {notes.NOTHING_KEPT}{left}", is_gone=True)
        return rules.check_owner(found, owner)

    def is_anothers(self, person: str, note: str) -> bool:
        """Whether somebody else wrote it."""
        found = NoteStore(self.db).get(note)
        return found is not None and found.owner != person

    def show(
        self, owner: str, note: str, visibility: Visibility, seen: Visibility | None = None
    ) -> Owned:
        """Choose who sees the note. What already holds stays, and so does what was chosen

        meanwhile: a press on what showed it as it was (`seen`) says how it stands now.
        """
        found = self.of(owner, note)
        if visibility is not Visibility.ONLY_ME and is_distress(found.text):
            return Owned(found)  # they are met with support, whatever was pressed
        if visibility is Visibility.AS_ME and not found.is_shown:
            self.words.check(found)
        with self.db.transaction():
            stands = self.of(owner, note)
            is_news = stands.visibility is not visibility or not stands.is_decided
            if not is_news or seen not in (None, stands.visibility):
                return Owned(stands)
            if visibility is not Visibility.ONLY_ME and not stands.team:
                raise Refused("No team channel is set, so this note stays private.")
            if stands.text != found.text:  # they are not the words that were looked at
                raise Stale
            owned = self._change(replace(stands, visibility=visibility, chosen=True))
            self._tell_once_out(stands, visibility)
            is_private = visibility is Visibility.ONLY_ME
            jobs = drafting.take_back(self.db, note, self.now()) if is_private else []
        if jobs:
            self.db.scrub()
        return replace(owned, jobs=(*owned.jobs, *jobs))

    def move(self, owner: str, note: str, channel: str) -> Owned:
        """Give a note that was written before its owner's team was known to that team."""
        with self.db.transaction():
            found = self.of(owner, note)
            if found.team or self.teams.get(channel) is None:
                return Owned(found)
            return Owned(NoteStore(self.db).update(replace(found, team=channel)))

    def edit(
        self,
        owner: str,
        note: str,
        version: int,
        happened: str,
        *,
        as_written: bool = False,
        receipt_in: str = "",
    ) -> Owned:
        """New words for the version its owner saw.

        `as_written` keeps what would be masked, except what must never be stored: its owner says
        that it is not personal. Words in distress that the team would read, or that come too late
        for an edit, are a private note of their own (its receipt goes to `receipt_in`).
        """
        safe = self.words.safe(happened, as_written=as_written)
        found = self.of(owner, note)
        can_take = not found.is_shown and rules.can_edit(found, self.now())
        if is_distress(safe.text) and not can_take:
            return self.keep(owner, f"edit:{note}:{version}", safe.text, receipt_in)
        if found.version != version:
            raise Refused(CHANGED.format(words=safe.text), "happened")
        changed = rules.edited(found, safe.text, self.now())
        if changed.is_shown:
            self.words.check(changed)
        try:
            return self._change(changed, safe)
        except Stale:
            raise Refused(CHANGED.format(words=safe.text), "happened") from None

    def reword(self, owner: str, note: str) -> Owned:
        """Take the neutral wording instead of the note's own words."""
        found = self.of(owner, note)
        nudge = self.words.nudge(found)
        with self.db.transaction():
            stands = self.of(owner, note)
            if not nudge or not nudge.rewrite or stands.text != found.text:
                return Owned(stands)
            return self._change(replace(stands, text=nudge.rewrite))

    def repaired(self, owner: str, note: str) -> Owned:
        with self.db.transaction():
            found = self.of(owner, note)
            if found.repaired_at:
                return Owned(found)
            owned = self._change(replace(found, repaired_at=self.now()))
            self.lookbacks.close_if_done(owned.note)
        return owned

    def withdraw(self, owner: str, note: str) -> list[str]:
        """Erase the note; the keys of the jobs that take it out of Slack."""
        with self.db.transaction():
            jobs = self._withdraw(self.of(owner, note))
        self.db.scrub()
        return jobs

    def withdraw_all(self, owner: str) -> None:
        """Erase every note of this person; the scheduler takes them out of Slack."""
        while mine := NoteStore(self.db).mine(owner, limit=AT_ONCE):
            with self.db.transaction():
                for note in mine:
                    with contextlib.suppress(Stale):  # withdrawn meanwhile: just as well
                        self._withdraw(note)

    def expire(self, note: Note) -> None:
        """Erase a note that closed long enough ago; the scheduler takes it out of Slack."""
        with self.db.transaction():
            self._erase(note, NoteStore(self.db).expire)
            Lessons(self.db).outlive(note.id)

    def _withdraw(self, note: Note) -> list[str]:
        with self.db.transaction():
            self._tell_once_out(note)
            jobs = self._erase(note, NoteStore(self.db).withdraw)
            Lessons(self.db).take_back(note.id)
        return jobs

    def _tell_once_out(self, note: Note, chosen: Visibility = Visibility.ONLY_ME) -> None:
        """Its owner hears that it left the channel, where they could not see it leave."""
        for front in threads.told_of(note.id):  # of what was chosen before
            self.outbox.take_back(front)
        is_in = note.is_shown or threads.may_stand(self.db, note.id)
        if is_in and chosen is not Visibility.AS_ME:
            self.outbox.hold(threads.out_of(note.id), note.owner, notes.out_by_now(note))

    def _erase(self, note: Note, erase: Callable[[Note, datetime], None]) -> list[str]:
        now = self.now()
        with self.db.transaction():
            promises = PromiseStore(self.db).of_note(note.id)
            if self.outbox.take_back(f"{EXPORT}:", note.owner):  # it holds the words, too
                self.outbox.dm(f"ask_again:{note.id}", note.owner, notes.ask_again())
            self.outbox.take_back(notes.offer_of(note.id))
            erase(note, now)
            done = [each.id for each in promises if PromiseStore(self.db).get(each.id) is None]
            taken_out = [key for about in (note.id, *done) for key in self.outbox.take_out(about)]
            return [
                *taken_out,
                *threads.schedule(self.db, note, now),
                *receipts.refresh(self.db, note, now),
                *self.helping.withdraw(note),
                *drafting.take_back(self.db, note.id, now),
            ]

    def ask_for_help(self, owner: str, note: str) -> Asked:
        """Ask each supervisor once."""
        found = self.of(owner, note)
        if not found.is_shown:
            raise Refused("This note is private. Post it as you, then supervisors can be asked.")
        return self.helping.ask_about(found)

    def _change(self, note: Note, safe: Safe | None = None) -> Owned:
        """`safe` are its new words, where it has some."""
        masked, may_write_back = (safe.masked, safe.may_write_back) if safe else ((), False)
        now = self.now()
        with self.db.transaction():
            changed = NoteStore(self.db).update(note)
            jobs = threads.schedule(self.db, changed, now)
            jobs += receipts.refresh(self.db, changed, now, masked, may_write_back)
            jobs += self.helping.follow(changed)
        return Owned(changed, tuple(jobs), masked=masked, may_write_back=may_write_back)
