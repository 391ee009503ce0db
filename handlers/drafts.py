"""Turning a note into a playbook change: by its owner, or by a supervisor who asks the owner."""

from __future__ import annotations

from mend.db.model import Refused
from mend.dispatch.routes import Deps, Reply, Request, Routes, opens, tells
from mend.ownit import draft_views as blocks
from mend.ownit.model import Entry
from mend.people.model import Role

on = Routes()

SHORTCUT = "make_playbook_change"


@on.shortcut(
    SHORTCUT,
    label="Make a playbook change",
    help="Turn a posted note into a playbook change; its owner approves the words.",
)
def from_thread(deps: Deps, request: Request) -> Reply:
    """Its owner's form, or a supervisor's, on a note that everybody there can see."""
    message = request.message
    ts = str(message.get("thread_ts") or message.get("ts") or "")
    entry = deps.store.entries.of_thread(deps.workspace, request.channel, ts)
    if entry is None or not (entry.is_shown or entry.owner == request.person):
        raise Refused("This works on a note that Mend posted. There is none here.")
    if entry.owner == request.person:
        return form(deps, entry)
    deps.people.require(request.person, Role.SUPERVISOR)
    return Reply(form=blocks.suggest_form(entry, title(deps, entry)))


@on.action(blocks.OPEN)
def open_form(deps: Deps, request: Request) -> Reply:
    return form(deps, deps.owning.of(request.person, request.value))


def form(deps: Deps, entry: Entry) -> Reply:
    lookback = deps.store.working.lookback(entry.id)
    words = lookback.words if lookback and lookback.words else entry.learned
    return opens(blocks.draft_form(entry, title(deps, entry), words), blocks.OPEN, entry.id)


def title(deps: Deps, entry: Entry) -> str:
    book = deps.library.fitting(entry.text)
    return book.title if book else ""


@on.view(blocks.FORM)
def proposed(deps: Deps, request: Request) -> Reply:
    entry = deps.owning.of(request.person, request.private)
    title, words = blocks.read_draft(request.answers)
    deps.drafting.propose(entry, title, words, may_tell=blocks.may_tell(request.answers))
    return Reply(blocks.sent())


@on.view(blocks.SUGGEST_FORM, role=Role.SUPERVISOR)
def suggested(deps: Deps, request: Request) -> Reply:
    """A supervisor's words, on their way to the owner of a note they can still see."""
    entry = deps.store.entries.get(deps.workspace, request.private)
    if entry is None or not entry.is_shown:
        raise Refused("This note is no longer in the channel, so its owner was not asked.")
    title, words = blocks.read_draft(request.answers)
    jobs = deps.drafting.suggest(request.person, entry, title, words, request.id)
    return Reply(blocks.asked(), jobs=jobs)


@on.action(blocks.LOOK)
def look(deps: Deps, request: Request) -> Reply:
    note, title, words = blocks.read_suggestion(request.value)
    entry = deps.owning.of(request.person, note)
    return opens(blocks.draft_form(entry, title, words), blocks.LOOK, request.value)


@on.action(blocks.NO_THANKS)
def no_thanks(deps: Deps, request: Request) -> Reply:
    deps.owning.of(request.person, request.value)
    return tells("Nothing becomes of it, and nobody is told.")
