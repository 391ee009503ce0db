"""What people write where Mend is: direct messages to it, and an owner's replies in their thread.

Everybody else's words are passed over unread and unkept.
"""

from __future__ import annotations

from mend.db.model import Refused
from mend.dispatch import payloads as requests
from mend.dispatch.help import overview
from mend.dispatch.routes import Reply, Request, Routes
from mend.ownit.service import Owning
from mend.people.directory import People
from mend.slack.model import Identity

on = Routes()

CHANGED, DELETED = "message_changed", "message_deleted"
# A reply also sent to the channel, and what was typed after /me, are words like any others.
SAID = (None, "file_share", "thread_broadcast", "me_message")
NO_NOTE_HERE = (
    "There is no note here, so this reply was not kept. Outside this thread, one line to me is a"
    " note for you alone."
)
GREETINGS = frozenset({"help", "hi", "hello", "hey", "?", "start", "/mend help"})


@on.event("message")
def message(
    request: Request, owning: Owning, identity: Identity, people: People, routes: Routes
) -> Reply:
    event = request.event
    subtype = event.get("subtype")
    if event.get("bot_id") or request.user in ("", identity.bot_user):
        return Reply()
    if subtype not in (*SAID, CHANGED, DELETED):
        return Reply()
    said = requests.said_in(event)
    is_direct, is_new = event.get("channel_type") == "im", subtype not in (CHANGED, DELETED)
    thread, ts = str(said.get("thread_ts") or ""), str(said.get("ts") or "")
    text = "" if requests.is_gone(event) else requests.typed(said.get("text"))
    if thread and thread != ts:
        said_now = None if requests.is_gone(event) else text
        is_kept = owning.reply(request.user, request.channel, thread, ts, said_now)
        if is_direct and is_new and not is_kept:
            raise Refused(NO_NOTE_HERE)
        return Reply()
    if requests.is_gone(event):
        link = requests.link(identity.url, request.channel, said)
        return Reply(jobs=owning.lost_message(request.user, request.id, link))
    if not is_direct:
        return Reply()
    return told(request, owning, people, routes, text) if is_new else edited(request, owning, text)


def told(request: Request, owning: Owning, people: People, routes: Routes, text: str) -> Reply:
    """A direct message is a note, kept for its writer alone; the receipt comes as the answer."""
    if text.casefold() in GREETINGS:
        return Reply(overview(routes, people.role_of(request.user)))
    if not text:
        raise Refused("I can keep words only. Tell me in one line what happened.")
    owned = owning.own(request.user, request.id, text, receipt_in=request.channel)
    return Reply(jobs=owned.jobs, refreshes_home=True)


def edited(request: Request, owning: Owning, text: str) -> Reply:
    """The note follows the message that told it; Slack also tells when a link is unfurled."""
    before = (request.event.get("previous_message") or {}).get("text")
    if text and text != str(before or "").strip():
        owned = owning.retell(request.user, request.id, text)
        return Reply(jobs=owned.jobs if owned else ())
    return Reply()
