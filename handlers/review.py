"""What waits for the admins: suggestions, drafts from notes, drafts in work."""

from __future__ import annotations

from handlers.editor import page_of, suggest
from mend.db.model import Refused
from mend.dispatch.routes import Deps, Reply, Request, Routes, opens
from mend.editor import review_views as blocks
from mend.editor.views import WAITING
from mend.people.model import Role

NEAR = 3  # playbooks offered for a note's words


def register(on: Routes) -> None:
    for action, run in {
        WAITING: show,
        blocks.ADOPT: adopt,
        blocks.FOLD: fold,
        blocks.FOLD_INTO: fold_into,
        blocks.ANSWER: answer,
        blocks.DONE: done,
        blocks.DISMISS: dismiss,
    }.items():
        on.action(action, run, role=Role.ADMIN)
    on.options(blocks.FOLD_INTO, suggest, role=Role.ADMIN)
    on.view(blocks.DISMISS_FORM, dismissed, role=Role.ADMIN)


def show(deps: Deps, request: Request) -> Reply:
    return page(deps, request, int(request.value or 0))


def page(deps: Deps, request: Request, number: int = 0) -> Reply:
    found = deps.sheets.waiting(request.person)
    return opens(blocks.waiting(*found, number), WAITING, str(number))


def adopt(deps: Deps, request: Request) -> Reply:
    slug = deps.editing.adopt(request.person, request.value)
    return page_of(deps, request, slug, "The note's words are your draft now.")


def fold(deps: Deps, request: Request) -> Reply:
    note = deps.sheets.note(request.value)
    if note is None:
        raise Refused("Somebody took that draft meanwhile.")
    hits = deps.library.find(f"{note.title} {note.summary}").hits[:NEAR]
    near = [book for hit in hits if (book := deps.library.get(hit.slug))]
    return opens(blocks.fold(note, near), blocks.FOLD, request.value)


def fold_into(deps: Deps, request: Request) -> Reply:
    slug = deps.editing.adopt(request.person, request.private, request.value)
    return page_of(deps, request, slug, "Work the note's words in, then publish.")


def answer(deps: Deps, request: Request) -> Reply:
    return page_of(deps, request, deps.editing.answer(request.person, request.value))


def done(deps: Deps, request: Request) -> Reply:
    jobs = deps.editing.done(request.person, request.value)
    return Reply(form=page(deps, request).form, jobs=jobs)


def dismiss(deps: Deps, request: Request) -> Reply:
    found = deps.sheets.suggestion(request.person, request.value)
    return opens(blocks.dismiss_form(found), blocks.DISMISS, request.value)


def dismissed(deps: Deps, request: Request) -> Reply:
    reason = blocks.read_reason(request.answers)
    jobs = deps.editing.dismiss(request.person, request.private, reason)
    return Reply(form=page(deps, request).form, jobs=jobs)
