"""For admins: what was looked for and not found, and how playbooks are used."""

from __future__ import annotations

from dataclasses import replace

from mend.dispatch.routes import Deps, Reply, Request, Routes, opens, tells
from mend.people.model import Role
from mend.repair import gap_views as gaps
from mend.repair import use_views as use
from mend.slack.listing import page_of

on = Routes()


@on.action(gaps.OPEN, role=Role.ADMIN)
def queue(deps: Deps, request: Request) -> Reply:
    _, page = page_of(request.value)
    return Reply(gaps.queue(deps.gaps.queue(), page))


@on.action(gaps.DISMISS, role=Role.ADMIN)
def dismiss(deps: Deps, request: Request) -> Reply:
    gap = deps.gaps.open(request.value)
    return opens(gaps.dismiss_form(gap), gaps.DISMISS, gap.id)


@on.view(gaps.FORM, role=Role.ADMIN)
def dismissed(deps: Deps, request: Request) -> Reply:
    deps.gaps.dismiss(request.person, request.private, gaps.read_reason(request.answers))
    return tells("Dismissed. It comes back, with your reason, if others ask for it again.")


@on.action(use.OPEN, role=Role.ADMIN)
def used(deps: Deps, request: Request) -> Reply:
    """Counted after the answer: a year of a big centre takes a second to read."""
    name, page = page_of(request.value)
    titles = {book.slug: book.title for book in deps.library.all()}
    return Reply(later=lambda: use.view(name, page, titles, *deps.feedback.use()))


@on.action(use.UNDO_PHRASE, role=Role.ADMIN)
def undo(deps: Deps, request: Request) -> Reply:
    deps.feedback.undo_phrase(request.person, int(request.value))
    return used(deps, replace(request, value="words 0"))
