"""Turning an own note into a playbook change."""

from __future__ import annotations

from handlers import Deps, Reply, Request, Routes, opens
from mend.blocks import drafts as blocks


def register(on: Routes) -> None:
    on.action(blocks.OPEN, open_form)
    on.view(blocks.FORM, proposed)


def open_form(deps: Deps, request: Request) -> Reply:
    entry = deps.owning.of(request.person, request.value)
    lookback = deps.store.working.lookback(entry.id)
    words = lookback.words if lookback and lookback.words else entry.learned
    form = blocks.draft_form(entry, deps.library.fitting(entry.text), words)
    return opens(form, blocks.OPEN, entry.id)


def proposed(deps: Deps, request: Request) -> Reply:
    entry = deps.owning.of(request.person, request.private)
    title, words, may_tell = blocks.read_draft(request.answers)
    deps.drafting.propose(entry, title, words, may_tell=may_tell)
    return Reply(blocks.sent())
