"""Turning an own note into a playbook change."""

from __future__ import annotations

from handlers import Deps, Reply, Request, Routes
from mend.blocks import drafts as blocks
from mend.blocks.kit import button
from mend.search import Confidence


def register(on: Routes) -> None:
    on.action(blocks.OPEN, open_form)
    on.view(blocks.FORM, proposed)


def open_form(deps: Deps, request: Request) -> Reply:
    entry = deps.owning.of(request.person, request.value)
    lookback = deps.store.working.lookback(entry.id)
    answer = deps.library.find(entry.text)
    sure = answer.confidence is Confidence.SURE
    book = deps.library.get(answer.hits[0].slug) if sure else None
    words = lookback.words if lookback and lookback.words else entry.learned
    return Reply(
        form=blocks.draft_form(entry, book, words),
        again=button("Open the form", blocks.OPEN, request.value),
    )


def proposed(deps: Deps, request: Request) -> Reply:
    entry, title, words, may_tell = blocks.read_draft(request.private, request.answers)
    deps.drafting.propose(deps.owning.of(request.person, entry), title, words, may_tell=may_tell)
    return Reply(blocks.sent())
