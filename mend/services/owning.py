"""Owning a slip: everything that happens to a note between its first word and its withdrawal.

Each step saves first, in one transaction with the job that will make Slack match, and only then
may anything be posted.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from mend.domain import entries
from mend.domain.entries import Entry, Visibility
from mend.domain.errors import Refused, Stale
from mend.language.personal_data import mask
from mend.language.privacy_slips import is_privacy_slip
from mend.language.slack_text import plain
from mend.ports import Store
from mend.services import receipts, threads
from mend.services.hands import HandsUp
from mend.services.lookbacks import LookBacks

READABLE_LENGTH = 12_000
AT_ONCE = 50  # notes withdrawn in one go before others may write
GONE = "That note was withdrawn, or it is not yours."
CHANGED = "This note changed meanwhile, so nothing was saved. Your words:\n{words}"

KIND_NAMES = {
    "card": "a card number",
    "security_code": "a security code",
    "expiry": "an expiry date",
    "iban": "a bank account",
    "account": "a bank account",
    "email": "an e-mail address",
    "phone": "a phone number",
    "national_id": "a national ID",
    "password": "a password",
    "code": "a one-time code",
    "name": "a name",
}


@dataclass(frozen=True, slots=True)
class Safe:
    """Text fit to keep, and the kinds of personal data that were masked in it."""

    text: str
    masked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Owned:
    """The note after a step, and the keys of the jobs that are due now."""

    entry: Entry
    jobs: tuple[str, ...] = ()
    said_before: bool = False
    masked: tuple[str, ...] = ()


def make_safe(text: str) -> Safe:
    """What a person typed, without Slack's escapes and without customers' data.

    Raises Refused for a text far beyond any limit, before time is spent on reading it.
    """
    if len(text) > READABLE_LENGTH:
        raise Refused(f"That is {len(text):,} characters, too many to keep. Please shorten it.")
    masked = mask(plain(text))
    return Safe(
        masked.text, tuple(KIND_NAMES.get(found.type, "personal data") for found in masked.found)
    )


@dataclass(frozen=True)
class Owning:
    """The steps. Every one raises Refused, Stale or NotSaved before anything was written."""

    store: Store
    now: Callable[[], datetime]
    workspace: str
    team: str
    default: Visibility
    hands: HandsUp
    lookbacks: LookBacks

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
        receipt_in: str = "",
    ) -> Owned:
        """Keep a new note. `request` names what Slack sent, so that a repeat keeps one note.

        Without an explicit choice it is private, unless the team's default is to post at once;
        even then a note in which something was masked, or that is about personal data sent
        astray, waits for its owner's press. The receipt is the caller's answer, or a message owed
        to the direct channel `receipt_in`.
        """
        texts = [make_safe(text) for text in (happened, did, would_help)]
        masked = tuple(kind for text in texts for kind in text.masked)
        waits = masked or is_privacy_slip(f"{texts[0].text}\n{texts[1].text}")
        chosen = visibility or (Visibility.ONLY_ME if waits else self.default)
        entry = entries.new_entry(
            self.workspace,
            self.team,
            owner,
            texts[0].text,
            self.now(),
            did=texts[1].text,
            would_help=texts[2].text,
            visibility=chosen if self.team else Visibility.ONLY_ME,
        )
        with self.store.transaction():
            kept = self.store.entries.add(entry, request, even_if_same=even_if_same)
            is_new = kept.id == entry.id
            if is_new:
                self.lookbacks.arm(kept)
            jobs = [threads.arm(self.store, kept, self.now())] if kept.is_shown else []
            if receipt_in:
                jobs.append(receipts.arm(self.store, kept, receipt_in, self.now(), masked))
        return Owned(kept, tuple(jobs), said_before=not is_new, masked=masked if is_new else ())

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
        return self._change(replace(found, visibility=visibility))

    def edit(self, owner: str, entry: str, version: int, happened: str) -> Owned:
        """New words for the version its owner saw."""
        safe = make_safe(happened)
        found = self.of(owner, entry)
        if found.version != version:
            raise Refused(CHANGED.format(words=safe.text), "happened")
        changed = entries.edited(found, safe.text, self.now())
        try:
            return replace(self._change(changed), masked=safe.masked)
        except Stale:
            raise Refused(CHANGED.format(words=safe.text), "happened") from None

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
        return Owned(self.store.entries.update(replace(found, learned=make_safe(words).text)))

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
            return [
                threads.arm(self.store, entry, now),
                *receipts.retract(self.store, entry, now),
                *self.hands.withdraw(entry),
            ]

    def ask_for_hand(self, owner: str, entry: str) -> list[str]:
        """Ask each supervisor once; the keys of the jobs that tell them."""
        found = self.of(owner, entry)
        if not found.is_shown:
            raise Refused("This note is private. Post it as you, then supervisors can be asked.")
        return self.hands.ask(owner, "", found)

    def reply(self, owner: str, channel: str, thread: str, ts: str, text: str | None) -> None:
        """Keep, change or (None) drop a reply; anybody's but the owner's is not even read."""
        found = self.store.entries.of_thread(self.workspace, channel, thread)
        if found is None or found.owner != owner:
            return
        if text is None:
            self.store.entries.remove_reply(found, ts)
        else:
            self.store.entries.add_reply(found, ts, make_safe(text).text)

    def _change(self, entry: Entry) -> Owned:
        with self.store.transaction():
            changed = self.store.entries.update(entry)
            return Owned(changed, (threads.arm(self.store, changed, self.now()),))
