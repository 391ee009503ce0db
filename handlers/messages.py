"""What people write where Mend is: direct messages to it, and an owner's replies in their thread.

Everybody else's words are passed over unread and unkept.
"""

from __future__ import annotations

from mend.db.model import Refused
from mend.dispatch import payloads as requests
from mend.dispatch.help import overview
from mend.dispatch.routes import Deps, Reply, Request, Routes

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
def message(deps: Deps, request: Request) -> Reply:
    event = request.event
    subtype = event.get("subtype")
    if event.get("bot_id") or request.person in ("", deps.bot_user):
        return Reply()
    if subtype not in (*SAID, CHANGED, DELETED):
        return Reply()
    said = requests.said_in(event)
    is_direct, is_new = event.get("channel_type") == "im", subtype not in (CHANGED, DELETED)
    thread, ts = str(said.get("thread_ts") or ""), str(said.get("ts") or "")
    text = "" if requests.is_gone(event) else requests.typed(said.get("text"))
    if thread and thread != ts:
        is_kept = deps.owning.reply(request.person, request.channel, thread, ts, text or None)
        if is_direct and is_new and not is_kept:
            raise Refused(NO_NOTE_HERE)
        return Reply()
    if requests.is_gone(event):
        link = requests.link(deps.slack_url, request.channel, said)
        return Reply(jobs=deps.owning.lost_message(request.person, request.id, link))
    if not is_direct:
        return Reply()
    return told(deps, request, text) if is_new else edited(deps, request, text)


def told(deps: Deps, request: Request, text: str) -> Reply:
    """A direct message is a note, kept for its writer alone; the receipt comes as the answer."""
    if text.casefold() in GREETINGS:
        return Reply(overview(deps.routes, deps.role_of(request.person)))
    if not text:
        raise Refused("I can keep words only. Tell me in one line what happened.")
    owned = deps.owning.own(request.person, request.id, text, receipt_in=request.channel)
    return Reply(jobs=owned.jobs, refreshes_home=True)


def edited(deps: Deps, request: Request, text: str) -> Reply:
    """The note follows the message that told it; Slack also tells when a link is unfurled."""
    before = (request.event.get("previous_message") or {}).get("text")
    if text and text != str(before or "").strip():
        owned = deps.owning.retell(request.person, request.id, text)
        return Reply(jobs=owned.jobs if owned else ())
    return Reply()
