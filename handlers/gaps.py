"""For admins: what was looked for and not found, and how playbooks are used."""

from dataclasses import replace

from mend.dispatch.routes import Reply, Request, Routes, Typed, opens
from mend.people.model import Role
from mend.playbooks.library import Library
from mend.repair import gap_views as blocks
from mend.repair import use_views as use
from mend.repair.gaps import Gaps
from mend.repair.service import Feedback
from mend.slack.listing import page_of

on = Routes()


@on.action(blocks.OPEN, role=Role.ADMIN)
def queue(request: Request, gaps: Gaps) -> Reply:
    _, page = page_of(request.value)
    return Reply(blocks.queue(gaps.queue(), page))


@on.action(blocks.DISMISS, role=Role.ADMIN)
def dismiss(request: Request, gaps: Gaps) -> Reply:
    gap = gaps.open(request.value)
    return opens(blocks.dismiss_form(gap), blocks.DISMISS, gap.id)


@on.view(blocks.FORM, typed=Typed.OTHERS, role=Role.ADMIN)
def dismissed(request: Request, gaps: Gaps) -> Reply:
    gaps.dismiss(request.user, request.private_metadata, blocks.read_reason(request.answers))
    return Reply(blocks.queue(gaps.queue(), 0, blocks.DISMISSED))


@on.action(use.OPEN, role=Role.ADMIN)
def used(request: Request, library: Library, feedback: Feedback) -> Reply:
    """Counted after the answer: a year of a big centre takes a second to read."""
    name, page = page_of(request.value)
    titles = {book.slug: book.title for book in library.all()}
    return Reply(later=lambda: use.view(name, page, titles, *feedback.use()))


@on.action(use.UNDO_PHRASE, role=Role.ADMIN)
def undo(request: Request, library: Library, feedback: Feedback) -> Reply:
    feedback.undo_phrase(request.user, int(request.value))
    return used(replace(request, value="words 0"), library, feedback)
