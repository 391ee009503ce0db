"""What an owner writes in messages about a note: what told it, edits of that, replies under it."""

from __future__ import annotations

from dataclasses import dataclass

from mend.dispatch.model import message_id
from mend.ownit import views as notes
from mend.ownit.model import Note, Owned
from mend.ownit.service import Owning
from mend.ownit.store import NoteStore


@dataclass(frozen=True)
class Hearing:
    """Takes it into the note; what anybody else writes is not read."""

    owning: Owning

    def told(self, owner: str, request: str, link: str = "") -> Note | None:
        """The person's own note that this message told, or that is about it."""
        return NoteStore(self.owning.db).of_message(owner, request, link)

    def retell(self, owner: str, request: str, text: str, channel: str) -> Owned | None:
        """The message in that direct channel that told a note was edited; None: it told none."""
        found = self.told(owner, request)
        if found is None:
            return None
        if found.text == self.owning.words.safe(text).text:
            return Owned(found)
        return self.owning.edit(owner, found.id, found.version, text, receipt_in=channel)

    def lost_message(self, owner: str, request: str, link: str) -> list[str]:
        """A message of theirs was deleted: offer, once, to withdraw the note it told."""
        found = self.told(owner, request, link)
        if found is None:
            return []
        return self.owning.outbox.dm(notes.offer_of(found.id), owner, notes.offer_withdrawal(found))

    def stand_by(self, owner: str, ts: str, *, kept: bool) -> list[str]:
        """Owe them support, once for what they wrote in a thread at `ts`."""
        card = self.owning.support.card(kept=kept)
        return self.owning.outbox.dm(f"support:{ts}:{owner}", owner, card)

    def reply(self, owner: str, channel: str, thread: str, ts: str, text: str | None) -> bool:
        """Keep, change or (None) drop a reply for good; anybody's but the owner's is not read.

        Whether it stands under a note of theirs: its thread, its receipt, or what told it.
        """
        found = NoteStore(self.owning.db).of_thread(channel, thread)
        found = found or self.told(owner, message_id(channel, thread))
        if found is None or found.owner != owner:
            return False
        if text is None:
            NoteStore(self.owning.db).remove_reply(found, ts, self.owning.now())
            self.owning.db.scrub()
        else:
            NoteStore(self.owning.db).add_reply(found, ts, self.owning.words.safe(text).text)
        return True
