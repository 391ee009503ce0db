"""What people write where Mend is: direct messages to it, and an owner's replies in their thread.

Everybody else's words are passed over unread and unkept.
"""

from __future__ import annotations

from handlers import Deps, Kind, Reply, Request, Routes
from mend.blocks.help import overview
from mend.domain.errors import Refused

GREETINGS = frozenset({"help", "hi", "hello", "hey", "?", "start", "/mend help"})


def register(on: Routes) -> None:
    on.event("message", message)


def message(deps: Deps, request: Request) -> Reply:
    event = request.event
    if event.get("bot_id") or request.person in ("", deps.bot_user):
        return Reply()
    if event.get("channel_type") == "im":
        return direct(deps, request)
    return thread_reply(deps, request)


def direct(deps: Deps, request: Request) -> Reply:
    """A direct message is a note, kept for its writer alone; the receipt comes as the answer."""
    if request.event.get("subtype") not in (None, "file_share"):
        return Reply()
    text = str(request.event.get("text") or "").strip()
    if text.casefold() in GREETINGS:
        return Reply(overview(deps.routes.of(Kind.COMMAND), deps.routes.of(Kind.SUBCOMMAND)))
    if not text:
        raise Refused("I can keep words only. Tell me in one line what happened.")
    owned = deps.owning.own(request.person, request.id, text, receipt_in=request.channel)
    return Reply(jobs=owned.jobs)


def thread_reply(deps: Deps, request: Request) -> Reply:
    """Keep an owner's reply as it now reads, or drop one that its owner deleted."""
    event = request.event
    subtype = event.get("subtype")
    is_gone = subtype == "message_deleted"
    said = event.get("message") if subtype == "message_changed" else event
    if is_gone:
        said = event.get("previous_message")
    if not said or subtype not in (None, "message_changed", "message_deleted", "file_share"):
        return Reply()
    thread, ts = str(said.get("thread_ts") or ""), str(said.get("ts") or "")
    if thread and thread != ts:
        text = None if is_gone else str(said.get("text") or "")
        deps.owning.reply(request.person, request.channel, thread, ts, text)
    return Reply()
