"""Playbooks to check: an owner's own, or, for admins, all."""

from __future__ import annotations

from mend.dispatch.routes import Reply, Request, Routes
from mend.editor import verifying_views as blocks
from mend.editor.verifying import Verifying
from mend.slack.listing import page_of

on = Routes()


@on.action(blocks.OPEN)
def overdue(request: Request, verifying: Verifying) -> Reply:
    """All for an admin; their own for an owner."""
    _, page = page_of(request.value)
    return Reply(verifying.shown_to(request.user, page))


@on.action(blocks.STILL_RIGHT)
def still_right(request: Request, verifying: Verifying) -> Reply:
    slug, seen = blocks.read_pressed(request.value)
    book, jobs = verifying.still_right(request.user, slug, seen)
    return Reply(verifying.shown_to(request.user, just=book), jobs=jobs)
