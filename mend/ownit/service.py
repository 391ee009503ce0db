"""Owning a slip: everything that happens to a note between its first word and its withdrawal.

Each step saves first, in one transaction with the job that will make Slack match, and only then
may anything be posted.
"""

from __future__ import annotations

import contextlib
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from mend.db.model import Refused, Stale
from mend.helping.service import HandsUp
from mend.lookbacks.service import LookBacks
from mend.ownit import model as entries
from mend.ownit import receipt as receipts
from mend.ownit import thread as threads
from mend.ownit import views as notes
from mend.ownit.model import Entry, Visibility
from mend.people.teams import Teams
from mend.playbooks.model import Playbook
from mend.ports import Store
from mend.recap.daily.model import told_after
from mend.slack import notices
from mend.slack.ui import Message
from mend.text.guard import Guard
from mend.text.masking import Masking
from mend.text.privacy_slips import is_privacy_slip
from mend.text.redaction import originals, put_back, undoable
from mend.text.slack_text import plain
from mend.text.wording import (
    Encoder,
    apology,
    is_distress,
    judge,
    rewrite,
)

READABLE_LENGTH = 12_000
AT_ONCE = 50  # notes withdrawn in one go before others may write
GONE = "That note was withdrawn or has expired, or it is not yours."
BLAMES = (
    "The team would read blame in these words. Say what happened, step by step, without a verdict"
    " on anybody, yourself included. It stays saved, for you alone."
)
CHANGED_SINCE = (
    "This note changed meanwhile, so nothing was put back. Press Edit and write it there."
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

    `originals` are what was masked and may be put back; they are never kept.
    """

    text: str
    masked: tuple[str, ...]
    originals: tuple[str, ...] = ()


def rehearse(encoder: Encoder | None) -> None:
    """Read a note that is none, so that the first real one does not wait for compiled patterns."""
    words = Masking(tuple).typed("The refund went to the wrong card, and I called back.").text
    judge(words, encoder)
    rewrite(words, encoder)
    is_distress(words)
    is_privacy_slip(words)


@dataclass(frozen=True, slots=True)
class Nudge:
    """A note's words read as blame; `rewrite` says the same neutrally, where that can be done."""

    rewrite: str | None


PutBack = Sequence[Sequence[str]]  # for each of the note's TEXTS, what may be put back in it
TEXTS = ("text", "did", "would_help")


@dataclass(frozen=True, slots=True)
class Owned:
    """The note after a step, and the keys of the jobs that are due now."""

    entry: Entry
    jobs: tuple[str, ...] = ()
    said_before: bool = False
    masked: tuple[str, ...] = ()
    originals: PutBack = ()


@dataclass(frozen=True)
class Owning:
    """The steps. Every one raises Refused, Stale or NotSaved before anything was written."""

    store: Store
    masking: Masking
    now: Callable[[], datetime]
    workspace: str
    teams: Teams
    hands: HandsUp
    lookbacks: LookBacks
    fitting: Callable[[str], Playbook | None]
    guard: Guard
    privacy_contact: str = ""
    help_line: str = ""

    def make_safe(self, text: str, *, as_written: bool = False) -> Safe:
        """What a person typed, fit to keep. `as_written` masks only what nobody may put back.

        Raises Refused for a text far beyond any limit, before time is spent on reading it.
        """
        if len(text) > READABLE_LENGTH:
            raise Refused(f"That is {len(text):,} characters, too many to keep. Please shorten it.")
        text = plain(text)
        masked = self.masking.words(text)
        taken = originals(text, masked)
        whole = put_back(masked.text, taken) if as_written else None
        kinds = tuple(
            KIND_NAMES.get(found.type, "personal data")
            for found in masked.found
            if whole is None or not undoable(found)
        )
        return Safe(masked.text, kinds, taken) if whole is None else Safe(whole, kinds)

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
        link: str = "",
    ) -> Owned:
        """Keep a new note. `request` names what Slack sent, so that a repeat keeps one note.

        It belongs to the team of the `channel` in which it was said, or else to its owner's.
        Without an explicit choice it is private, unless the team's default is to post at once;
        even then a note in which something was masked, or that is about personal data sent
        astray, waits for its owner's press. A private note is never blocked, but one in distress,
        or whose words read as blame, is not posted. The receipt is the caller's answer, or a
        message owed to the direct channel `receipt_in`. `link` is to the owner's own message.
        """
        texts = [self.make_safe(text) for text in (happened, did, would_help)]
        masked = tuple(kind for text in texts for kind in text.masked)
        team = self.teams.of(owner, channel)
        chosen = visibility or (team.visibility if team else Visibility.ONLY_ME)
        waits = masked or is_privacy_slip(f"{texts[0].text}\n{texts[1].text}")
        if (visibility is None and waits) or self._must_wait([text.text for text in texts]):
            chosen = Visibility.ONLY_ME
        entry = entries.new_entry(
            self.workspace,
            team.channel if team else "",
            owner,
            texts[0].text,
            self.now(),
            did=texts[1].text,
            would_help=texts[2].text,
            visibility=chosen if team else Visibility.ONLY_ME,
            link=link,
        )
        put_back = [text.originals for text in texts]
        with self.store.transaction():
            kept = self.store.entries.add(entry, request, even_if_same=even_if_same)
            is_new = kept.id == entry.id
            if is_new:
                self.lookbacks.arm(kept)
                self.teams.joined(owner, kept.team)
            jobs = threads.arm(self.store, kept, self.now()) if kept.is_shown else []
            if receipt_in:
                jobs += receipts.arm(
                    self.store, kept, self.now(), receipt_in, masked, bool(put_back[0])
                )
        if not is_new:
            return Owned(kept, tuple(jobs), said_before=True)
        return Owned(kept, tuple(jobs), masked=masked, originals=put_back)

    def own_again(self, owner: str, entry: str, request: str) -> Owned:
        """Keep the same words once more, because they happened once more."""
        first = self.of(owner, entry)
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

    def of(self, owner: str, entry: str) -> Entry:
        """The person's own note; raises Refused for any other."""
        found = self.store.entries.get(self.workspace, entry)
        if found is None:
            raise Refused(GONE)
        return entries.check_owner(found, owner)

    def show(self, owner: str, entry: str, visibility: Visibility) -> Owned:
        """Choose who sees the note; choosing what already holds changes nothing."""
        found = self.of(owner, entry)
        if found.visibility is visibility:
            return Owned(found)
        if visibility is not Visibility.ONLY_ME and not found.team:
            raise Refused("No team channel is set, so this note stays private.")
        if visibility is Visibility.AS_ME:
            self._check_wording(found)
        return self._change(replace(found, visibility=visibility))

    def move(self, owner: str, entry: str, channel: str) -> Owned:
        """Give a note that was written before its owner's team was known to that team."""
        found = self.of(owner, entry)
        if found.team or self.teams.get(channel) is None:
            return Owned(found)
        return Owned(self.store.entries.update(replace(found, team=channel)))

    def edit(
        self, owner: str, entry: str, version: int, happened: str, *, as_written: bool = False
    ) -> Owned:
        """New words for the version its owner saw.

        `as_written` keeps what would be masked, except what must never be stored: its owner says
        that it is not personal.
        """
        safe = self.make_safe(happened, as_written=as_written)
        found = self.of(owner, entry)
        if found.version != version:
            raise Refused(CHANGED.format(words=safe.text), "happened")
        changed = entries.edited(found, safe.text, self.now())
        if changed.is_shown:
            self._check_wording(changed)
        try:
            return self._change(changed, safe)
        except Stale:
            raise Refused(CHANGED.format(words=safe.text), "happened") from None

    def told(self, owner: str, request: str, link: str = "") -> Entry | None:
        """The person's own note that this message told, or that is about it."""
        return self.store.entries.of_message(self.workspace, owner, request, link)

    def retell(self, owner: str, request: str, text: str) -> Owned | None:
        """The message that told a note was edited; None where it told none."""
        found = self.told(owner, request)
        if found is None:
            return None
        if found.text == self.make_safe(text).text:
            return Owned(found)
        return self.edit(owner, found.id, found.version, text)

    def lost_message(self, owner: str, request: str, link: str) -> list[str]:
        """A message of theirs was deleted: offer, once, to withdraw the note it told."""
        found = self.told(owner, request, link)
        if found is None:
            return []
        key, offer = f"deleted:{found.id}", notes.offer_withdrawal(found)
        return notices.owe(self.store, self.workspace, key, owner, offer, self.now())

    def work_in_messages(self, owner: str, entry: str) -> list[str]:
        """Owe the note's receipt to its owner's direct messages, to be worked on there."""
        found = self.of(owner, entry)
        return receipts.arm(self.store, found, self.now(), owner)

    def put_back(self, owner: str, entry: str, version: int, originals: PutBack) -> Owned:
        """What was masked stands as it was written: its owner says that it is not personal.

        Raises Refused unless masking it again gives exactly the note its owner saw, so nothing
        else can be put in, and nothing that must never be stored.
        """
        found = self.of(owner, entry)
        changed = self._with(found, originals) if found.version == version else None
        if changed is None:
            raise Refused(CHANGED_SINCE)
        if changed.is_shown:
            self._check_wording(changed)
        return self._change(changed)

    def _with(self, entry: Entry, originals: PutBack) -> Entry | None:
        """The note with these put back; None where they are not what was masked in it."""
        whole: dict[str, Any] = {}
        for name, taken in zip(TEXTS, originals, strict=False):
            masked = getattr(entry, name)
            text = put_back(masked, taken) or ""
            if self.masking.words(text).text != masked or len(text) > entries.TEXT_LIMIT:
                return None
            whole[name] = text
        return replace(entry, **whole)

    def receipt(
        self,
        entry: Entry,
        *,
        masked: tuple[str, ...] = (),
        said_before: bool = False,
        nudged: bool = True,
        originals: PutBack = (),
        may_write_back: bool = False,
    ) -> Message:
        """What the owner sees of their note: who sees it, what others would, what to mind.

        `originals` can be put back with one press; else, where `may_write_back`, in a form.
        """
        nudge = self.nudge(entry) if nudged else None
        may_put_back = any(originals) and self._with(entry, originals) is not None
        is_slip = is_privacy_slip(f"{entry.text}\n{entry.did}")
        return notes.receipt(
            entry,
            self.now(),
            masked=masked,
            originals=originals if may_put_back else (),
            may_write_back=may_write_back or any(originals),
            said_before=said_before,
            for_customer=self.for_customer(entry) if entry.is_shown else None,
            is_in_messages=receipts.stands(self.store, entry),
            rewrite=nudge.rewrite if nudge else None,
            in_distress=is_distress(entry.text),
            help_line=self.help_line,
            tell=notes.privacy_slip(self.privacy_contact) if is_slip else "",
            teams=[] if entry.team else [team.channel for team in self.teams.all()],
        )

    def for_customer(self, entry: Entry) -> notes.ForCustomer:
        book = self.fitting(entry.text)
        return notes.ForCustomer(apology(entry.text, book.ask if book else ""), book)

    def show_in_thread(self, owner: str, entry: str, slug: str) -> list[str]:
        """Post the playbook into the note's thread, for everybody there."""
        found = self.of(owner, entry)
        if not found.is_shown:
            raise Refused("This note has no thread. Post it as you first.")
        return threads.arm_playbook(self.store, found, slug, self.now())

    def nudge(self, entry: Entry) -> Nudge | None:
        """What to say to the owner where the note reads as blame, of others or of oneself."""
        if is_distress(entry.text) or not self.guard.blames(*_texts(entry)):
            return None
        return Nudge(rewrite(entry.text, self.guard.encoder))

    def reword(self, owner: str, entry: str) -> Owned:
        """Take the neutral wording instead of the note's own words."""
        found = self.of(owner, entry)
        words = rewrite(found.text, self.guard.encoder)
        if words is None:
            raise Refused("Those words changed meanwhile. Have another look.")
        if notes.asks_back(words):
            raise Refused("This wording asks something back. Press Edit and answer it there.")
        return self._change(replace(found, text=words))

    def _must_wait(self, texts: list[str]) -> bool:
        return any(is_distress(text) for text in texts) or self.guard.blames(*texts)

    def _check_wording(self, entry: Entry) -> None:
        """Raises Refused for words that the team must not read."""
        if self.guard.blames(*_texts(entry)):
            raise Refused(BLAMES, "happened")

    def repaired(self, owner: str, entry: str) -> Owned:
        found = self.of(owner, entry)
        if found.repaired_at:
            return Owned(found)
        with self.store.transaction():
            owned = self._change(replace(found, repaired_at=self.now()))
            self.lookbacks.close_if_done(owned.entry)
        return owned

    def learned(self, owner: str, entry: str, words: str) -> Owned:
        """Keep what the owner learned; only they see it, so nothing is posted or updated."""
        found = self.of(owner, entry)
        if not words.strip():
            raise Refused("Say in a few words what you learned.", "learned")
        with self.store.transaction():
            self.store.working.take_back(self.workspace, found.id)  # it was for the old words
            kept = self.store.entries.update(replace(found, learned=self.make_safe(words).text))
        return Owned(kept)

    def release(self, owner: str, entry: str) -> None:
        """Let the recap tell what its owner learned, word for word, some days from now."""
        found = self.of(owner, entry)
        if not found.learned:
            raise Refused("Write down what you learned first; then it can be released.")
        if self._must_wait([found.learned]):
            raise Refused(BLAMES)
        after = told_after(self.now(), random.random())
        self.store.working.release(self.workspace, found.team, found.id, found.learned, after)

    def take_back(self, owner: str, entry: str) -> None:
        """The lesson is not told after all."""
        self.store.working.take_back(self.workspace, self.of(owner, entry).id)

    def withdraw(self, owner: str, entry: str) -> list[str]:
        """Erase the note; the keys of the jobs that take it out of Slack."""
        found = self.of(owner, entry)
        jobs = self._erase(found, self.store.entries.withdraw)
        self.store.scrub()
        return jobs

    def withdraw_all(self, owner: str) -> None:
        """Erase every note of this person; the scheduler takes them out of Slack."""
        while mine := self.store.entries.mine(self.workspace, owner, limit=AT_ONCE):
            with self.store.transaction():
                for entry in mine:
                    with contextlib.suppress(Stale):  # withdrawn meanwhile: just as well
                        self._erase(entry, self.store.entries.withdraw)

    def expire(self, entry: Entry) -> None:
        """Erase a note that closed long enough ago; the scheduler takes it out of Slack."""
        self._erase(entry, self.store.entries.expire)

    def _erase(self, entry: Entry, erase: Callable[[Entry, datetime], None]) -> list[str]:
        now = self.now()
        with self.store.transaction():
            erase(entry, now)
            self.store.working.take_back(self.workspace, entry.id)
            return [
                *threads.arm(self.store, entry, now),
                *receipts.refresh(self.store, entry, now),
                *self.hands.withdraw(entry),
            ]

    def ask_for_hand(self, owner: str, entry: str) -> list[str]:
        """Ask each supervisor once; the keys of the jobs that tell them."""
        found = self.of(owner, entry)
        if not found.is_shown:
            raise Refused("This note is private. Post it as you, then supervisors can be asked.")
        return self.hands.ask(owner, "", found)

    def reply(self, owner: str, channel: str, thread: str, ts: str, text: str | None) -> bool:
        """Keep, change or (None) drop a reply; anybody's but the owner's is not even read.

        Whether it stands under a note of theirs: its thread, its receipt, or what told it.
        """
        found = self.store.entries.of_thread(self.workspace, channel, thread)
        found = found or self.told(owner, message_id(channel, thread))
        if found is None or found.owner != owner:
            return False
        if text is None:
            self.store.entries.remove_reply(found, ts)
        else:
            self.store.entries.add_reply(found, ts, self.make_safe(text).text)
        return True

    def _change(self, entry: Entry, safe: Safe | None = None) -> Owned:
        """`safe` are its new words, where it has some."""
        masked, originals = (safe.masked, safe.originals) if safe else ((), ())
        now = self.now()
        with self.store.transaction():
            changed = self.store.entries.update(entry)
            jobs = threads.arm(self.store, changed, now)
            jobs += receipts.refresh(self.store, changed, now, masked, bool(originals))
        return Owned(changed, tuple(jobs), masked=masked, originals=(originals,))


def _texts(entry: Entry) -> list[str]:
    return [getattr(entry, name) for name in TEXTS]


def message_id(channel: str, ts: str) -> str:
    """The request id of what a message told: the same however often it is delivered."""
    return f"message:{channel}:{ts}"
