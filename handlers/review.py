"""What waits for the admins: suggestions, drafts from notes, drafts in work."""

from __future__ import annotations

from handlers.editor import page_of
from mend.db.model import Refused
from mend.dispatch.routes import Deps, Reply, Request, Routes, opens
from mend.editor import review_views as blocks
from mend.editor.views import WAITING
from mend.people.model import Role

on = Routes()

NEAR = 3  # playbooks offered for a note's words


@on.action(WAITING, role=Role.ADMIN)
def show(deps: Deps, request: Request) -> Reply:
    return page(deps, request, int(request.value or 0))


def page(deps: Deps, request: Request, number: int = 0) -> Reply:
    found = deps.sheets.waiting(request.person)
    return opens(blocks.waiting(*found, number), WAITING, str(number))


@on.action(blocks.ADOPT, role=Role.ADMIN)
def adopt(deps: Deps, request: Request) -> Reply:
    slug = deps.editing.adopt(request.person, request.value)
    return page_of(deps, request, slug, "The note's words are your draft now.")


@on.action(blocks.FOLD, role=Role.ADMIN)
def fold(deps: Deps, request: Request) -> Reply:
    note = deps.sheets.note(request.value)
    if note is None:
        raise Refused("Somebody took that draft meanwhile.")
    hits = deps.library.find(f"{note.title} {note.summary}").hits[:NEAR]
    near = [book for hit in hits if (book := deps.library.get(hit.slug))]
    return opens(blocks.fold(note, near), blocks.FOLD, request.value)


@on.action(blocks.FOLD_INTO, role=Role.ADMIN)
def fold_into(deps: Deps, request: Request) -> Reply:
    slug = deps.editing.adopt(request.person, request.private, request.value)
    return page_of(deps, request, slug, "Work the note's words in, then publish.")


@on.action(blocks.ANSWER, role=Role.ADMIN)
def answer(deps: Deps, request: Request) -> Reply:
    return page_of(deps, request, deps.editing.answer(request.person, request.value))


@on.action(blocks.DONE, role=Role.ADMIN)
def done(deps: Deps, request: Request) -> Reply:
    jobs = deps.editing.done(request.person, request.value)
    return Reply(form=page(deps, request).form, jobs=jobs)


@on.action(blocks.DISMISS, role=Role.ADMIN)
def dismiss(deps: Deps, request: Request) -> Reply:
    found = deps.sheets.suggestion(request.person, request.value)
    return opens(blocks.dismiss_form(found), blocks.DISMISS, request.value)


@on.view(blocks.DISMISS_FORM, role=Role.ADMIN)
def dismissed(deps: Deps, request: Request) -> Reply:
    reason = blocks.read_reason(request.answers)
    jobs = deps.editing.dismiss(request.person, request.private, reason)
    return Reply(form=page(deps, request).form, jobs=jobs)
