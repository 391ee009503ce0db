"""What people write where Mend is: direct messages to it, and an owner's replies in their thread.

Everybody else's words are passed over unread and unkept.
"""

from __future__ import annotations

from mend.db.model import Refused
from mend.dispatch import payloads as requests
from mend.dispatch.model import message_id
from mend.dispatch.routes import MEND, Kind, Reply, Request, Routes
from mend.ownit import direct_views as direct
from mend.ownit.hearing import Hearing
from mend.ownit.model import Visibility
from mend.ownit.service import Owning
from mend.playbooks.library import Library
from mend.slack import ui
from mend.slack.gateway import SlackGateway
from mend.slack.model import Identity, NotSent
from mend.text.slack_text import plain
from mend.text.wording import About, about, is_distress

on = Routes()

CHANGED, DELETED = "message_changed", "message_deleted"
# A reply also sent to the channel, and what was typed after /me, are words like any others.
SAID = (None, "file_share", "thread_broadcast", "me_message")
NO_NOTE_HERE = (
    "There is no note here, so this reply was not kept. Write it outside this thread, and I answer."
)
ASKS_FOR_HELP = frozenset(
    {"", "help", "start", "menu", "commands", "what can you do", "who are you", "what are you"}
    | {"what is this", "how does this work", "how do you work", "what do you do"}
)
READ = 3000  # characters; a longer message is no note, and is no clearer for the rest of it


@on.event("message")
def message(
    request: Request,
    owning: Owning,
    hearing: Hearing,
    identity: Identity,
    library: Library,
    routes: Routes,
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
        is_kept = hearing.reply(request.user, request.channel, thread, ts, said_now)
        if (is_kept or is_direct) and is_distress(plain(text)):
            return Reply(jobs=hearing.stand_by(request.user, ts, kept=is_kept))
        if is_direct and is_new and not is_kept:
            raise Refused(NO_NOTE_HERE)
        return Reply()
    if requests.is_gone(event):
        link = requests.link(identity.url, request.channel, said)
        return Reply(jobs=hearing.lost_message(request.user, request.id, link))
    if not is_direct:
        return Reply()
    if is_new:
        return told(request, owning, library, routes, text)
    return edited(request, owning, hearing, text)


def told(request: Request, owning: Owning, library: Library, routes: Routes, text: str) -> Reply:
    """A command typed as text is that command; a slip is kept for its writer; a customer's problem

    gets its repair. What is unclear is asked about, and kept by a press only.
    """
    if not text:
        raise Refused("I can read words only. Tell me in one line what happened.")
    command, *rest = text.split(None, 1)
    if routes.get(Kind.COMMAND, command.casefold()):
        return Reply(becomes=(command.casefold(), "".join(rest)))
    if text.casefold().strip(" ?!.") in ASKS_FOR_HELP:
        return Reply(becomes=(MEND, "help"))
    words = plain(text)[:READ]
    found = about(words, fits=library.fitting(words) is not None)
    if found is About.SLIP:
        return kept(request, owning, request.id, text)
    if is_distress(words):
        return Reply(owning.support.card(kept=False))
    if found is About.PROBLEM:
        return Reply(becomes=("/repair", text))
    if found is About.UNCLEAR:
        return Reply(direct.which(str(request.event["ts"])))
    return Reply(ui.notice(direct.WELCOME if found is About.THANKS else direct.HELLO))


@on.action(direct.KEEP)
def keep(request: Request, owning: Owning, slack: SlackGateway) -> Reply:
    """Its receipt takes the place of the question."""
    told_by = message_id(request.channel, request.value)
    return kept(request, owning, told_by, said_then(request, slack))


@on.action(direct.REPAIR)
def find_repair(request: Request, slack: SlackGateway) -> Reply:
    return Reply(becomes=("/repair", said_then(request, slack)))


def said_then(request: Request, slack: SlackGateway) -> str:
    """The message that Mend asked about, as it reads now."""
    said = slack.said_at(request.channel, request.value, request.user)
    if isinstance(said, NotSent) or not said:
        raise Refused("That message cannot be read any more. Please write it once more.")
    return said


def kept(request: Request, owning: Owning, told_by: str, text: str) -> Reply:
    """Whatever a team's default is: what is told to Mend alone is posted by a press only."""
    owned = owning.own(
        request.user,
        told_by,
        text,
        visibility=Visibility.ONLY_ME,
        receipt_in=request.channel,
        receipt_ts=str(request.message.get("ts") or ""),
    )
    return Reply(jobs=owned.jobs)


def edited(request: Request, owning: Owning, hearing: Hearing, text: str) -> Reply:
    """The note follows the message that told it; Slack also tells when a link is unfurled."""
    before = (request.event.get("previous_message") or {}).get("text")
    if not text or text == str(before or "").strip():
        return Reply()
    owned = hearing.retell(request.user, request.id, text, request.channel)
    if owned is None and is_distress(plain(text)):
        return Reply(owning.support.card(kept=False))
    return Reply(jobs=owned.jobs if owned else ())
