"""Owning a slip: everything that happens to a note between its first word and its withdrawal.

Each step saves first, in one transaction with the job that will make Slack match, and only then
may anything be posted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from mend.domain import entries
from mend.domain.entries import Entry, Visibility
from mend.domain.errors import Refused, Stale
from mend.language.personal_data import mask
from mend.language.slack_text import plain
from mend.ports import Store
from mend.services import receipts, threads
from mend.services.hands import HandsUp

READABLE_LENGTH = 12_000
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


class Owning:
    """The steps. Every one raises Refused, Stale or NotSaved before anything was written."""

    def __init__(
        self,
        store: Store,
        now: Callable[[], datetime],
        *,
        workspace: str,
        team: str,
        default: Visibility,
        hands: HandsUp,
    ) -> None:
        self._store = store
        self._now = now
        self._workspace = workspace
        self._team = team
        self._default = default
        self._hands = hands

    @property
    def team(self) -> str:
        return self._team

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
        even then a note in which something was masked waits for its owner's press. The receipt is
        the caller's answer, or a message owed to the direct channel `receipt_in`.
        """
        texts = [make_safe(text) for text in (happened, did, would_help)]
        masked = tuple(kind for text in texts for kind in text.masked)
        chosen = visibility or (Visibility.ONLY_ME if masked else self._default)
        entry = entries.new_entry(
            self._workspace,
            self._team,
            owner,
            texts[0].text,
            self._now(),
            did=texts[1].text,
            would_help=texts[2].text,
            visibility=chosen if self._team else Visibility.ONLY_ME,
        )
        with self._store.transaction():
            kept = self._store.entries.add(entry, request, even_if_same=even_if_same)
            is_new = kept.id == entry.id
            jobs = [threads.arm(self._store, kept, self._now())] if kept.is_shown else []
            if receipt_in:
                jobs.append(receipts.arm(self._store, kept, receipt_in, self._now(), masked))
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
        found = self._store.entries.get(self._workspace, entry)
        if found is None:
            raise Refused(GONE)
        return entries.check_owner(found, owner)

    def show(self, owner: str, entry: str, visibility: Visibility) -> Owned:
        """Choose who sees the note; choosing what already holds changes nothing."""
        found = self.of(owner, entry)
        if found.visibility is visibility:
            return Owned(found)
        if visibility is Visibility.AS_ME and not found.team:
            raise Refused("No team channel is set, so this note stays private.")
        return self._change(replace(found, visibility=visibility))

    def edit(self, owner: str, entry: str, version: int, happened: str) -> Owned:
        """New words for the version its owner saw."""
        safe = make_safe(happened)
        found = self.of(owner, entry)
        if found.version != version:
            raise Refused(CHANGED.format(words=safe.text), "happened")
        changed = entries.edited(found, safe.text, self._now())
        try:
            return replace(self._change(changed), masked=safe.masked)
        except Stale:
            raise Refused(CHANGED.format(words=safe.text), "happened") from None

    def repaired(self, owner: str, entry: str) -> Owned:
        found = self.of(owner, entry)
        if found.repaired_at:
            return Owned(found)
        return self._change(replace(found, repaired_at=self._now()))

    def learned(self, owner: str, entry: str, words: str) -> Owned:
        """Keep what the owner learned; only they see it, so nothing is posted or updated."""
        found = self.of(owner, entry)
        return Owned(self._store.entries.update(replace(found, learned=make_safe(words).text)))

    def withdraw(self, owner: str, entry: str) -> list[str]:
        """Erase the note; the keys of the jobs that take it out of Slack."""
        found = self.of(owner, entry)
        now = self._now()
        with self._store.transaction():
            self._store.entries.withdraw(found, now)
            jobs = [threads.arm(self._store, found, now), *self._hands.withdraw(found)]
        self._store.scrub()
        return jobs

    def ask_for_hand(self, owner: str, entry: str) -> list[str]:
        """Ask each supervisor once; the keys of the jobs that tell them."""
        found = self.of(owner, entry)
        if not found.is_shown:
            raise Refused("This note is private. Post it as you, then supervisors can be asked.")
        return self._hands.ask(owner, "", found)

    def reply(self, owner: str, channel: str, thread: str, ts: str, text: str | None) -> None:
        """Keep, change or (None) drop a reply; anybody's but the owner's is not even read."""
        found = self._store.entries.of_thread(self._workspace, channel, thread)
        if found is None or found.owner != owner:
            return
        if text is None:
            self._store.entries.remove_reply(found, ts)
        else:
            self._store.entries.add_reply(found, ts, make_safe(text).text)

    def _change(self, entry: Entry) -> Owned:
        with self._store.transaction():
            changed = self._store.entries.update(entry)
            return Owned(changed, (threads.arm(self._store, changed, self._now()),))
