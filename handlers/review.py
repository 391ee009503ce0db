"""What waits for the admins: suggestions, drafts from notes, drafts in work."""

from __future__ import annotations

from handlers.editor import page_of
from mend.db.model import Refused
from mend.dispatch.routes import Reply, Request, Routes, opens
from mend.editor import review_views as blocks
from mend.editor.service import Editing
from mend.editor.sheets import Sheets
from mend.editor.views import WAITING
from mend.people.model import Role
from mend.playbooks.library import Library

on = Routes()

NEAR = 3  # playbooks offered for a note's words


@on.action(WAITING, role=Role.ADMIN)
def show(request: Request, sheets: Sheets) -> Reply:
    return page(request, sheets, int(request.value or 0))


def page(request: Request, sheets: Sheets, number: int = 0) -> Reply:
    found = sheets.waiting(request.user)
    return opens(blocks.waiting(*found, number), WAITING, str(number))


@on.action(blocks.ADOPT, role=Role.ADMIN)
def adopt(request: Request, sheets: Sheets, editing: Editing) -> Reply:
    slug = editing.adopt(request.user, request.value)
    return page_of(request, sheets, slug, "The note's words are your draft now.")


@on.action(blocks.FOLD, role=Role.ADMIN)
def fold(request: Request, library: Library, sheets: Sheets) -> Reply:
    note = sheets.note(request.value)
    if note is None:
        raise Refused("Somebody took that draft meanwhile.")
    hits = library.find(f"{note.title} {note.summary}").hits[:NEAR]
    near = [book for hit in hits if (book := library.get(hit.slug))]
    return opens(blocks.fold(note, near), blocks.FOLD, request.value)


@on.action(blocks.FOLD_INTO, role=Role.ADMIN)
def fold_into(request: Request, sheets: Sheets, editing: Editing) -> Reply:
    slug = editing.adopt(request.user, request.private_metadata, request.value)
    return page_of(request, sheets, slug, "Work the note's words in, then publish.")


@on.action(blocks.ANSWER, role=Role.ADMIN)
def answer(request: Request, sheets: Sheets, editing: Editing) -> Reply:
    return page_of(request, sheets, editing.answer(request.user, request.value))


@on.action(blocks.DONE, role=Role.ADMIN)
def done(request: Request, sheets: Sheets, editing: Editing) -> Reply:
    jobs = editing.done(request.user, request.value)
    return Reply(form=page(request, sheets).form, jobs=jobs)


@on.action(blocks.DISMISS, role=Role.ADMIN)
def dismiss(request: Request, sheets: Sheets) -> Reply:
    found = sheets.suggestion(request.user, request.value)
    return opens(blocks.dismiss_form(found), blocks.DISMISS, request.value)


@on.view(blocks.DISMISS_FORM, role=Role.ADMIN)
def dismissed(request: Request, sheets: Sheets, editing: Editing) -> Reply:
    reason = blocks.read_reason(request.answers)
    jobs = editing.dismiss(request.user, request.private_metadata, reason)
    return Reply(form=page(request, sheets).form, jobs=jobs)
