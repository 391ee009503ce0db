"""Turning a note into a playbook change, by its owner."""

from __future__ import annotations

from mend.dispatch.routes import Deps, Reply, Request, Routes, opens
from mend.lookbacks.store import LookBackStore
from mend.ownit import draft_views as blocks

on = Routes()


@on.action(blocks.OPEN)
def open_form(deps: Deps, request: Request) -> Reply:
    entry = deps.owning.of(request.person, request.value)
    lookback = LookBackStore(deps.db).get(entry.id)
    words = lookback.words if lookback and lookback.words else entry.learned
    book = deps.library.fitting(entry.text)
    title = book.title if book else ""
    return opens(blocks.draft_form(entry, title, words), blocks.OPEN, entry.id)


@on.view(blocks.FORM)
def proposed(deps: Deps, request: Request) -> Reply:
    entry = deps.owning.of(request.person, request.private)
    title, words = blocks.read_draft(request.answers)
    deps.drafting.propose(entry, title, words, may_tell=blocks.may_tell(request.answers))
    return Reply(blocks.sent())
