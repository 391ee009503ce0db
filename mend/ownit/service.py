"""Owning a slip: everything that happens to a note between its first word and its withdrawal.

Each step saves first, in one transaction with the job that will make Slack match, and only then
may anything be posted.
"""

from __future__ import annotations

import contextlib
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from mend.db.engine import Database
from mend.db.model import Refused, Stale
from mend.dispatch.model import message_id
from mend.dispatch.support import Support
from mend.helping.service import Asked, Helping
from mend.lookbacks.service import LookBacks
from mend.ownit import drafting
from mend.ownit import model as rules
from mend.ownit import receipt as receipts
from mend.ownit import thread as threads
from mend.ownit import views as notes
from mend.ownit.lessons import Lessons
from mend.ownit.model import Note, Visibility
from mend.ownit.store import NoteStore
from mend.people.teams import Teams
from mend.playbooks.model import Playbook
from mend.recap.daily.model import told_after
from mend.slack import notices
from mend.slack.model import Post
from mend.slack.store import Posts
from mend.slack.ui import Message, shortened
from mend.text.guard import Guard
from mend.text.privacy_slips import is_privacy_slip
from mend.text.redaction import undoable
from mend.text.redactor import Redactor
from mend.text.slack_text import plain
from mend.text.wording import (
    Encoder,
    about,
    apology,
    is_distress,
    judge,
    rewrite,
)

TOLD_LATELY = timedelta(days=7)
AT_ONCE = 50  # notes withdrawn in one go before others may write
GONE = "That note was withdrawn or has expired, or it is not yours."
BLAMES = (
    "The team would read blame in these words. Say what happened, step by step, without a verdict"
    " on anybody, yourself included. It stays saved, for you alone."
)
CHANGED = "This note changed meanwhile, so nothing was saved. Your words:\n{words}"

KIND_NAMES = {
    "card": "a card number",
    "security_code": "a security code",
    "expiry": "an expiry date",
    "account": "a bank account",
    "email": "an e-mail address",
    "phone": "a phone number",
    "national_id": "a national ID",
    "password": "a password",
    "code": "a one-time code",
    "secret": "a key or a secret link",
    "date_of_birth": "a date of birth",
    "address": "an address",
    "name": "a name",
    "colleague": "a colleague's name",
}


@dataclass(frozen=True, slots=True)
class Safe:
    """Text fit to keep, and the kinds of personal data that were masked in it.

    `may_write_back`: some of it may be written back, where it was not personal after all.
    """

    text: str
    masked: tuple[str, ...]
    may_write_back: bool


def rehearse(encoder: Encoder | None) -> None:
    """Read a note that is none, so that the first real one does not wait for compiled patterns."""
    words = Redactor(tuple).typed("The refund went to the wrong card, and I called back.").text
    judge(words, encoder)
    rewrite(words, encoder)
    is_distress(words)
    is_privacy_slip(words)
    about(words)


@dataclass(frozen=True, slots=True)
class Nudge:
    """A note's words read as blame; `rewrite` says the same neutrally, where that can be done."""

    rewrite: str | None


@dataclass(frozen=True, slots=True)
class Owned:
    """The note after a step, and the keys of the jobs that are due now."""

    note: Note
    jobs: tuple[str, ...] = ()
    said_before: bool = False
    masked: tuple[str, ...] = ()
    may_write_back: bool = False


@dataclass(frozen=True)
class Owning:
    """The steps. Every one raises Refused, Stale or NotSaved before anything was written."""

    db: Database
    redactor: Redactor
    now: Callable[[], datetime]
    teams: Teams
    helping: Helping
    lookbacks: LookBacks
    fitting: Callable[[str], Playbook | None]
    guard: Guard
    support: Support
    privacy_contact: str = ""

    def make_safe(self, text: str, *, as_written: bool = False) -> Safe:
        """What a person typed, fit to keep. `as_written` masks only what nobody may write back.

        Raises Refused for a text that is too long, before time is spent on reading it.
        """
        words = plain(text)
        rules.check_length(words)
        masked = self.redactor.words(words, as_written=as_written)
        kinds = tuple(KIND_NAMES.get(found.type, "personal data") for found in masked.found)
        return Safe(masked.text, kinds, any(undoable(found) for found in masked.found))

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
        texts = [self.make_safe(text) for text in (happened, did, would_help)]
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
        waits = masked or is_privacy_slip(f"{note.text}\n{note.did}")
        if (visibility is None and waits) or self._must_wait([text.text for text in texts]):
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
        private, words = Visibility.ONLY_ME, shortened(words, rules.TEXT_LIMIT)
        return self.own(owner, request, words, visibility=private, receipt_in=receipt_in)

    def mine(self, owner: str, *, limit: int, offset: int = 0) -> list[Note]:
        """Their notes, newest first."""
        return NoteStore(self.db).mine(owner, limit=limit, offset=offset)

    def asked_about(self, owner: str) -> list[Note]:
        """Their notes that wait for a look back."""
        return NoteStore(self.db).asked_about(owner)

    def stands(self, note: Note) -> bool:
        """Whether Slack said that it stands in the team channel."""
        return threads.stands(self.db, note)

    def may_stand(self, note: Note) -> bool:
        """Whether it does, or is on its way there, or out of it."""
        return threads.may_stand(self.db, note)

    def replied_in(self, note: Note) -> Post | None:
        """Where its thread stands, if its owner wrote in it."""
        post = Posts(self.db).get(threads.subject(note.id))
        return post if post and post.ts and NoteStore(self.db).replies(note) else None

    def is_lesson_told(self, note: Note) -> bool:
        """Whether a recap told what its owner learned: that stays as it was posted."""
        return Lessons(self.db).is_told(note.id)

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
            raise Refused(GONE)
        return rules.check_owner(found, owner)

    def show(self, owner: str, note: str, visibility: Visibility) -> Owned:
        """Choose who sees the note; choosing what already holds changes nothing."""
        found = self.of(owner, note)
        if found.visibility is visibility:
            return Owned(found)
        if visibility is not Visibility.ONLY_ME and not found.team:
            raise Refused("No team channel is set, so this note stays private.")
        if visibility is Visibility.AS_ME:
            self._check_wording(found)
        with self.db.transaction():
            owned = self._change(replace(found, visibility=visibility))
            is_private = visibility is Visibility.ONLY_ME
            jobs = drafting.take_back(self.db, found.id, self.now()) if is_private else []
        if jobs:
            self.db.scrub()
        return replace(owned, jobs=(*owned.jobs, *jobs))

    def move(self, owner: str, note: str, channel: str) -> Owned:
        """Give a note that was written before its owner's team was known to that team."""
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
        safe = self.make_safe(happened, as_written=as_written)
        found = self.of(owner, note)
        can_take = not found.is_shown and rules.can_edit(found, self.now())
        if is_distress(safe.text) and not can_take:
            return self.keep(owner, f"edit:{note}:{version}", safe.text, receipt_in)
        if found.version != version:
            raise Refused(CHANGED.format(words=safe.text), "happened")
        changed = rules.edited(found, safe.text, self.now())
        if changed.is_shown:
            self._check_wording(changed)
        try:
            return self._change(changed, safe)
        except Stale:
            raise Refused(CHANGED.format(words=safe.text), "happened") from None

    def told(self, owner: str, request: str, link: str = "") -> Note | None:
        """The person's own note that this message told, or that is about it."""
        return NoteStore(self.db).of_message(owner, request, link)

    def retell(self, owner: str, request: str, text: str, channel: str) -> Owned | None:
        """The message in that direct channel that told a note was edited; None: it told none."""
        found = self.told(owner, request)
        if found is None:
            return None
        if found.text == self.make_safe(text).text:
            return Owned(found)
        return self.edit(owner, found.id, found.version, text, receipt_in=channel)

    def lost_message(self, owner: str, request: str, link: str) -> list[str]:
        """A message of theirs was deleted: offer, once, to withdraw the note it told."""
        found = self.told(owner, request, link)
        if found is None:
            return []
        key, offer = f"deleted:{found.id}", notes.offer_withdrawal(found)
        return notices.owe(self.db, key, owner, offer, self.now())

    def receipt(
        self,
        note: Note,
        *,
        masked: tuple[str, ...] = (),
        said_before: bool = False,
        nudged: bool = True,
        may_write_back: bool = False,
    ) -> Message:
        """What the owner sees of their note: who sees it, what others would, what to mind."""
        if is_distress(note.text):
            return self.support.card(kept=True)
        nudge = self.nudge(note) if nudged else None
        is_slip = is_privacy_slip(f"{note.text}\n{note.did}")
        return notes.receipt(
            note,
            self.now(),
            masked=masked,
            may_write_back=may_write_back,
            said_before=said_before,
            for_customer=self.for_customer(note) if note.is_shown else None,
            is_in_messages=receipts.stands(self.db, note),
            rewrite=nudge.rewrite if nudge else None,
            tell=notes.privacy_slip(self.privacy_contact) if is_slip else "",
            teams=[] if note.team else self.teams.to_choose(note.owner),
            stands=threads.stands(self.db, note),
        )

    def for_customer(self, note: Note) -> notes.ForCustomer:
        book = self.fitting(note.text)
        return notes.ForCustomer(apology(note.text, book.ask if book else ""), book)

    def nudge(self, note: Note) -> Nudge | None:
        """What to say to the owner where the note reads as blame, of others or of oneself."""
        if is_distress(note.text) or not self.guard.blames(*_texts(note)):
            return None
        return Nudge(rewrite(note.text, self.guard.encoder))

    def reword(self, owner: str, note: str) -> Owned:
        """Take the neutral wording instead of the note's own words."""
        found = self.of(owner, note)
        words = rewrite(found.text, self.guard.encoder)
        if words is None:
            raise Refused("Those words changed meanwhile. Have another look.")
        return self._change(replace(found, text=words))

    def _must_wait(self, texts: list[str]) -> bool:
        return any(is_distress(text) for text in texts) or self.guard.blames(*texts)

    def _check_wording(self, note: Note) -> None:
        """Raises Refused for words that the team must not read."""
        if self.guard.blames(*_texts(note)):
            raise Refused(BLAMES, "happened")

    def repaired(self, owner: str, note: str) -> Owned:
        found = self.of(owner, note)
        if found.repaired_at:
            return Owned(found)
        with self.db.transaction():
            owned = self._change(replace(found, repaired_at=self.now()))
            self.lookbacks.close_if_done(owned.note)
        return owned

    def learned(self, owner: str, note: str, words: str) -> Owned:
        """Keep what the owner learned; only they see it, so nothing is posted or updated."""
        found = self.of(owner, note)
        if not words.strip():
            raise Refused("Say in a few words what you learned.", "learned")
        with self.db.transaction():
            Lessons(self.db).take_back(found.id)  # it was for the old words
            kept = NoteStore(self.db).update(replace(found, learned=self.make_safe(words).text))
        return Owned(kept)

    def release(self, owner: str, note: str) -> None:
        """Let the recap tell what its owner learned, word for word, some days from now."""
        found = self.of(owner, note)
        if not found.learned:
            raise Refused("Write down what you learned first; then it can be released.")
        if self._must_wait([found.learned]):
            raise Refused(BLAMES)
        after = told_after(self.now(), random.random())
        Lessons(self.db).release(found.team, found.id, found.learned, after)

    def take_back(self, owner: str, note: str) -> None:
        """The lesson is not told after all."""
        Lessons(self.db).take_back(self.of(owner, note).id)

    def tell_of_lessons(self) -> None:
        """Owe each owner whose lesson was told one word of it. Safe to repeat."""
        now = self.now()
        for told in Lessons(self.db).just_told((now - TOLD_LATELY).date()):
            key = f"lesson_told:{told.note}:{told.told_on}"
            notices.owe(self.db, key, told.owner, notes.lesson_told(told.team), now)

    def withdraw(self, owner: str, note: str) -> list[str]:
        """Erase the note; the keys of the jobs that take it out of Slack."""
        found = self.of(owner, note)
        jobs = self._withdraw(found)
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
            if self.may_stand(note):
                key, told = threads.out_of(note.id), notes.out_by_now(note)
                notices.hold(self.db, key, note.owner, told, self.now())
            jobs = self._erase(note, NoteStore(self.db).withdraw)
            Lessons(self.db).take_back(note.id)
        return jobs

    def _erase(self, note: Note, erase: Callable[[Note, datetime], None]) -> list[str]:
        now = self.now()
        with self.db.transaction():
            erase(note, now)
            return [
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

    def stand_by(self, owner: str, ts: str, *, kept: bool) -> list[str]:
        """Owe them support, once for what they wrote in a thread at `ts`."""
        card = self.support.card(kept=kept)
        return notices.owe(self.db, f"support:{ts}:{owner}", owner, card, self.now())

    def reply(self, owner: str, channel: str, thread: str, ts: str, text: str | None) -> bool:
        """Keep, change or (None) drop a reply for good; anybody's but the owner's is not read.

        Whether it stands under a note of theirs: its thread, its receipt, or what told it.
        """
        found = NoteStore(self.db).of_thread(channel, thread)
        found = found or self.told(owner, message_id(channel, thread))
        if found is None or found.owner != owner:
            return False
        if text is None:
            NoteStore(self.db).remove_reply(found, ts, self.now())
            self.db.scrub()
        else:
            NoteStore(self.db).add_reply(found, ts, self.make_safe(text).text)
        return True

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


def _texts(note: Note) -> list[str]:
    return [note.text, note.did, note.would_help]
